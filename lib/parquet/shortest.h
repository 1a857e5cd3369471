/* SPDX-License-Identifier: MIT */
/*
 * shortest -- decimals as JSON has them, from which the same is read back
 */
#ifndef TK_SHORTEST_H
#define TK_SHORTEST_H

#include <stdbool.h>

#include "stream/output.h"

/*
 * Writes a number in as few digits as read back as the same double, or as the
 * same float where it is one; with a point or an exponent, so that it is no
 * integer.  What JSON has no number for is a string: "NaN", "Infinity",
 * "-Infinity".
 */
void shortest_put(struct output *, double v, bool is_float);

#endif
