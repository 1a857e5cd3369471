/* SPDX-License-Identifier: MIT */
/*
 * delta -- integers as what each is above the one before, packed
 *
 * DELTA_BINARY_PACKED (apache/parquet-format, Encodings.md): blocks of 128
 * differences, of which the least is told once, in four parts that each have
 * the bits that its greatest rest needs.
 */
#ifndef TK_DELTA_H
#define TK_DELTA_H

#include "stream/output.h"

/*
 * Writes n words; half: of their lower 32 bits, as INT32 has them; whole: in
 * whole bytes each, of which a compressor makes more.
 */
void delta_put(struct output *, const uint64_t *, size_t n, bool half,
    bool whole);

#endif
