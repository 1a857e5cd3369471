/* SPDX-License-Identifier: MIT */
/*
 * trace -- the traces that a program's operands name, one after the other
 *
 *	struct trace traces = { .reading = { .formats = "..." } };
 *
 *	while (trace_next(&traces, reader))
 *		while (event_next(reader, &ev))
 *			...
 *
 * An operand is a file, or a folder laid out as tracefs is; raw pages of
 * several CPUs are one trace.  A trace that cannot be read is reported, and
 * the next one is taken.
 */
#ifndef TK_TRACE_H
#define TK_TRACE_H

#include "cli/cli.h"
#include "source/event.h"

struct trace {
	/* To be set before the first: */
	struct recording_options reading; /* its tmp is set here */
	bool clip; /* find the window in which every CPU has data */

	/* Of the present trace; read these, change none: */
	struct input *in; /* its first input */
	struct metadata metadata;
	int64_t since, until; /* the window, in ns */

	/* trace's own: */
	bool doubt_told;
	struct event_reader *reader; /* NULL before the first */
	struct input **inputs, **again;
	size_t n;
	uint64_t size; /* of all inputs, in bytes; 0: not known */
};

/*
 * Begins anew, with other operands, none of them a folder, that must outlive
 * their inputs: before the first trace, or when trace_next has returned false.
 */
void trace_take(struct trace *, struct event_reader *, char **operands);

/*
 * Ends the present trace and opens the next in the reader.  False where there
 * is none; everything is freed then.
 */
bool trace_next(struct trace *, struct event_reader *);

/* Shows how far the trace has been read: see cli_progress. */
void trace_progress(const struct trace *);

/*
 * Says what is odd about how the present trace came, which has ended: its end
 * is missing, its order is wrong, its states of tasks are doubtful (once).
 */
void trace_doubts(struct trace *, const struct event_counts *);

/* Reports what is wrong with what an event was made of; see cli_bad. */
void trace_bad(const struct trace *, const struct event *, const char *why);

#endif
