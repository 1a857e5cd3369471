/* SPDX-License-Identifier: MIT */
/*
 * raw -- integers and text out of the bytes of an event
 */
#ifndef TK_RAW_H
#define TK_RAW_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Tells whether data of that byte order is not in that of this machine. */
static inline bool
raw_must_swap(bool big_endian)
{
	return big_endian != (__BYTE_ORDER == __BIG_ENDIAN);
}

/* Reads an integer of 1, 2, 4 or 8 bytes, without a sign. */
static inline uint64_t
raw_load(const uint8_t *p, unsigned size, bool swap)
{
	uint16_t two;
	uint32_t four;
	uint64_t eight;

	switch (size) {
	case 1:
		return *p;
	case 2:
		memcpy(&two, p, 2);
		return swap ? __builtin_bswap16(two) : two;
	case 4:
		memcpy(&four, p, 4);
		return swap ? __builtin_bswap32(four) : four;
	default:
		memcpy(&eight, p, 8);
		return swap ? __builtin_bswap64(eight) : eight;
	}
}

/* Gives an integer of that size its sign. */
static inline int64_t
raw_extend(uint64_t v, unsigned size)
{
	unsigned shift = 64 - 8 * size;

	return (int64_t)(v << shift) >> shift;
}

/*
 * Returns how many bytes stand before the first NUL, eight at a time: names
 * are too short for a call of memchr(3) to be worth it.
 */
static inline size_t
raw_text_length(const uint8_t *p, size_t n)
{
	const uint64_t low = 0x0101010101010101, high = low << 7;
	uint64_t v;
	size_t i = 0;

	for (; i + 8 <= n; i += 8) {
		memcpy(&v, p + i, 8);
		v = le64toh(v);
		/* The lowest byte whose high bit is left was zero. */
		if ((v = (v - low) & ~v & high) != 0)
			return i + (size_t)__builtin_ctzll(v) / 8;
	}
	while (i < n && p[i] != '\0')
		i++;
	return i;
}

#endif
