/* SPDX-License-Identifier: MIT */
/*
 * companions -- the files that are written beside a workload
 */
#ifndef TK_COMPANIONS_H
#define TK_COMPANIONS_H

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

#endif
