/* SPDX-License-Identifier: MIT */
/*
 * clip: pages made by hand in each byte order and size of a long, and all
 * recorded ones in windows of chance, beside what page_next gave before
 */
#include "source/clip.h"

#include "page.h"

enum { SIZE = 4096, EVENTS = SIZE / 8, ROUNDS = 8 };

static uint64_t chance = 88172645463325252;

static uint64_t
any(uint64_t below)
{
	chance ^= chance << 13;
	chance ^= chance >> 7;
	chance ^= chance << 17;
	return chance % below;
}

static size_t
walk(const struct page_shape *shape, const uint8_t *p,
    struct page_event to[EVENTS], int64_t *missed)
{
	struct page page;
	size_t n = 0;

	page_open(&page, shape, p, shape->size);
	while (page_next(&page, &to[n]))
		n++;
	assert(page.why == NULL);
	*missed = page.missed;
	return n;
}

/* Asserts that of what was cut off nothing is left behind the data. */
static void
zeros_behind(const struct page_shape *shape, const uint8_t *p)
{
	struct page_event ev;
	struct page page;
	size_t at;

	page_open(&page, shape, p, SIZE);
	while (page_next(&page, &ev))
		;
	at = (size_t)(page.end - p);
	at += page.missed > 0 ? shape->commit_size : 0;
	for (; at < SIZE; at++)
		assert(p[at] == 0);
}

/* Clips a page, and asserts that just the events in the window are left. */
static size_t
clipped(const struct page_shape *shape, uint8_t *p, uint64_t from, uint64_t to)
{
	struct page_event all[EVENTS], left[EVENTS];
	uint8_t copy[SIZE];
	int64_t missed, still;
	size_t n, have, count, k = 0;
	const char *why;

	memcpy(copy, p, SIZE);
	n = walk(shape, copy, all, &missed);
	count = clip_page(shape, p, SIZE, from, to, &why);
	assert(why == NULL);
	have = walk(shape, p, left, &still);
	if (count == 0 || count == n)
		assert(memcmp(p, copy, SIZE) == 0);
	else
		zeros_behind(shape, p);
	for (size_t i = 0; i < n; i++) {
		if (all[i].ts < from || all[i].ts > to)
			continue;
		assert(k < count && left[k].ts == all[i].ts);
		assert(left[k].n == all[i].n);
		assert(memcmp(left[k].data, all[i].data, left[k].n) == 0);
		k++;
	}
	assert(k == count && (count == 0 || have == count));
	if (count > 0)
		assert(still == (left[0].ts > all[0].ts ? 0 : missed));
	assert(same_as_kbuffer(shape, p) == have);
	return count;
}

static void
recorded_pages(const char *path)
{
	struct page_shape shape = page_shape_usual();
	struct bytes raw = slurp(path);
	struct page_event all[EVENTS];
	size_t some = 0;

	for (size_t at = 0; at + SIZE <= raw.n; at += SIZE) {
		int64_t missed;
		size_t n = walk(&shape, raw.p + at, all, &missed);

		for (int i = 0; n > 0 && i < ROUNDS; i++) {
			uint64_t from = all[any(n)].ts + any(3) - 1;
			uint64_t to = all[any(n)].ts + any(3) - 1;
			uint8_t copy[SIZE];

			memcpy(copy, raw.p + at, SIZE);
			some += clipped(&shape, copy, from, to);
		}
	}
	assert(some > 0);
	free(raw.p);
}

/* A page in the making. */
struct made {
	struct page_shape shape;
	uint8_t b[SIZE];
	size_t n;
};

static void
poke(struct made *m, size_t at, uint64_t x, unsigned size)
{
	for (unsigned i = 0; i < size; i++) {
		unsigned from = m->shape.big_endian ? size - 1 - i : i;

		m->b[at + i] = (uint8_t)(x >> 8 * from);
	}
}

static uint64_t
peek(const struct made *m, size_t at, unsigned size)
{
	uint64_t x = 0;

	for (unsigned i = 0; i < size; i++)
		x = x << 8 |
		    m->b[at + (m->shape.big_endian ? i : size - 1 - i)];
	return x;
}

static void
word(struct made *m, uint32_t x)
{
	poke(m, m->n, x, 4);
	m->n += 4;
}

static void
head(struct made *m, unsigned type, uint32_t delta)
{
	word(m,
	    m->shape.big_endian ? (uint32_t)type << 27 | delta
				: delta << 5 | type);
}

/* An event of so many words of data. */
static void
event(struct made *m, unsigned words, uint32_t delta)
{
	head(m, words, delta);
	for (unsigned i = 0; i < words; i++)
		word(m, (uint32_t)any(UINT32_MAX));
}

static void
commit(struct made *m, uint64_t flags)
{
	poke(m, 8, (m->n - m->shape.data_at) | flags, m->shape.commit_size);
}

/*
 * Events at 1000, 1010, 1010 (large), 1020 + 2^30 behind a time that was
 * extended, 5 behind that what was discarded, 7 behind that one more; then
 * an absolute time of 2^58 and one event more at 9 behind it.
 */
