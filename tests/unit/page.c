/* SPDX-License-Identifier: MIT */
/*
 * page: pages made by hand in each byte order and size of a long, cut at each
 * byte, and wrong; and recorded ones, beside libtraceevent and the truth
 */
#include "page.h"

#include <inttypes.h>

static const char cut[] = "a page is cut short";
static const char full[] = "a page says that it has more than fits";
static const char beyond[] = "an event reaches beyond the end of its page";
static const char odd[] = "an event has a size that cannot be";

#define MISSED UINT64_C(0xffffffff80000000) /* a long has a sign */
#define STORED UINT64_C(0x40000000)

enum { SIZE = 4096, PADDING = 29, TIME_EXTEND = 30, TIME_STAMP = 31 };

/* An event as it should be read, and where the bytes end that it takes. */
struct expected {
	uint64_t ts;
	size_t at, n, end;
};

/* A page in the making. */
struct made {
	struct page_shape shape;
	uint8_t b[SIZE];
	size_t n; /* bytes so far */
	struct expected event[SIZE / 8];
	size_t events;
};

static struct page_shape
shape_of(bool big_endian, unsigned commit_size)
{
	return (struct page_shape){ big_endian, 8, commit_size, 8 + commit_size,
		SIZE };
}

/* Puts the low size bytes of x at at. */
static void
poke(struct made *m, size_t at, uint64_t x, unsigned size)
{
	for (unsigned i = 0; i < size; i++) {
		unsigned from = m->shape.big_endian ? size - 1 - i : i;

		m->b[at + i] = (uint8_t)(x >> 8 * from);
	}
}

static void
word(struct made *m, uint32_t x)
{
	assert(m->n + 4 <= SIZE);
	poke(m, m->n, x, 4);
	m->n += 4;
}

static void
head(struct made *m, unsigned type, uint32_t delta)
{
	if (m->shape.big_endian)
		word(m, (uint32_t)type << 27 | delta);
	else
		word(m, delta << 5 | type);
}

static void
commit(struct made *m, uint64_t flags)
{
	uint64_t n = m->n - m->shape.data_at;

	poke(m, 8, n | flags, m->shape.commit_size);
}

/* The data of an event that is to be read at ts; it closes the page. */
static void
data(struct made *m, size_t n, uint64_t ts)
{
	assert(m->n + n <= SIZE && n % 4 == 0);
	for (size_t i = 0; i < n; i++)
		m->b[m->n + i] = (uint8_t)(m->events * 7 + i);
	m->event[m->events++] = (struct expected){ ts, m->n, n, m->n + n };
	m->n += n;
	commit(m, 0);
}

static struct made *
begin(const struct page_shape *shape, uint64_t ts)
{
	struct made *m = mem_alloc(sizeof(*m));

	m->shape = *shape;
	m->n = shape->data_at;
	poke(m, 0, ts, 8);
	return m;
}

/* Asserts what is read from the first n bytes, in memory that ends there. */
static void
gives(const struct made *m, size_t n, size_t events, const char *why)
{
	for (size_t shift = 0; shift < 4; shift++) {
		uint8_t *copy = malloc(n + shift + 1);
		uint8_t *p = copy + shift + 1; /* aligned for none, too */
		struct page_event ev = { 0 };
		struct page page;
		size_t i = 0;
		bool more;

		assert(copy != NULL);
		memcpy(p, m->b, n);
		page_open(&page, &m->shape, p, n);
		for (; page_next(&page, &ev); i++) {
			const struct expected *e = &m->event[i];

			assert(i < events);
			assert(ev.ts == e->ts && ev.n == e->n);
			assert(ev.data == p + e->at);
		}
		assert(i == events);
		more = page_next(&page, &ev);
		assert(!more);
		assert((page.why == NULL) == (why == NULL));
		assert(why == NULL || strcmp(page.why, why) == 0);
		free(copy);
	}
}

/* A page that is right, asked of libtraceevent too, and cut at each byte. */
static void
right(struct made *m)
{
	size_t whole = 0;

	gives(m, SIZE, m->events, NULL);
	assert(same_as_kbuffer(&m->shape, m->b) == m->events);
	for (size_t n = 0; n < SIZE; n++) {
		while (whole < m->events && m->event[whole].end <= n)
			whole++;
		gives(m, n, n < m->shape.data_at ? 0 : whole, cut);
	}
	free(m);
}

static void
an_empty_page_has_no_events(const struct page_shape *shape)
{
	struct made *m = begin(shape, 5);

	right(m);
	m = begin(shape, 5);
	assert(!page_is(shape, m->b, SIZE));
	free(m);
}

