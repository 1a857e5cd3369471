/* SPDX-License-Identifier: MIT */
/*
 * now -- what time it is, in nanoseconds
 */
#ifndef TK_NOW_H
#define TK_NOW_H

#include <stdint.h>
#include <time.h>

#include "base/duration.h"

/* Returns the time of a clock, of those of clock_gettime(2), in ns. */
static inline int64_t
now_of(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (int64_t)t.tv_sec * NS_PER_S + t.tv_nsec;
}

#endif
