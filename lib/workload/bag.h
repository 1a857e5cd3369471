/* SPDX-License-Identifier: MIT */
/*
 * bag -- the tasks of a workload, all of them, and who depends on whom
 *
 * What comes in any order, and names its parents before they are there, gets
 * its ids here: 0, 1, 2, ...  A task takes some 500 bytes.
 *
 *	bag_add(b, &task, str_of("17"), &fragment);
 *	bag_depend(b, str_of("17"), str_of("3"));
 *	bag_settle(b, BAG_BY_SUBMISSION);
 *	bag_put(b, out);
 */
#ifndef TK_BAG_H
#define TK_BAG_H

#include "workload/basis.h"

struct bag_counts {
	struct basis basis; /* of all that were added */
	uint64_t empty;     /* that took no time, and so have no fragment */
	uint64_t twice;     /* whose key another one had already */
	uint64_t strange;  /* dependencies on what is not there, or on itself */
	uint64_t waived;   /* dependencies that were not written: see bag_put */
	uint64_t circular; /* tasks that wait for each other, or for those */
};

struct bag; /* opaque */

struct bag *bag_new(void);
void bag_free(struct bag *);

/*
 * Before the first: no fragment is to have less than floor_mhz, and which tasks
 * are not to be added.
 */
void bag_rule(struct bag *, double floor_mhz, const struct basis_refusal *);

/*
 * Adds a task, whose texts are copied; id and dependencies are given by
 * bag_settle.  Others depend on it by its key, unless that is p NULL.  f is
 * its only fragment, of which the rate and the kind are kept, or NULL.
 */
void bag_add(struct bag *, const struct task *t, struct str key,
    const struct fragment *f);

/* Says that one task depends on another; both may come later. */
void bag_depend(struct bag *, struct str child, struct str parent);

/*
 * Gives ids and dependencies, when all tasks are there.  Of equal ones the one
 * that was added first is the first.
 */
enum bag_order {
	BAG_AS_ADDED, /* where fragments were written already */
	BAG_BY_SUBMISSION,
	BAG_FAILED_LAST, /* else by submission: each type is dense */
};
void bag_settle(struct bag *, enum bag_order);

/* After that: what is in it.  Both live as long as it; NULL: no fragment. */
size_t bag_length(const struct bag *);
const struct task *bag_task(const struct bag *, size_t id);
bool bag_fragment(const struct bag *, size_t id, struct fragment *);
const struct bag_counts *bag_counts(const struct bag *);

/*
 * Writes all tasks, each with its fragment behind it.  OpenDC lets a task wait
 * for ever for one that it does not run: a task that it runs has no failed task
 * among its parents and children, and none without a fragment.  These have it
 * among theirs all the same, so that nothing is lost.
 */
void bag_put(struct bag *, struct output *);

#endif
