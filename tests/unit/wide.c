/* SPDX-License-Identifier: MIT */
/* wide: numbers of 128 bits beside printf, by hand, and by long division */
#undef NDEBUG
#include "base/wide.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const wide most = ~(wide)0;

static uint64_t chance = 88172645463325252;

/* The next of a series of numbers, of any size. */
static uint64_t
any(void)
{
	chance ^= chance << 13;
	chance ^= chance >> 7;
	chance ^= chance << 17;
	return chance >> (chance % 61);
}

static bool
put_is(wide v, const char *want)
{
	char got[WIDE_TEXT + 1];
	size_t n;

	memset(got, '~', sizeof(got));
	n = wide_put(got, v);
	return n == strlen(want) && memcmp(got, want, n) == 0 && got[n] == '~';
}

static bool
decimal_is(wide v, unsigned places, const char *want)
{
	char got[WIDE_TEXT + 3];
	size_t n;

	memset(got, '~', sizeof(got));
	n = wide_put_decimal(got, v, places);
	return n == strlen(want) && memcmp(got, want, n) == 0 && got[n] == '~';
}

static void
test_put(void)
{
	assert(put_is(0, "0"));
	assert(put_is(9, "9"));
	assert(put_is(10, "10"));
	assert(put_is(UINT64_MAX, "18446744073709551615"));
	assert(put_is((wide)UINT64_MAX + 1, "18446744073709551616"));
	assert(put_is((wide)UINT64_MAX * 10, "184467440737095516150"));
	assert(put_is((wide)10000000000 * 10000000000 * 10000000000,
	    "1000000000000000000000000000000"));
	assert(put_is(most, "340282366920938463463374607431768211455"));
	assert(put_is(most / 10, "34028236692093846346337460743176821145"));
}

/* Two halves of decimal digits, that printf can write one by one. */
static void
test_put_beside_printf(void)
{
	const uint64_t e18 = 1000000000000000000;
	char want[64];

	for (int i = 0; i < 100000; i++) {
		uint64_t high = any(), low = any() % e18;

		snprintf(want, sizeof(want), "%" PRIu64, low);
		assert(put_is(low, want));
		snprintf(want, sizeof(want), "%" PRIu64 "%018" PRIu64, high | 1,
		    low);
		assert(put_is((wide)(high | 1) * e18 + low, want));
		snprintf(want, sizeof(want), "%" PRIu64 ".%018" PRIu64, high,
		    low);
		assert(decimal_is((wide)high * e18 + low, 18, want));
		snprintf(want, sizeof(want), "%" PRIu64 ".%06" PRIu64, high,
		    low % 1000000);
		assert(
		    decimal_is((wide)high * 1000000 + low % 1000000, 6, want));
	}
}

static void
test_decimal(void)
{
	assert(decimal_is(0, 1, "0.0"));
	assert(decimal_is(0, 6, "0.000000"));
	assert(decimal_is(1, 18, "0.000000000000000001"));
	assert(decimal_is(7, 3, "0.007"));
	assert(decimal_is(999, 3, "0.999"));
	assert(decimal_is(1000, 3, "1.000"));
	assert(decimal_is(1234567, 6, "1.234567"));
	assert(decimal_is(34560000000000, 6, "34560000.000000"));
	assert(decimal_is(UINT64_MAX, 6, "18446744073709.551615"));
	assert(decimal_is((wide)UINT64_MAX + 1, 6, "18446744073709.551616"));
	assert(decimal_is(most, 1, "34028236692093846346337460743176821145.5"));
	assert(
	    decimal_is(most, 18, "340282366920938463463.374607431768211455"));
}

static void
test_scale(void)
{
	const uint64_t e9 = 1000000000;

	assert(wide_scale(0, 5, 7) == 0);
	assert(wide_scale(7, 0, 7) == 0);
	assert(wide_scale(1, 1, 2) == 1);  /* 0.5 */
	assert(wide_scale(1, 1, 3) == 0);  /* 0.33 */
	assert(wide_scale(2, 1, 3) == 1);  /* 0.67 */
	assert(wide_scale(5, 1, 2) == 3);  /* 2.5 */
	assert(wide_scale(1, 5, 10) == 1); /* 0.5 */
	assert(wide_scale(1, 4, 10) == 0); /* 0.4 */
	assert(wide_scale(400, e9, e9) == 400);
	/* 50 mJ in 1.000001 ms are 49.999950000... W. */
	assert(wide_scale(50000, e9, 1000001) == 49999950);
	assert(wide_scale(UINT64_MAX, UINT64_MAX, UINT64_MAX) == UINT64_MAX);
	assert(wide_scale(UINT64_MAX, e9, 1) == (wide)UINT64_MAX * e9);
	assert(wide_scale(most / 4, 2, most / 4) == 2);
}

/* Divides bit by bit. */
static wide
divided(wide a, wide c, wide *rest)
{
	wide q = 0, r = 0;

	for (int bit = 127; bit >= 0; bit--) {
		r = r << 1 | (a >> bit & 1);
		if (r >= c) {
			r -= c;
			q |= (wide)1 << bit;
		}
	}
	*rest = r;
	return q;
}

static void
test_scale_by_long_division(void)
{
	for (int i = 0; i < 20000; i++) {
		uint64_t a = any(), b = any() >> 1, c = any() | (i % 64 == 0);
		wide q, rest;

		c += c == 0;
		q = divided((wide)a * b, c, &rest);
		q += rest >= c - rest;
		assert(wide_scale(a, b, c) == q);
	}
}

int
main(void)
{
	test_put();
	test_put_beside_printf();
	test_decimal();
	test_scale();
	test_scale_by_long_division();
	return 0;
}
