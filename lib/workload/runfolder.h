/* SPDX-License-Identifier: MIT */
/*
 * runfolder -- where the files of a run are
 *
 * A node's folder has node_meta.json, or CTS or cctf, the older name of the
 * latter.  A run is such a folder, or one of several: those of their names
 * are in the order of the N of "(cN)" at their ends, and then of the names.
 *
 *	FOLDER/node_meta.json
 *	FOLDER/events.APPLICATION.jsonl ...	each task as it ended
 *	FOLDER/events.jsonl			the same, merged
 *	FOLDER/proc_metrics.jsonl		counters as they were read
 *	FOLDER/CTS/nodes.json
 *	FOLDER/CTS/invocations.jsonl		the tasks
 *	FOLDER/CTS/proc_metrics.jsonl		differences of the counters
 *
 * Each may be packed, with .zst or .gz behind its name.
 */
#ifndef TK_RUNFOLDER_H
#define TK_RUNFOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/output.h"
#include "workload/nodemeta.h"

/* A list of paths; starts zeroed. */
struct paths {
	char **path; /* with a NULL behind, if there is one */
	size_t n, cap;
};
void paths_free(struct paths *);

/* The files of a node; what is not there has no paths. */
struct node_files {
	struct paths nodes; /* nodes.json, node_meta.json */
	struct paths invocations;
	struct paths events;
	struct paths samples; /* CTS's, or else the raw ones */
	bool raw;             /* they are those */
};

/*
 * Appends the folders of the nodes of a run.  Returns 0, even where there is
 * none, or -1 with errno set.
 */
int runfolder_nodes(struct paths *, const char *run);

/*
 * The same of all runs, up to a NULL; a line in errors for each that cannot be
 * read, or has none.
 */
void runfolder_all(struct paths *, char *const *run, struct output *errors);

/* Looks for the files of a node; to be freed with runfolder_close. */
void runfolder_files(struct node_files *, const char *node);
void runfolder_close(struct node_files *);

/*
 * Reads what the files say of the node, one after the other, or the last one
 * first.  Writes for people what is wrong with one, a line each.
 */
void runfolder_meta(const struct node_files *, bool last_first,
    struct nodemeta *, struct output *errors);

/* Returns the last name in a path, and in *n its length. */
const char *runfolder_name(const char *path, size_t *n);

#endif
