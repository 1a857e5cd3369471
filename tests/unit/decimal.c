/* SPDX-License-Identifier: MIT */
/* decimal: digits and decimals are what strtoull and strtod make of them */
#include "parquet/decimal.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { TRIES = 500000, TEXT = 128 };

static uint64_t state = 1;

static uint64_t
any(uint64_t below)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (state >> 20) % below;
}

static void
digits_are_read(void)
{
	char text[TEXT], *end;
	uint64_t v;

	for (unsigned i = 0; i < TRIES; i++) {
		unsigned n = (unsigned)any(23), read;

		memset(text, (int)any(256), sizeof(text));
		for (unsigned k = 0; k < n; k++)
			text[k] = (char)('0' + any(10));
		/* Those on both sides of the digits, and any other. */
		text[n] = "/:,.}e\x80\xb0\xff"[any(9)];
		read = decimal_digits(text, &v);
		assert(read == (n <= 19 ? n : 0));
		assert(read == 0 ||
		    (v == strtoull(text, &end, 10) && end == text + n));
	}
}

static void
decimals_are_nearest(void)
{
	char text[TEXT] = "";
	unsigned quick = 0;
	double v, w;

	for (unsigned i = 0; i < TRIES; i++) {
		int n = snprintf(text, TEXT / 2, "%s%llu.%0*llu%s",
		    any(2) ? "-" : "", (unsigned long long)any(1ull << any(44)),
		    (int)(1 + any(12)), (unsigned long long)any(1 << any(31)),
		    any(99) ? "}" : "e5}");
		const char *end = decimal_quick(text, &v);
		double expected = strtod(text, NULL);

		assert(decimal_read((struct str){ text, (size_t)n - 1 }, &w));
		assert(w == expected);
		if (end == NULL)
			continue;
		quick++;
		/* An exponent is left where it is. */
		assert(end == text + n - 1 || *end == 'e');
		if (*end != 'e')
			assert(v == expected && !signbit(v) == !signbit(w));
	}
	assert(quick > TRIES / 3);
}

static bool
reads(const char *text, double expected)
{
	double v = 0;

	return decimal_read(str_of(text), &v) && v == expected;
}

static void
hard_ones_are_nearest(void)
{
	char zeros[1200];
	double v;

	assert(reads("0.1", 0x1.999999999999ap-4));
	assert(reads("9007199254740993.0", 9007199254740992.0));
	assert(reads("9007199254740993.00000000000000000000000000000000000"
		     "0000000000000000000000000000000001",
	    9007199254740994.0));
	assert(reads("5e-324", 0x1p-1074) && reads("2.4e-324", 0));
	assert(reads("1.7976931348623157e308", 0x1.fffffffffffffp1023));
	assert(!decimal_read(str_of("1.8e308"), &v));
	assert(!decimal_read(str_of("-1e999999999999999999999"), &v));
	memset(zeros, '0', sizeof(zeros));
	memcpy(zeros, "0.", 2);
	memcpy(zeros + sizeof(zeros) - 6, "1e1190", 6);
	assert(decimal_read((struct str){ zeros, sizeof(zeros) }, &v));
	assert(v == strtod("1e-2", NULL) || (v > 0.0009 && v < 0.11));
}

static void
what_is_no_plain_decimal_is_left(void)
{
	static const char *const left[] = { "1", "-", ".5", "1.", "01.5",
		"-01.5", "1.x", "1e5", "1234567890123456.5",
		"1.123456789012345", "" };
	char text[TEXT];
	const char *end;
	double v;

	for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++) {
		memset(text, 0, sizeof(text));
		memcpy(text, left[i], strlen(left[i]));
		end = decimal_quick(text, &v);
		assert(end == NULL);
	}
}

int
main(void)
{
	digits_are_read();
	decimals_are_nearest();
	hard_ones_are_nearest();
	what_is_no_plain_decimal_is_left();
	return 0;
}
