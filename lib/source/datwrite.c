/* SPDX-License-Identifier: MIT */
#include "source/datwrite.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/datoption.h"
#include "source/sectionwrite.h"

/* Those that are not read here. */
enum {
	OPTION_VERSION = 9,
	OPTION_STRINGS = 15,
	OPTION_KALLSYMS = 19,
	OPTION_PRINTK = 20,
};

/* SIZE_AT: in the head of a section.  COPY: bytes that are copied at once. */
enum { CHUNK_PAGES = 64, SIZE_AT = 8, COPY = 1 << 20 };

struct writer {
	const struct datwrite *d;
	struct sectionwrite out;
	uint64_t *offset; /* of the pages of each CPU */
	uint64_t *size;   /* of them in the file */
	char *chunk;
	size_t chunk_size;
};

static int
put_beginning(struct writer *w, uint64_t *first)
{
	struct output *body = &w->out.body;

	sectionwrite_text(body, str_of("\x17\x08\x44tracing7"));
	output_byte(body, w->d->big_endian ? 1 : 0);
	output_byte(body, (char)w->d->long_size);
	sectionwrite_number(&w->out, body, w->d->page_size, 4);
	sectionwrite_text(body, str_of(w->d->packed ? "zstd" : "none"));
	sectionwrite_text(body, str_of(w->d->packed ? pack_version() : ""));
	*first = body->n;
	sectionwrite_number(&w->out, body, 0, 8);
	return sectionwrite_body(&w->out);
}

static int
put_headers(struct writer *w)
{
	const struct texts *t = w->d->texts;
	struct output *body = &w->out.body;

	sectionwrite_text(body, str_of("header_page"));
	sectionwrite_block(&w->out, body, t->header_page, 8);
	sectionwrite_text(body, str_of("header_event"));
	sectionwrite_block(&w->out, body, t->header_event, 8);
	return sectionwrite_told(&w->out, OPTION_HEADER_INFO, "headers");
}

/* Returns the number of the first event behind those of event i's system. */
static size_t
system_end(const struct texts *t, size_t i)
{
	const char *system = t->event[i].system;

	while (i < t->events && strcmp(t->event[i].system, system) == 0)
		i++;
	return i;
}

/* ftrace's own come first in the texts, and have no name in the file. */
static size_t
own_events(const struct texts *t)
{
	bool any = t->events > 0 && strcmp(t->event[0].system, "ftrace") == 0;

	return any ? system_end(t, 0) : 0;
}

static void
add_formats(struct writer *w, size_t from, size_t to)
{
	sectionwrite_number(&w->out, &w->out.body, to - from, 4);
	for (; from < to; from++)
		sectionwrite_block(&w->out, &w->out.body,
		    w->d->texts->event[from].format, 8);
}

static int
put_events(struct writer *w)
{
	const struct texts *t = w->d->texts;
	struct output *body = &w->out.body;
	size_t own = own_events(t), systems = 0, end;

	add_formats(w, 0, own);
	if (sectionwrite_told(&w->out, OPTION_FTRACE_EVENTS, "ftrace events") <
	    0)
		return -1;
	for (size_t i = own; i < t->events; i = system_end(t, i))
		systems++;
	sectionwrite_number(&w->out, body, systems, 4);
	for (size_t i = own; i < t->events; i = end) {
		end = system_end(t, i);
		sectionwrite_text(body, str_of(t->event[i].system));
		add_formats(w, i, end);
	}
	return sectionwrite_told(&w->out, OPTION_EVENT_FORMATS,
	    "events format");
}

static int
put_block(struct writer *w, unsigned id, const char *title, struct str text,
    unsigned bytes)
{
	sectionwrite_block(&w->out, &w->out.body, text, bytes);
	return sectionwrite_told(&w->out, id, title);
}

static int
put_texts(struct writer *w)
{
	const struct texts *t = w->d->texts;

	if (put_headers(w) < 0 || put_events(w) < 0 ||
	    put_block(w, OPTION_KALLSYMS, "kallsyms", t->kallsyms, 4) < 0 ||
	    put_block(w, OPTION_PRINTK, "trace printk", t->printk, 4) < 0)
		return -1;
	return put_block(w, OPTION_CMDLINES, "command lines", t->cmdlines, 8);
}

