/* SPDX-License-Identifier: MIT */
/*
 * basis -- what the tasks of a workload stand on: measured, or assumed
 *
 * Counts it, for the "end" record, and says which tasks are to be refused
 * since too much of them is assumed.
 */
#ifndef TK_BASIS_H
#define TK_BASIS_H

#include "workload/task.h"

/* What tasks are left out for; starts zeroed: for nothing. */
struct basis_refusal {
	unsigned assumed; /* of TASK_ASSUMED_... */
	unsigned kinds;   /* bits of enum fragment_kind */
	bool cpu_time;    /* it is not known */
};

/*
 * Adds what a list names, with commas between: cpu_time, cpu_count,
 * cpu_capacity, mem_capacity, duration, head, gap, tail.  Returns NULL, or
 * what is wrong with it: a phrase.
 */
const char *basis_refuse(struct basis_refusal *, const char *list);

/* Tells whether a task, with n fragments, is to be left out. */
bool basis_refuses(const struct basis_refusal *, const struct task *,
    const struct fragment *, size_t n);

struct basis {
	uint64_t tasks; /* also those that failed */
	uint64_t failed;
	uint64_t unmeasured; /* of which the CPU time is not known */
	uint64_t refused;    /* not among the others */
	uint64_t assumed[TASK_ASSUMPTIONS_MAX]; /* tasks, by the bit */
	uint64_t fragments;
	uint64_t raised; /* fragments that had less than the floor */
	int64_t ms[FRAGMENT_KINDS];
};

/* Counts a task with n fragments, but not what was raised or refused. */
void basis_add(struct basis *, const struct task *, const struct fragment *,
    size_t n);

/* Returns of how many tasks one thing is assumed: a TASK_ASSUMED_... */
uint64_t basis_assumed(const struct basis *, unsigned what);

/* Writes all of it as fields of a record that is open. */
void basis_put(const struct basis *, struct output *);

/* Writes for people how many were refused, and how many raised. */
void basis_put_notes(const struct basis *, struct output *);

#endif
