/* SPDX-License-Identifier: MIT */
/*
 * recording_memory: the pages of many CPUs are read in little memory, however
 * large their file is, and each event comes, at its place
 *
 * The events are numbered by time and dealt out to the CPUs, so what comes
 * has to be 0, 1, 2, ..., each from the CPU that it was dealt to.
 */
#include "source/recording.h"

#include <malloc.h>

#include "base/num.h"
#include "dat_file.h"
#include "format.h"
#include "input_of.h"
#include "ring.h"
#include "source/datoption.h"
#include "source/event.h"

/* gcc and clang each say in their way that the sanitizer counts memory. */
#ifdef __has_feature
#define SANITIZED __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif
#if SANITIZED
/* Declared here, since gcc comes without the header that has it. */
size_t __sanitizer_get_current_allocated_bytes(void);
#endif

enum {
	CPUS_MAX = 300,
	PER_PAGE = 4,
	CHUNK = 10, /* pages, as trace-cmd(1) has them */
	FIRST = 1000,
	STEP = 10,
	/* What all CPUs may hold, as recording.c has it. */
	WINDOWS = 1 << 20,
	HELD = 256 << 20,
	/* All else: formats, lanes, buffers of inputs, what unpacks. */
	ELSE = 1 << 19,
};

static const char header_page_text[] =
    "\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;\n"
    "\tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;\n"
    "\tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;\n"
    "\tfield: char data;\toffset:16;\tsize:4080;\tsigned:0;\n";
static const char tick[] = FORMAT("tick", FIELD("int value", 8, 4, 1),
    "\"%d\", REC->value");

/* A trace in the making. */
struct trace {
	struct ring ring[CPUS_MAX];
	uint64_t last[CPUS_MAX]; /* when its last event was */
	size_t in_page[CPUS_MAX];
	size_t cpus, events;
	enum packing packing;
	size_t large;       /* a CPU whose pages are all in one chunk */
	size_t large_pages; /* so many; 0: there is none */
};

/* Bytes of memory that are in use. */
static size_t
memory(void)
{
#if SANITIZED
	return __sanitizer_get_current_allocated_bytes();
#else
	struct mallinfo2 m = mallinfo2();

	return m.uordblks + m.hblkhd;
#endif
}

/* The CPU of the i-th event: by turns that differ from round to round. */
static size_t
cpu_of(const struct trace *t, size_t i)
{
	return (i * 7 + i / t->cpus * 3) % t->cpus;
}

static void
deal(struct trace *t, size_t i)
{
	size_t cpu = cpu_of(t, i);
	struct ring *r = &t->ring[cpu];
	uint64_t ts = FIRST + i * STEP;
	uint8_t data[12] = { 7 };
	uint32_t value = htole32((uint32_t)i);

	memcpy(data + 8, &value, 4);
	if (t->in_page[cpu]++ % PER_PAGE == 0) {
		ring_page(r, ts);
		t->last[cpu] = ts;
	}
	ring_event(r, (uint32_t)(ts - t->last[cpu]), data, sizeof(data));
	t->last[cpu] = ts;
}

/* Deals out events that fill so many pages of each CPU. */
static struct trace *
make_trace(size_t cpus, size_t pages, enum packing packing)
{
	struct trace *t = mem_alloc(sizeof(*t));

	t->cpus = cpus;
	t->events = cpus * pages * PER_PAGE;
	t->packing = packing;
	for (size_t i = 0; i < t->events; i++)
		deal(t, i);
	return t;
}

static void
trace_free(struct trace *t)
{
	for (size_t i = 0; i < t->cpus; i++)
		free(t->ring[i].p);
	free(t);
}

static struct bytes
header_info_section(void)
{
	struct bytes t = { NULL, 0, 0 };

	put_text(&t, "header_page");
	put_block(&t, false, 8, header_page_text);
	put_text(&t, "header_event");
	put_block(&t, false, 8, "");
	return t;
}

static struct bytes
formats_section(void)
{
	struct bytes t = { NULL, 0, 0 };

	put_number(&t, false, 4, 1);
	put_text(&t, "test");
	put_number(&t, false, 4, 1);
	put_block(&t, false, 8, tick);
	return t;
}

static void
put_chunk(struct bytes *t, const uint8_t *p, size_t n)
{
	size_t room = ZSTD_compressBound(n), packed;
	char *to = mem_alloc(room);

	packed = ZSTD_compress(to, room, p, n, 1);
	assert(!ZSTD_isError(packed));
	put_number(t, false, 4, packed);
	put_number(t, false, 4, n);
	put(t, to, packed);
	free(to);
}

