/* SPDX-License-Identifier: MIT */
/*
 * topology -- the nodes of a run as OpenDC's topology.json
 *
 * Nodes that are alike, in cores, MHz and memory, are one host with a count,
 * and these are sorted by the three.  Quantities have their units.  Of the two
 * dialects the runner's is that of opendc-experiments, the SDK's that of the
 * command "opendc run" (July 2026).
 */
#ifndef TK_TOPOLOGY_H
#define TK_TOPOLOGY_H

#include <stdbool.h>
#include <stdint.h>

#include "stream/output.h"
#include "workload/powerfit.h"

enum topology_dialect {
	TOPOLOGY_RUNNER,
	TOPOLOGY_RUNNER_V1, /* up to v2.4e: the key powerModel */
	TOPOLOGY_SDK,
};

struct host {
	int32_t cores;
	double mhz;
	int64_t mem_mb;
	size_t count;
	struct power_model power; /* not known: type NULL */
};

/* Starts zeroed. */
struct topology {
	struct host *host;
	size_t n, cap;
};
void topology_free(struct topology *);

/* Adds a node, or several that are alike. */
void topology_add(struct topology *, const struct host *);

/* Says that all were added: those that are alike become one.  O(n log n). */
void topology_group(struct topology *);

/* Compares what makes nodes alike: below 0, 0 or above. */
int host_compare(const struct host *, const struct host *);

/* Writes it. */
void topology_put(const struct topology *, enum topology_dialect,
    struct output *);

/*
 * Writes an experiment.json of one workload on one topology: their paths.
 * Returns false, and writes nothing, where one of them is no UTF-8.
 */
bool experiment_put(struct output *, const char *name, const char *workload,
    const char *topology);

#endif
