/* SPDX-License-Identifier: MIT */
/*
 * recording: one recording has the same events however its file is laid out
 * and packed, and cut anywhere it has no others and no more
 */
#include "source/recording.h"

#include "dat_file.h"
#include "input_of.h"
#include "source/dat.h"
#include "source/event.h"
#include "source/print.h"

#define SOURCE "tests/data/source/"

enum { CHUNK = 3 }; /* pages; trace-cmd(1) takes ten */

static const struct recording_options reading = { .formats = SOURCE "formats",
	.tmp = "/tmp" };

/* Bytes of a file, unpacked. */
static struct bytes
slurp(const char *path)
{
	struct bytes t = { NULL, 0, 0 };
	struct input in;
	size_t n;

	assert(input_open(&in, path) == 0);
	do {
		t.p = mem_grow(t.p, &t.cap, t.n + 65536, 1);
		n = input_read(&in, t.p + t.n, 65536);
		t.n += n;
	} while (n > 0);
	assert(in.why == NULL && t.n > 0);
	input_close(&in);
	return t;
}

/* What came out of an input. */
struct result {
	struct output out; /* all records */
	uint64_t points, bad;
	bool cut_short, refused;
};

static void
take(struct result *r, struct event_reader *reader, struct event *ev)
{
	r->bad += ev->kind == EVENT_BAD;
	if (ev->kind == EVENT_END)
		r->cut_short |= event_counts(reader)->cut_short;
	if (ev->kind != EVENT_POINT)
		return;
	r->points++;
	event_canon(reader, ev);
	print_point(&r->out, ev);
}

static struct result
read_inputs(struct input *const *in, size_t n)
{
	struct event_reader *reader = event_reader_new();
	struct result r = { .points = 0 };
	struct event ev;

	output_in_memory(&r.out);
	event_set_options(reader, &reading);
	event_open_all(reader, in, n);
	while (event_next(reader, &ev))
		take(&r, reader, &ev);
	r.refused = event_refusal(reader) != NULL;
	event_reader_free(reader);
	return r;
}

static struct result
read_bytes(const char *p, size_t n)
{
	struct input in = input_of(p, n), *const all[] = { &in };
	struct result r = read_inputs(all, 1);

	input_close(&in);
	return r;
}

static struct result
read_file(const char *path)
{
	struct input in, *const all[] = { &in };
	struct result r;

	assert(input_open(&in, path) == 0);
	r = read_inputs(all, 1);
	input_close(&in);
	return r;
}

static void
result_free(struct result *r)
{
	output_close(&r->out);
}

static bool
same(const struct result *a, const struct result *b)
{
	return a->points == b->points &&
	    str_eq((struct str){ a->out.buf, a->out.n },
		(struct str){ b->out.buf, b->out.n });
}

static void
put_str(struct bytes *t, struct str s)
{
	put_number(t, false, 8, s.n);
	put(t, s.p, s.n);
}

static struct bytes
make_header_info(const struct dat *d)
{
	struct bytes t = { NULL, 0, 0 };

	put_text(&t, "header_page");
	put_str(&t, d->header_page);
	put_text(&t, "header_event");
	put_str(&t, str_of(""));
	return t;
}

/* The formats of all systems but ftrace, or of it alone. */
static struct bytes
make_formats(const struct dat *d, bool ftrace)
{
	struct bytes t = { NULL, 0, 0 };
	uint64_t n = 0;

	for (size_t i = 0; i < d->formats; i++)
		n += str_is(d->format[i].system, "ftrace") == ftrace;
	put_number(&t, false, 4, n);
	for (size_t i = 0; i < d->formats; i++) {
		if (str_is(d->format[i].system, "ftrace") != ftrace)
			continue;
		if (!ftrace) { /* each as a system of one */
			put(&t, d->format[i].system.p, d->format[i].system.n);
			put(&t, "", 1);
			put_number(&t, false, 4, 1);
		}
		put_str(&t, d->format[i].text);
	}
	return t;
}

static struct bytes
make_cmdlines(const struct dat *d)
{
	struct bytes t = { NULL, 0, 0 };

	put_str(&t, d->cmdlines);
	return t;
}

static void
put_chunk(struct bytes *t, enum packing packing, const char *p, size_t n)
{
	size_t room = ZSTD_compressBound(n) + compressBound(n);
	char *packed = mem_alloc(room);
	uLongf size = (uLongf)room;

	if (packing == PACKING_ZLIB)
		assert(compress2((Bytef *)packed, &size, (const Bytef *)p, n,
			   9) == Z_OK);
	else
		size = ZSTD_compress(packed, room, p, n, 3);
	put_number(t, false, 4, size);
	put_number(t, false, 4, n);
	put(t, packed, size);
	free(packed);
}

