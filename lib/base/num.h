/* SPDX-License-Identifier: MIT */
/*
 * num -- numbers out of text, strictly, and into it, quickly
 *
 * Those that read take a whole str: a number with something before or behind
 * it is no number.  They return false, and leave *out alone, where the text
 * is no number or does not fit.
 */
#ifndef TK_NUM_H
#define TK_NUM_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Reads decimal digits. */
bool num_u64(struct str s, uint64_t *out);

/* Reads decimal digits, with or without a minus before them. */
bool num_s64(struct str s, int64_t *out);

/* Returns the value of a hexadecimal digit, or -1. */
static inline int
num_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Reads hexadecimal digits, with or without 0x before them. */
bool num_hex(struct str s, uint64_t *out);

/*
 * Reads a time in seconds with a decimal point and up to nine places, as
 * traces print it, into nanoseconds.  Without a point it is a plain number,
 * as the clocks that count something else than seconds print it.
 */
bool num_time(struct str s, int64_t *ns);

/*
 * Reads exactly n <= 8 digits at p, where eight bytes can be read, all at
 * once: neighbours are joined to numbers of two digits, those to four, those
 * to eight.  For the inner loops of readers; about a dozen instructions.
 */
static inline bool
num_digits(const char *p, unsigned n, uint64_t *out)
{
	const uint64_t zeros = 0x3030303030303030, high = 0xf0f0f0f0f0f0f0f0;
	uint64_t v;

	memcpy(&v, p, 8);
	v = le64toh(v);
	if (n < 8) /* zeros before the digits */
		v = v << (8 * (8 - n)) | zeros >> (8 * n);
	if ((v & high) != zeros || ((v + 0x0606060606060606) & high) != zeros)
		return false;
	v -= zeros;
	v = v * 10 + (v >> 8);
	*out = ((v & 0xff000000ff) * (100 + (1000000ull << 32)) +
		   (v >> 16 & 0xff000000ff) * (1 + (10000ull << 32))) >>
	    32;
	return true;
}

/* Room for the longest number, with its minus. */
enum { NUM_TEXT = 20 };

/* The digits of 0 to 99, in pairs. */
extern const char num_pairs[200];

/* Writes a number of three digits or more; see num_put. */
size_t num_put_long(char *p, uint64_t v);

/*
 * Write v in decimal (with a minus where it is below 0), or in hexadecimal
 * without anything before it; return how many bytes, at most NUM_TEXT, they
 * wrote.  No NUL follows.
 */
static inline size_t
num_put(char *p, uint64_t v)
{
	if (v >= 100)
		return num_put_long(p, v);
	if (v >= 10) {
		memcpy(p, num_pairs + 2 * v, 2);
		return 2;
	}
	*p = (char)('0' + v);
	return 1;
}

static inline size_t
num_put_signed(char *p, int64_t v)
{
	if (v >= 0)
		return num_put(p, (uint64_t)v);
	*p = '-';
	return 1 + num_put(p + 1, 0 - (uint64_t)v);
}

size_t num_put_hex(char *p, uint64_t v);

/*
 * Returns the fewest digits, up to 17, with which printf's %.*g writes a number
 * so that the same is read back.
 */
size_t num_precision(double v);

#endif
