/* SPDX-License-Identifier: MIT */
/*
 * sink -- where the events of a recording go
 *
 * Text and records are written while it goes on, by a thread of their own.
 * Raw pages go to a file for each CPU at once, and what is needed to read
 * them is put beside when it is over; those of a trace.dat wait in files
 * without a name until then.
 */
#ifndef TK_SINK_H
#define TK_SINK_H

#include "capture/writer.h"
#include "source/copytree.h"

enum sink_form { SINK_TEXT, SINK_RECORDS, SINK_RAW, SINK_DAT };

struct sink_plan {
	enum sink_form form;
	struct output *out;          /* of text and records */
	const struct copytree *tree; /* of raw pages, new */
	int file;                    /* the trace.dat, empty */
	const char *folder;          /* where pages wait for it */
	int level;                   /* of its zstd; 0: not packed */
	struct frame_trace about;    /* for records */
	struct str command;
};

struct sink; /* opaque */

struct sink_result {
	struct writer_counts counts; /* of text and records */
	uint64_t bytes;              /* of pages, else */
	uint64_t kept;               /* events of them in the window */
	int64_t switches;            /* of sched_switch; -1: not counted */
};

/*
 * Prepares a sink for what a drain reads, before its start; texts are those
 * of the instance.  Returns NULL with errno.
 */
struct sink *sink_new(const struct sink_plan *, struct drain *,
    const struct texts *, const struct page_shape *);

/* After it failed: on what, below the folder of raw pages, or "". */
const char *sink_where(const struct sink *);

/* A descriptor that can be read when its thread is done, or -1. */
int sink_done(const struct sink *);

/*
 * Ends it, when the drain has ended: writes what is still to be written;
 * texts are those of the end.  Returns 0, or -1 with errno.
 */
int sink_finish(struct sink *, const struct texts *, struct sink_result *);

/* How many pages its thread has taken so far; 0 where it has none. */
uint64_t sink_taken(const struct sink *);

/* Ends its thread, when the drain has ended, and writes nothing else. */
void sink_abandon(struct sink *);

/* Frees it, finished or not; its thread must be done. */
void sink_free(struct sink *);

#endif