/* Reads n bytes of a CPU's pages. */
static int
get(const struct datwrite_cpu *cpu, char *to, size_t n, uint64_t at)
{
	while (n > 0) {
		ssize_t r = pread(cpu->fd, to, n, (off_t)at);

		if (r < 0 && errno == EINTR)
			continue;
		if (r == 0)
			errno = ENODATA;
		if (r <= 0)
			return -1;
		to += r;
		n -= (size_t)r;
		at += (uint64_t)r;
	}
	return 0;
}

/*
 * Lets the kernel copy what it can, which is nothing between some kinds of
 * file; returns how many bytes.
 */
static uint64_t
copy_within(struct writer *w, const struct datwrite_cpu *cpu)
{
	loff_t from = 0, to = (loff_t)w->out.at;

	while ((uint64_t)from < cpu->size) {
		ssize_t r = copy_file_range(cpu->fd, &from, w->out.fd, &to,
		    cpu->size - (uint64_t)from, 0);

		if (r <= 0 && (r == 0 || errno != EINTR))
			break;
	}
	w->out.at += (uint64_t)from;
	return (uint64_t)from;
}

static int
copy_pages(struct writer *w, const struct datwrite_cpu *cpu)
{
	uint64_t done = copy_within(w, cpu);

	while (done < cpu->size) {
		uint64_t n = cpu->size - done < COPY ? cpu->size - done : COPY;
		struct str bytes = { w->chunk, n };

		if (get(cpu, w->chunk, n, done) < 0 ||
		    sectionwrite_put(&w->out, bytes) < 0)
			return -1;
		done += n;
	}
	return 0;
}

static int
pack_pages(struct writer *w, const struct datwrite_cpu *cpu)
{
	uint64_t chunks = (cpu->size - 1) / w->chunk_size + 1, done = 0;

	if (chunks > UINT32_MAX) {
		errno = EFBIG;
		return -1;
	}
	sectionwrite_number(&w->out, &w->out.body, chunks, 4);
	if (sectionwrite_body(&w->out) < 0)
		return -1;
	while (done < cpu->size) {
		size_t n = w->chunk_size;

		if (n > cpu->size - done)
			n = (size_t)(cpu->size - done);
		if (get(cpu, w->chunk, n, done) < 0 ||
		    sectionwrite_packed(&w->out, (struct str){ w->chunk, n }) <
			0)
			return -1;
		done += n;
	}
	return 0;
}

/* Writes zeros up to the next place where a page can begin. */
static int
pad(struct writer *w)
{
	size_t n = (size_t)(-w->out.at & (w->d->page_size - 1));

	memset(output_room(&w->out.body, n + 1), 0, n);
	output_used(&w->out.body, n);
	return sectionwrite_body(&w->out);
}

/*
 * The size of packed pages is that of their chunks, as trace-cmd counts: the
 * number of chunks before them is not in it.
 */
static int
put_cpu(struct writer *w, size_t i)
{
	const struct datwrite_cpu *cpu = &w->d->cpu[i];
	uint64_t count = w->d->packed ? 4 : 0;

	if (pad(w) < 0)
		return -1;
	w->offset[i] = w->out.at;
	if (cpu->size == 0)
		return 0;
	if ((w->d->packed ? pack_pages(w, cpu) : copy_pages(w, cpu)) < 0)
		return -1;
	w->size[i] = w->out.at - w->offset[i] - count;
	return 0;
}

/* The option that tells of the pages: where the section is, and each CPU's. */
static void
tell_pages(struct writer *w, uint64_t section)
{
	struct output *body = &w->out.body;

	sectionwrite_number(&w->out, body, section, 8);
	sectionwrite_text(body, str_of("")); /* the top buffer's name */
	sectionwrite_text(body, texts_clock(w->d->texts));
	sectionwrite_number(&w->out, body, w->d->page_size, 4);
	sectionwrite_number(&w->out, body, w->d->n, 4);
	for (size_t i = 0; i < w->d->n; i++) {
		sectionwrite_number(&w->out, body, (unsigned)w->d->cpu[i].cpu,
		    4);
		sectionwrite_number(&w->out, body, w->offset[i], 8);
		sectionwrite_number(&w->out, body, w->size[i], 8);
	}
}

