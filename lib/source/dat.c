/* SPDX-License-Identifier: MIT */
#include "source/dat.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "source/datoption.h"
#include "source/section.h"

/* In v6 each of these takes ten bytes with its NUL. */
enum { WORD = 10, CLOCK_MAX = 4096, COUNT = 4 };
static const char options_follow[] = "options  ";
static const char text_follows[] = "latency  ";
static const char pages_follow[] = "flyrecord";

static const char magic[] = "\x17\x08\x44tracing";
/*
 * Against hostile numbers: sections of options may form a ring, and an event
 * has its type in 16 bits.
 */
enum { CHAIN_MAX = 1024, FORMATS_MAX = 1 << 16 };

#define ONLY_TEXT "it holds a latency tracer's text, and no ring buffers"
#define UNTOLD "it does not say where its events are: was it finished?"
#define CUT_6 "it is cut short before it says where its events are"
/* Nothing but the option behind pages tells where those of one CPU end. */
#define CUT_7 CUT_6 ": version 7 does that behind them"

struct reader {
	struct dat *dat;
	struct section_file file;
	struct dat_options options;
	size_t format_cap;
};

bool
dat_is(struct str beginning)
{
	return str_starts(beginning, magic);
}

static void
add_format(struct reader *r, struct str system, struct str text)
{
	struct dat *d = r->dat;

	d->format = mem_grow(d->format, &r->format_cap, d->formats + 1,
	    sizeof(*d->format));
	d->format[d->formats++] = (struct dat_format){ system, text };
}

static bool
read_header_info(struct reader *r, struct section *s)
{
	struct str name, text;

	if (!section_text(s, &name) ||
	    !section_block(s, 8, &r->dat->header_page))
		return false;
	if (!str_is(name, "header_page"))
		return section_fail(&r->file, SECTION_DAMAGED);
	return section_text(s, &name) && section_block(s, 8, &text);
}

static bool
read_system(struct reader *r, struct section *s, struct str system)
{
	struct str text;
	uint64_t n;

	if (!section_number(s, 4, &n))
		return false;
	for (uint64_t i = 0; i < n; i++) {
		if (!section_block(s, 8, &text))
			return false;
		if (r->dat->formats == FORMATS_MAX)
			return section_fail(&r->file, SECTION_DAMAGED);
		add_format(r, system, text);
	}
	return true;
}

static bool
read_ftrace_events(struct reader *r, struct section *s)
{
	return read_system(r, s, str_of("ftrace"));
}

static bool
read_event_formats(struct reader *r, struct section *s)
{
	struct str system;
	uint64_t n;

	if (!section_number(s, 4, &n))
		return false;
	for (uint64_t i = 0; i < n; i++)
		if (!section_text(s, &system) || !read_system(r, s, system))
			return false;
	return true;
}

static bool
read_cmdlines(struct reader *r, struct section *s)
{
	return section_block(s, 8, &r->dat->cmdlines);
}

/* Reads where the pages of each CPU are: v6, numbers without their CPU. */
static bool
read_cpu_table(struct reader *r, struct section *s, struct dat_buffer *b)
{
	size_t cap = 0;

	if (r->options.cpus > OPTION_CPUS_MAX)
		return section_fail(&r->file, SECTION_DAMAGED);
	for (uint64_t i = 0; i < r->options.cpus; i++) {
		struct dat_cpu cpu = { .cpu = (int)i };

		if (!section_number(s, 8, &cpu.offset) ||
		    !section_number(s, 8, &cpu.size))
			return false;
		dat_options_add_cpu(b, &cap, cpu);
	}
	return true;
}

/* Reads the first buffer of v6, and the options before it. */
static bool
read_old_top(struct reader *r, struct section *s)
{
	struct dat_options *o = &r->options;
	const char *word = section_take(s, WORD);

	dat_options_add_buffer(o, str_of(""), 0);
	if (word != NULL && memcmp(word, options_follow, WORD) == 0)
		word = dat_options_read(o, s) ? section_take(s, WORD) : NULL;
	if (word == NULL)
		return false;
	if (memcmp(word, text_follows, WORD) == 0)
		return section_fail(&r->file, ONLY_TEXT);
	if (memcmp(word, pages_follow, WORD) != 0)
		return section_fail(&r->file, SECTION_DAMAGED);
	if (!read_cpu_table(r, s, &o->buffer[0]))
		return false;
	if (o->clock_later && !section_block(s, 8, &o->clock))
		return false;
	o->buffer[0].clock = o->clock;
	return true;
}

