/* SPDX-License-Identifier: MIT */
#include "base/wide.h"

#include <string.h>

#include "base/num.h"

size_t
wide_put(char *p, wide v)
{
	char digits[WIDE_TEXT];
	size_t n = WIDE_TEXT;

	if (v <= UINT64_MAX)
		return num_put(p, (uint64_t)v);
	for (; v > 0; v /= 10)
		digits[--n] = (char)('0' + (unsigned)(v % 10));
	memcpy(p, digits + n, WIDE_TEXT - n);
	return WIDE_TEXT - n;
}

size_t
wide_put_decimal(char *p, wide v, unsigned places)
{
	uint64_t one = 1, part;
	size_t n;

	for (unsigned i = 0; i < places; i++)
		one *= 10;
	n = wide_put(p, v / one);
	part = (uint64_t)(v % one);
	p[n] = '.';
	for (unsigned i = places; i > 0; i--, part /= 10)
		p[n + i] = (char)('0' + part % 10);
	return n + 1 + places;
}

wide
wide_scale(wide a, uint64_t b, wide c)
{
	return (a * b + c / 2) / c;
}
