/* SPDX-License-Identifier: MIT */
/*
 * levelsin -- read the levels of a page: which rows are there, and which
 * values belong to one row (Encodings.md; Dremel's levels)
 *
 * A value's repetition level is 0 where a row begins, and 1 where a list goes
 * on; its definition level tells how much of it is there.
 */
#ifndef TK_LEVELSIN_H
#define TK_LEVELSIN_H

#include "parquet/hybridin.h"

enum { LEVELSIN_AHEAD = 64 };

struct levelsin {
	uint64_t left; /* values whose levels were not taken yet */

	/* levelsin's own: */
	uint32_t most; /* of definition levels */
	struct hybridin repetition, definition;
	uint32_t rep[LEVELSIN_AHEAD], def[LEVELSIN_AHEAD];
	size_t at, n; /* of these that were read ahead */
};

/*
 * Begins with the levels of so many values, which are lent; most is the
 * highest definition level, up to 3.
 */
void levelsin_open(struct levelsin *, uint64_t values, struct str repetition,
    struct str definition, unsigned most);

/*
 * Takes the definition levels of n values that are 0 or 1, and counts the
 * latter.  Returns NULL, or what is wrong: a phrase.
 */
const char *levelsin_defined(struct levelsin *, size_t n, uint8_t *defined,
    size_t *count);

/*
 * Shows both levels of the next value, of which there is one; the other
 * function takes it.  Returns NULL, or what is wrong: a phrase.
 */
const char *levelsin_look(struct levelsin *, uint32_t *repetition,
    uint32_t *definition);
void levelsin_take(struct levelsin *);

#endif
