/* SPDX-License-Identifier: MIT */
#include "parquet/decimal.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

const double decimal_powers[23] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8,
	1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
	1e21, 1e22 };

const uint64_t decimal_tens[20] = { 1, 10, 100, 1000, 10000, 100000, 1000000,
	10000000, 100000000, 1000000000, 10000000000, 100000000000,
	1000000000000, 10000000000000, 100000000000000, 1000000000000000,
	10000000000000000, 100000000000000000, 1000000000000000000,
	10000000000000000000u };

/* strtod wants a NUL behind it, which a view does not have. */
bool
decimal_read(struct str s, double *out)
{
	char few[64], *copy = few;
	double v;

	if (s.n < sizeof(few)) {
		memcpy(few, s.p, s.n);
		few[s.n] = '\0';
	} else {
		copy = mem_dup(s.p, s.n);
	}
	v = strtod(copy, NULL);
	if (copy != few)
		free(copy);
	if (isinf(v))
		return false;
	*out = v;
	return true;
}
