/* SPDX-License-Identifier: MIT */
/*
 * batch -- the runs of workloads out of a catalogue, one after the other
 *
 *	why = batch_open(&b, NULL, "all", 3, &where);
 *	while (batch_next(&b))
 *		(record b.workload as b.trace_id, in raw/ of some folder)
 *	batch_close(&b);
 *
 * A run goes by NAME_runN, N from 0, as collect_traces.py of KernelOracle has
 * it, and so do its files.
 */
#ifndef TK_BATCH_H
#define TK_BATCH_H

#include "capture/catalogue.h"

struct batch {
	/* Read these: */
	struct catalogue catalogue;
	const struct workload **chosen; /* n of them, in the order named */
	size_t n;
	uint64_t runs;

	/* The present run: */
	const struct workload *workload;
	uint64_t run;
	char *trace_id;

	/* batch's own: */
	size_t at;
};

/*
 * Reads a catalogue, NULL for tracekit's own, and chooses the workloads of
 * these names, with commas between them, or "all", each for so many runs.
 *
 * Returns NULL, or a phrase that says what is wrong, good until the next call
 * of strerror(3), and where: a file, a line of it or a name; to be freed.
 */
const char *batch_open(struct batch *, const char *path, const char *names,
    uint64_t runs, char **where);

/* Steps to the next run; false at the end. */
bool batch_next(struct batch *);

/* Leaves out the runs of the present workload that are still to come. */
void batch_skip(struct batch *);

void batch_close(struct batch *);

#endif
