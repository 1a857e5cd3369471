/* SPDX-License-Identifier: MIT */
/*
 * switches -- a row for each sched_switch of a trace
 *
 *	timestamp,time_diff,task_name,pid,cpu,prev_state,prev_comm,
 *	workload_type,trace_id
 *
 * timestamp is in seconds, time_diff the time since the row before, exactly:
 * with nine places where the trace tells nanoseconds, else with six.  The
 * task is the next one, which gets the CPU.  A value that the trace does not
 * tell is an empty cell.
 *
 * In the manner of the original, collect_traces.py of KernelOracle, rows are
 * those that it makes of the trace's text (likeness.h); of a trace that is no
 * text, of what the kernel prints of it.
 */
#ifndef TK_SWITCHES_H
#define TK_SWITCHES_H

#include "dataset/likeness.h"
#include "source/event.h"

enum { SWITCHES_COLUMNS = 9 };

/* What the rows are. */
struct switches_form {
	bool compat; /* those that the original makes */
	bool json;   /* lines of JSON (line.h), but not of the original */
	/* Of a kind: what baseline.h says of each switch. */
	enum baseline_kind baseline;
};

struct switches {
	/* Read these, change none: */
	uint64_t rows;   /* written so far, of all traces */
	uint64_t unread; /* switches that the original reads as no row */
	struct switches_form form;

	/* switches' own: */
	struct event_slot slot[7];
	struct output tail; /* the cells of the trace, and the row's end */
	struct output line; /* what the kernel would print */
	int64_t last;       /* time of the row before, or -1 */
	bool open;          /* that is not known: */
	size_t gap;         /* where the next row leaves it out */
	int64_t first;      /* time of that row */
	bool nine;          /* and whether it has nine places */
	struct likeness likeness;  /* the rows of the original */
	struct baseline *baseline; /* the columns are its own, or NULL */
};

/* When the row before was. */
struct switches_before {
	int64_t last;   /* in ns, or -1: there is none */
	double seconds; /* as the original has it, */
	bool any;       /* if there is one */
};

/* Begins without rows. */
void switches_open(struct switches *, struct switches_form);

/* Frees everything; all zero is fine. */
void switches_close(struct switches *);

/* Returns how many columns there are, and the name of one. */
size_t switches_columns(const struct switches *);
const char *switches_column(const struct switches *, size_t column);

/*
 * Tells whether rows may be written in stretches, see below: not where they
 * tell of all rows before them.
 */
bool switches_apart(const struct switches *);

/* Writes the names of the columns; lines of JSON have none above them. */
void switches_head(const struct switches *, struct output *);

/* Says what the trace is called whose rows follow. */
void switches_begin(struct switches *, struct str workload,
    struct str trace_id);

/* Says so of a trace that may have rows already, see switches_resume. */
void switches_name(struct switches *, struct str workload, struct str trace_id);

/* Where rows of several traces take turns: leaves one, goes on with another. */
struct switches_before switches_before(const struct switches *);
void switches_resume(struct switches *, const struct switches_before *);

/*
 * Says that the trace goes on with another part, of another clock perhaps:
 * the next row has no difference, but in the original's manner.
 */
void switches_part(struct switches *);

/*
 * Writes the row of an EVENT_POINT that was read from in, or NULL, and has its
 * fields as in a record (event_canon).  Returns NULL, or a constant phrase that
 * says why there is none.
 */
const char *switches_put(struct switches *, struct output *,
    const struct input *in, struct event *);

/*
 * Takes a line that the reader cannot make an event of: the original may see
 * a switch there.  False if it does not, or the manner is not its own.
 */
bool switches_put_line(struct switches *, struct output *, struct str line);

/*
 * Rows may be written in stretches that are joined afterwards.  A part begins
 * as a copy without rows, to be closed; each stretch of it is written to an
 * output in memory, and switches_join writes that where it belongs: text, the
 * stretch last begun.
 */
void switches_copy(struct switches *part, const struct switches *);
void switches_stretch(struct switches *part);
void switches_join(struct switches *, const struct switches *part,
    struct output *, struct str text);

#endif
