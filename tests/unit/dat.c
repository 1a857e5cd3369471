/* SPDX-License-Identifier: MIT */
/*
 * dat: the parts of a trace.dat file, of both versions and byte orders,
 * packed or not, cut and damaged
 *
 * What recordings have is what "trace-cmd dump" prints of them, which does
 * not count the four bytes before the chunks of a CPU.
 */
#include "source/dat.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"
#include "dat_file.h"
#include "stream/input.h"

#define DATA "tests/data/"
#define TWO DATA "source/dat/"

/* What unpacks what is packed in them. */
static struct unpack *unpack;

/* A file, unpacked, in memory too. */
struct file {
	struct input in;
	struct bytes all;
	int fd;
	uint64_t size;
};

static struct file
file_open(const char *path)
{
	struct file f = { .fd = -1 };

	assert(input_open(&f.in, path) == 0);
	f.fd = input_file(&f.in, "/tmp", &f.size);
	assert(f.fd >= 0 && f.in.why == NULL);
	f.all.p = malloc(f.size);
	f.all.n = f.size;
	assert(f.all.p != NULL);
	assert(pread(f.fd, f.all.p, f.size, 0) == (ssize_t)f.size);
	return f;
}

static void
file_close(struct file *f)
{
	free(f->all.p);
	input_close(&f->in);
}

static void
is(struct str s, const char *z)
{
	if (!str_is(s, z)) {
		fprintf(stderr, "\"%.*s\", not \"%s\"\n", (int)s.n, s.p, z);
		abort();
	}
}

static void
why_is(const struct dat *d, const char *z)
{
	is(str_of(d->why != NULL ? d->why : "nothing is wrong"), z);
}

static void
cpu_is(const struct dat_buffer *b, size_t i, int cpu, uint64_t offset,
    uint64_t size)
{
	assert(i < b->n && b->cpu[i].cpu == cpu);
	assert(b->cpu[i].offset == offset && b->cpu[i].size == size);
}

/* Returns the text of a format, by its system and name. */
static struct str
format_of(const struct dat *d, const char *system, const char *name)
{
	for (size_t i = 0; i < d->formats; i++) {
		struct str text = d->format[i].text;

		if (str_is(d->format[i].system, system) && text.n > 6 &&
		    str_starts(str_skip(text, 6), name) &&
		    text.p[6 + strlen(name)] == '\n')
			return text;
	}
	return (struct str){ NULL, 0 };
}

static void
text_is_file(struct str text, const char *path)
{
	struct file f = file_open(path);

	assert(text.n == f.all.n && memcmp(text.p, f.all.p, text.n) == 0);
	file_close(&f);
}

static void
tells_the_parts_of_a_recording(void)
{
	struct file f = file_open(DATA "source/small/small.dat.zst");
	struct dat d;

	assert(dat_is((struct str){ f.all.p, 16 }));
	assert(dat_open(&d, f.fd, f.size, unpack) && d.why == NULL);
	assert(d.version == 7 && !d.big_endian && d.long_size == 8);
	assert(d.page_size == 4096 && d.cpus == 2 && d.offset == 0);
	assert(d.tsc.mult == 0 && d.cmdlines.n == 32196);
	is(d.uname, "Linux vm 6.18.44-fc-v657 x86_64");
	is(d.clock,
	    "[local] global counter uptime perf mono mono_raw boot tai "
	    "x86-tsc");
	text_is_file(d.header_page, DATA "source/formats/header_page");
	assert(d.formats == 22);
	text_is_file(format_of(&d, "sched", "sched_switch"),
	    DATA "source/formats/sched_switch.format");
	assert(format_of(&d, "ftrace", "function").p != NULL);
	assert(d.buffers == 1 && d.buffer[0].n == 2);
	is(d.buffer[0].name, "");
	is(d.buffer[0].clock, "local");
	assert(d.buffer[0].page_size == 4096);
	cpu_is(&d.buffer[0], 0, 0, 5468160, 684032);
	cpu_is(&d.buffer[0], 1, 1, 6152192, 352256);
	assert(d.stats_n == 2 && d.buffer[0].stats_n == 2);
	assert(str_starts(d.stats[0], "CPU: 0\nentries: 1575\n"));
	assert(str_starts(d.stats[1], "CPU: 1\nentries: 0\n"));
	dat_close(&d);
	file_close(&f);
}

