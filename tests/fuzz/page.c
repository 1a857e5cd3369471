/* SPDX-License-Identifier: MIT */
/*
 * page: any bytes as a page, in memory that ends where they do
 *
 * The first byte chooses the shape, and whether the page is to say of itself
 * what size it has: then its events are reached at once.  What comes must lie
 * in the page, one event behind the other; it must be the same where each
 * event goes the long way, and in the other byte order; and of a page that is
 * cut it must be the beginning.
 */
#include "source/page.h"

#include "check.h"

enum { MAX = 1 << 16, EVENTS = MAX / 8 };

static struct page_event all[EVENTS];

/* Reads a page wholly; the events are kept, their data as offsets. */
static size_t
walk(const struct page_shape *shape, const uint8_t *p, size_t n,
    bool (*next)(struct page *, struct page_event *), struct page_event *to,
    const char **why)
{
	const uint8_t *last = p;
	struct page_event ev;
	struct page page;
	size_t count = 0;

	page_open(&page, shape, p, n);
	CHECK(page.missed >= -1);
	while (next(&page, &ev)) {
		CHECK(count < EVENTS && ev.n >= 4 && ev.n % 4 == 0);
		CHECK(ev.data >= last + 4 && ev.data <= p + n);
		CHECK(ev.n <= (size_t)(p + n - ev.data));
		last = ev.data + ev.n;
		to[count++] = ev;
	}
	*why = page.why;
	CHECK(!next(&page, &ev) && page.why == *why);
	CHECK(n >= shape->size || *why != NULL);
	return count;
}

static bool
same(const struct page_event *a, const uint8_t *from_a,
    const struct page_event *b, const uint8_t *from_b)
{
	return a->ts == b->ts && a->n == b->n &&
	    a->data - from_a == b->data - from_b;
}

/* The events of another walk over the same page are the first n of all. */
static void
same_events(const uint8_t *p, const uint8_t *other,
    const struct page_event *events, size_t n)
{
	for (size_t i = 0; i < n; i++)
		CHECK(same(&all[i], p, &events[i], other));
}

static void
check_long_way(const struct page_shape *shape, const uint8_t *p, size_t n,
    size_t count, const char *why)
{
	static struct page_event events[EVENTS];
	const char *also;

	CHECK(walk(shape, p, n, page_next_rare, events, &also) == count);
	CHECK(also == why);
	same_events(p, p, events, count);
}

static void
check_cut(const struct page_shape *shape, const uint8_t *p, size_t n,
    size_t count)
{
	static struct page_event events[EVENTS];
	uint8_t *copy = malloc(n + 1);
	const char *why;
	size_t have;

	memcpy(copy + 1, p, n);
	have = walk(shape, copy + 1, n, page_next, events, &why);
	CHECK(have <= count && why != NULL);
	same_events(p, copy + 1, events, have);
	CHECK(have == count || all[have].data + all[have].n > p + n ||
	    n < shape->data_at);
	free(copy);
}

/* Turns the words of a page to the other byte order, as they are read. */
static uint8_t *
turned(const struct page_shape *from, const uint8_t *p, size_t n)
{
	uint8_t *to = malloc(n + 1);

	for (size_t i = 0; i < n; i++)
		to[i] = p[i < 8 ? 7 - i
			: i < from->data_at
			? 8 + from->commit_size - 1 - (i - 8)
			: (i & ~(size_t)3) + 3 - (i & 3)];
	for (size_t i = from->data_at; i + 4 <= n; i += 4) {
		uint32_t x;

		memcpy(&x, to + i, 4);
		x = be32toh(x);
		x = from->big_endian ? x : x << 27 | x >> 5;
		x = htobe32(x);
		memcpy(to + i, &x, 4);
	}
	return to;
}

/* Of small events only: in others there are words that have no delta. */
static void
check_turned(const struct page_shape *shape, const uint8_t *p, size_t n,
    size_t count)
{
	static struct page_event events[EVENTS];
	struct page_shape other = *shape;
	const uint8_t *end = p + shape->data_at;
	uint8_t *to;
	const char *why;

	for (size_t i = 0; i < count; i++) {
		if (all[i].data != end + 4 || all[i].n > 112)
			return;
		end = all[i].data + all[i].n;
	}
	if (shape->big_endian || n % 4 != 0 || n < shape->data_at)
		return;
	other.big_endian = true;
	to = turned(shape, p, n);
	CHECK(walk(&other, to, n, page_next, events, &why) >= count);
	same_events(p, to, events, count);
	free(to);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct page_shape shape = { .commit_at = 8 };
	size_t n = size > 0 ? size - 1 : 0;
	size_t count;
	const char *why;
	uint8_t *p;

	if (n == 0 || n > MAX)
		return 0;
	shape.big_endian = data[0] & 1;
	shape.commit_size = data[0] & 2 ? 4 : 8;
	shape.data_at = 8 + shape.commit_size;
	shape.size = data[0] & 4 ? n : 4096;
	p = malloc(n);
	memcpy(p, data + 1, n);
	if ((data[0] & 8) != 0 && n >= shape.data_at) {
		uint64_t is = n - shape.data_at;

		for (unsigned i = 0; i < 4; i++)
			p[8 +
			    (shape.big_endian ? shape.commit_size - 1 - i
					      : i)] = (uint8_t)(is >> 8 * i);
	}
	count = walk(&shape, p, n, page_next, all, &why);
	if (page_is(&shape, p, n))
		CHECK(n < shape.size || why == NULL);
	check_long_way(&shape, p, n, count, why);
	if (n <= shape.size) {
		check_turned(&shape, p, n, count);
		check_cut(&shape, p, n - 1, count);
		check_cut(&shape, p, n * (data[0] >> 4) / 16, count);
	}
	free(p);
	return 0;
}
