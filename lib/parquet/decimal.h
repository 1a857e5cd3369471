/* SPDX-License-Identifier: MIT */
/*
 * decimal -- the double nearest to a decimal, quickly for those of few digits
 */
#ifndef TK_DECIMAL_H
#define TK_DECIMAL_H

#include <endian.h>
#include <float.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"

/* The powers of ten that a double has exactly. */
extern const double decimal_powers[23];

/* The same of integers. */
extern const uint64_t decimal_tens[20];

/*
 * Reads a number in JSON's form; false if it is beyond every double.  Rounds
 * to the nearest, and of two to the even one.
 */
bool decimal_read(struct str s, double *out);

/*
 * Reads the digits at p, up to eight of them, where eight bytes can be read;
 * returns how many.
 */
static inline unsigned
decimal_eight(const char *p, uint64_t *out)
{
	const uint64_t ones = UINT64_MAX / 255;
	uint64_t w, odd;
	unsigned n;

	memcpy(&w, p, 8);
	w = le64toh(w) ^ ones * '0';
	/* The lowest mark is sure: those above may have got a carry. */
	odd = ((w + ones * 0x76) | w) & ones * 0x80;
	n = odd != 0 ? (unsigned)__builtin_ctzll(odd) / 8 : 8;
	*out = 0;
	if (n == 0)
		return 0;
	w <<= 8 * (8 - n);
	w = w * 10 + (w >> 8);
	*out = ((w & 0xff000000ff) * (100 + (1000000ull << 32)) +
		   (w >> 16 & 0xff000000ff) * (1 + (10000ull << 32))) >>
	    32;
	return n;
}

/*
 * Reads all digits at p, up to 19, where 24 bytes can be read; returns how
 * many, or 0 where there is none, or more.
 */
static inline unsigned
decimal_digits(const char *p, uint64_t *out)
{
	uint64_t v, part;
	unsigned n, more;

	n = decimal_eight(p, &v);
	*out = v;
	if (n < 8)
		return n;
	more = decimal_eight(p + 8, &part);
	if (more == 0)
		return 8;
	v = v * decimal_tens[more] + part;
	*out = v;
	if (more < 8)
		return 8 + more;
	more = decimal_eight(p + 16, &part);
	if (more == 0)
		return 16;
	*out = v * decimal_tens[more & 3] + part;
	return more > 3 ? 0 : 16 + more;
}

/*
 * The same of a decimal of few digits with a point and without an exponent,
 * of which 56 bytes can be read; returns what is behind, or NULL where it is
 * anything else.  Two doubles that are exact are divided, so that there is
 * one rounding (Clinger, How to Read Floating Point Numbers Accurately).
 */
static inline const char *
decimal_quick(const char *p, double *out)
{
	bool minus = *p == '-';
	uint64_t whole, part;
	unsigned n, places;
	double v;

	p += minus;
	n = decimal_digits(p, &whole);
	if (n == 0 || n > 15 || (n > 1 && *p == '0') || p[n] != '.')
		return NULL;
	p += n + 1;
	places = decimal_digits(p, &part);
	if (places == 0 || n + places > 15 || FLT_EVAL_METHOD != 0)
		return NULL;
	v = (double)(whole * decimal_tens[places] + part) /
	    decimal_powers[places];
	*out = minus ? -v : v;
	return p + places;
}

#endif