/*
 * Appends the pages of a buffer, packed, and adds its option, in which the
 * size of a CPU leaves out the count before its chunks.
 */
static void
put_buffer(struct bytes *t, struct bytes *options, const struct dat_buffer *b,
    enum packing packing, const char *all)
{
	const size_t most = CHUNK * b->page_size;
	struct bytes o = { NULL, 0, 0 };
	size_t at = t->n;

	put_number(&o, false, 8, at);
	put(&o, b->name.p, b->name.n);
	put(&o, "", 1);
	put(&o, b->clock.p, b->clock.n);
	put(&o, "", 1);
	put_number(&o, false, 4, b->page_size);
	put_number(&o, false, 4, b->n);
	put_number(t, false, 2, OPTION_BUFFER);
	put_number(t, false, 2, SECTION_PACKED);
	put_number(t, false, 4, 0);
	put_number(t, false, 8, 0);
	for (size_t i = 0; i < b->n; i++) {
		uint64_t n = b->cpu[i].size, from = t->n;

		put_number(&o, false, 4, (uint64_t)b->cpu[i].cpu);
		put_number(&o, false, 8, n > 0 ? from : 0);
		if (n > 0)
			put_number(t, false, 4, (n + most - 1) / most);
		for (uint64_t k = 0; k < n; k += most)
			put_chunk(t, packing, all + b->cpu[i].offset + k,
			    n - k < most ? n - k : most);
		put_number(&o, false, 8, n > 0 ? t->n - from - 4 : 0);
	}
	set_number(t, false, at + 8, t->n - at - SECTION_HEAD);
	put_option(options, false, OPTION_BUFFER, o);
}

/* Makes a file of version 7 of what was read, packed. */
static struct bytes
make_packed(const struct dat *d, const char *all, enum packing packing)
{
	static const unsigned id[] = { OPTION_HEADER_INFO, OPTION_FTRACE_EVENTS,
		OPTION_EVENT_FORMATS, OPTION_CMDLINES };
	struct bytes part[] = { make_header_info(d), make_formats(d, true),
		make_formats(d, false), make_cmdlines(d) };
	struct bytes t = { NULL, 0, 0 }, options = { NULL, 0, 0 };
	const struct form form = { .version = 7, .packing = packing };
	size_t chain_at;

	put(&t, "\x17\x08\x44tracing", 10);
	put_text(&t, "7");
	put_number(&t, false, 1, 0);
	put_number(&t, false, 1, d->long_size);
	put_number(&t, false, 4, d->page_size);
	put_text(&t, packing == PACKING_ZLIB ? "zlib" : "zstd");
	put_text(&t, "1.0");
	chain_at = t.n;
	put_number(&t, false, 8, 0);
	for (size_t i = 0; i < sizeof(id) / sizeof(id[0]); i++)
		put_number_option(&options, false, id[i], 8,
		    put_section(&t, &form, id[i], part[i]));
	for (size_t i = 0; i < d->buffers; i++)
		put_buffer(&t, &options, &d->buffer[i], packing, all);
	put_number_option(&options, false, OPTION_DONE, 8, 0);
	set_number(&t, false, chain_at, t.n);
	put_section(&t, &form, OPTION_DONE, options);
	return t;
}

/* Asserts that the file, packed anew, has the events that it has. */
static void
packed_anew(const char *path, enum packing packing)
{
	struct bytes plain = slurp(path), packed;
	struct input in = input_of(plain.p, plain.n);
	struct unpack *unpack = unpack_new();
	struct result a = read_bytes(plain.p, plain.n), b;
	uint64_t size;
	struct dat d;
	int fd = input_file(&in, "/tmp", &size);

	assert(dat_open(&d, fd, size, unpack) && d.why == NULL);
	packed = make_packed(&d, plain.p, packing);
	assert(packed.n < plain.n);
	b = read_bytes(packed.p, packed.n);
	assert(a.points > 100 && same(&a, &b));
	assert(a.bad == 0 && b.bad == 0 && !b.cut_short);
	dat_close(&d);
	unpack_free(unpack);
	input_close(&in);
	result_free(&a);
	result_free(&b);
	free(plain.p);
	free(packed.p);
}

