/* SPDX-License-Identifier: MIT */
/*
 * widen -- values of a column as those of a wider kind (kind.h)
 *
 * As a text, an integer is its digits, a boolean true or false, a list its
 * integers between brackets, without blanks.  A decimal is the shortest that
 * is read back the same, a whole one of up to 53 bits all its digits: how it
 * was spelled is not known any more.
 */
#ifndef TK_WIDEN_H
#define TK_WIDEN_H

#include "parquet/kind.h"
#include "parquet/vector.h"

/* The longest text of a word. */
enum { WIDEN_TEXT = 32 };

/* Writes a word of a kind, none of TEXT, as its text; returns its length. */
size_t widen_put(enum kind, uint64_t word, char *to);

/* Writes a list; to has room for NUM_TEXT + 1 bytes an element, and 2. */
size_t widen_put_list(const uint64_t *word, size_t n, char *to);

/* Returns the bits of the double that an INTEGER of up to 53 bits is. */
uint64_t widen_decimal(uint64_t word);

/* What widened vectors point into; used again.  Zero it. */
struct widen_room {
	uint64_t *word;
	uint32_t *length;
	struct str *text;
	char *bytes;
	size_t words, lengths, texts, capacity; /* of the four */
};

/*
 * Makes a vector of one kind into one of a kind that kind_join gave; wide
 * then points into what narrow points to, and into the room until its next
 * use.  INTEGER and DECIMAL are of 64 bits.
 */
void widen_vector(struct widen_room *, enum kind from, enum kind to,
    const struct vector *narrow, struct vector *wide);

void widen_free(struct widen_room *);

#endif
