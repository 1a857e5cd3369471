/* SPDX-License-Identifier: MIT */
/*
 * joblog -- a job of a log as the Parallel Workloads Archive keeps it
 *
 * The Standard Workload Format and the Grid Workload Format begin with the
 * same sixteen fields.  What a job has there becomes a task and a fragment
 * that is as long; what the log does not tell is assumed, and said to be so:
 *
 *	cpu_count	allocated processors, else those that were requested,
 *			else 1
 *	cpu_capacity	cpu_count * mhz: a log never has it
 *	mem_capacity	used memory, else what was requested, else 0
 *	duration	0, and so no fragment
 *	cpu_usage	mean: cpu_count * mhz * CPU time / run time, at most the
 *			capacity; whole: the capacity
 */
#ifndef TK_JOBLOG_H
#define TK_JOBLOG_H

#include "workload/task.h"

/* The fields, from 0, in the order of SWF; the last two are not in GWF. */
enum joblog_field {
	JOBLOG_JOB,
	JOBLOG_SUBMIT,
	JOBLOG_WAIT,
	JOBLOG_RUN,
	JOBLOG_PROCESSORS,
	JOBLOG_CPU_TIME,
	JOBLOG_MEMORY,
	JOBLOG_REQUESTED_PROCESSORS,
	JOBLOG_REQUESTED_TIME,
	JOBLOG_REQUESTED_MEMORY,
	JOBLOG_STATUS,
	JOBLOG_USER,
	JOBLOG_GROUP,
	JOBLOG_EXECUTABLE,
	JOBLOG_QUEUE,
	JOBLOG_PARTITION,
	JOBLOG_PRECEDING,
	JOBLOG_THINK,
	JOBLOG_FIELDS,
};

struct joblog {
	/* To be set: */
	double mhz;       /* of a core */
	int64_t start_ms; /* what times of submission count from */

	/* What there was: */
	uint64_t jobs;
	uint64_t partial; /* bursts of a job that has a line of its own */
	uint64_t no_cpus; /* how many of them did not tell these */
	uint64_t no_memory;
	uint64_t no_run;
	uint64_t no_cpu_time;
	uint64_t too_much; /* whose CPU time is more than its CPUs have */
};

/*
 * Makes a task and its fragment of fields, of which those with p NULL are not
 * there; its texts are the fields' own.  Returns NULL and *is false if it is a
 * partial burst, or a phrase: what is wrong with it.
 */
const char *joblog_task(struct joblog *, const struct str field[JOBLOG_FIELDS],
    struct task *t, struct fragment *f, bool *is);

/*
 * Reads a decimal as a number of 10^-9, cut off below that; *v is -1 for any
 * below 0.  Returns false where it is none, or too large.
 */
bool joblog_decimal(struct str s, int64_t *v);

/*
 * Splits a line at its blanks into up to max fields; returns how many there
 * are, which is max where there are more.
 */
size_t joblog_split(struct str line, struct str *field, size_t max);

#endif
