/* SPDX-License-Identifier: MIT */
/*
 * writer -- a thread that writes events while they are recorded
 *
 * It takes the pages of all CPUs out of a feed, merges their events by time,
 * and writes them as text, in the layout of trace-cmd report, or as records
 * (tk-record(5)).  What it has written so far it hands on before it waits.
 */
#ifndef TK_WRITER_H
#define TK_WRITER_H

#include "record/frame.h"
#include "source/format.h"
#include "stream/output.h"
#include "tracefs/drain.h"

struct writer; /* opaque */

struct writer_plan {
	struct drain *drain; /* its CPUs are the lanes of feed */
	struct feed *feed;
	struct formats *formats;
	const struct page_shape *shape;
	struct output *out;
	bool records;             /* not text */
	bool ticks;               /* times are not in ns */
	struct frame_trace about; /* what a record stream says of itself */
	struct str command;       /* see frame_put_trace */
};

/* What was written. */
struct writer_counts {
	uint64_t events, switches, lost, lost_marks, bad;
	const char *why; /* what was wrong with the first bad one */
};

/* Starts it; NULL with errno where there is no thread to be had. */
struct writer *writer_start(const struct writer_plan *);

/*
 * A descriptor that can be read when it is done, which is also so when the
 * output failed: out->err tells.
 */
int writer_done(const struct writer *);

/* How many pages it has taken so far. */
uint64_t writer_taken(const struct writer *);

/* Waits for the end of all lanes, frees it, and tells what was written. */
struct writer_counts writer_finish(struct writer *);

#endif