/* Packs pages, so many at a time. */
static void
put_chunks(struct bytes *t, const struct ring *r, size_t chunk)
{
	put_number(t, false, 4, (r->pages + chunk - 1) / chunk);
	for (size_t i = 0; i < r->pages; i += chunk) {
		size_t left = r->pages - i;

		put_chunk(t, r->p + i * RING_PAGE,
		    (left < chunk ? left : chunk) * RING_PAGE);
	}
}

/* Appends the pages of a CPU, and what the option says of them. */
static void
put_cpu(struct bytes *t, struct bytes *option, struct trace *trace, size_t cpu)
{
	struct ring *r = &trace->ring[cpu];
	size_t at = t->n, chunk = CHUNK;

	if (trace->large_pages > 0 && trace->large == cpu) {
		while (r->pages < trace->large_pages)
			ring_page(r, 0); /* one without events */
		chunk = r->pages;
	}
	if (trace->packing == PACKING_NONE)
		put(t, r->p, r->pages * RING_PAGE);
	else
		put_chunks(t, r, chunk);
	put_number(option, false, 4, cpu);
	put_number(option, false, 8, at);
	put_number(option, false, 8, t->n - at);
}

static void
put_buffer(struct bytes *t, struct bytes *options, struct trace *trace)
{
	struct bytes o = { NULL, 0, 0 };

	put_number(&o, false, 8, t->n);
	put_text(&o, "");
	put_text(&o, "local");
	put_number(&o, false, 4, RING_PAGE);
	put_number(&o, false, 4, trace->cpus);
	put_number(t, false, 2, OPTION_BUFFER);
	put_number(t, false, 2, trace->packing != PACKING_NONE);
	put_number(t, false, 4, 0);
	put_number(t, false, 8, 0);
	for (size_t i = 0; i < trace->cpus; i++)
		put_cpu(t, &o, trace, i);
	put_option(options, false, OPTION_BUFFER, o);
}

/* Makes a trace.dat file of version 7, and frees the trace's pages. */
static struct input
make_file(struct trace *trace)
{
	struct bytes t = { NULL, 0, 0 }, options = { NULL, 0, 0 };
	const struct form form = { .version = 7, .packing = PACKING_NONE };
	struct input in;
	size_t chain_at;

	put(&t, "\x17\x08\x44tracing", 10);
	put_text(&t, "7");
	put_number(&t, false, 1, 0);
	put_number(&t, false, 1, 8);
	put_number(&t, false, 4, RING_PAGE);
	put_text(&t, trace->packing == PACKING_NONE ? "none" : "zstd");
	put_text(&t, "1.0");
	chain_at = t.n;
	put_number(&t, false, 8, 0);
	put_buffer(&t, &options, trace);
	put_number_option(&options, false, OPTION_HEADER_INFO, 8,
	    put_section(&t, &form, OPTION_HEADER_INFO, header_info_section()));
	put_number_option(&options, false, OPTION_EVENT_FORMATS, 8,
	    put_section(&t, &form, OPTION_EVENT_FORMATS, formats_section()));
	put_number_option(&options, false, OPTION_DONE, 8, 0);
	set_number(&t, false, chain_at, t.n);
	put_section(&t, &form, OPTION_DONE, options);
	in = input_of(t.p, t.n);
	free(t.p);
	for (size_t i = 0; i < trace->cpus; i++) {
		free(trace->ring[i].p);
		trace->ring[i] = (struct ring){ .p = NULL };
	}
	return in;
}

/* Where the format of raw pages is; others bring theirs. */
static const char *formats;

/* What came out of a trace. */
struct result {
	size_t points, lost, bad, most; /* most: bytes of memory */
	const char *why;
};

/* Asserts that it is the next one that was dealt, but to the CPU skip. */
static void
check_point(const struct trace *t, struct event *ev, struct result *r,
    size_t *next, int skip)
{
	struct event_slot slot = { str_of("value"), 0 };
	struct str text = event_field(ev, &slot);
	int64_t value;

	while (skip >= 0 && cpu_of(t, *next) == (size_t)skip)
		(*next)++;
	assert(num_s64(text, &value));
	assert(value == (int64_t)*next);
	assert(ev->at.cpu == (int)cpu_of(t, *next));
	assert(ev->at.ts == (int64_t)(FIRST + *next * STEP));
	(*next)++;
	r->points++;
}

static struct result
read_trace(const struct trace *t, struct input *const *in, size_t n, int skip)
{
	const struct recording_options options = { .formats = formats,
		.tmp = "/tmp" };
	struct event_reader *reader = event_reader_new();
	struct result r = { .points = 0 };
	size_t before = memory(), now, next = 0;
	struct event ev;

	event_set_options(reader, &options);
	event_open_all(reader, in, n);
	while (event_next(reader, &ev)) {
		if (ev.kind == EVENT_POINT)
			check_point(t, &ev, &r, &next, skip);
		r.lost += ev.kind == EVENT_LOST;
		r.bad += ev.kind == EVENT_BAD;
		if (ev.kind == EVENT_BAD)
			r.why = ev.why;
		now = r.points % 64 == 1 ? memory() : 0;
		if (now > before && now - before > r.most)
			r.most = now - before;
	}
	event_reader_free(reader);
	return r;
}

