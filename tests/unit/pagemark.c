/* SPDX-License-Identifier: MIT */
/*
 * pagemark: what is said in a page, the readers of pages see, ours and
 * libtraceevent's
 */
#include "source/pagemark.h"

#include "page.h"

enum { SIZE = 4096, END = 1234 };

static struct page_shape
shape_of(bool big_endian, unsigned long_size)
{
	return (struct page_shape){ .big_endian = big_endian,
		.commit_at = 8,
		.commit_size = long_size,
		.data_at = 8 + long_size,
		.size = SIZE };
}

/* Writes 32 bits of the traced machine. */
static void
put32(const struct page_shape *shape, uint8_t *p, uint32_t v)
{
	v = shape->big_endian ? htobe32(v) : htole32(v);
	memcpy(p, &v, sizeof(v));
}

/* The word whose low bits are how much data there is. */
static uint8_t *
low_of_commit(const struct page_shape *shape, uint8_t *bytes)
{
	bool behind = shape->big_endian && shape->commit_size == 8;

	return bytes + shape->commit_at + (behind ? 4 : 0);
}

/*
 * Fills a page with events of 8 bytes of data, and one of 4 where it needs to
 * be, so that just room bytes are left behind them.  The kernel's bit fields
 * begin at the low end, or at the high end, of the first word.
 */
static void
fill(const struct page_shape *shape, uint8_t *bytes, size_t room)
{
	size_t at = shape->data_at, end = SIZE - room;

	pagemark_empty(shape, bytes, 1000);
	while (at < end) {
		uint32_t words = (end - at) % 12 != 0 ? 1 : 2;

		put32(shape, bytes + at,
		    shape->big_endian ? words << 27 | 5 : 5 << 5 | words);
		at += 4 + 4 * words;
	}
	assert(at == end);
	put32(shape, low_of_commit(shape, bytes),
	    (uint32_t)(end - shape->data_at));
}

static void
count_is(const struct page_shape *shape, const uint8_t *bytes, int64_t missed,
    size_t events)
{
	struct page_event ev;
	struct page page;
	size_t n = 0;

	page_open(&page, shape, bytes, SIZE);
	assert(page.missed == missed);
	for (; page_next(&page, &ev); n++)
		assert(ev.ts == 1000 + 5 * (n + 1));
	assert(n == events && page.why == NULL);
	assert(pagemark_missed(shape, bytes) == missed);
	assert(pagemark_time(shape, bytes) == 1000);
	/* It counts in an int. */
	if (n > 0 && missed <= INT32_MAX)
		assert(same_as_kbuffer(shape, bytes) == events);
}

/* A number is seen as it was set, in a page with and without events. */
static void
is_seen(const struct page_shape *shape, uint64_t n)
{
	/* A byte more, to see that it stays. */
	uint8_t bytes[SIZE + 1] = { [SIZE] = 0xaa };

	pagemark_empty(shape, bytes, 1000);
	count_is(shape, bytes, 0, 0);
	assert(pagemark_set(shape, bytes, n));
	count_is(shape, bytes, (int64_t)n, 0);

	fill(shape, bytes, SIZE - shape->data_at - 24);
	count_is(shape, bytes, 0, 2);
	assert(pagemark_set(shape, bytes, n));
	count_is(shape, bytes, (int64_t)n, 2);

	/* Just enough room behind the data. */
	fill(shape, bytes, shape->commit_size);
	assert(pagemark_set(shape, bytes, n));
	assert(pagemark_missed(shape, bytes) == (int64_t)n);
	assert(bytes[SIZE] == 0xaa);
}

static void
no_room_leaves_it_as_it_was(const struct page_shape *shape, size_t room)
{
	uint8_t bytes[SIZE], before[SIZE];

	fill(shape, bytes, room);
	memcpy(before, bytes, SIZE);
	assert(!pagemark_set(shape, bytes, 7));
	assert(memcmp(before, bytes, SIZE) == 0);
	assert(pagemark_missed(shape, bytes) == 0);
}

static void
a_loss_without_number(const struct page_shape *shape)
{
	uint8_t bytes[SIZE];

	fill(shape, bytes, SIZE - shape->data_at - 24);
	put32(shape, low_of_commit(shape, bytes), UINT32_C(1) << 31 | 24);
	assert(pagemark_missed(shape, bytes) == -1);
}

static void
any_time(const struct page_shape *shape)
{
	uint8_t bytes[SIZE];

	pagemark_empty(shape, bytes, UINT64_C(0x0123456789abcdef));
	assert(pagemark_time(shape, bytes) == UINT64_C(0x0123456789abcdef));
	assert(bytes[0] == (shape->big_endian ? 0x01 : 0xef));
	pagemark_empty(shape, bytes, UINT64_MAX);
	assert(pagemark_time(shape, bytes) == UINT64_MAX);
	pagemark_set_time(shape, bytes, 0x0102);
	assert(pagemark_time(shape, bytes) == 0x0102);
	assert(bytes[shape->big_endian ? 6 : 1] == 1);
}

int
main(void)
{
	for (int kind = 0; kind < 4; kind++) {
		struct page_shape shape = shape_of(kind & 1, kind & 2 ? 4 : 8);

		is_seen(&shape, 1);
		is_seen(&shape, END);
		is_seen(&shape, UINT32_C(0x7fffffff));
		if (shape.commit_size == 8)
			is_seen(&shape, UINT64_C(0x0123456789abcdef));
		no_room_leaves_it_as_it_was(&shape, 0);
		no_room_leaves_it_as_it_was(&shape, shape.commit_size - 4);
		a_loss_without_number(&shape);
		any_time(&shape);
	}
	return 0;
}
