/* SPDX-License-Identifier: MIT */
/*
 * window -- the time in which every CPU has data
 *
 * A ring buffer that overwrites keeps the last events of each CPU, one that
 * does not the first, and CPUs fill theirs at different rates.  So the trace
 * is whole only from the latest of the first events to the earliest of the
 * last ones.  CPUs without any event do not count.
 */
#ifndef TK_WINDOW_H
#define TK_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct window_cpu {
	int64_t first, last; /* ns */
	bool any;            /* there are events */
};

/* Starts zeroed. */
struct window {
	struct window_cpu *cpu;
	size_t n, cap;
};

/* Notes an event of a CPU, in any order of time. */
void window_note(struct window *, int cpu, int64_t ts);

/*
 * Stores the first and the last moment of the window; since is later than
 * until where there is none.  Without any event it is all of time.
 */
void window_get(const struct window *, int64_t *since, int64_t *until);

void window_free(struct window *);

#endif