/* Reads the buffer of an instance, which stands behind. */
static bool
read_old_instance(struct reader *r, size_t i)
{
	struct dat_options *o = &r->options;
	uint64_t where = o->where[i];
	struct section s;
	const char *word;

	section_from(&s, &r->file, where);
	if (where < r->file.size) /* not more than that is needed of it */
		s.end = where + WORD + 16 * o->cpus + CLOCK_MAX;
	word = section_take(&s, WORD);
	if (word != NULL && memcmp(word, pages_follow, WORD) != 0)
		return section_fail(&r->file, SECTION_DAMAGED);
	if (word == NULL || !read_cpu_table(r, &s, &o->buffer[i]))
		return false;
	return !o->clock_later || section_block(&s, 8, &o->buffer[i].clock);
}

/* Reads v6 behind its first bytes. */
static void
read_old(struct reader *r, struct section *s)
{
	uint64_t n;

	if (!read_header_info(r, s) || !read_ftrace_events(r, s) ||
	    !read_event_formats(r, s))
		return;
	if (!section_number(s, 4, &n) || !section_skip(s, n)) /* kallsyms */
		return;
	if (!section_number(s, 4, &n) || !section_skip(s, n)) /* printk */
		return;
	if (!read_cmdlines(r, s) || !section_number(s, 4, &r->options.cpus))
		return;
	if (!read_old_top(r, s))
		return;
	for (size_t i = 1; i < r->options.buffers; i++)
		read_old_instance(r, i);
}

/* Reads one of the sections that options tell of. */
static void
read_section(struct reader *r, unsigned id,
    bool (*read)(struct reader *, struct section *))
{
	uint64_t at = r->options.section[id];
	struct section s;

	if (at != 0 && section_open(&s, &r->file, at, id))
		read(r, &s);
}

/*
 * Looks whether the pages of a buffer are packed.  The size of a CPU that has
 * packed ones is that of its chunks, without their count before them.
 */
static void
read_packing(struct reader *r, size_t i)
{
	struct dat_buffer *b = &r->options.buffer[i];
	struct section_head h;

	if (b->n == 0)
		return;
	if (!section_read_head(&r->file, r->options.where[i], OPTION_BUFFER,
		&h)) {
		b->n = 0;
		return;
	}
	if ((h.flags & SECTION_PACKED) == 0)
		return;
	if (r->file.packing == PACKING_NONE) {
		b->n = 0;
		section_fail(&r->file, SECTION_PACKING);
	}
	for (size_t k = 0; k < b->n; k++) {
		struct dat_cpu *cpu = &b->cpu[k];

		cpu->packing = r->file.packing;
		if (cpu->size > 0 && cpu->size <= UINT64_MAX - COUNT)
			cpu->size += COUNT;
	}
}

/* Reads all sections of options. */
static void
read_chain(struct reader *r, struct section *s)
{
	struct dat_options *o = &r->options;

	if (o->next == 0)
		section_fail(&r->file, "it was not written to its end");
	for (unsigned i = 0; o->next != 0; i++) {
		if (i == CHAIN_MAX)
			section_fail(&r->file, SECTION_DAMAGED);
		if (i == CHAIN_MAX ||
		    !section_open(s, &r->file, o->next, OPTION_DONE) ||
		    !dat_options_read(o, s))
			break;
	}
}

/* Reads v7 behind its first bytes. */
static void
read_new(struct reader *r, struct section *s)
{
	struct dat_options *o = &r->options;
	struct str name, version;

	if (!section_text(s, &name) || !section_text(s, &version) ||
	    !section_number(s, 8, &o->next))
		return;
	if (str_is(name, "zlib"))
		r->file.packing = PACKING_ZLIB;
	else if (str_is(name, "zstd"))
		r->file.packing = PACKING_ZSTD;
	read_chain(r, s);
	read_section(r, OPTION_HEADER_INFO, read_header_info);
	read_section(r, OPTION_FTRACE_EVENTS, read_ftrace_events);
	read_section(r, OPTION_EVENT_FORMATS, read_event_formats);
	read_section(r, OPTION_CMDLINES, read_cmdlines);
	for (size_t i = 0; i < o->buffers; i++)
		read_packing(r, i);
	for (size_t i = 0; i < o->buffers && o->clock.n == 0; i++)
		o->clock = o->buffer[i].clock;
}

