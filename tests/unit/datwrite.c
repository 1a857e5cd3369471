/* SPDX-License-Identifier: MIT */
/*
 * datwrite: what dat and pages read back, in each byte order, packed or not;
 * and what cannot be written.  The bats tests ask trace-cmd and libtracecmd.
 */
#include "source/datwrite.h"

#include <assert.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "source/dat.h"
#include "source/pages.h"
#include "stream/output.h"
#include "stream/unpack.h"

enum { PAGE = 4096, MOST = 200 };

static struct texts_event event[] = {
	{ (char *)"ftrace", (char *)"print", { "own\n", 4 } },
	{ (char *)"irq", (char *)"one", { "first\n", 6 } },
	{ (char *)"sched", (char *)"a", { "second", 6 } },
	{ (char *)"sched", (char *)"b", { "", 0 } },
};
static struct texts_cpu stats[] = {
	{ 0, { "entries: 5\n", 11 } },
	{ 3, { NULL, 0 } },
	{ 7, { "entries: 6\n", 11 } },
};

static struct texts
some_texts(void)
{
	return (struct texts){ .header_page = str_of("page"),
		.header_event = str_of("event"),
		.clock = str_of("local [mono] boot\n"),
		.cmdlines = str_of("12 bash\n"),
		.event = event,
		.events = 4,
		.cpu = stats,
		.cpus = 3 };
}

static uint8_t
byte_of(int cpu, size_t at)
{
	return (uint8_t)(at * 7 + at / PAGE * 13 + (size_t)cpu);
}

/* Returns a file of so many pages. */
static struct datwrite_cpu
cpu_of(int cpu, size_t pages)
{
	int fd = output_nameless("/tmp");
	struct output out;

	assert(fd >= 0);
	output_on(&out, fd, "pages");
	for (size_t i = 0; i < pages * PAGE; i++)
		output_byte(&out, (char)byte_of(cpu, i));
	assert(output_flush(&out) == 0);
	free(out.buf);
	return (struct datwrite_cpu){ cpu, fd, pages * PAGE };
}

static void
has_pages(int fd, const struct dat *d, const struct dat_cpu *c, size_t want,
    struct unpack *u)
{
	struct pages_part part = { .fd = fd,
		.offset = c->offset,
		.size = c->size,
		.packing = c->packing,
		.big_endian = d->big_endian,
		.unpack = u };
	struct pages *pages = pages_of_part(&part, PAGE, 1 << 16);
	const uint8_t *p;
	size_t n, count = 0;

	assert(c->offset % PAGE == 0);
	for (; (p = pages_next(pages, &n)) != NULL; count++) {
		assert(n == PAGE);
		for (size_t i = 0; i < n; i++)
			assert(p[i] == byte_of(c->cpu, count * PAGE + i));
	}
	assert(pages_why(pages) == NULL && count == want);
	pages_free(pages);
}

static void
has_texts(const struct dat *d)
{
	assert(str_is(d->header_page, "page") && d->formats == 4);
	assert(str_is(d->format[0].system, "ftrace"));
	assert(str_is(d->format[0].text, "own\n"));
	assert(str_is(d->format[1].system, "irq"));
	assert(str_is(d->format[1].text, "first\n"));
	assert(str_is(d->format[2].system, "sched"));
	assert(str_is(d->format[2].text, "second"));
	assert(str_is(d->format[3].system, "sched"));
	assert(d->format[3].text.n == 0);
	assert(str_is(d->cmdlines, "12 bash\n"));
	assert(str_is(d->clock, "local [mono] boot"));
	assert(str_is(d->uname, "Linux host 6 x"));
	assert(d->cpus == 8 && d->offset == 0 && d->stats_n == 2);
	assert(str_is(d->stats[0], "CPU: 0\nentries: 5"));
	assert(str_is(d->stats[1], "CPU: 7\nentries: 6"));
}

/* Returns where the options are: behind the names of the packing. */
static uint64_t
options_at(int fd, bool big_endian)
{
	char head[64];
	ssize_t n = pread(fd, head, sizeof(head), 0);
	const char *p = head + 10 + 2 + 2 + 4;
	uint64_t at;

	assert(n == sizeof(head));
	p += strlen(p) + 1;
	p += strlen(p) + 1;
	memcpy(&at, p, sizeof(at));
	return big_endian ? be64toh(at) : le64toh(at);
}