static struct result
read_one(struct trace *t, int skip)
{
	struct input in = make_file(t), *const all[] = { &in };
	struct result r = read_trace(t, all, 1, skip);

	input_close(&in);
	return r;
}

/* Few CPUs have large windows, many have a page each. */
static void
plain_pages_are_read_through_windows(void)
{
	static const size_t cpus[] = { 1, 2, 16, 100, CPUS_MAX };

	for (size_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
		struct trace *t = make_trace(cpus[i], 6000 / cpus[i],
		    PACKING_NONE);
		size_t pages = cpus[i] * RING_PAGE;
		struct result r = read_one(t, -1);

		assert(r.points == t->events && r.bad == 0 && r.lost == 0);
		assert(r.most > 0);
		assert(r.most <= (pages > WINDOWS ? pages : WINDOWS) + ELSE);
		trace_free(t);
	}
}

/* Of each CPU there is one chunk, whatever the file has. */
static void
packed_pages_are_held_a_chunk_at_a_time(void)
{
	static const size_t cpus[] = { 1, 16, CPUS_MAX };

	for (size_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
		struct trace *t = make_trace(cpus[i], 9000 / cpus[i],
		    PACKING_ZSTD);
		struct result r = read_one(t, -1);

		assert(r.points == t->events && r.bad == 0 && r.lost == 0);
		assert(r.most <= cpus[i] * CHUNK * RING_PAGE + ELSE);
		trace_free(t);
	}
}

/*
 * The largest chunk that a CPU may have is its part of what all may hold: it
 * is read, and of a page more nothing is; the others do not suffer.
 */
static void
a_chunk_larger_than_its_part_is_told(void)
{
	const size_t pages = HELD / CPUS_MAX / RING_PAGE;

	for (size_t more = 0; more < 2; more++) {
		struct trace *t = make_trace(CPUS_MAX, 4, PACKING_ZSTD);
		size_t its = t->events / CPUS_MAX;
		struct result r;

		t->large = 123;
		t->large_pages = pages + more;
		r = read_one(t, more ? 123 : -1);
		assert(r.points == t->events - (more ? its : 0));
		assert(r.bad == more && r.lost == more);
		assert(more == 0 ||
		    strcmp(r.why,
			"a chunk that is too large to hold is left "
			"out") == 0);
		assert(r.most <= (CPUS_MAX * 4 + pages) * RING_PAGE + ELSE);
		trace_free(t);
	}
}

/* Writes the format of the events into a folder. */
static void
make_formats(char *dir)
{
	char path[64];
	int put, failed;
	FILE *f;

	assert(mkdtemp(dir) != NULL);
	snprintf(path, sizeof(path), "%s/tick.format", dir);
	f = fopen(path, "w");
	assert(f != NULL);
	put = fputs(tick, f);
	failed = fclose(f);
	assert(put >= 0 && failed == 0);
	formats = dir;
}

static void
remove_formats(const char *dir)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/tick.format", dir);
	assert(unlink(path) == 0 && rmdir(dir) == 0);
	formats = NULL;
}

/*
 * Inputs as the kernel gives them, one a CPU: their own buffers, which were
 * there before, are not counted.
 */
static void
raw_pages_are_read_through_windows(void)
{
	static struct input in[CPUS_MAX];
	static struct input *all[CPUS_MAX];
	char dir[] = "/tmp/tk-recording-XXXXXX";
	struct trace *t = make_trace(CPUS_MAX, 20, PACKING_NONE);
	struct result r;

	make_formats(dir);
	for (size_t i = 0; i < t->cpus; i++) {
		in[i] = input_of((const char *)t->ring[i].p,
		    t->ring[i].pages * RING_PAGE);
		all[i] = &in[i];
	}
	r = read_trace(t, all, t->cpus, -1);
	assert(r.points == t->events && r.bad == 0 && r.lost == 0);
	assert(r.most <= t->cpus * RING_PAGE + ELSE);
	for (size_t i = 0; i < t->cpus; i++)
		input_close(&in[i]);
	remove_formats(dir);
	trace_free(t);
}

int
main(void)
{
	plain_pages_are_read_through_windows();
	raw_pages_are_read_through_windows();
	packed_pages_are_held_a_chunk_at_a_time();
	a_chunk_larger_than_its_part_is_told();
	return 0;
}
