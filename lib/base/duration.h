/* SPDX-License-Identifier: MIT */
/*
 * duration -- times as people type them: 10, 0.5, 250ms, 10s, 2h
 */
#ifndef TK_DURATION_H
#define TK_DURATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define NS_PER_S INT64_C(1000000000)

/*
 * Reads digits, perhaps with a point and up to nine places, and a unit: ns,
 * us, ms, s, m, h or d; seconds if there is none.  On one side of the point
 * there may be no digits: .5 and 1. are times.  Sets *ns to it in
 * nanoseconds, cut off below one.  False, and *ns left alone, if it is no
 * such time or does not fit.
 */
bool duration_read(struct str text, int64_t *ns);

#endif
