/* SPDX-License-Identifier: MIT */
/*
 * plain -- values as they are (Encodings.md: PLAIN, BYTE_STREAM_SPLIT)
 */
#ifndef TK_PLAIN_H
#define TK_PLAIN_H

#include "parquet/leaf.h"
#include "stream/output.h"

/* Writes n words of a leaf that has no texts. */
void plain_words(struct output *, const struct leaf *, const uint64_t *,
    size_t n);

/* Writes n texts, given by their numbers, each behind its length. */
void plain_texts(struct output *, const struct str *, const uint32_t *index,
    size_t n);

/*
 * Writes n words of a leaf of fixed size apart: the first bytes of all, then
 * their second bytes, and so on.
 */
void plain_split(struct output *, const struct leaf *, const uint64_t *,
    size_t n);

/*
 * The bits that stand for a word: of a FLOAT those of the nearest float; of
 * all that has 4 bytes the lower half.
 */
static inline uint32_t
plain_half(const struct leaf *leaf, uint64_t word)
{
	double wide;
	float narrow;
	uint32_t half;

	if (leaf->type != LEAF_FLOAT)
		return (uint32_t)word;
	memcpy(&wide, &word, 8);
	narrow = (float)wide;
	memcpy(&half, &narrow, 4);
	return half;
}

#endif
