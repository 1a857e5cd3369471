/* SPDX-License-Identifier: MIT */
/*
 * nodetimes -- what a node used and its meter measured, by time
 *
 * A zone with the name of a node is that node's meter.  If there is no such
 * zone and one node, all zones of the sum are, by the intervals of the first
 * one.  Times are milliseconds since 1970.
 */
#ifndef TK_NODETIMES_H
#define TK_NODETIMES_H

#include "workload/areas.h"
#include "workload/metered.h"
#include "workload/sampled.h"

struct nodetimes {
	struct areas used;   /* ms of CPU time */
	struct areas energy; /* uJ */
	double first, last;  /* where there are samples */

	/* nodetimes' own: */
	struct areas meters; /* ms in which there was one, of each zone */
	size_t zones, grid;
};

/* only: there is no other node. */
void nodetimes_open(struct nodetimes *, const struct sampled *,
    const char *name, bool only, const struct metered *);
void nodetimes_close(struct nodetimes *);

/* Tells whether all zones cover an interval of the meter, and do so once. */
bool nodetimes_has(const struct nodetimes *, const struct metered_interval *);

#endif