static void
each_layout_of_a_file_has_the_same_events(void)
{
	struct result seven = read_file(SOURCE "dat/v7.dat.zst");
	struct result packed = read_file(SOURCE "dat/v7-zstd.dat.zst");
	struct result six = read_file(SOURCE "dat/v6.dat.zst");

	assert(same(&seven, &packed) && same(&seven, &six));
	result_free(&seven);
	result_free(&packed);
	result_free(&six);
	packed_anew(SOURCE "dat/v7.dat.zst", PACKING_ZLIB);
	packed_anew(SOURCE "dat/v7.dat.zst", PACKING_ZSTD);
	packed_anew(SOURCE "small/small.dat.zst", PACKING_ZLIB);
}

/* Raw pages of two CPUs, which their names tell, in whatever order. */
static void
raw_pages_are_joined(void)
{
	struct input cpu[2], *const forward[] = { &cpu[0], &cpu[1] },
				    *const backward[] = { &cpu[1], &cpu[0] };
	struct result r[2];

	for (int i = 0; i < 2; i++) {
		assert(input_open(&cpu[0], SOURCE "nasty/cpu0.raw.zst") == 0);
		assert(input_open(&cpu[1], SOURCE "nasty/cpu1.raw.zst") == 0);
		r[i] = read_inputs(i == 0 ? forward : backward, 2);
		assert(r[i].points == 1070 && r[i].bad == 0);
		input_close(&cpu[0]);
		input_close(&cpu[1]);
	}
	assert(same(&r[0], &r[1]));
	result_free(&r[0]);
	result_free(&r[1]);
}

/*
 * Cut at each 101st byte: nothing is invented, and what is missing is told.  A
 * file of version 7 ends with descriptions of its sections, which tell nothing.
 */
static void
cut_anywhere(const char *path, size_t most, bool binary)
{
	struct bytes all = slurp(path);
	size_t n = all.n < most ? all.n : most;
	struct result whole = read_bytes(all.p, n);
	uint64_t before = 0;

	assert(whole.points > 50);
	for (size_t at = 101; at < n; at += 101) {
		struct result r = read_bytes(all.p, at);

		assert(r.points >= before && r.points <= whole.points);
		assert(!binary || r.refused || r.cut_short || r.bad > 0 ||
		    same(&r, &whole));
		before = r.points;
		result_free(&r);
	}
	assert(before <= whole.points);
	result_free(&whole);
	free(all.p);
}

/* Reads the bytes and returns the CPU of what was bad last. */
static int
bad_cpu(const char *p, size_t n)
{
	struct input in = input_of(p, n), *const all[] = { &in };
	struct event_reader *reader = event_reader_new();
	struct event ev;
	int cpu = 1000;

	event_set_options(reader, &reading);
	event_open_all(reader, all, 1);
	while (event_next(reader, &ev))
		if (ev.kind == EVENT_BAD)
			cpu = ev.at.cpu;
	event_reader_free(reader);
	input_close(&in);
	return cpu;
}

/* One of two buffers is there; what it lacks is no matter of its last CPU. */
static void
what_a_file_lacks_is_of_no_cpu(void)
{
	struct bytes all = slurp(SOURCE "dat/v7.dat.zst");

	assert(bad_cpu(all.p, all.n / 2) == -1);
	free(all.p);
}

int
main(void)
{
	struct page_shape shape;

	alarm(100);
	assert(recording_is_dat(str_of("\x17\x08\x44tracing6")));
	assert(!recording_is_dat(str_of("\x17\x08\x44tracin")));
	assert(
	    !recording_is_raw(str_of("# tracer: nop\n#\n# entries"), &shape));
	assert(!recording_is_raw(str_of(""), &shape));
	each_layout_of_a_file_has_the_same_events();
	raw_pages_are_joined();
	what_a_file_lacks_is_of_no_cpu();
	cut_anywhere(SOURCE "dat/v7.dat.zst", SIZE_MAX, true);
	cut_anywhere(SOURCE "dat/v7-zstd.dat.zst", SIZE_MAX, true);
	cut_anywhere(SOURCE "dat/v6.dat.zst", SIZE_MAX, true);
	cut_anywhere(SOURCE "nasty/cpu0.raw.zst", SIZE_MAX, true);
	cut_anywhere(SOURCE "small/report.R.txt.zst", 1 << 16, false);
	cut_anywhere(SOURCE "nasty/trace.default.txt.zst", 1 << 16, false);
	return 0;
}
