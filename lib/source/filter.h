/* SPDX-License-Identifier: MIT */
/*
 * filter -- which events of a trace to keep, by CPU, task and time
 */
#ifndef TK_FILTER_H
#define TK_FILTER_H

#include "source/event.h"

/* A moment of the trace's clock, or one that counts from its first event. */
struct filter_time {
	int64_t ns;
	bool given, relative;
};

/* Starts zeroed: it keeps all. */
struct filter {
	struct filter_time since, until; /* both ends are kept */
	bool clip;                       /* to these as well: */
	int64_t clip_since, clip_until;

	/* filter's own: */
	int64_t *cpu, *pid;
	size_t cpus, cpus_cap, pids, pids_cap;
};

/*
 * Add what a list of numbers names, "0,2,4-7" for CPUs; false where it is
 * none.
 */
bool filter_add_cpus(struct filter *, struct str list);
bool filter_add_pids(struct filter *, struct str list);

/* Reads seconds, with up to nine places, or + and such; false if not. */
bool filter_read_time(struct str text, struct filter_time *);

/*
 * Tells whether to keep an event or a loss; first is the time of the trace's
 * first event.  A task is kept by its tid or its tgid; a loss that may be in
 * what is kept, is.
 */
bool filter_keeps(const struct filter *, const struct event *, int64_t first);

void filter_free(struct filter *);

#endif
