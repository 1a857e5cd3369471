/* SPDX-License-Identifier: MIT */
#include "base/num.h"

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
