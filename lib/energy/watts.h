/* SPDX-License-Identifier: MIT */
/*
 * watts -- power as records have it: W with six places, kept as whole uW
 */
#ifndef TK_WATTS_H
#define TK_WATTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum {
	WATTS_UW = 1000000,
	WATTS_PLACES = 6,
	WATTS_TEXT = 21, /* room for the longest */
};

/* Writes uW as W with six places; returns how many bytes.  No NUL follows. */
size_t watts_put(char *p, uint64_t uw);

/*
 * Reads W, a number of JSON in whatever form, as uW, rounded to the nearest,
 * halves up.  False where it is below 0 or does not fit.  O(text.n).
 */
bool watts_read(struct str text, uint64_t *uw);

#endif
