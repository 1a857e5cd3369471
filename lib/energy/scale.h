/* SPDX-License-Identifier: MIT */
/*
 * scale -- the round numbers of an axis
 */
#ifndef TK_SCALE_H
#define TK_SCALE_H

#include "base/wide.h"

/* Steps are this many, at least three if the top is five units or more. */
enum { SCALE_STEPS = 5 };

struct scale {
	wide step; /* 1, 2 or 5, and zeros */
	unsigned steps;
};

/* Returns the smallest of 1, 2, 5, 10, 20, 50 ... that is not below least. */
wide scale_step(wide least);

/* Sets the fewest steps, at least one, that reach top. */
void scale_to(struct scale *, wide top);

/* Room for the text of any number. */
enum { SCALE_TEXT = WIDE_TEXT + 2 };

/*
 * Writes v, of which 10^places make one, as a decimal with no more places
 * than multiples of step need.  Returns how many bytes, without a NUL.
 */
size_t scale_put(char *p, wide v, wide step, unsigned places);

#endif
