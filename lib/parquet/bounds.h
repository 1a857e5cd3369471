/* SPDX-License-Identifier: MIT */
/*
 * bounds -- the least and the greatest of some values, for statistics
 *
 * The order is that of the column's type (parquet.thrift, ColumnOrder):
 * signed or unsigned, and of texts that of their bytes, unsigned.  NaN counts
 * as no value; a zero is -0.0 as the least and +0.0 as the greatest.
 */
#ifndef TK_BOUNDS_H
#define TK_BOUNDS_H

#include "parquet/leaf.h"

/* As they are in the file: PLAIN without a length. */
struct bounds {
	bool known; /* else both are empty */
	struct str least, most;
	bool least_exact, most_exact; /* long texts are cut */
};

/* Texts in bounds are cut to so many bytes, and two of them need this room. */
enum { BOUNDS_TEXT = 64, BOUNDS_ROOM = 2 * BOUNDS_TEXT };

/* What is being found: of words or of texts, by the leaf. */
struct bounds_found {
	bool any;
	uint64_t least, most;
	struct str first, last;
};

/* Take n more words into account, of a leaf without texts; or one text. */
void bounds_words(struct bounds_found *, const struct leaf *, const uint64_t *,
    size_t n);
void bounds_text(struct bounds_found *, struct str);

/* Takes into account what another was told. */
void bounds_join(struct bounds_found *, const struct leaf *,
    const struct bounds_found *);

/* Returns what was found, with its bytes in the room, of BOUNDS_ROOM. */
struct bounds bounds_of(const struct bounds_found *, const struct leaf *,
    char *room);

/* Compares two of the same leaf: below 0, 0, or above. */
int bounds_compare(const struct leaf *, struct str, struct str);

#endif
