/* SPDX-License-Identifier: MIT */
/* shortest: the same number is read back, and no shorter text does it */
#undef NDEBUG
#include "parquet/shortest.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static struct output out;

static const char *
put(double v, bool is_float)
{
	out.n = 0;
	shortest_put(&out, v, is_float);
	output_byte(&out, '\0');
	return out.buf;
}

static bool
is(double v, bool is_float, const char *want)
{
	return strcmp(put(v, is_float), want) == 0;
}

static void
test_known(void)
{
	assert(is(0, false, "0.0") && is(-0.0, false, "-0.0"));
	assert(is(1, false, "1.0") && is(-17, true, "-17.0"));
	assert(is(0.1, false, "0.1") && is((double)0.1f, true, "0.1"));
	assert(is((double)0.1f, false, "0.10000000149011612"));
	assert(is(1e300, false, "1e+300"));
	assert(is(123456789012345.0, false, "123456789012345.0"));
	assert(is(9007199254740993.0, false, "9007199254740992.0"));
	assert(is(5e-324, false, "5e-324"));
	assert(is((double)1e-45f, true, "1e-45"));
	assert(is((double)16777216.0f, true, "16777216.0"));
	assert(is((double)FLT_MAX, true, "3.4028235e+38"));
	assert(is(DBL_MAX, false, "1.7976931348623157e+308"));
	assert(is((double)NAN, false, "\"NaN\""));
	assert(is((double)INFINITY, true, "\"Infinity\""));
	assert(is((double)-INFINITY, false, "\"-Infinity\""));
}

/* The fewest of printf's digits with which strtod reads the same. */
static void
test_any(void)
{
	uint64_t bits = 88172645463325252;
	double v, back;
	char text[40];

	for (int i = 0; i < 20000; i++) {
		bits ^= bits << 13; /* Marsaglia's xorshift */
		bits ^= bits >> 7;
		bits ^= bits << 17;
		memcpy(&v, &bits, sizeof(v));
		if (!isfinite(v))
			continue;
		back = strtod(put(v, false), NULL);
		assert(back == v && strpbrk(out.buf, ".e") != NULL);
		for (int n = 1; n <= 17; n++) {
			snprintf(text, sizeof(text), "%.*g", n, v);
			if (strtod(text, NULL) == v)
				break;
		}
		if (v == trunc(v) && fabs(v) < 1e15)
			continue; /* all its digits are written */
		assert(strncmp(out.buf, text, strlen(text)) == 0);
		assert(strlen(out.buf) <= strlen(text) + 2);
	}
}

int
main(void)
{
	output_in_memory(&out);
	test_known();
	test_any();
	output_close(&out);
	return 0;
}
