/* SPDX-License-Identifier: MIT */
#include "source/datoption.h"

#include <limits.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

/* Against hostile numbers; the kernel's own limits are tighter. */
enum {
	PAGE_MIN = 256,
	PAGE_MAX = 1 << 20,
	BUFFERS_MAX = 1 << 12,
	STATS_MAX = 1 << 20,
};

/* A buffer's name before its stats. */
struct dat_options_owner {
	struct str name;
	size_t stats; /* number of the first that is its own */
};

static bool
fail(struct section *s)
{
	return section_fail(s->file, SECTION_DAMAGED);
}

bool
dat_options_page_size(uint64_t n)
{
	return n >= PAGE_MIN && n <= PAGE_MAX && (n & (n - 1)) == 0;
}

struct dat_buffer *
dat_options_add_buffer(struct dat_options *o, struct str name, uint64_t where)
{
	o->buffer = mem_grow(o->buffer, &o->buffer_cap, o->buffers + 1,
	    sizeof(*o->buffer));
	o->where = mem_grow(o->where, &o->where_cap, o->buffers + 1,
	    sizeof(*o->where));
	o->where[o->buffers] = where;
	o->buffer[o->buffers] = (struct dat_buffer){ .name = name,
		.page_size = o->page_size };
	return &o->buffer[o->buffers++];
}

void
dat_options_add_cpu(struct dat_buffer *b, size_t *cap, struct dat_cpu cpu)
{
	b->cpu = mem_grow(b->cpu, cap, b->n + 1, sizeof(*b->cpu));
	b->cpu[b->n++] = cpu;
}

/* Returns the text in an option, up to its NUL, without its newline. */
static struct str
text_of(const struct section *s)
{
	struct str text = { s->p, strnlen(s->p, s->n) };

	while (text.n > 0 && text.p[text.n - 1] == '\n')
		text.n--;
	return text;
}

/* Adds what the option says, in units of so many ns, to all times. */
static bool
add_offset(struct dat_options *o, struct section *s, struct str text,
    int64_t unit)
{
	uint64_t hex;
	int64_t v;

	text = str_trim(text);
	if (str_starts(text, "0x")) {
		if (!num_hex(text, &hex) || hex > INT64_MAX)
			return fail(s);
		v = (int64_t)hex;
	} else if (!num_s64(text, &v)) {
		return fail(s);
	}
	if (__builtin_mul_overflow(v, unit, &v) ||
	    __builtin_add_overflow(o->offset, v, &o->offset)) {
		o->offset = 0;
		return fail(s);
	}
	return true;
}

/* A text like "Buffer: NAME" says whose stats follow. */
static bool
read_stats(struct dat_options *o, struct section *s, struct str text)
{
	if (o->stats_n + o->owners == STATS_MAX)
		return fail(s);
	while (text.n > 0 && text.p[0] == '\n')
		text = str_skip(text, 1);
	if (str_starts(text, "Buffer: ")) {
		o->owner = mem_grow(o->owner, &o->owner_cap, o->owners + 1,
		    sizeof(*o->owner));
		o->owner[o->owners].name = str_skip(text, strlen("Buffer: "));
		o->owner[o->owners++].stats = o->stats_n;
		return true;
	}
	o->stats = mem_grow(o->stats, &o->stats_cap, o->stats_n + 1,
	    sizeof(*o->stats));
	o->stats[o->stats_n++] = text;
	return true;
}

/* Reads what v7 says of a buffer behind its name. */
static bool
read_buffer_cpus(struct section *s, struct dat_buffer *b)
{
	uint64_t page_size, n;
	size_t cap = 0;

	if (!section_text(s, &b->clock) || !section_number(s, 4, &page_size) ||
	    !section_number(s, 4, &n))
		return false;
	if (!dat_options_page_size(page_size) || n > OPTION_CPUS_MAX)
		return fail(s);
	b->page_size = (size_t)page_size;
	for (uint64_t i = 0; i < n; i++) {
		struct dat_cpu cpu = { 0 };
		uint64_t id;

		if (!section_number(s, 4, &id) ||
		    !section_number(s, 8, &cpu.offset) ||
		    !section_number(s, 8, &cpu.size))
			return false;
		if (id > INT_MAX)
			return fail(s);
		cpu.cpu = (int)id;
		dat_options_add_cpu(b, &cap, cpu);
	}
	return true;
}

