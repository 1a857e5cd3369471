/* SPDX-License-Identifier: MIT */
/*
 * plainin -- values as they stand plainly in a page (Encodings.md, PLAIN)
 */
#ifndef TK_PLAININ_H
#define TK_PLAININ_H

#include "parquet/leaf.h"

uint32_t plainin_u32(const char *p);

/*
 * Returns the word of an integer of which only the lower bits are known: 32 of
 * an INT32, whose sign is carried on unless the leaf is unsigned.
 */
uint64_t plainin_integer(const struct leaf *, uint64_t);

/* Reads n values of a leaf of fixed size. */
void plainin_words(const struct leaf *, const char *p, size_t n,
    uint64_t *word);

/*
 * Splits n texts off *bytes, each behind its length; false if one goes beyond
 * them.
 */
bool plainin_texts(struct str *bytes, size_t n, struct str *text);

#endif
