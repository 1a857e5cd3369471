/* SPDX-License-Identifier: MIT */
/*
 * bitpack -- numbers of a few bits each, without a gap
 *
 * The first number is in the lowest bits of the first byte (apache/
 * parquet-format, Encodings.md, "RLE").
 */
#ifndef TK_BITPACK_H
#define TK_BITPACK_H

#include <stddef.h>
#include <stdint.h>

/* What the functions below may write behind the last byte that counts. */
enum { BITPACK_SLACK = 16 };

/* Returns how many bits v needs: 0 for 0, 64 at most. */
static inline unsigned
bitpack_width(uint64_t v)
{
	return v == 0 ? 0 : 64 - (unsigned)__builtin_clzll(v);
}

/*
 * Pack n numbers, a multiple of 8, of the lowest width bits each (none has
 * more) into n * width / 8 bytes at to.
 */
void bitpack_32(char *to, const uint32_t *v, size_t n, unsigned width);
void bitpack_64(char *to, const uint64_t *v, size_t n, unsigned width);

#endif
