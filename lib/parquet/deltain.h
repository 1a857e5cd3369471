/* SPDX-License-Identifier: MIT */
/*
 * deltain -- read numbers as differences, packed in blocks (Encodings.md,
 * DELTA_BINARY_PACKED)
 */
#ifndef TK_DELTAIN_H
#define TK_DELTAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct deltain {
	const char *why; /* what is wrong, or NULL */
	uint64_t left;   /* numbers that are still to come */

	/* deltain's own: */
	const char *p, *end;
	uint64_t per;       /* numbers in a miniblock */
	uint64_t minis;     /* miniblocks in a block */
	const char *widths; /* of the miniblocks of this block that follow */
	uint64_t widths_n;
	uint64_t value, least;
	bool first;        /* no number was read */
	unsigned width;    /* of this miniblock */
	uint64_t mini;     /* numbers left in it */
	const char *place; /* of it */
	uint64_t bit;
};

/* Begins; bytes are lent.  What is wrong with them shows in why. */
void deltain_open(struct deltain *, struct str bytes);

/*
 * Reads up to n numbers, modulo 2^64.  Returns how many: fewer at their end,
 * or where why is set.
 */
size_t deltain_read(struct deltain *, uint64_t *to, size_t n);

/*
 * Steps over all numbers that are left, in a time that is bounded by their
 * bytes, and returns what is behind them; p NULL with why set.
 */
struct str deltain_behind(struct deltain *);

#endif
