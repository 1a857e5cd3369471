/* SPDX-License-Identifier: MIT */
/*
 * notes -- what a person should know of a recording, in words
 */
#ifndef TK_NOTES_H
#define TK_NOTES_H

#include "capture/batch.h"
#include "capture/job.h"

/* Writes a line or two for what a recording failed at, if it did. */
void notes_failure(const struct job *, struct output *);

/*
 * Writes a line for each thing that is not as it was to be: events that were
 * lost and could not be read, and how to do better.
 */
void notes_put(const struct job *, struct output *);

/*
 * Writes a table of the workloads of a batch: name, category, about how many
 * seconds it runs, whether its programs are there, and what it is.
 */
void notes_list(const struct batch *, struct output *);

/* What was shown last of a recording; starts zeroed. */
struct notes_pace {
	struct drain_sum sum;
	int64_t at; /* ms of the monotonic clock */
};

/*
 * Writes how the recording of that name goes on, in a line: the seconds left,
 * where that is known, events a second since it was shown last, and losses.
 * False, and nothing is written, where that was a moment ago.
 */
bool notes_progress(const struct job *, const char *name, struct notes_pace *,
    struct output *);

#endif
