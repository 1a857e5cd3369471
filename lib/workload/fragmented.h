/* SPDX-License-Identifier: MIT */
/*
 * fragmented -- the time of a task as fragments, from its samples
 *
 * A sample says what CPU time was used in the time before it.  As a fragment
 * that is usage = CPU time / duration * MHz of a core.  What lies before the
 * first sample, between two, and behind the last becomes a fragment of its own
 * kind, so that the durations of a task's fragments are its duration, to the
 * millisecond.
 *
 * CPU time is kept: where a sample began before the task did, or before the
 * sample before it ended, what it used falls to what is left of its time; what
 * is more than all cores could do, since counters tick and clocks shake, falls
 * to the next one.  Times are milliseconds.
 */
#ifndef TK_FRAGMENTED_H
#define TK_FRAGMENTED_H

#include "workload/sampled.h"
#include "workload/task.h"

struct core {
	double mhz;
	int32_t cores;
};

/* What is common to all tasks. */
struct fragment_rules {
	double floor_mhz; /* no fragment has less */
	bool compat;      /* as Tracekit's exporter makes them */
};

struct fragmented {
	struct fragment *fragment; /* of the last task; ids are not set */
	size_t n;
	bool measured;   /* there was a sample with a time */
	double used_ms;  /* CPU time in them, before the floor */
	uint64_t raised; /* fragments of all tasks that had less than it */
	double over_ms;  /* CPU time above all cores, with no next sample */
	size_t mixed;    /* samples of two processes, which say nothing */

	/* fragmented's own: */
	size_t cap;
	double *most;
	size_t most_cap;
};

/*
 * Makes the fragments of a task that ran from start to end, from the samples
 * in that time.  before is when the process ended that had its pid before, or
 * below 0: a sample that began there is of both.
 */
void fragmented_make(struct fragmented *, const struct fragment_rules *,
    struct core, int64_t start, int64_t end, int64_t before,
    const struct sample *, size_t n);

/*
 * Tells whether a sample says what one process used: it has a time, and did not
 * begin before the process that had its pid ended, which was at before, or
 * below 0.
 */
bool fragmented_counts(const struct sample *, int64_t before);

/*
 * Sets cpu_count and cpu_mhz of a task to what Tracekit's exporter says: the
 * MHz that a twentieth of the fragments are above (between two ranks linear),
 * on as many cores as come nearest, and not more than they have.  O(n log n).
 */
void fragmented_capacity(struct fragmented *, const struct fragment_rules *,
    struct core, struct task *);

void fragmented_close(struct fragmented *);

#endif