static void
make(struct made *m, bool big_endian, unsigned size)
{
	*m = (struct made){ .shape = { big_endian, 8, size, 8 + size, SIZE } };
	memset(m->b, 0xa5, SIZE);
	m->n = m->shape.data_at;
	poke(m, 0, 1000, 8);
	event(m, 1, 0);
	event(m, 28, 10);
	head(m, 0, 0);
	word(m, 4 + 120);
	for (int i = 0; i < 30; i++)
		word(m, 7);
	head(m, 30, 10);
	word(m, 8);
	event(m, 2, 0);
	head(m, 29, 5);
	word(m, 12);
	word(m, 1);
	word(m, 2);
	event(m, 3, 7);
	head(m, 31, 0);
	word(m, UINT32_C(1) << 31);
	event(m, 4, 9);
	commit(m, 0);
}

enum { FAR = 1020 + (1 << 30) };
#define LAST ((UINT64_C(1) << 58) + 9)

static void
made_pages(bool big_endian, unsigned size)
{
	const uint64_t at[] = { 0, 1000, 1001, 1010, 1011, FAR, FAR + 1,
		FAR + 5, FAR + 12, FAR + 13, LAST - 1, LAST, LAST + 1 };
	struct made m;

	for (size_t i = 0; i < sizeof(at) / sizeof(*at); i++)
		for (size_t k = 0; k < sizeof(at) / sizeof(*at); k++) {
			make(&m, big_endian, size);
			clipped(&m.shape, m.b, at[i], at[k]);
		}
	make(&m, big_endian, size);
	assert(clipped(&m.shape, m.b, 0, UINT64_MAX) == 6);
	make(&m, big_endian, size);
	assert(clipped(&m.shape, m.b, 1010, FAR) == 3);
	assert(peek(&m, 0, 8) == 1010);
	/* 28 words and a head; 30 with two; the time; 2 and a head. */
	assert(peek(&m, 8, size) == 4 * (29 + 32 + 2 + 3));
	make(&m, big_endian, size);
	assert(clipped(&m.shape, m.b, LAST, LAST) == 1);
	assert(peek(&m, 0, 8) == LAST && peek(&m, 8, size) == 4 * 5);
}

/* What was missed before the page stays with its first event. */
static void
missed_events(bool big_endian, unsigned size)
{
	const uint64_t missed = UINT64_C(0xffffffff80000000), stored = 1 << 30;
	struct made m;

	make(&m, big_endian, size);
	commit(&m, missed | stored);
	poke(&m, m.n, 345, size);
	assert(clipped(&m.shape, m.b, 1000, 1010) == 3);
	assert(peek(&m, 8, 4 * (size / 8 + 1)) ==
	    ((4 * (2 + 29 + 32)) | stored |
		(size == 8 ? missed : (uint32_t)missed)));
	assert(peek(&m, m.shape.data_at + 4 * (2 + 29 + 32), size) == 345);
	make(&m, big_endian, size);
	commit(&m, missed | stored);
	poke(&m, m.n, 345, size);
	assert(clipped(&m.shape, m.b, 1001, LAST) == 5);
	assert(peek(&m, 8, size) == m.n - m.shape.data_at - 8);
	make(&m, big_endian, size);
	commit(&m, missed);
	assert(clipped(&m.shape, m.b, 1000, 1000) == 1);
	assert((uint32_t)peek(&m, 8, size) == ((uint32_t)missed | 8));
}

/* Where the clock was set back, what stands among the events stays. */
static void
time_that_goes_back(void)
{
	const struct page_shape shape = page_shape_usual();
	struct page_event left[EVENTS];
	struct made m = { .shape = shape, .n = shape.data_at };
	const char *why;
	int64_t missed;
	size_t n;

	poke(&m, 0, 100, 8);
	event(&m, 1, 0);
	event(&m, 1, 10);
	event(&m, 1, 90);
	head(&m, 31, 110);
	word(&m, 0);
	event(&m, 1, 5);
	event(&m, 1, 90);
	commit(&m, 0);
	n = clip_page(&shape, m.b, SIZE, 110, 120, &why);
	assert(n == 3 && why == NULL);
	n = walk(&shape, m.b, left, &missed);
	assert(n == 3);
	assert(left[0].ts == 110 && left[1].ts == 200 && left[2].ts == 115);
}

static void
pages_that_are_wrong(void)
{
	struct made m;
	const char *why;
	size_t n;

	make(&m, false, 8);
	n = clip_page(&m.shape, m.b, 12, 0, UINT64_MAX, &why);
	assert(n == 0 && strcmp(why, "a page is cut short") == 0);
	make(&m, false, 8);
	n = clip_page(&m.shape, m.b, 16 + 8 + 4 * 29, 1001, LAST, &why);
	assert(n == 1 && strcmp(why, "a page is cut short") == 0);
	assert(peek(&m, 0, 8) == 1010);
}

int
main(void)
{
	for (int i = 0; i < 4; i++) {
		made_pages(i & 1, i & 2 ? 4 : 8);
		missed_events(i & 1, i & 2 ? 4 : 8);
	}
	time_that_goes_back();
	pages_that_are_wrong();
	recorded_pages(SOURCE "small/cpu0.raw.zst");
	recorded_pages(SOURCE "small/cpu1.raw.zst");
	recorded_pages(SOURCE "nasty/cpu0.raw.zst");
	recorded_pages(SOURCE "nasty/cpu1.raw.zst");
	return 0;
}
