/* SPDX-License-Identifier: MIT */
/*
 * clip: any bytes as a page, clipped to a window of its own times
 *
 * The first byte chooses the shape, and whether the page is to say of itself
 * what size it has; the next four choose which events' times bound the
 * window.  What is left must be the events in it, and as page_next gave them
 * before: byte for byte, at the same times.
 */
#include "source/clip.h"

#include "check.h"

enum { MAX = 1 << 13, EVENTS = MAX / 8, FRONT = 5 };

static struct page_event all[EVENTS], left[EVENTS];

static size_t
walk(const struct page_shape *shape, const uint8_t *p, size_t n,
    struct page_event *to, int64_t *missed, const char **why)
{
	struct page page;
	size_t count = 0;

	page_open(&page, shape, p, n);
	*missed = page.missed;
	while (page_next(&page, &to[count]))
		count++;
	*why = page.why;
	return count;
}

/* The events from the first in the window to the last. */
static void
check(const struct page_shape *shape, uint8_t *p, size_t n, uint64_t from,
    uint64_t to)
{
	int64_t missed, still;
	const char *why, *wrong, *also;
	uint8_t *copy = malloc(n);
	size_t count, first = 0, end, have;

	memcpy(copy, p, n);
	count = end = walk(shape, copy, n, all, &missed, &why);
	while (first < count && (all[first].ts < from || all[first].ts > to))
		first++;
	while (end > first && (all[end - 1].ts < from || all[end - 1].ts > to))
		end--;
	have = clip_page(shape, p, n, from, to, &also);
	CHECK(have == end - first && also == why);
	if (have == 0 || have == count) {
		CHECK(memcmp(p, copy, n) == 0);
		free(copy);
		return;
	}
	CHECK(walk(shape, p, n, left, &still, &wrong) == have);
	CHECK(wrong == NULL || n < shape->size);
	CHECK(still == (first == 0 ? missed : 0));
	for (size_t i = 0; i < have; i++) {
		CHECK(left[i].ts == all[first + i].ts);
		CHECK(left[i].n == all[first + i].n);
		CHECK(
		    memcmp(left[i].data, all[first + i].data, left[i].n) == 0);
	}
	CHECK(page_is(shape, p, n));
	free(copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct page_shape shape = { .commit_at = 8 };
	size_t n = size > FRONT ? size - FRONT : 0, count;
	uint64_t from, to;
	int64_t missed;
	const char *why;
	uint8_t *p;

	if (n == 0 || n > MAX)
		return 0;
	shape.big_endian = data[0] & 1;
	shape.commit_size = data[0] & 2 ? 4 : 8;
	shape.data_at = 8 + shape.commit_size;
	shape.size = data[0] & 4 ? n : 4096;
	p = malloc(n);
	memcpy(p, data + FRONT, n);
	if ((data[0] & 8) != 0 && n >= shape.data_at) {
		uint64_t is = n - shape.data_at - (n - shape.data_at) % 4;

		/* At times it also missed some, and has told how many. */
		if ((data[0] & 16) != 0 && is >= 8)
			is = (is - 8) | UINT64_C(0xffffffffc0000000);
		for (unsigned i = 0; i < shape.commit_size; i++)
			p[8 +
			    (shape.big_endian ? shape.commit_size - 1 - i
					      : i)] = (uint8_t)(is >> 8 * i);
	}
	count = walk(&shape, p, n, all, &missed, &why);
	from = count > 0 ? all[(data[1] << 8 | data[2]) % count].ts : 0;
	to = count > 0 ? all[(data[3] << 8 | data[4]) % count].ts : 0;
	from += (data[0] >> 5) & 1;
	to -= (data[0] >> 6) & 1;
	check(&shape, p, n, from, to);
	free(p);
	return 0;
}
