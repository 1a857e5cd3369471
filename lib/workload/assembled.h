/* SPDX-License-Identifier: MIT */
/*
 * assembled -- a workload out of the collections of nodes
 *
 *	assembled_open(&a, &rules);
 *	for each node:
 *		assembled_node(&a, folder, &meta, raw);
 *		assembled_line(&a, file, line) for each line
 *		assembled_node_end(&a);
 *
 * What comes out of it is issued.h's.  A task is known by its node, pid and
 * start.  Samples are found in sorted arrays: O((tasks + samples) log).
 * Memory: 32 bytes for each sample of a task, about 150 for each task.
 */
#ifndef TK_ASSEMBLED_H
#define TK_ASSEMBLED_H

#include "workload/basis.h"
#include "workload/fragmented.h"
#include "workload/invocation.h"
#include "workload/nodemeta.h"

struct assembled_rules {
	struct fragment_rules fragments;
	struct basis_refusal refuse;
	unsigned ticks;
};

/* A node, which has been read. */
struct assembled_node {
	struct nodemeta meta; /* what it has is known */
	char *folder;
	struct sampled samples;
	int64_t *pid;
	size_t first; /* of its tasks, as long as they come */
};

/* What there is to tell. */
struct assembled_counts {
	struct basis basis; /* of those that were written */
	double over_ms;     /* see fragmented.h */
	uint64_t mixed;
	uint64_t twice, alone;
	uint64_t early;     /* that began before they were queued */
	uint64_t overlap;   /* with the one before of their pid and node */
	uint64_t instant;   /* that took no time */
	uint64_t no_status; /* though others have one */
	uint64_t others;    /* samples of no task's pid */
	int64_t outside;    /* of one, but when there was no task of it */
};

struct assembled {
	struct assembled_counts counts;
	struct assembled_node *node;
	size_t nodes;
	struct invocations tasks; /* of all nodes */
	struct intern *names;

	struct assembled_rules rules;
	struct fragmented fragmented;

	/* assembled's own: */
	size_t nodes_cap;
	struct invocations events;
	bool ready; /* for samples */
	bool raw;
};

void assembled_open(struct assembled *, const struct assembled_rules *);
void assembled_close(struct assembled *);

/*
 * Begins a node; raw says that its samples will be raw.  What meta holds is
 * taken; its cores and MHz must be known.
 */
void assembled_node(struct assembled *, const char *folder,
    const struct nodemeta *meta, bool raw);

/* Takes a line of a file; the files are read in this order. */
enum assembled_file {
	ASSEMBLED_INVOCATIONS,
	ASSEMBLED_EVENTS,
	ASSEMBLED_SAMPLES,
};
const char *assembled_line(struct assembled *, enum assembled_file,
    const struct json *line);

void assembled_node_end(struct assembled *);

/*
 * Makes the fragments of a task, in fragmented.  Returns the samples in its
 * time and sets *n.
 */
const struct sample *assembled_make(struct assembled *,
    const struct invocation *, size_t *n);

#endif
