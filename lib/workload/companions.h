/* SPDX-License-Identifier: MIT */
/*
 * companions -- the files that are written beside a workload
 *
 * Each comes into being all at once (stream/replace.h), and none of those that
 * would have nothing in them does: where there is no node, or no task of
 * another form, nothing is written.
 */
#ifndef TK_COMPANIONS_H
#define TK_COMPANIONS_H

#include "workload/bag.h"
#include "workload/issued.h"
#include "workload/metered.h"

/* Paths; NULL where a file is not wanted. */
struct companions {
	const char *ids, *topology, *experiment;
	const char *workload; /* the folder that the experiment is to name */
	bool sdk, v1;         /* see topology.h */
};

/*
 * Writes those that are wanted, with power models if there is a meter, which
 * may be NULL.  Writes for people what failed, and what is worth a note, a line
 * each.
 */
void companions_write(const struct companions *, const struct issued *,
    struct metered *, struct output *errors, struct output *notes);

/* Writes those of tasks of another form, which has no topology. */
void companions_write_bag(const struct companions *, const struct bag *,
    struct output *errors);

#endif