static void
small_events(const struct page_shape *shape)
{
	struct made *m = begin(shape, 1000);

	for (unsigned words = 1; words <= 28; words++) {
		head(m, words, 10);
		data(m, 4 * (size_t)words, 1000 + 10 * words);
	}
	head(m, 1, 0); /* at the same time */
	data(m, 4, 1280);
	head(m, 2, (1 << 27) - 1); /* the longest delta */
	data(m, 8, 1280 + 134217727);
	assert(page_is(shape, m->b, SIZE));
	right(m);
}

static void
a_full_page(const struct page_shape *shape)
{
	struct made *m = begin(shape, 0);
	uint64_t ts = 0;

	while (m->n + 8 <= SIZE) {
		head(m, 1, 3);
		data(m, 4, ts += 3);
	}
	right(m);
}

static void
large_events(const struct page_shape *shape)
{
	struct made *m = begin(shape, 7);

	head(m, 0, 1);
	word(m, 4 + 4); /* the least; the length counts itself */
	data(m, 4, 8);
	head(m, 0, 1);
	word(m, 4 + 116);
	data(m, 116, 9);
	head(m, 3, 1);
	data(m, 12, 10);
	head(m, 0, 1);
	word(m, (uint32_t)(SIZE - m->n));
	data(m, SIZE - m->n, 11);
	right(m);
}

static void
time_extends(const struct page_shape *shape)
{
	struct made *m = begin(shape, 100);

	head(m, TIME_EXTEND, 5); /* 3 << 27 is 402653184 */
	word(m, 3);
	head(m, 1, 0);
	data(m, 4, 402653289);
	head(m, TIME_EXTEND, 0);
	word(m, 0x80000000); /* 2^58 */
	head(m, 1, 1);
	data(m, 4, UINT64_C(288230376554364978) + 56);
	head(m, TIME_EXTEND, 1); /* behind the last event */
	word(m, 1);
	commit(m, 0);
	right(m);
}

static void
absolute_times(const struct page_shape *shape)
{
	/* 2^60 + 1000: the clocks tai and realtime are beyond 2^60. */
	uint64_t base = UINT64_C(1152921504606846976);
	struct made *m = begin(shape, base + 1000);

	head(m, TIME_STAMP, 2000);
	word(m, 0);
	head(m, 1, 5);
	data(m, 4, base + 2005);
	head(m, TIME_STAMP, 1500); /* the clock was set back */
	word(m, 0);
	head(m, 1, 1);
	data(m, 4, base + 1501);
	right(m);

	m = begin(shape, 77); /* none of the upper bits */
	head(m, TIME_STAMP, 9);
	word(m, 2); /* 2 << 27 */
	head(m, 1, 1);
	data(m, 4, 268435466);
	right(m);

	/* 2^59 is crossed, which libtraceevent does not see. */
	m = begin(shape, base - 10);
	head(m, TIME_STAMP, 20);
	word(m, 0);
	head(m, 1, 1);
	data(m, 4, base + 21);
	gives(m, SIZE, 1, NULL);
	free(m);
}

static void
discarded_events_take_time(const struct page_shape *shape)
{
	struct made *m = begin(shape, 50);

	head(m, 1, 1);
	data(m, 4, 51);
	head(m, PADDING, 20); /* a small one of 12 bytes */
	word(m, 12);
	word(m, 0);
	word(m, 0);
	head(m, 1, 1);
	data(m, 4, 72);
	head(m, PADDING, 1); /* behind the last event */
	word(m, 4);
	commit(m, 0);
	right(m);
}

static void
the_rest_of_a_page_may_be_empty(const struct page_shape *shape)
{
	struct made *m = begin(shape, 50);

	head(m, 1, 1);
	data(m, 4, 51);
	head(m, PADDING, 0);
	word(m, 0xffffffff); /* anything */
	commit(m, 0);
	gives(m, SIZE, 1, NULL);
	m->n -= 4; /* no place for more than the word */
	commit(m, 0);
	gives(m, SIZE, 1, NULL);
	free(m);
}

static int64_t
missed(const struct made *m, size_t n)
{
	struct page page;

	page_open(&page, &m->shape, m->b, n);
	return page.missed;
}

