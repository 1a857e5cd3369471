/* SPDX-License-Identifier: MIT */
/*
 * swf -- jobs in the Standard Workload Format 2.2 of the Parallel Workloads
 * Archive
 *
 * A line has eighteen numbers with blanks between; -1 is not known; a line
 * that begins with a semicolon is a comment.  Of those at the front, which
 * have the form "; NAME: VALUE", UnixStartTime says what the times count from.
 * Times are seconds and may have decimals, which are kept to the millisecond
 * (CPU times to the nanosecond).  joblog.h says what becomes of a job.
 */
#ifndef TK_SWF_H
#define TK_SWF_H

#include "workload/bag.h"
#include "workload/joblog.h"

struct swf {
	struct joblog log; /* its mhz is to be set */
	bool start_given;  /* its start_ms is, too: no comment changes it */
};

/*
 * Takes a line.  Returns NULL, or what is wrong with it: a phrase.  Its key in
 * the bag is the number of the job.
 */
const char *swf_line(struct swf *, struct str line, struct bag *);

/*
 * Writes the tasks of a bag that is settled, sorted by submission, and what
 * their times count from: the second of start_ms, or of the first of them where
 * that is earlier.  Failed ones are
 * among them.  A job has the number that its trace_id is, if all have one and
 * they differ; else they count from 1.
 */
struct swf_written {
	uint64_t texts;   /* users, groups, ... that are no number */
	uint64_t parents; /* more than the one that a job may have */
	bool renumbered;  /* the numbers are new ones */
};
void swf_put(struct output *, const struct bag *, int64_t start_ms,
    struct swf_written *);

#endif
