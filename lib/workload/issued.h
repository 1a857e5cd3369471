/* SPDX-License-Identifier: MIT */
/*
 * issued -- the tasks of an assembled workload as records, each with its id
 *
 * Ids are dense: 0, 1, 2, ... in the order of submission, node, start and pid;
 * those of tasks that failed come behind all others.  With the rules of
 * compat they count from 1 in the order of the nodes and of their files, and no
 * task failed.
 */
#ifndef TK_ISSUED_H
#define TK_ISSUED_H

#include "workload/assembled.h"
#include "workload/energyshare.h"

struct issued {
	struct assembled *assembled;
	int32_t first;    /* the id of the first task */
	char **node_name; /* of each node; no two have the same */

	/* issued's own: */
	struct energyshare *share; /* of each node, or NULL */
	double tasks_uj;           /* what falls to the tasks */
	uint64_t no_energy;        /* tasks of which it is not known */
};

/*
 * Orders the tasks as their ids are to be, and counts what is wrong with them.
 * Those that are to be refused are gone then.
 */
void issued_open(struct issued *, struct assembled *);
void issued_close(struct issued *);

/*
 * Gives each task its share of the energy that was measured: of the time of its
 * samples.  Not with the rules of compat, which know no energy.
 */
void issued_meter(struct issued *, const struct metered *);

/* Writes the records of all tasks, each with its fragments behind it. */
void issued_put(struct issued *, struct output *);

/* The same as a stream: command as frame_put_trace, bad lines were there. */
void issued_put_stream(struct issued *, struct output *, struct str command,
    uint64_t bad);

/* Writes which task has which id: CSV of id, node, pid, trace_id, start. */
void issued_put_ids(const struct issued *, struct output *);

/* Writes for people what was assumed or wrong, a line each. */
void issued_put_notes(const struct issued *, struct output *);

#endif
