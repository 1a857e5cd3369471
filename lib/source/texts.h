/* SPDX-License-Identifier: MIT */
/*
 * texts -- what has to go with raw pages, so that they can be read
 *
 * A page has bytes and no names: what an event's bytes are, what its number
 * stands for and which task had which tid, tracefs tells in texts of its own.
 * They are read here in one go, for whoever writes them beside the pages
 * (copytree.h) or into a file with them (datwrite.h).
 *
 * Read them when the last page was read, and the instance is still there:
 * only then have saved_cmdlines and stats all that they should.
 * Documentation/trace/ftrace.rst describes these files.
 */
#ifndef TK_TEXTS_H
#define TK_TEXTS_H

#include "base/str.h"

struct texts_event {
	char *system, *name;
	struct str format;
};

struct texts_cpu {
	int cpu;
	struct str stats; /* p NULL: there is none */
};

/* A text that is not there has p NULL; there may be one of no bytes. */
struct texts {
	struct str header_page, header_event;
	struct str clock;    /* trace_clock: "local [mono] ..." */
	struct str cmdlines; /* saved_cmdlines, whole lines of it */
	struct str printk;   /* printk_formats */
	struct str kallsyms; /* left absent here */

	/* ftrace's own first, the others by system and name, each once. */
	struct texts_event *event;
	size_t events;
	struct texts_cpu *cpu; /* by number */
	size_t cpus;

	/* texts' own: */
	size_t event_cap, cpu_cap;
};

/* Where they are; both folders stay the caller's. */
struct texts_from {
	int folder; /* of an instance, or the top one, or a copy of one */
	int top;    /* has what an instance lacks; -1: there is none */
	/* The events that were recorded, "SYSTEM/EVENT", n of them. */
	const char *const *event;
	size_t n;
};

/*
 * Reads them all, but for kallsyms, which is no file of tracefs; the events
 * are those named and all of the system ftrace.  No link is followed.
 * Returns 0; or -1 with errno where one is named or header_page and is not
 * there, or one cannot be read or has more than 64 MiB (EFBIG): its path is
 * then in *where, to be freed, which otherwise is NULL.  texts_free frees
 * what there is either way.
 */
int texts_read(struct texts *, const struct texts_from *, char **where);
void texts_free(struct texts *);

/* Forgets what the buffers counted. */
void texts_drop_stats(struct texts *);

/* Returns the clock that was chosen: the one in brackets, or the only one. */
struct str texts_clock(const struct texts *);

#endif
