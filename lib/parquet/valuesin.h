/* SPDX-License-Identifier: MIT */
/*
 * valuesin -- read the values of a page, however they are encoded
 *
 * All encodings of Encodings.md that are not deprecated are read, and
 * PLAIN_DICTIONARY, as far as they go with the types of a leaf:
 *
 *	PLAIN, RLE_DICTIONARY	all; no dictionary of booleans
 *	RLE			BOOLEAN
 *	DELTA_BINARY_PACKED	INT32, INT64
 *	DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY	BYTE_ARRAY
 *	BYTE_STREAM_SPLIT	INT32, INT64, FLOAT, DOUBLE
 *
 * Values come as vector.h has words.
 */
#ifndef TK_VALUESIN_H
#define TK_VALUESIN_H

#include "parquet/deltain.h"
#include "parquet/hybridin.h"
#include "parquet/leaf.h"

/* The encodings, under their numbers in parquet.thrift. */
enum valuesin_encoding {
	VALUESIN_PLAIN = 0,
	VALUESIN_PLAIN_DICTIONARY = 2,
	VALUESIN_RLE = 3,
	VALUESIN_BIT_PACKED = 4, /* deprecated, and not read */
	VALUESIN_DELTA = 5,
	VALUESIN_DELTA_LENGTH = 6,
	VALUESIN_DELTA_TEXT = 7,
	VALUESIN_RLE_DICTIONARY = 8,
	VALUESIN_SPLIT = 9,
};

/* The values of a dictionary: words, or texts. */
struct valuesin_dictionary {
	const uint64_t *word;
	const struct str *text;
	size_t n;
};

struct valuesin; /* opaque */

struct valuesin *valuesin_new(const struct leaf *);
void valuesin_free(struct valuesin *);

/*
 * Begins with the bytes of another page, which are lent, as is the dictionary
 * (NULL: there is none).  Returns NULL, or what is wrong: a phrase.
 */
const char *valuesin_open(struct valuesin *, int32_t encoding, struct str,
    const struct valuesin_dictionary *);

/*
 * Returns how many of the next n values can be had at once, n > 0: at least
 * one.  It is all of them but of DELTA_BYTE_ARRAY, where each text may be
 * longer than what the page has for it.
 */
size_t valuesin_ready(struct valuesin *, size_t n);

/*
 * Reads n values, as many as are ready at most.  Returns NULL, or what is
 * wrong.  Of texts word is the number of a text: of the dictionary's where
 * the page has its indices, else from 0 on of what is put to text, which has
 * room for n.
 */
const char *valuesin_read(struct valuesin *, size_t n, uint64_t *word,
    struct str *text);

/* Tells whether the texts are those of the dictionary. */
bool valuesin_indexed(const struct valuesin *);

#endif
