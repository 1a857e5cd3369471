/* SPDX-License-Identifier: MIT */
/*
 * runs -- a run of a batch as a job
 *
 * Its files are NAME_runN.txt, or .jsonl or .dat, and NAME_runN.json, in the
 * folder raw of another one, as collect_traces.py of KernelOracle has them.
 */
#ifndef TK_RUNS_H
#define TK_RUNS_H

#include "capture/batch.h"
#include "capture/job.h"

/* What a job points into; to be freed by runs_free. */
struct run_names {
	char *trace, *document; /* the names of its files */
	char *shown;            /* the run and how many there are */
	char **command;
};

/*
 * Makes the folder dir/raw, and those above it that are missing.  Returns its
 * descriptor, or -1 with errno.
 */
int runs_folder(const struct owner *, const char *dir);

/*
 * Fills in what the present run of a batch says: names, command, time limit
 * unless the job has one.  The form of its sink must be set.
 */
void runs_prepare(const struct batch *, struct job *, struct run_names *);
void runs_free(struct run_names *);

#endif
