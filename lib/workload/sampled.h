/* SPDX-License-Identifier: MIT */
/*
 * sampled -- what was measured of the processes of a node, now and then
 *
 * A line of CTS/proc_metrics.jsonl has ts_ms, pid, dt_ms, cpu_ms and rss_kb:
 * in the dt_ms before ts_ms the process used cpu_ms of CPU time.  A raw one
 * has utime and stime instead, of which the sum is a counter in clock ticks;
 * from the difference of two the same is computed as Tracekit's parser does:
 * dt and CPU time of the first are 0, and of two of one time the larger counter
 * is kept.
 *
 * Only the samples of processes that are asked for are kept, 32 bytes each.
 * Those of a pid are found in O(log n); to sort them by pid costs O(n) where
 * their times ascend, as they do in a file that was written in one go.
 */
#ifndef TK_SAMPLED_H
#define TK_SAMPLED_H

#include "record/json.h"

struct sample {
	int64_t ts_ms;  /* since 1970 */
	int64_t cpu_ms; /* in the time before; raw: ticks until now */
	int64_t rss_kb; /* not known: -1 */
	uint32_t dt_ms; /* that time; 0: nothing is known of it */
	uint32_t pid;   /* its place in the list of pids */
};

struct sampled {
	uint64_t others; /* samples of pids that were not asked for */

	/* sampled's own: */
	const int64_t *pid; /* ascending */
	size_t pids;
	bool raw;
	unsigned ticks;
	struct sample *sample;
	size_t n, cap;
	size_t *first; /* of each pid in sample, and the end */
	uint32_t recent[256];
};

/*
 * pid are those of which samples are kept, ascending and each once; it must
 * live as long.  raw says that the lines are raw, with so many clock ticks a
 * second.
 */
void sampled_open(struct sampled *, const int64_t *pid, size_t pids, bool raw,
    unsigned ticks);
void sampled_close(struct sampled *);

/* Takes a line.  Returns NULL, or what is wrong with it: a phrase. */
const char *sampled_read(struct sampled *, const struct json *line);

/* Says that all were taken. */
void sampled_sort(struct sampled *);

/* Returns the samples of a pid from one time to another, with both, and *n. */
const struct sample *sampled_of(const struct sampled *, int64_t pid,
    int64_t from, int64_t to, size_t *n);

#endif
