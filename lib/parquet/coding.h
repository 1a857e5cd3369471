/* SPDX-License-Identifier: MIT */
/*
 * coding -- the encodings of values, each by its number
 */
#ifndef TK_CODING_H
#define TK_CODING_H

#include "parquet/gathered.h"
#include "stream/output.h"

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
	/* Of a dictionary: what it holds, if it is no texts, and how many. */
	const uint64_t *word;
	size_t entries;
	unsigned width; /* the bits of an index, and more if that is better */
	/* Differences are packed in whole bytes, for a compressor. */
	bool whole;
	/* Bits of a value in a page, about; 0: texts that differ in size. */
	unsigned bits;
};

/* Room for numbers on the way, used again; zeroed at first. */
struct coding_room {
	uint64_t *word;
	size_t words;
};

/* Writes n of the gathered values from one on, as they stand in a page. */
void coding_put(struct output *, const struct leaf *, const struct coding *,
    const struct gathered *, size_t at, size_t n, struct coding_room *);

/* Writes the first n values of a dictionary. */
void coding_put_entries(struct output *, const struct leaf *,
    const struct coding *, const struct gathered *, size_t n);

#endif
