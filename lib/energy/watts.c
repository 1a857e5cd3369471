/* SPDX-License-Identifier: MIT */
#include "energy/watts.h"

#include "base/num.h"
#include "base/wide.h"

size_t
watts_put(char *p, uint64_t uw)
{
	size_t n = num_put(p, uw / WATTS_UW);

	/* A one before the places makes them six; the point takes its place. */
	num_put(p + n, WATTS_UW + uw % WATTS_UW);
	p[n] = '.';
	return n + 1 + WATTS_PLACES;
}

/* Returns the exponent of a number of JSON; what is very large is cut. */
static int64_t
exponent_of(struct str text)
{
	enum { MOST = 1 << 24 };
	size_t i = 0;
	int64_t v = 0;
	bool minus;

	while (i < text.n && (text.p[i] | 0x20) != 'e')
		i++;
	if (i == text.n)
		return 0;
	i++;
	minus = text.p[i] == '-';
	if (minus || text.p[i] == '+')
		i++;
	for (; i < text.n && v < MOST; i++)
		v = v * 10 + (text.p[i] - '0');
	return minus ? -v : v;
}

bool
watts_read(struct str text, uint64_t *uw)
{
	int64_t keep = exponent_of(text) + WATTS_PLACES, n = 0;
	bool minus = text.p[0] == '-', up = false;
	wide v = 0;

	/* So many digits are uW; the one behind them rounds. */
	for (size_t i = minus;
	     i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++)
		keep++;
	for (size_t i = minus; i < text.n && v <= UINT64_MAX; i++) {
		unsigned digit = (unsigned char)text.p[i] - (unsigned)'0';

		if ((text.p[i] | 0x20) == 'e' || n > keep)
			break;
		if (digit > 9) /* the point */
			continue;
		if (n < keep)
			v = v * 10 + digit;
		else if (n == keep)
			up = digit >= 5;
		n++;
	}
	for (; n < keep && v > 0 && v <= UINT64_MAX; n++)
		v *= 10;
	v += up;
	*uw = (uint64_t)v;
	return v <= UINT64_MAX && (v == 0 || !minus);
}
