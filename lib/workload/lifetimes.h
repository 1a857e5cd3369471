/* SPDX-License-Identifier: MIT */
/*
 * lifetimes -- the threads of a trace as tasks, by the scheduler's events
 *
 * Each thread but the idle ones is a task of one core.  It begins where it was
 * made (sched_process_fork, sched_wakeup_new), or else where it is first seen;
 * it ends when it leaves its CPU for good (as X or Z, or after
 * sched_process_exit), or else where it was last seen, which is the end of the
 * trace if it was running or runnable then.
 *
 * It runs from the switch that gives it a CPU to the one that takes it away,
 * to the nanosecond.  What nobody saw is not made up: who ran before the first
 * switch of a CPU, or while events were lost, did not run, and the time for
 * which that is not known is counted.
 *
 * Fragments are written as time goes by, tasks kept until all is read: they
 * take some 300 bytes each.  Ids are in the order in which threads were seen.
 */
#ifndef TK_LIFETIMES_H
#define TK_LIFETIMES_H

#include "workload/bag.h"
#include "workload/course.h"

struct lifetimes_rules {
	struct course_form form;
	bool mhz_assumed;
	int64_t epoch_ms; /* when the clocks of the traces were at 0 */
};

struct lifetimes_counts {
	uint64_t threads;
	uint64_t fragments, raised; /* see course.h */
	uint64_t unborn;            /* that are not seen to begin */
	uint64_t unended;           /* that are not seen to end */
	uint64_t losses;            /* places where events were lost */
	uint64_t broken;            /* switches that do not fit those before */
	int64_t unknown_ns;         /* of a CPU: nobody knows who ran */
};

struct lifetimes; /* opaque */

struct lifetimes *lifetimes_new(const struct lifetimes_rules *);
void lifetimes_free(struct lifetimes *);

/* Says that a trace begins; what is not known is p NULL. */
void lifetimes_begin(struct lifetimes *, struct str trace_id, struct str node);

/* A CPU goes from one thread to another; times are ns of the trace's clock. */
struct lifetimes_switch {
	int64_t ts;
	int cpu;
	int64_t prev, next; /* tids; 0 is idle */
	struct str prev_name, next_name;
	bool runnable; /* the one that leaves would run on */
	bool dead;     /* it does not come back */
};
void lifetimes_switch(struct lifetimes *, const struct lifetimes_switch *);

/* A thread can run; is_new: it was made right now. */
void lifetimes_wake(struct lifetimes *, int64_t ts, int64_t tid,
    struct str name, bool is_new);

/* A thread ends as soon as it leaves its CPU. */
void lifetimes_exit(struct lifetimes *, int64_t ts, int64_t tid);

/* Events of a CPU were lost, after ts; of all where cpu is below 0. */
void lifetimes_lost(struct lifetimes *, int64_t ts, int cpu);

/* The trace is at its end, of which the last event was at ts. */
void lifetimes_end(struct lifetimes *, int64_t ts);

/* After all traces: puts their tasks into a bag, in the order of their ids. */
void lifetimes_give(struct lifetimes *, struct bag *);

/* Counts the fragments of these tasks, which were written before. */
void lifetimes_add_basis(const struct lifetimes *, struct basis *);

const struct lifetimes_counts *lifetimes_counts(const struct lifetimes *);

#endif
