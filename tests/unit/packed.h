/* SPDX-License-Identifier: MIT */
/*
 * packed -- look at bytes bit by bit, the simplest way there is
 */
#ifndef TK_UNIT_PACKED_H
#define TK_UNIT_PACKED_H

#include <assert.h>

#include "stream/output.h"

/* Asserts what was written, bytes of which any may be 0; and begins anew. */
static inline void
packed_is(struct output *out, const char *bytes, size_t n)
{
	assert(out->n == n && memcmp(out->buf, bytes, n) == 0);
	out->n = 0;
}
#define PACKED_IS(out, z) packed_is(out, z, sizeof(z) - 1)

static inline uint64_t
packed_bits(const char *p, size_t bit, unsigned width)
{
	uint64_t v = 0;

	for (unsigned i = 0; i < width; i++, bit++)
		v |= (uint64_t)((unsigned char)p[bit / 8] >> bit % 8 & 1) << i;
	return v;
}

/* Reads an unsigned number of LEB128; returns what is behind it. */
static inline const char *
packed_varint(const char *p, uint64_t *v)
{
	*v = 0;
	for (unsigned shift = 0;; shift += 7) {
		*v |= (uint64_t)(*p & 0x7f) << shift;
		if ((*p++ & 0x80) == 0)
			return p;
	}
}

/* The next of some numbers that are always the same (Marsaglia's xorshift). */
static inline uint64_t
packed_any(void)
{
	static uint64_t x = 88172645463325252;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x;
}

#endif
