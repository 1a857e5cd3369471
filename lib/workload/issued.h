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

struct issued {
	struct assembled *assembled;
	int32_t first;    /* the id of the first task */
	char **node_name; /* of each node; no two have the same */
};

/*
 * Orders the tasks as their ids are to be, and counts what is wrong with them.
 * Those that are to be refused are gone then.
 */
void issued_open(struct issued *, struct assembled *);
void issued_close(struct issued *);

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
