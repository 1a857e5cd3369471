/* SPDX-License-Identifier: MIT */
/*
 * coding -- how the values of a chunk are encoded, for the fewest bytes
 *
 * One encoding is chosen for all pages of a chunk.  It depends on the values
 * alone, so that the same ones always make the same bytes.
 */
#ifndef TK_CODING_H
#define TK_CODING_H

#include "parquet/codec.h"
#include "parquet/gathered.h"

/* The encodings, under their numbers in parquet.thrift. */
enum coding_how {
	CODING_PLAIN = 0,
	CODING_RLE = 3,
	CODING_DELTA = 5, /* DELTA_BINARY_PACKED */
	CODING_DELTA_LENGTH = 6,
	CODING_DICTIONARY = 8, /* RLE_DICTIONARY */
	CODING_SPLIT = 9,      /* BYTE_STREAM_SPLIT */
};

struct coding {
	enum coding_how how;
	/* Of a dictionary: the bits of an index, and what it holds. */
	unsigned width;
	size_t entries;
	const uint64_t *word; /* of no texts */
	/* Bits of a value in a page, about; 0: texts that differ in size. */
	unsigned bits;
};

#endif
