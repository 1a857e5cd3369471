/* SPDX-License-Identifier: MIT */
/*
 * datoption -- what the options of a trace.dat file say
 *
 * An option is a number, a size and so many bytes; trace-cmd.dat.v7(5) lists
 * them.  In v6 they stand in one place, in v7 in sections that form a chain
 * and say where everything else is.  Those that tell nothing about events,
 * and those of later versions, are passed over.
 */
#ifndef TK_DATOPTION_H
#define TK_DATOPTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "source/section.h"
#include "stream/unpack.h"

/* Ids of options and sections. */
enum {
	OPTION_DONE,
	OPTION_DATE,
	OPTION_CPUSTAT,
	OPTION_BUFFER,
	OPTION_TRACECLOCK,
	OPTION_UNAME,
	OPTION_OFFSET = 7,
	OPTION_CPUCOUNT,
	OPTION_TIME_SHIFT = 12,
	OPTION_TSC2NSEC = 14,
	OPTION_HEADER_INFO = 16,
	OPTION_FTRACE_EVENTS,
	OPTION_EVENT_FORMATS,
	OPTION_CMDLINES = 21,
	OPTION_BUFFER_TEXT,
	OPTION_IDS,
};

/* No more CPUs than these are believed. */
enum { OPTION_CPUS_MAX = 1 << 16 };

struct dat_cpu {
	int cpu;
	uint64_t offset, size; /* of its pages in the file, in bytes */
	enum packing packing;
};

struct dat_buffer {
	struct str name;  /* "" for the top one */
	struct str clock; /* "local", or as in struct dat */
	size_t page_size; /* of its pages, in bytes */
	struct dat_cpu *cpu;
	size_t n;
	struct str *stats; /* texts of per_cpu/cpuN/stats, "CPU: N" first */
	size_t stats_n;
};

/* How times in ticks become ns: (ticks * mult) >> shift. */
struct dat_tsc {
	uint32_t mult, shift; /* mult 0: they are not in ticks */
	uint64_t offset;      /* told, but libtracecmd does not heed it */
};

/* Starts zeroed, but for the first two. */
struct dat_options {
	unsigned version; /* of the file: 6 or 7 */
	size_t page_size; /* of a buffer that does not say */

	struct str clock, uname;
	uint64_t cpus;
	int64_t offset; /* ns */
	struct dat_tsc tsc;
	struct str shift;  /* TIME_SHIFT, see shift.h */
	struct str *stats; /* of all buffers, one after the other */
	size_t stats_n;
	struct dat_buffer *buffer;
	uint64_t *where; /* of each buffer: what it begins with */
	size_t buffers;

	bool text;        /* there is a latency tracer's text */
	bool clock_later; /* v6: it stands behind the first buffer */
	uint64_t section[OPTION_IDS]; /* where that of an id is, or 0 */
	uint64_t next;                /* where more options are, or 0 */

	/* dat_options' own: */
	struct dat_options_owner *owner;
	size_t owners, owner_cap, stats_cap, buffer_cap, where_cap;
};

/*
 * Takes options up to the last one.  False where that does not come; a wrong
 * one does not hinder the others.  The section's file tells what was wrong.
 */
bool dat_options_read(struct dat_options *, struct section *);

/* Adds a buffer, which is good until the next one. */
struct dat_buffer *dat_options_add_buffer(struct dat_options *, struct str name,
    uint64_t where);

/* Adds a CPU to a buffer; *cap starts as 0. */
void dat_options_add_cpu(struct dat_buffer *, size_t *cap, struct dat_cpu);

/* Leaves of each CPU's pages what the file has; it tells if that is less. */
void dat_options_clip(struct dat_options *, struct section_file *);

/* Gives each buffer its stats, when all of them are read. */
void dat_options_share_stats(struct dat_options *);

/* Frees what is needed for reading alone; buffers and stats stay. */
void dat_options_free(struct dat_options *);

/* Tells whether pages of the ring buffer may have that size. */
bool dat_options_page_size(uint64_t n);

#endif
