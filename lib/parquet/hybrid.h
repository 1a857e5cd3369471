/* SPDX-License-Identifier: MIT */
/*
 * hybrid -- small numbers as runs of one value, or packed, as is shorter
 *
 * The RLE/bit-packing hybrid of levels, of indexes into a dictionary and of
 * booleans (apache/parquet-format, Encodings.md, "RLE = 3"), without the
 * length that stands before it in some places.
 */
#ifndef TK_HYBRID_H
#define TK_HYBRID_H

#include "stream/output.h"

/* Writes n numbers of up to width bits each, 1 to 32. */
void hybrid_put(struct output *, const uint32_t *v, size_t n, unsigned width);

/* The same for n times one number. */
void hybrid_run(struct output *, uint32_t v, size_t n, unsigned width);

#endif