/* A recording of an instance, packed, with the formats of all events. */
static void
tells_the_parts_of_a_large_recording(void)
{
	struct file f = file_open(DATA "flow/chain4/trace.dat.zst");
	struct dat d;

	assert(dat_open(&d, f.fd, f.size, unpack) && d.why == NULL);
	assert(d.formats == 2323 && d.cmdlines.n == 11608);
	assert(format_of(&d, "sched", "sched_switch").n > 1000);
	assert(d.buffers == 2 && d.buffer[0].n == 0 && d.buffer[1].n == 2);
	is(d.buffer[1].name, "tkkr");
	cpu_is(&d.buffer[1], 0, 0, 1142784, 31298 + 4);
	cpu_is(&d.buffer[1], 1, 1, 1175552, 74871 + 4);
	assert(d.buffer[1].cpu[0].packing == PACKING_ZSTD);
	assert(d.stats_n == 4 && d.buffer[0].stats_n == 2);
	assert(d.buffer[0].stats == d.stats && d.buffer[1].stats_n == 2);
	assert(d.buffer[1].stats == d.stats + 2);
	assert(strstr(d.stats[3].p, "read events: 7991") != NULL);
	dat_close(&d);
	file_close(&f);
}

/* Unpacks the chunks of a CPU's pages. */
static struct bytes
pages_of(const struct file *f, const struct dat_cpu *cpu)
{
	const char *p = f->all.p + cpu->offset;
	struct bytes to = { NULL, 0, 0 };
	char page[1 << 17];
	uint32_t count, n[2];

	if (cpu->packing == PACKING_NONE) {
		put(&to, p, cpu->size);
		return to;
	}
	memcpy(&count, p, 4);
	p += 4;
	for (uint32_t i = 0; i < count; i++) {
		memcpy(n, p, 8);
		assert(n[1] <= sizeof(page));
		assert(ZSTD_decompress(page, n[1], p + 8, n[0]) == n[1]);
		put(&to, page, n[1]);
		p += 8 + n[0];
	}
	assert(p == f->all.p + cpu->offset + cpu->size);
	return to;
}

static void
same_pages(const struct file *fa, const struct dat_buffer *a,
    const struct file *fb, const struct dat_buffer *b)
{
	assert(a->n == 2 && b->n == 2 && str_eq(a->name, b->name));
	for (size_t i = 0; i < 2; i++) {
		struct bytes pa = pages_of(fa, &a->cpu[i]);
		struct bytes pb = pages_of(fb, &b->cpu[i]);

		assert(a->cpu[i].cpu == b->cpu[i].cpu);
		assert(pa.n > 0 && pa.n == pb.n);
		assert(memcmp(pa.p, pb.p, pa.n) == 0);
		free(pa.p);
		free(pb.p);
	}
}

static void
same_metadata(const struct dat *a, const struct dat *b)
{
	assert(str_eq(a->header_page, b->header_page));
	assert(a->formats == 4 && b->formats == 4);
	for (size_t i = 0; i < 4; i++) {
		assert(str_eq(a->format[i].system, b->format[i].system));
		assert(str_eq(a->format[i].text, b->format[i].text));
	}
	assert(str_eq(a->cmdlines, b->cmdlines) && a->cmdlines.n == 127);
	assert(str_eq(a->uname, b->uname) && a->uname.n > 0);
	assert(a->cpus == b->cpus && a->stats_n == 6 && b->stats_n == 6);
	for (size_t i = 0; i < 6; i++)
		assert(str_eq(a->stats[i], b->stats[i]));
}

