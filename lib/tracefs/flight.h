/* SPDX-License-Identifier: MIT */
/*
 * flight -- which part of a ring is wanted, when it was written long enough
 */
#ifndef TK_FLIGHT_H
#define TK_FLIGHT_H

#include "tracefs/drain.h"

/*
 * Returns the window of the last ns of a drain that has not been started: it
 * begins no earlier than every CPU has all its events.  Tracing ended at most
 * late ns ago.  *kept is how many ns there are of it.
 */
struct drain_window flight_window(struct drain *, int64_t last, int64_t late,
    int64_t *kept);

#endif
