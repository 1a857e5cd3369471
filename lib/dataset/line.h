/* SPDX-License-Identifier: MIT */
/*
 * line -- lines of JSON, in place of rows of CSV
 *
 *	{"type":"sched_switch","timestamp":1.000000,"time_diff":0.000000,
 *	"task_name":"bash","pid":7,"cpu":0,"prev_state":"S","prev_comm":"cat",
 *	"workload_type":"make","trace_id":"make_run0"}
 *
 * What is not known is absent.  Names of tasks are written as in a record
 * (tk-record(5)); what a trace is called is text, whose bytes that are no
 * UTF-8 are U+FFFD.
 */
#ifndef TK_LINE_H
#define TK_LINE_H

#include "stream/output.h"

struct json; /* record/json.h */

/* Begins the line of a switch, and goes on to the time since the last one. */
#define LINE_BEGIN "{\"type\":\"sched_switch\",\"timestamp\":"
#define LINE_DIFFERENCE ",\"time_diff\":"

/* What follows of a switch; cpu is -1, and p NULL, where it is not known. */
struct line_switch {
	struct str next, pid;
	int cpu;
	struct str state, prev;
};

/* Returns how many bytes line_switch needs, if all is plain. */
size_t line_room(const struct line_switch *);

/*
 * Writes that at p, where there is so much room; returns the next place, where
 * there are room bytes again.
 */
char *line_put_switch(struct output *, char *p, const struct line_switch *,
    size_t room);

/* Writes what a trace is called, and the end of the line. */
void line_put_tail(struct output *, struct str workload, struct str trace_id);

/*
 * Writes the text of a record without its end, and what its trace is called
 * where the record does not say it.  Tells whether it has a category itself.
 */
bool line_put_record(struct output *, const struct json *rec, struct str text,
    struct str workload, struct str trace_id);

/* Ends that line, with a category; p NULL: none. */
void line_end_record(struct output *, struct str category);

#endif
