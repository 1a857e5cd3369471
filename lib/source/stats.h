/* SPDX-License-Identifier: MIT */
/*
 * stats -- what the ring buffers of several instances counted, together
 */
#ifndef TK_STATS_H
#define TK_STATS_H

#include "source/metadata.h"

/*
 * Adds the stats that another buffer has, CPU by CPU; both are sorted by it,
 * and nothing else of them counts.  What is told of one alone stays.
 */
void stats_add(struct metadata *to, const struct metadata *more);

#endif
