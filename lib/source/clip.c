/* SPDX-License-Identifier: MIT */
#include "source/clip.h"

/* Types in the head of what is no event, see page.c. */
enum { PADDING = 29, DELTA_BITS = 27 };

/*
 * Flags of the field commit, which the kernel adds to it as the int that
 * they are: above the first one all bits of a long are set.
 */
#define MISSED (-(INT64_C(1) << 31))
#define STORED (INT64_C(1) << 30)

/* The events that are left. */
struct part {
	const uint8_t *beg, *end; /* beg: behind the event before */
	uint64_t ts;              /* of the first */
	size_t first, last;       /* numbers of events; counted from 0 */
	size_t events;            /* in all of the page */
	bool any;
};

static void
find(struct part *part, struct page *page, const uint8_t *at, uint64_t from,
    uint64_t to)
{
	struct page_event ev;

	for (; page_next(page, &ev); part->events++) {
		if (ev.ts >= from && ev.ts <= to) {
			if (!part->any) {
				part->beg = at;
				part->ts = ev.ts;
				part->first = part->events;
			}
			part->any = true;
			part->end = ev.data + ev.n;
			part->last = part->events;
		}
		at = ev.data + ev.n;
	}
}

static uint32_t
get32(bool big_endian, const uint8_t *p)
{
	uint32_t x;

	memcpy(&x, p, sizeof(x));
	return big_endian ? be32toh(x) : le32toh(x);
}

static void
put32(bool big_endian, uint8_t *p, uint32_t x)
{
	x = big_endian ? htobe32(x) : htole32(x);
	memcpy(p, &x, sizeof(x));
}

static void
put64(bool big_endian, uint8_t *p, uint64_t x)
{
	x = big_endian ? htobe64(x) : htole64(x);
	memcpy(p, &x, sizeof(x));
}

static void
put_long(const struct page_shape *shape, uint8_t *p, int64_t x)
{
	if (shape->commit_size == 8)
		put64(shape->big_endian, p, (uint64_t)x);
	else
		put32(shape->big_endian, p, (uint32_t)x);
}

static unsigned
type_at(const struct page_shape *shape, const uint8_t *p)
{
	uint32_t head = get32(shape->big_endian, p);

	return shape->big_endian ? head >> DELTA_BITS : head & 31;
}

/* Steps over times and what was discarded, to the head of an event. */
static const uint8_t *
head_from(const struct page_shape *shape, const uint8_t *p)
{
	unsigned type;

	while ((type = type_at(shape, p)) >= PADDING)
		p += type == PADDING ? 4 + get32(shape->big_endian, p + 4) : 8;
	return p;
}

/* The time of the event is the page's: its own delta is 0. */
static void
clear_delta(const struct page_shape *shape, uint8_t *head)
{
	uint32_t type = type_at(shape, head);

	put32(shape->big_endian, head,
	    shape->big_endian ? type << DELTA_BITS : type);
}

/*
 * There is room for the count behind the data, as there was: the data is not
 * longer than before.
 */
static void
put_commit(const struct page_shape *shape, uint8_t *bytes, size_t size,
    int64_t missed)
{
	int64_t commit = (int64_t)size;

	if (missed != 0)
		commit += MISSED;
	if (missed > 0) {
		commit += STORED;
		put_long(shape, bytes + shape->data_at + size, missed);
	}
	put_long(shape, bytes + shape->commit_at, commit);
}

size_t
clip_page(const struct page_shape *shape, uint8_t *bytes, size_t n,
    uint64_t from, uint64_t to, const char **why)
{
	uint8_t *data = bytes + shape->data_at;
	struct part part = { 0 };
	const uint8_t *head;
	struct page page;
	size_t size, left;

	if (n > shape->size)
		n = shape->size;
	page_open(&page, shape, bytes, n);
	find(&part, &page, data, from, to);
	*why = page.why;
	if (!part.any)
		return 0;
	left = part.last - part.first + 1;
	if (left == part.events)
		return left;
	head = head_from(shape, part.beg);
	size = (size_t)(part.end - head);
	memmove(data, head, size);
	memset(data + size, 0, n - shape->data_at - size);
	clear_delta(shape, data);
	put64(shape->big_endian, bytes, part.ts);
	put_commit(shape, bytes, size, part.first == 0 ? page.missed : 0);
	return left;
}
