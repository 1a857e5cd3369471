/* SPDX-License-Identifier: MIT */
/*
 * schedule -- when to take the next sample
 *
 * Tick k is at begin + k * interval whenever the ones before it were taken:
 * what comes late does not delay the rest.
 */
#ifndef TK_SCHEDULE_H
#define TK_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

struct schedule {
	int64_t begin, interval; /* ns */
	uint64_t ticks;          /* 0: without end */
	uint64_t tick;           /* the next one, from 1 */
};

/* Begins with tick 1. */
void schedule_begin(struct schedule *, int64_t begin, int64_t interval,
    uint64_t ticks);

/* Tells whether all ticks were taken. */
bool schedule_ended(const struct schedule *);

/* Returns when the next tick is, or INT64_MAX where there is none. */
int64_t schedule_next(const struct schedule *);

/*
 * At now, which is not before the next tick: takes it, and those after it
 * whose time has come as well.  Returns how many these others are.
 */
uint64_t schedule_take(struct schedule *, int64_t now);

#endif