/* One recording of two instances, as trace-cmd converted it. */
static void
each_form_of_a_recording_has_the_same_in_it(void)
{
	struct file six = file_open(TWO "v6.dat.zst");
	struct file plain = file_open(TWO "v7.dat.zst");
	struct file packed = file_open(TWO "v7-zstd.dat.zst");
	struct dat a, b, c;

	assert(dat_open(&a, six.fd, six.size, unpack) && a.why == NULL);
	assert(dat_open(&b, plain.fd, plain.size, unpack) && b.why == NULL);
	assert(dat_open(&c, packed.fd, packed.size, unpack) && c.why == NULL);
	assert(a.version == 6 && b.version == 7 && c.version == 7);
	same_metadata(&a, &b);
	same_metadata(&a, &c);
	assert(format_of(&a, "sched", "sched_waking").p != NULL);
	assert(format_of(&a, "ftrace", "print").p != NULL);

	assert(a.buffers == 3 && b.buffers == 2 && c.buffers == 3);
	is(a.buffer[1].name, "hc_two");
	is(a.buffer[2].name, "hc_one");
	is(a.buffer[2].clock, "[local]");
	cpu_is(&a.buffer[0], 1, 1, 0, 0);
	cpu_is(&b.buffer[1], 0, 0, 24576, 12288);
	cpu_is(&b.buffer[1], 1, 1, 36864, 20480);
	cpu_is(&c.buffer[1], 0, 0, 4096, 656 + 4);
	cpu_is(&c.buffer[1], 1, 1, 8192, 1180 + 4);
	assert(c.buffer[2].stats == c.stats + 4 && c.buffer[2].stats_n == 2);
	assert(a.buffer[1].stats == a.stats + 2 && a.buffer[1].stats_n == 2);
	for (size_t i = 0; i < 2; i++) {
		same_pages(&six, &a.buffer[i + 1], &plain, &b.buffer[i]);
		same_pages(&six, &a.buffer[i + 1], &packed, &c.buffer[i + 1]);
	}
	dat_close(&a);
	dat_close(&b);
	dat_close(&c);
	file_close(&six);
	file_close(&plain);
	file_close(&packed);
}

/* Reads bytes as a file of that size. */
static bool
open_bytes(struct dat *d, const char *p, size_t n)
{
	int fd = memfd_create("dat", MFD_CLOEXEC);
	bool good;

	assert(fd >= 0 && write(fd, p, n) == (ssize_t)n);
	good = dat_open(d, fd, n, unpack);
	assert(good || d->why != NULL);
	assert(d->header_page.n <= n && d->cmdlines.n <= n);
	assert(d->clock.n <= n && d->uname.n <= n);
	close(fd);
	return good;
}

static void
made_is_right(const struct dat *d, const struct form *form)
{
	assert(d->version == form->version && d->big_endian == form->big);
	assert(d->long_size == 4 && d->page_size == 8192 && d->cpus == 3);
	is(d->header_page, "what is a page");
	assert(d->formats == 3);
	is(d->format[0].system, "ftrace");
	is(d->format[0].text, "name: one\n");
	is(d->format[1].system, "first");
	is(d->format[1].text, "name: two\n");
	is(d->format[2].system, "second");
	is(d->format[2].text, "");
	is(d->cmdlines, "1 init\n");
	is(d->uname, "Linux n 1.2 z");
	is(d->clock, "local [mono] boot");
	assert(d->offset == 0x10 * 1000 - 7);
	assert(d->tsc.mult == 0xabcd0123 && d->tsc.shift == 30);
	assert(d->tsc.offset == 0x123456789abcdef0);
	assert(d->shift.n == 16 + 2 * (4 + 6 * 8));
	assert(d->stats_n == 1 && d->buffer[0].stats_n == 1);
	is(d->stats[0], "CPU: 0\nentries: 5");
}

