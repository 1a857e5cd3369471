/* SPDX-License-Identifier: MIT */
/*
 * powered -- the nodes of a workload as hosts, with their power from meters
 *
 * Each interval of a node's meter (nodetimes.h) is a point: its mean power, and
 * what part of the cores' time the samples say was used in it.
 */
#ifndef TK_POWERED_H
#define TK_POWERED_H

#include "workload/issued.h"
#include "workload/metered.h"
#include "workload/topology.h"

/*
 * Makes a topology of the nodes.  One whose memory is not known can be in
 * none: returns the folder of such a one, or NULL.
 */
const char *powered_hosts(struct topology *, const struct assembled *);

/*
 * Sets the models of the hosts.  Writes for people what they are, or why there
 * is none, a line for each host.
 */
void powered_fit(struct topology *, const struct issued *,
    const struct metered *, struct output *notes);

#endif
