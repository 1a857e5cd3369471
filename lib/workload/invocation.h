/* SPDX-License-Identifier: MIT */
/*
 * invocation -- a task of a run, as the run's files tell of it
 *
 * invocations.jsonl says when each task was queued, began and ended, and its
 * pid; events.*.jsonl says the same and its status and bytes besides.  Times
 * are milliseconds since 1970.
 */
#ifndef TK_INVOCATION_H
#define TK_INVOCATION_H

#include "base/intern.h"
#include "record/json.h"

/* Later than this is no time: the end of the year 9999. */
#define INVOCATION_TIME_MAX INT64_C(253402300799999)

struct invocation {
	uint32_t node;
	uint32_t line; /* which one of the node it was */
	int64_t pid;
	int64_t enqueue, start, end;
	size_t trace_id; /* in the table of names, or SIZE_MAX */
	/* Not known: below 0. */
	int64_t status; /* see has_status */
	int64_t bytes_in, bytes_out;
	bool has_status;
	/* When the one before of the same pid and node ended, or below 0. */
	int64_t before;
};

struct invocations {
	struct invocation *list;
	size_t n, cap;
};
void invocations_free(struct invocations *);

/*
 * Appends what a line says; trace_id goes into names.  One without the time
 * when it was queued began at once.  Returns NULL, or what is wrong with the
 * line: a phrase.
 */
const char *invocation_read(struct invocations *, struct intern *names,
    const struct json *line);

/*
 * Sorts those from first on, of one node, by pid and start, and removes those
 * that are there twice; returns how many that were.  O(n log n).
 */
size_t invocations_sort(struct invocations *, size_t first);

/*
 * Gives to those of a node what events say of them, which are sorted as they
 * are; returns how many events belong to none.  O(n + events).
 */
size_t invocations_join(struct invocation *, size_t n,
    const struct invocations *events);

#endif