static void
reads_what_was_made_by_hand(void)
{
	for (unsigned i = 0; i < FORMS; i++) {
		struct form form = form_of(i);
		struct bytes t = make(&form);
		size_t count;
		struct dat d;

		assert(open_bytes(&d, t.p, t.n) && d.why == NULL);
		made_is_right(&d, &form);
		count = form.packing == PACKING_NONE ? 0 : 4;
		assert(d.buffers == 2 && d.buffer[0].n == 3);
		is(d.buffer[1].name, "inner");
		for (size_t k = 0; k < 3; k++) {
			const struct dat_cpu *cpu = &d.buffer[0].cpu[k];

			assert(
			    cpu->cpu == (int)k && cpu->packing == form.packing);
			assert(cpu->size == (k > 0 ? k * 100 + count : 0));
			for (size_t n = 0; n < k * 100; n++)
				assert(t.p[cpu->offset + n] == 'A' + (int)k);
		}
		dat_close(&d);
		free(t.p);
	}
}

/* Replaces a text of a made file by one of the same length. */
static void
replace(struct bytes *t, const char *from, const char *to)
{
	char *at = memmem(t->p, t->n, from, strlen(from));

	assert(at != NULL && strlen(from) == strlen(to));
	memcpy(at, to, strlen(to));
}

