/* SPDX-License-Identifier: MIT */
#include "base/num.h"

#include <stdio.h>
#include <stdlib.h>

bool
num_u64(struct str s, uint64_t *out)
{
	uint64_t v = 0;

	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned d = (unsigned char)s.p[i] - (unsigned)'0';

		if (d > 9)
			return false;
		/* 19 digits always fit: most numbers need no check. */
		if (i >= 19 && v > (UINT64_MAX - d) / 10)
			return false;
		v = v * 10 + d;
	}
	*out = v;
	return true;
}

bool
num_s64(struct str s, int64_t *out)
{
	bool minus = s.n > 0 && s.p[0] == '-';
	uint64_t v;

	if (!num_u64(minus ? str_skip(s, 1) : s, &v))
		return false;
	if (v > (uint64_t)INT64_MAX + minus)
		return false;
	*out = (int64_t)(minus ? 0 - v : v);
	return true;
}

bool
num_hex(struct str s, uint64_t *out)
{
	uint64_t v = 0;

	if (str_starts(s, "0x"))
		s = str_skip(s, 2);
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		int d = num_hex_digit(s.p[i]);

		if (d < 0 || v >> 60 != 0)
			return false;
		v = v << 4 | (unsigned)d;
	}
	*out = v;
	return true;
}

bool
num_time(struct str s, int64_t *ns)
{
	const char *dot = s.n > 0 ? memchr(s.p, '.', s.n) : NULL;
	size_t whole = dot != NULL ? (size_t)(dot - s.p) : s.n;
	size_t places = dot != NULL ? s.n - whole - 1 : 0;
	uint64_t sec, frac;

	if (!num_u64((struct str){ s.p, whole }, &sec) || sec > INT64_MAX)
		return false;
	if (dot == NULL) {
		*ns = (int64_t)sec;
		return true;
	}
	if (places > 9 || !num_u64((struct str){ dot + 1, places }, &frac))
		return false;
	for (; places < 9; places++)
		frac *= 10;
	if (sec > (INT64_MAX - frac) / 1000000000u)
		return false;
	*ns = (int64_t)(sec * 1000000000u + frac);
	return true;
}

const char num_pairs[200] = "00010203040506070809"
			    "10111213141516171819"
			    "20212223242526272829"
			    "30313233343536373839"
			    "40414243444546474849"
			    "50515253545556575859"
			    "60616263646566676869"
			    "70717273747576777879"
			    "80818283848586878889"
			    "90919293949596979899";

/* Writes four digits. */
static inline void
put_four(char *p, uint32_t v)
{
	memcpy(p, num_pairs + 2 * (v / 100), 2);
	memcpy(p + 2, num_pairs + 2 * (v % 100), 2);
}

/*
 * Writes eight digits.  Halves are divided on their own, so that the
 * processor works on both at once.
 */
static inline void
put_eight(char *p, uint32_t v)
{
	put_four(p, v / 10000);
	put_four(p + 4, v % 10000);
}

/* Writes a number below 10000. */
static inline size_t
put_up_to_four(char *p, uint32_t v)
{
	size_t n;

	if (v < 100)
		return num_put(p, v);
	n = num_put(p, v / 100);
	memcpy(p + n, num_pairs + 2 * (v % 100), 2);
	return n + 2;
}

/* Writes a number below 100000000. */
static inline size_t
put_up_to_eight(char *p, uint32_t v)
{
	size_t n;

	if (v < 10000)
		return put_up_to_four(p, v);
	n = put_up_to_four(p, v / 10000);
	put_four(p + n, v % 10000);
	return n + 4;
}

size_t
num_put_long(char *p, uint64_t v)
{
	const uint64_t eight = 100000000;
	uint64_t high = v / eight;
	size_t n;

	if (high == 0)
		return put_up_to_eight(p, (uint32_t)v);
	if (high < eight) {
		n = put_up_to_eight(p, (uint32_t)high);
	} else {
		n = put_up_to_eight(p, (uint32_t)(high / eight));
		put_eight(p + n, (uint32_t)(high % eight));
		n += 8;
	}
	put_eight(p + n, (uint32_t)(v % eight));
	return n + 8;
}

size_t
num_put_hex(char *p, uint64_t v)
{
	size_t n = v == 0 ? 1 : (67 - (size_t)__builtin_clzll(v)) / 4;

	for (size_t i = n; i > 0; v >>= 4)
		p[--i] = "0123456789abcdef"[v & 15];
	return n;
}

size_t
num_precision(double v)
{
	for (int n = 1; n < 17; n++) {
		char text[64];

		snprintf(text, sizeof(text), "%.*g", n, v);
		if (strtod(text, NULL) == v)
			return (size_t)n;
	}
	return 17;
}