static void
comes_back(bool big_endian, bool packed)
{
	/* Whole chunks and a part of one, none, and one page. */
	static const size_t count[] = { MOST, 0, 1, 64 };
	struct texts texts = some_texts();
	struct datwrite_cpu cpu[4];
	struct datwrite d = { .texts = &texts,
		.uname = str_of("Linux host 6 x"),
		.by = str_of("test"),
		.cpus = 8,
		.big_endian = big_endian,
		.long_size = 4,
		.page_size = PAGE,
		.cpu = cpu,
		.n = 4,
		.packed = packed,
		.level = 1 };
	struct unpack *u = unpack_new();
	struct dat dat;
	int fd = output_nameless("/tmp"), done;

	for (int i = 0; i < 4; i++)
		cpu[i] = cpu_of(i * 2, count[i]);
	done = datwrite(fd, &d);
	assert(done == 0);
	assert(dat_open(&dat, fd, (uint64_t)lseek(fd, 0, SEEK_END), u));
	assert(dat.why == NULL && dat.version == 7 && dat.page_size == PAGE);
	assert(dat.big_endian == big_endian && dat.long_size == 4);
	has_texts(&dat);
	assert(dat.buffers == 1 && dat.buffer[0].n == 4);
	assert(dat.buffer[0].name.n == 0);
	assert(str_is(dat.buffer[0].clock, "mono"));
	for (int i = 0; i < 4; i++) {
		assert(dat.buffer[0].cpu[i].cpu == i * 2);
		has_pages(fd, &dat, &dat.buffer[0].cpu[i], count[i], u);
		close(cpu[i].fd);
	}
	/* The last ones end where the next section begins. */
	assert(dat.buffer[0].cpu[3].offset + dat.buffer[0].cpu[3].size ==
	    options_at(fd, big_endian));
	dat_close(&dat);
	unpack_free(u);
	close(fd);
}

/* Where there is nothing, nothing is told, and a reader is content. */
static void
nothing_at_all(bool packed)
{
	struct texts texts = { .event = NULL };
	struct datwrite d = { .texts = &texts,
		.long_size = 8,
		.page_size = PAGE,
		.packed = packed };
	struct unpack *u = unpack_new();
	struct dat dat;
	int fd = output_nameless("/tmp"), done = datwrite(fd, &d);

	assert(done == 0);
	dat_open(&dat, fd, (uint64_t)lseek(fd, 0, SEEK_END), u);
	assert(strcmp(dat.why, "it has no formats of events") == 0);
	assert(dat.clock.n == 0 && dat.uname.n == 0 && dat.stats_n == 0);
	dat_close(&dat);
	unpack_free(u);
	close(fd);
}

static void
fails(int fd, const struct datwrite *d, int why)
{
	int done = datwrite(fd, d);

	assert(done < 0 && errno == why);
}

static void
what_cannot_be(bool packed)
{
	struct texts texts = some_texts();
	struct datwrite_cpu cpu = cpu_of(0, MOST);
	struct datwrite d = { .texts = &texts,
		.long_size = 8,
		.page_size = PAGE,
		.cpu = &cpu,
		.n = 1,
		.packed = packed };
	int fd = output_nameless("/tmp"), full = open("/dev/full", O_WRONLY);
	struct unpack *u = unpack_new();
	struct dat dat;

	fails(full, &d, ENOSPC);
	cpu.size += PAGE; /* there are fewer */
	fails(fd, &d, ENODATA);
	/* What is there then is no file that seems whole. */
	assert(!dat_open(&dat, fd, (uint64_t)lseek(fd, 0, SEEK_END), u));
	dat_close(&dat);
	cpu.size = PAGE - 1;
	fails(fd, &d, EINVAL);
	cpu.size = PAGE;
	d.page_size = 3 * PAGE;
	fails(fd, &d, EINVAL);
	d.page_size = 0;
	fails(fd, &d, EINVAL);
	d.page_size = PAGE;
	fails(-1, &d, EBADF);
	unpack_free(u);
	close(cpu.fd);
	close(full);
	close(fd);
}

int
main(void)
{
	for (int i = 0; i < 4; i++)
		comes_back(i & 1, i & 2);
	for (int i = 0; i < 2; i++) {
		nothing_at_all(i);
		what_cannot_be(i);
	}
	return 0;
}
