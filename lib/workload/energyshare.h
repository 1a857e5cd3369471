/* SPDX-License-Identifier: MIT */
/*
 * energyshare -- the energy of a node, shared out to those who used its CPUs
 *
 * What a meter measured in one of its intervals falls to the samples in it by
 * their CPU time: E * cpu / sum of cpu.  Where nobody used any it falls to
 * nobody.  So the shares of all samples and what is left are what was measured.
 */
#ifndef TK_ENERGYSHARE_H
#define TK_ENERGYSHARE_H

#include "workload/nodetimes.h"

struct energyshare {
	double uj; /* what was measured while there were samples */

	/* energyshare's own: */
	struct areas price; /* uJ for a ms of CPU time, over time */
	struct areas known; /* ms in which there is one */
};

void energyshare_open(struct energyshare *, const struct nodetimes *,
    const struct metered *);
void energyshare_close(struct energyshare *);

/* Returns the share of a sample, or below 0 where it was not all measured. */
double energyshare_of(const struct energyshare *, const struct sample *);

#endif