/* Reads the first bytes of the file. */
static bool
read_head(struct reader *r, struct section *s)
{
	struct dat *d = r->dat;
	const char *p = section_take(s, strlen(magic));
	struct str text;
	uint64_t order, long_size, page_size, version;

	if (p == NULL)
		return false;
	if (!dat_is((struct str){ p, strlen(magic) }))
		return section_fail(&r->file, "it is no trace.dat file");
	if (!section_text(s, &text))
		return false;
	if (!num_u64(text, &version) || version < 6 || version > 7)
		return section_fail(&r->file,
		    "a trace.dat file of a version other than 6 and 7");
	if (!section_number(s, 1, &order) || !section_number(s, 1, &long_size))
		return false;
	d->version = (unsigned)version;
	d->big_endian = r->file.big_endian = order == 1;
	d->long_size = (unsigned)long_size;
	if (!section_number(s, 4, &page_size))
		return false;
	if (order > 1 || (long_size != 4 && long_size != 8) ||
	    !dat_options_page_size(page_size))
		return section_fail(&r->file, SECTION_DAMAGED);
	d->page_size = (size_t)page_size;
	return true;
}

/* Tells whether there is a buffer, and pages in it unless it is empty. */
static bool
has_pages(struct reader *r)
{
	const struct dat_options *o = &r->options;
	struct section_file *f = &r->file;

	if (o->buffers == 0 && f->why != NULL &&
	    strcmp(f->why, SECTION_CUT) == 0)
		f->why = r->dat->version == 7 ? CUT_7 : CUT_6;
	if (o->buffers == 0)
		section_fail(f, o->text ? ONLY_TEXT : UNTOLD);
	for (size_t i = 0; i < o->buffers; i++)
		for (size_t k = 0; k < o->buffer[i].n; k++)
			if (o->buffer[i].cpu[k].size > 0)
				return true;
	return r->file.why == NULL;
}

/* Hands over what was read. */
static void
give(struct dat *d, struct reader *r)
{
	struct dat_options *o = &r->options;

	dat_options_share_stats(o);
	d->clock = o->clock;
	d->uname = o->uname;
	d->cpus = o->cpus;
	d->offset = o->offset;
	d->tsc = o->tsc;
	d->shift = o->shift;
	d->stats = o->stats;
	d->stats_n = o->stats_n;
	d->buffer = o->buffer;
	d->buffers = o->buffers;
	d->why = r->file.why;
	d->kept = r->file.kept;
	d->kept_n = r->file.kept_n;
	d->kept_cap = r->file.kept_cap;
	dat_options_free(o);
}

bool
dat_open(struct dat *d, int fd, uint64_t size, struct unpack *unpack)
{
	struct reader r = { .dat = d,
		.file = { .fd = fd, .size = size, .unpack = unpack } };
	struct section s;
	bool good;

	*d = (struct dat){ 0 };
	section_from(&s, &r.file, 0);
	if (read_head(&r, &s)) {
		r.options.version = d->version;
		r.options.page_size = d->page_size;
		if (d->version == 6)
			read_old(&r, &s);
		else
			read_new(&r, &s);
	}
	dat_options_clip(&r.options, &r.file);
	good = has_pages(&r);
	if (d->formats == 0)
		section_fail(&r.file, "it has no formats of events");
	give(d, &r);
	return good;
}

void
dat_close(struct dat *d)
{
	for (size_t i = 0; i < d->kept_n; i++)
		free(d->kept[i]);
	for (size_t i = 0; i < d->buffers; i++)
		free(d->buffer[i].cpu);
	free(d->kept);
	free(d->format);
	free(d->stats);
	free(d->buffer);
	*d = (struct dat){ 0 };
}