static void
tells_what_it_cannot_read(void)
{
	static const struct {
		unsigned form;
		const char *from, *to, *why;
		bool good;
	} cases[] = {
		{ 0, "tracing", "racings", "it is no trace.dat file", false },
		{ 0, "tracing6", "tracing5",
		    "a trace.dat file of a version other than 6 and 7", false },
		{ 2, "tracing7", "tracing8",
		    "a trace.dat file of a version other than 6 and 7", false },
		{ 0, "flyrecord", "latency  ",
		    "it holds a latency tracer's text, and no ring buffers",
		    false },
		{ 0, "flyrecord", "flyrecorD", "its metadata is damaged",
		    false },
		{ 0, "header_page", "header_pag?", "its metadata is damaged",
		    false },
		{ 2, "header_page", "header_pag?", "its metadata is damaged",
		    true },
		{ 0, "0x10", "0xz0", "its metadata is damaged", true },
		{ 4, "zlib", "lzma",
		    "it is packed by other means than zlib and zstd", false },
		{ 6, "zstd", "none",
		    "it is packed by other means than zlib and zstd", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct form form = form_of(cases[i].form);
		struct bytes t = make(&form);
		struct dat d;

		replace(&t, cases[i].from, cases[i].to);
		assert(open_bytes(&d, t.p, t.n) == cases[i].good);
		why_is(&d, cases[i].why);
		dat_close(&d);
		free(t.p);
	}
}

/* A chain of options that leads back to its first section. */
static void
a_ring_of_options_ends(void)
{
	struct form form = form_of(2);
	struct bytes t;
	struct dat d;

	form.ring = true;
	t = make(&form);
	assert(open_bytes(&d, t.p, t.n));
	why_is(&d, "its metadata is damaged");
	assert(d.buffers > 2 && d.buffers <= 4096);
	dat_close(&d);
	free(t.p);
}

static void
a_file_that_was_not_finished_says_so(void)
{
	struct form form = form_of(2);
	struct bytes t = make(&form);
	struct dat d;

	memset(t.p + form.chain_at, 0, 8);
	assert(!open_bytes(&d, t.p, t.n));
	why_is(&d, "it was not written to its end");
	dat_close(&d);
	free(t.p);
}

/* What is there of the pages of a buffer does not tell whose they are. */
static void
a_file_cut_before_its_table_says_where_that_is(void)
{
	static const char *const why[] = {
		"it is cut short before it says where its events are",
		"it is cut short before it says where its events are: version "
		"7 does that behind them"
	};

	for (unsigned i = 0; i < FORMS; i++) {
		struct form form = form_of(i);
		struct bytes t = make(&form);
		char *at = memmem(t.p, t.n, "BBBB", 4);
		struct dat d;

		if (form.version == 6)
			at = memmem(t.p, t.n, "name", 4);
		assert(at != NULL);
		assert(!open_bytes(&d, t.p, (size_t)(at - t.p) + 4));
		why_is(&d, why[form.version - 6]);
		dat_close(&d);
		free(t.p);
	}
}

/* The bytes of pages that a file has after it was cut at n. */
static uint64_t
cut_at(const struct file *f, size_t n)
{
	uint64_t bytes = 0;
	struct dat d;

	if (dat_open(&d, f->fd, n, unpack))
		assert(d.buffers > 0 && d.formats <= 2323);
	else
		assert(strstr(d.why, "cut short") != NULL);
	assert(n == f->size || d.why != NULL ||
	    (d.version == 7 && n > f->size - 300)); /* only texts behind */
	for (size_t i = 0; i < d.buffers; i++)
		for (size_t k = 0; k < d.buffer[i].n; k++) {
			const struct dat_cpu *cpu = &d.buffer[i].cpu[k];

			assert(cpu->size == 0 || cpu->offset + cpu->size <= n);
			bytes += cpu->size;
		}
	dat_close(&d);
	return bytes;
}

/* The longer a file, the more of its pages are there. */
static void
a_file_cut_anywhere_gives_what_it_has(void)
{
	static const char *const path[] = { TWO "v6.dat.zst", TWO "v7.dat.zst",
		TWO "v7-zstd.dat.zst" };
	static const uint64_t all[] = { 45056, 45056,
		656 + 1180 + 1250 + 2038 + 4 * 4 };

	for (size_t i = 0; i < 3; i++) {
		struct file f = file_open(path[i]);
		uint64_t last = 0, now = 0;

		for (size_t n = 0; n <= f.size; n += n % 4096 < 64 ? 1 : 3) {
			now = cut_at(&f, n);
			assert(now >= last);
			last = now;
		}
		assert(cut_at(&f, f.size) == all[i]);
		assert(cut_at(&f, f.size - 1000) > 0);
		file_close(&f);
	}
}

static void
a_large_file_cut_anywhere_gives_what_it_has(void)
{
	struct file f = file_open(DATA "source/small/small.dat.zst");
	static const size_t border[] = { 32, 499, 12437, 15826, 5429859,
		5434195, 5466415, 5466999, 5468160, 6152192, 6504448 };

	for (size_t n = 0; n < 3072; n++)
		assert(cut_at(&f, n) == 0);
	for (size_t n = 3072; n < f.size; n += 99700)
		assert(cut_at(&f, n) == 0);
	for (size_t i = 0; i < sizeof(border) / sizeof(border[0]); i++)
		for (size_t n = border[i] - 20; n < border[i] + 40; n++)
			assert(cut_at(&f, n) == 0);
	assert(cut_at(&f, f.size) == 684032 + 352256);
	file_close(&f);
}

/* Numbers that are far too large, at each place. */
static void
no_number_is_trusted(void)
{
	static const unsigned char hostile[][8] = {
		{ 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
		{ 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0 },
		{ 0, 0, 0, 0, 0, 0, 0, 0x80 },
		{ 0, 0, 0, 2 },
	};

	for (unsigned i = 0; i < FORMS; i++) {
		struct form form = form_of(i);
		struct bytes t = make(&form);

		for (size_t at = 10; at + 8 < t.n; at++) {
			const unsigned char *h = hostile[at % 4];
			struct dat d;
			char was[8];

			memcpy(was, t.p + at, 8);
			memcpy(t.p + at, h, at % 3 == 0 ? 8 : 4);
			open_bytes(&d, t.p, t.n);
			assert(d.buffers <= 4096 && d.formats <= 1 << 16);
			dat_close(&d);
			memcpy(t.p + at, was, 8);
		}
		free(t.p);
	}
}

int
main(void)
{
	alarm(300);
	unpack = unpack_new();
	tells_the_parts_of_a_recording();
	tells_the_parts_of_a_large_recording();
	each_form_of_a_recording_has_the_same_in_it();
	reads_what_was_made_by_hand();
	tells_what_it_cannot_read();
	a_ring_of_options_ends();
	a_file_that_was_not_finished_says_so();
	a_file_cut_before_its_table_says_where_that_is();
	a_file_cut_anywhere_gives_what_it_has();
	a_large_file_cut_anywhere_gives_what_it_has();
	no_number_is_trusted();
	unpack_free(unpack);
	return 0;
}