/* Adds what is in body as an option. */
static void
add_option(struct writer *w, unsigned id)
{
	struct output *body = &w->out.body;

	sectionwrite_number(&w->out, &w->out.option, id, 2);
	sectionwrite_block(&w->out, &w->out.option,
	    (struct str){ body->buf, body->n }, 4);
	body->n = 0;
}

static int
put_pages(struct writer *w)
{
	uint64_t at = w->out.at;

	if (sectionwrite_head(&w->out, OPTION_BUFFER, "buffer flyrecord",
		w->d->packed, 0) < 0)
		return -1;
	for (size_t i = 0; i < w->d->n; i++)
		if (put_cpu(w, i) < 0)
			return -1;
	tell_pages(w, at);
	add_option(w, OPTION_BUFFER);
	return sectionwrite_patch(&w->out, w->out.at - at - SECTION_HEAD,
	    at + SIZE_AT);
}

static void
add_text(struct writer *w, unsigned id, struct str text)
{
	if (text.n == 0)
		return;
	sectionwrite_text(&w->out.body, text);
	add_option(w, id);
}

static void
add_stats(struct writer *w, const struct texts_cpu *cpu)
{
	if (cpu->stats.p == NULL)
		return;
	output_printf(&w->out.body, "CPU: %d\n", cpu->cpu);
	sectionwrite_text(&w->out.body, cpu->stats);
	add_option(w, OPTION_CPUSTAT);
}

static int
put_options(struct writer *w)
{
	const struct texts *t = w->d->texts;
	struct sectionwrite *out = &w->out;

	add_text(w, OPTION_TRACECLOCK, t->clock);
	add_text(w, OPTION_UNAME, w->d->uname);
	add_text(w, OPTION_VERSION, w->d->by);
	for (size_t i = 0; i < t->cpus; i++)
		add_stats(w, &t->cpu[i]);
	sectionwrite_number(out, &out->body, w->d->cpus, 4);
	add_option(w, OPTION_CPUCOUNT);
	sectionwrite_number(out, &out->body, 0, 8); /* there are no more */
	add_option(w, OPTION_DONE);
	output_put(&out->body, out->option.buf, out->option.n);
	return sectionwrite_plain(out, OPTION_DONE, "options");
}

/* The titles, of which its own is one. */
static int
put_titles(struct writer *w)
{
	static const char title[] = "strings";

	output_put(&w->out.body, w->out.title.buf, w->out.title.n);
	sectionwrite_text(&w->out.body, str_of(title));
	return sectionwrite_plain(&w->out, OPTION_STRINGS, title);
}

/* Where the options are is written last: without it there is no file. */
static int
put_all(struct writer *w)
{
	uint64_t first, options;

	if (put_beginning(w, &first) < 0 || put_texts(w) < 0 ||
	    put_pages(w) < 0)
		return -1;
	options = w->out.at;
	if (put_options(w) < 0 || put_titles(w) < 0)
		return -1;
	return sectionwrite_patch(&w->out, options, first);
}

static bool
can_be(const struct datwrite *d)
{
	if (!dat_options_page_size(d->page_size))
		return false;
	for (size_t i = 0; i < d->n; i++)
		if (d->cpu[i].size % d->page_size != 0 || d->cpu[i].cpu < 0)
			return false;
	return true;
}

int
datwrite(int fd, const struct datwrite *d)
{
	struct writer w = { .d = d, .chunk_size = CHUNK_PAGES * d->page_size };
	struct pack *pack;
	int done, why;

	if (!can_be(d)) {
		errno = EINVAL;
		return -1;
	}
	pack = d->packed ? pack_new(d->level) : NULL;
	sectionwrite_begin(&w.out, fd, d->big_endian, pack);
	w.offset = mem_alloc((d->n + 1) * sizeof(*w.offset));
	w.size = mem_alloc((d->n + 1) * sizeof(*w.size));
	w.chunk = mem_alloc(w.chunk_size > COPY ? w.chunk_size : COPY);
	done = put_all(&w);
	why = errno;
	free(w.chunk);
	free(w.size);
	free(w.offset);
	sectionwrite_free(&w.out);
	pack_free(pack);
	errno = why;
	return done;
}