static void
lost_events_are_told(const struct page_shape *shape)
{
	struct made *m = begin(shape, 1);
	unsigned size = shape->commit_size;

	head(m, 2, 1);
	data(m, 8, 2);
	assert(missed(m, SIZE) == 0);
	commit(m, STORED);
	assert(missed(m, SIZE) == 0);
	commit(m, MISSED);
	assert(missed(m, SIZE) == -1);
	assert(same_as_kbuffer(shape, m->b) == 1);

	commit(m, MISSED | STORED);
	poke(m, m->n, 5051, size);
	assert(missed(m, SIZE) == 5051);
	assert(missed(m, m->n + size) == 5051);
	assert(missed(m, m->n + size - 1) == -1); /* cut off */
	assert(same_as_kbuffer(shape, m->b) == 1);
	assert(page_is(shape, m->b, SIZE));
	poke(m, m->n, 0, size);
	assert(missed(m, SIZE) == -1);
	poke(m, m->n, UINT64_MAX, size);
	assert(missed(m, SIZE) == (size == 8 ? -1 : INT64_C(0xffffffff)));

	while (m->n + 8 <= SIZE) {
		head(m, 1, 0);
		data(m, 4, 2);
	}
	commit(m, MISSED | STORED); /* no room */
	assert(missed(m, SIZE) == -1);
	free(m);
}

static void
a_page_that_says_it_has_more_than_fits(const struct page_shape *shape)
{
	struct made *m = begin(shape, 1);

	head(m, 1, 1);
	data(m, 4, 2);
	head(m, PADDING, 0);
	word(m, 0);
	poke(m, 8, SIZE - shape->data_at, shape->commit_size);
	gives(m, SIZE, 1, NULL);
	poke(m, 8, SIZE - shape->data_at + 4, shape->commit_size);
	gives(m, SIZE, 1, full);
	assert(!page_is(shape, m->b, SIZE));
	poke(m, 8, (1 << 27) - 1, shape->commit_size);
	gives(m, SIZE, 1, full);
	free(m);
}

/* Asserts that words behind an event end the page as why says. */
static void
ends(const struct page_shape *shape, unsigned type, uint32_t delta,
    const uint32_t *more, size_t words, const char *why)
{
	struct made *m = begin(shape, 1);

	head(m, 1, 1);
	data(m, 4, 2);
	head(m, type, delta);
	for (size_t i = 0; i < words; i++)
		word(m, more[i]);
	commit(m, 0);
	gives(m, SIZE, 1, why);
	assert(page_is(shape, m->b, SIZE) == (why == NULL));
	free(m);
}

static void
events_that_are_wrong(const struct page_shape *shape)
{
	static const uint32_t sizes[] = { 0, 3, 6, 9, 0xfffffffe };
	uint32_t words[40] = { 0 };

	for (unsigned type = 0; type < 32; type++)
		ends(shape, type, 1, NULL, 0, beyond);
	for (unsigned type = 2; type < 29; type++)
		ends(shape, type, 1, words, type - 1, beyond);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		words[0] = sizes[i];
		ends(shape, 0, 1, words, 40, odd);
		ends(shape, PADDING, 1, words, 40, odd);
	}
	words[0] = 4; /* a length and no data */
	ends(shape, 0, 1, words, 40, odd);
	words[0] = 164;
	ends(shape, 0, 1, words, 40, beyond);
	ends(shape, PADDING, 1, words, 40, beyond);
	words[0] = 0xfffffffc;
	ends(shape, 0, 1, words, 40, beyond);
	ends(shape, PADDING, 1, words, 40, beyond);
}

/* Fields elsewhere, as no kernel has them, are read from where they are. */
static void
shapes_are_heeded(void)
{
	struct page_shape shape = page_shape_usual(), small;
	struct made *m;

	assert(memcmp(&shape, &(struct page_shape){ 0 }, sizeof(shape)) != 0);
	assert(!shape.big_endian && shape.commit_at == 8);
	assert(shape.commit_size == 8 && shape.data_at == 16);
	assert(shape.size == 4096);
	shape.data_at = 32;
	m = begin(&shape, 1);
	head(m, 1, 1);
	data(m, 4, 2);
	gives(m, SIZE, 1, NULL);
	small = shape;
	small.size = 16; /* smaller than its own header */
	m->shape = small;
	gives(m, SIZE, 0, cut);
	m->shape = shape;
	m->shape.commit_at = UINT32_MAX;
	gives(m, SIZE, 0, cut);
	assert(!page_is(&m->shape, m->b, SIZE));
	free(m);
}

static bool
is(const char *bytes, size_t n)
{
	struct page_shape shape = page_shape_usual();
	static uint8_t room[4096];
	uint8_t *copy = malloc(n);
	bool yes;

	assert(copy != NULL);
	memcpy(copy, bytes, n);
	yes = page_is(&shape, copy, n);
	free(copy);
	memset(room, 0, sizeof(room));
	memcpy(room, bytes, n);
	assert(!yes || n <= 24 || page_is(&shape, room, sizeof(room)));
	return yes;
}

