/* SPDX-License-Identifier: MIT */
/*
 * gwf -- jobs in the Grid Workload Format of the Grid Workloads Archive
 *
 * A line has 29 fields, of which the first sixteen are those of SWF; tabs,
 * commas or blanks are between them, whichever the first line has; what begins
 * with # or ; is a comment.  A line with the names of columns may stand before
 * all jobs, and then only these are there, in that order.  So it is with the
 * seven columns of workflows:
 *
 *	WorkflowID, JobID, SubmitTime, RunTime, NProcs, ReqNProcs, Dependencies
 *
 * where dependencies are JobIDs of the same workflow with blanks between.
 * Times are seconds, as in SWF.  joblog.h says what becomes of a job.
 */
#ifndef TK_GWF_H
#define TK_GWF_H

#include "workload/bag.h"
#include "workload/joblog.h"

/* What a column may be besides a field of joblog. */
enum gwf_field {
	GWF_SITE = JOBLOG_FIELDS,
	GWF_WORKFLOW,
	GWF_DEPENDENCIES,
	GWF_FIELDS,
	GWF_NONE = GWF_FIELDS,
};

enum { GWF_COLUMNS = 64 };

struct gwf {
	struct joblog log; /* its mhz and start_ms are to be set */

	/* gwf's own: */
	bool begun;
	char separator; /* a blank: any number of blanks */
	size_t columns;
	unsigned char column[GWF_COLUMNS]; /* what each is */
	char *key;
	size_t key_cap;
};

/* Takes a line.  Returns NULL, or what is wrong with it: a phrase. */
const char *gwf_line(struct gwf *, struct str line, struct bag *);

/* Frees what it holds. */
void gwf_close(struct gwf *);

#endif
