/* SPDX-License-Identifier: MIT */
/*
 * course -- the life of a thread, on a CPU or not, as fragments
 *
 * Time from the thread's beginning on is divided into windows; the usage in
 * one is the time on a CPU / its length.  Neighbours of the same usage become
 * one fragment: a thread that sleeps for an hour has one for that.  The last
 * window ends with the life, rounded up to a whole millisecond.
 *
 * All is counted in nanoseconds, and a fragment's usage * duration is the time
 * on a CPU within it, so that none is lost by rounding.
 */
#ifndef TK_COURSE_H
#define TK_COURSE_H

#include "workload/task.h"

/* Where the fragments go, and as what. */
struct course_form {
	struct output *out; /* NULL: they are counted only */
	double mhz;         /* of a core */
	double floor_mhz;   /* no fragment has less */
	int64_t window_ns;  /* a multiple of 10^6 */
};

struct course {
	int32_t id;          /* of the task */
	int64_t at;          /* until when all is known */
	int64_t cpu_ns;      /* on a CPU, until then */
	int64_t duration_ms; /* sum of the fragments that were written */
	uint64_t fragments;  /* how many there were, */
	uint64_t raised;     /* and how many of them had less than the floor */

	/* course's own: */
	int64_t window; /* when the present one began */
	int64_t ran;    /* in it */
	int64_t alike;  /* windows that wait to be one fragment, */
	int64_t each;   /* and the time on a CPU in each */
};

/* Begins a life. */
void course_begin(struct course *, int32_t id, int64_t ts);

/*
 * Says whether it was on a CPU from where it stands to ts; what is earlier
 * than that changes nothing.
 */
void course_go(struct course *, const struct course_form *, int64_t ts,
    bool running);

/* Ends it where it stands. */
void course_end(struct course *, const struct course_form *);

#endif