static void
what_is_no_page(void)
{
	/* The magic number, 16 or 104 as a size, a section's place. */
	static const char perf[104] = "PERFILE2\x68\0\0\0\0\0\0\0\x88\0\0\0\0\0"
				      "\0\0\x68\0\0\0\0\0\0\0\x88\0\0\0\0\0\0\0"
				      "\xf0\0\0\0\0\0\0\0\x40\x10\0\0\0\0\0";
	static const char elf[64] = "\x7f"
				    "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3e\0\1";
	static const char zeros[4096];

	assert(!is("# tracer: nop\n#\n# entries-in-buffer", 34));
	assert(!is("# tracer: nop\n#\n", 16));
	assert(!is("{\"type\":\"trace\",\"version\":1}", 28));
	assert(!is("          <...>-1     [000] d..2. 1.5: e:", 40));
	assert(!is("\x17\x08\x44tracing6\0\0\x08\0\x10\0\0header_page", 29));
	assert(!is("\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n", 24));
	assert(!is(perf, sizeof(perf)));
	assert(!is(elf, sizeof(elf)));
	assert(!is(zeros, sizeof(zeros)));
	/* Eight bytes; and with flags of a loss. */
	assert(is("\1\0\0\0\0\0\0\0\x08\0\0\0\0\0\0\0", 16));
	assert(is("\1\0\0\0\0\0\0\0\x08\0\0\x80\0\0\0\0", 16));
	assert(is("\1\0\0\0\0\0\0\0\x08\0\0\x80\xff\xff\xff\xff", 16));
	/* Bits that mean nothing, a count of no loss, half a word. */
	assert(!is("\1\0\0\0\0\0\0\0\x08\0\0\x28\0\0\0\0", 16));
	assert(!is("\1\0\0\0\0\0\0\0\x08\0\0\x40\0\0\0\0", 16));
	assert(!is("\1\0\0\0\0\0\0\0\x08\0\0\0\1\0\0\0", 16));
	assert(!is("\1\0\0\0\0\0\0\0\x09\0\0\0\0\0\0\0", 16));
}

/* Finds the next event of a CPU in the truth; false if there is none. */
static bool
next_row(const char **row, int cpu, uint64_t *ts)
{
	int of = -1;

	while (of != cpu && **row != '\0') {
		assert(sscanf(*row, "%" SCNu64 "%d", ts, &of) == 2);
		*row = strchr(*row, '\n') + 1;
	}
	return of == cpu;
}

/* The times of a CPU are those of the truth. */
static void
recorded_pages(const char *dir, int cpu)
{
	struct page_shape shape = page_shape_usual();
	struct bytes pages, truth;
	struct page_event ev;
	struct page page;
	char path[100];
	const char *row;
	size_t events = 0;
	uint64_t ts;

	snprintf(path, sizeof(path), SOURCE "%s/cpu%d.raw.zst", dir, cpu);
	pages = slurp(path);
	snprintf(path, sizeof(path), SOURCE "%s/truth.tsv.zst", dir);
	truth = slurp(path);
	truth.p[truth.n] = '\0'; /* there is room: the last read gave none */
	row = (const char *)truth.p;
	assert(pages.n > 0 && pages.n % shape.size == 0);
	for (size_t at = 0; at < pages.n; at += shape.size) {
		assert(page_is(&shape, pages.p + at, shape.size));
		assert(page_is(&shape, pages.p + at, 16));
		events += same_as_kbuffer(&shape, pages.p + at);
		page_open(&page, &shape, pages.p + at, shape.size);
		for (; page_next(&page, &ev); events--)
			assert(next_row(&row, cpu, &ts) && ev.ts == ts);
	}
	assert(events == 0 && !next_row(&row, cpu, &ts));
	free(pages.p);
	free(truth.p);
}

static void
each_shape(void (*test)(const struct page_shape *))
{
	for (int i = 0; i < 4; i++) {
		struct page_shape shape = shape_of(i % 2, i < 2 ? 8 : 4);

		test(&shape);
	}
}

int
main(void)
{
	each_shape(an_empty_page_has_no_events);
	each_shape(small_events);
	each_shape(a_full_page);
	each_shape(large_events);
	each_shape(time_extends);
	each_shape(absolute_times);
	each_shape(discarded_events_take_time);
	each_shape(the_rest_of_a_page_may_be_empty);
	each_shape(lost_events_are_told);
	each_shape(a_page_that_says_it_has_more_than_fits);
	each_shape(events_that_are_wrong);
	shapes_are_heeded();
	what_is_no_page();
	recorded_pages("small", 0);
	recorded_pages("small", 1);
	recorded_pages("nasty", 0);
	recorded_pages("nasty", 1);
	return 0;
}
