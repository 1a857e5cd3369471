/* SPDX-License-Identifier: MIT */
/*
 * gathered -- the values of a chunk one behind the other, and their levels
 *
 * What is encoded must not depend on how rows are cut into vectors, so all
 * encoding begins here.  Levels are those of Dremel, as the format has them:
 * one for each row, or for each element of a list and each list that has none.
 */
#ifndef TK_GATHERED_H
#define TK_GATHERED_H

#include "parquet/leaf.h"
#include "parquet/vector.h"

struct gathered {
	size_t rows;
	size_t levels;
	size_t n; /* of values that are there */
	/* All n values are equal, and only the first of them is given. */
	bool same;
	const uint64_t *word; /* of all but texts */
	/*
	 * Of texts, and of numbers once there is a dictionary: which one.  The
	 * texts stand in the order of their first use, each of them once, as
	 * long as distinct holds.
	 */
	const uint32_t *index;
	const struct str *text;
	size_t texts;
	bool distinct;
	/* By level; NULL: all are the usual one, or 0. */
	const uint8_t *defined;
	const uint8_t *repeated;
	unsigned usual;
	unsigned greatest; /* what those have that are there */
	/* Of lists, for each row: how many levels it has, 1 at least. */
	const uint32_t *length;
};

struct gathering; /* opaque: room, used again */

struct gathering *gathering_new(void);
void gathering_free(struct gathering *);

/*
 * Gathers n vectors; what is given lives until the next call, and as long as
 * the vectors do.  Texts are told apart up to most distinct ones.
 */
const struct gathered *gathering_take(struct gathering *, const struct leaf *,
    const struct vector *, size_t n, size_t most);

/* The same for so many rows of which all are null. */
const struct gathered *gathering_nothing(struct gathering *,
    const struct leaf *, size_t rows);

/* Gives a value that all are of for each of them. */
void gathering_spread(struct gathering *, const struct leaf *);

/* Returns room for an index of each of n values: that of what is gathered. */
uint32_t *gathering_index(struct gathering *, size_t n);

#endif