static bool
read_buffer(struct dat_options *o, struct section *s)
{
	struct str name;
	uint64_t where;

	if (!section_number(s, 8, &where) || !section_text(s, &name))
		return false;
	if (o->version == 6 && name.n == 0)
		return true; /* that one was added before */
	if (o->buffers == BUFFERS_MAX)
		return fail(s);
	if (o->version == 6)
		return dat_options_add_buffer(o, name, where) != NULL;
	return read_buffer_cpus(s, dat_options_add_buffer(o, name, where));
}

static bool
read_tsc(struct dat_options *o, struct section *s)
{
	uint64_t mult, shift, offset;

	if (!section_number(s, 4, &mult) || !section_number(s, 4, &shift) ||
	    !section_number(s, 8, &offset))
		return false;
	if (shift > 63)
		return fail(s);
	o->tsc.mult = (uint32_t)mult;
	o->tsc.shift = (uint32_t)shift;
	o->tsc.offset = offset;
	return true;
}

/* Reads an option; false, and why tells, where it is wrong. */
static bool
read_option(struct dat_options *o, uint64_t id, struct section *s)
{
	switch (id) {
	case OPTION_DONE:
		return section_number(s, 8, &o->next);
	case OPTION_DATE:
		return add_offset(o, s, text_of(s), 1000);
	case OPTION_CPUSTAT:
		return read_stats(o, s, text_of(s));
	case OPTION_BUFFER:
		return read_buffer(o, s);
	case OPTION_TRACECLOCK:
		o->clock_later = o->version == 6;
		o->clock = o->version == 6 ? o->clock : text_of(s);
		return true;
	case OPTION_UNAME:
		o->uname = text_of(s);
		return true;
	case OPTION_OFFSET:
		return add_offset(o, s, text_of(s), 1);
	case OPTION_CPUCOUNT:
		return section_number(s, 4, &o->cpus);
	case OPTION_TIME_SHIFT:
		o->shift = (struct str){ s->p, s->n };
		return true;
	case OPTION_TSC2NSEC:
		return read_tsc(o, s);
	case OPTION_HEADER_INFO:
	case OPTION_FTRACE_EVENTS:
	case OPTION_EVENT_FORMATS:
	case OPTION_CMDLINES:
		return section_number(s, 8, &o->section[id]);
	case OPTION_BUFFER_TEXT:
		o->text = true;
	}
	return true;
}

bool
dat_options_read(struct dat_options *o, struct section *s)
{
	uint64_t id, n;

	o->next = 0;
	do {
		struct section option;
		struct str bytes;

		if (!section_number(s, 2, &id))
			return false;
		if (id == OPTION_DONE && o->version == 6)
			return true;
		if (!section_number(s, 4, &n))
			return false;
		bytes = (struct str){ section_take(s, n), (size_t)n };
		if (bytes.p == NULL)
			return false;
		section_of(&option, s->file, bytes);
		read_option(o, id, &option);
	} while (id != OPTION_DONE);
	return true;
}

static void
clip(struct section_file *f, struct dat_cpu *cpu)
{
	if (cpu->size == 0)
		return;
	if (cpu->offset <= f->size && cpu->size <= f->size - cpu->offset)
		return;
	section_fail(f, SECTION_CUT);
	cpu->size = cpu->offset < f->size ? f->size - cpu->offset : 0;
}

void
dat_options_clip(struct dat_options *o, struct section_file *f)
{
	for (size_t i = 0; i < o->buffers; i++)
		for (size_t k = 0; k < o->buffer[i].n; k++)
			clip(f, &o->buffer[i].cpu[k]);
}

void
dat_options_share_stats(struct dat_options *o)
{
	for (size_t i = 0; i < o->buffers; i++) {
		struct dat_buffer *b = &o->buffer[i];
		size_t k = 0, from = 0;

		while (b->name.n > 0 && k < o->owners &&
		    !str_eq(o->owner[k].name, b->name))
			k++;
		if (b->name.n > 0 && k == o->owners)
			continue;
		if (b->name.n > 0)
			from = o->owner[k++].stats;
		b->stats_n = (k < o->owners ? o->owner[k].stats : o->stats_n) -
		    from;
		b->stats = b->stats_n > 0 ? o->stats + from : NULL;
	}
}

void
dat_options_free(struct dat_options *o)
{
	free(o->owner);
	free(o->where);
}
