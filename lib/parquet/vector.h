/* SPDX-License-Identifier: MIT */
/*
 * vector -- the values of a column in a stretch of rows
 *
 * A value is a word of 64 bits: an integer, with its sign carried on to the
 * word; 0 or 1 of a boolean; the bits of a double, of decimals of either
 * size; of bytes the number of a text.  Words stand one behind the other:
 * rows that are null have none, and rows that are lists as many as elements.
 */
#ifndef TK_VECTOR_H
#define TK_VECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* A view: what it points to is somebody else's. */
struct vector {
	size_t rows;
	size_t n; /* of words */
	const uint64_t *word;
	bool same; /* there is one word only, for all n */
	/* For each row 1, or 0 where it is null; NULL: none is null. */
	const uint8_t *defined;
	/* Of lists: how many words each row has, 0 where it is null. */
	const uint32_t *length;
	/*
	 * Of bytes: the texts, by number.  Two of them may be equal, and one
	 * may be used by no word.
	 */
	const struct str *text;
	size_t texts;
};

#endif
