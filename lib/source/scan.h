/* SPDX-License-Identifier: MIT */
/*
 * scan -- the pieces of which the fronts of lines are made
 *
 * Each function takes its piece from p on, not beyond end, and returns where
 * it ends, or NULL if there is none.
 */
#ifndef TK_SCAN_H
#define TK_SCAN_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/num.h"
#include "base/word.h"

static inline bool
scan_is_digit(char c)
{
	return (unsigned char)c - (unsigned)'0' <= 9;
}

/* Returns the eight bytes at p as a number whose lowest byte is the first. */
static inline uint64_t
scan_eight(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return le64toh(v);
}

/* Passes over blanks, of which there may be none or many. */
static inline const char *
scan_blanks(const char *p, const char *end)
{
	const uint64_t blanks = 0x2020202020202020;

	for (; end - p >= 8; p += 8) {
		uint64_t v = scan_eight(p) ^ blanks;

		if (v != 0)
			return p + (__builtin_ctzll(v) >> 3);
	}
	while (p < end && *p == ' ')
		p++;
	return p;
}

/*
 * Marks the bytes of v, each in its highest bit, that are no part of a word
 * (word.h).  Bytes from a to b are those to which 0x80 - a adds a carry into
 * that bit, and 0x7f - b none; other bits stay apart.
 */
static inline uint64_t
scan_no_word(uint64_t v)
{
	const uint64_t ones = 0x0101010101010101, high = ones << 7;
	uint64_t low = v & ~high, letters = low | ones * 0x20;
	uint64_t digit = (low + ones * (0x80 - '0')) &
	    ~(low + ones * (0x7f - '9'));
	uint64_t letter = (letters + ones * (0x80 - 'a')) &
	    ~(letters + ones * (0x7f - 'z'));
	uint64_t line = ~((low ^ ones * '_') + ones * 0x7f);

	return (~(digit | letter | line) | v) & high;
}

/* Returns where the word ends that may begin here. */
static inline const char *
scan_word(const char *p, const char *end)
{
	for (; end - p >= 8; p += 8) {
		uint64_t v = scan_no_word(scan_eight(p));

		if (v != 0)
			return p + (__builtin_ctzll(v) >> 3);
	}
	while (p < end && word_is(*p))
		p++;
	return p;
}

/*
 * Finds the first c, eight bytes at a time: for the inner loops, where what is
 * looked for is near.  Returns end where there is none.
 */
static inline const char *
scan_find(const char *p, const char *end, char c)
{
	const uint64_t ones = 0x0101010101010101;

	for (; end - p >= 8; p += 8) {
		uint64_t v = scan_eight(p) ^ ones * (unsigned char)c;

		v = (v - ones) & ~v & ones << 7; /* the lowest mark is sure */
		if (v != 0)
			return p + (__builtin_ctzll(v) >> 3);
	}
	while (p < end && *p != c)
		p++;
	return p;
}

/* Returns where the digits end that may begin here. */
static inline const char *
scan_digits(const char *p, const char *end)
{
	const uint64_t zeros = 0x3030303030303030, ones = 0x0101010101010101;

	if (end - p >= 8) {
		uint64_t v = scan_eight(p) ^ zeros;

		v = (((v & ones * 0x7f) + ones * 0x76) | v) & ones << 7;
		if (v != 0)
			return p + (__builtin_ctzll(v) >> 3);
		p += 8;
	}
	while (p < end && scan_is_digit(*p))
		p++;
	return p;
}

/* Takes digits that fit an int64_t for sure. */
static inline const char *
scan_number(const char *p, const char *end, int64_t *out)
{
	enum { DIGITS_MAX = 18 };
	const char *behind = scan_digits(p, end);
	uint64_t few;
	int64_t v = 0;

	if (behind == p || behind - p > DIGITS_MAX)
		return NULL;
	if (behind - p < 8 && end - p >= 8 &&
	    num_digits(p, (unsigned)(behind - p), &few)) {
		*out = (int64_t)few;
		return behind;
	}
	for (; p < behind; p++)
		v = v * 10 + (*p - '0');
	*out = v;
	return behind;
}

/*
 * Takes up to seven digits, where eight bytes can be read; NULL where there
 * are none or more.  As num_digits, but it finds their number itself.
 */
static inline const char *
scan_few_digits(const char *p, uint64_t *out)
{
	const uint64_t zeros = 0x3030303030303030, ones = 0x0101010101010101;
	uint64_t v = scan_eight(p) ^ zeros;
	uint64_t other = (((v & ones * 0x7f) + ones * 0x76) | v) & ones << 7;
	unsigned bits = (unsigned)__builtin_ctzll(other | 1ull << 63) & 0x38;

	if (bits == 0 || other == 0)
		return NULL;
	v <<= 64 - bits; /* zeros before the digits */
	v = v * 10 + (v >> 8);
	*out = ((v & 0xff000000ff) * (100 + (1000000ull << 32)) +
		   (v >> 16 & 0xff000000ff) * (1 + (10000ull << 32))) >>
	    32;
	return p + bits / 8;
}

/* What a time was. */
struct scan_time {
	int64_t ts; /* ns, or ticks of a clock without a point */
	bool nsec;  /* it has nine places */
};

/* Takes a time and the colon behind it. */
const char *scan_time(const char *p, const char *end, struct scan_time *out);

#endif
