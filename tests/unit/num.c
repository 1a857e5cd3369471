/* SPDX-License-Identifier: MIT */
/* num: whole numbers and times, whole or not at all */
#undef NDEBUG
#include "base/num.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static bool
u64_is(const char *text, uint64_t want)
{
	uint64_t v = ~want;

	return num_u64(str_of(text), &v) && v == want;
}

static bool
s64_is(const char *text, int64_t want)
{
	int64_t v = want ^ 1;

	return num_s64(str_of(text), &v) && v == want;
}

static bool
hex_is(const char *text, uint64_t want)
{
	uint64_t v = ~want;

	return num_hex(str_of(text), &v) && v == want;
}

static bool
time_is(const char *text, int64_t want)
{
	int64_t v = want ^ 1;

	return num_time(str_of(text), &v) && v == want;
}

/* Tells whether none takes the text, nor touches what it was to fill. */
static bool
refused(bool (*u)(struct str, uint64_t *), bool (*s)(struct str, int64_t *),
    const char *text)
{
	uint64_t was_u = 77;
	int64_t was_s = 77;

	if (u != NULL && (u(str_of(text), &was_u) || was_u != 77))
		return false;
	return s == NULL || (!s(str_of(text), &was_s) && was_s == 77);
}

static void
test_decimal(void)
{
	static const char *const bad[] = { "", " 1", "1 ", "+1", "0x1", "1.0",
		"--1", "-", "1-", "a", "/", ":", "18446744073709551616",
		"99999999999999999999", "184467440737095516150" };

	assert(u64_is("0", 0) && u64_is("007", 7));
	assert(u64_is("18446744073709551615", UINT64_MAX));
	assert(u64_is("00000000000000000000000000000000001", 1));
	assert(s64_is("-9223372036854775808", INT64_MIN));
	assert(s64_is("9223372036854775807", INT64_MAX));
	assert(s64_is("-0", 0));
	assert(refused(NULL, num_s64, "9223372036854775808"));
	assert(refused(NULL, num_s64, "-9223372036854775809"));
	assert(refused(num_u64, NULL, "-1"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert(refused(num_u64, num_s64, bad[i]));
}

/* Numbers around every power of ten and of two, as strtoull(3) has them. */
static void
test_against_strtoull(void)
{
	char text[40];

	for (unsigned shift = 0; shift < 64; shift++)
		for (unsigned d = 0; d < 3; d++) {
			uint64_t v = ((uint64_t)1 << shift) + d - 1;

			snprintf(text, sizeof(text), "%" PRIu64, v);
			assert(u64_is(text, strtoull(text, NULL, 10)));
			snprintf(text, sizeof(text), "%" PRIx64, v);
			assert(hex_is(text, strtoull(text, NULL, 16)));
		}
	for (unsigned digits = 17; digits < 24; digits++)
		for (char first = '1'; first <= '9'; first++) {
			uint64_t want;

			snprintf(text, sizeof(text), "%c%0*d", first,
			    (int)digits - 1, 0);
			errno = 0;
			want = strtoull(text, NULL, 10);
			assert(errno == 0 ? u64_is(text, want)
					  : refused(num_u64, NULL, text));
		}
}

static void
test_hex(void)
{
	static const char *const bad[] = { "", "0x", "x1", "0X1", "g", "-1",
		"0x0x1", "10000000000000000", "0x10000000000000000", "1 " };

	assert(hex_is("0", 0) && hex_is("0xff", 255) && hex_is("Ff", 255));
	assert(hex_is("ffff8881004ac000", 0xffff8881004ac000u));
	assert(hex_is("0xffffffffffffffff", UINT64_MAX));
	assert(hex_is("000000000000000000001", 1));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert(refused(num_hex, NULL, bad[i]));
}

static void
test_time(void)
{
	static const char *const bad[] = { "", ".", "1.", ".5", "-1.5",
		"1.0000000001", "1.5s", "1..5", "1.-5", "1,5",
		"9223372036.854775808", "9223372037.0", "9223372036854775808",
		"18446744073709551616.0" };

	assert(time_is("0.000000", 0));
	assert(time_is("12345.678901", 12345678901000));
	assert(time_is("12345.678901234", 12345678901234));
	assert(time_is("1.5", 1500000000));
	assert(time_is("1.000000001", 1000000001));
	assert(time_is("9223372036.854775807", INT64_MAX));
	assert(time_is("42", 42)); /* counts of another clock */
	assert(time_is("9223372036854775807", INT64_MAX));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert(refused(NULL, num_time, bad[i]));
}

/* Each number of digits, and the numbers around where it changes. */
/* Checks what one of them wrote against what printf wrote. */
static void
same(const char *text, size_t n, const char *want)
{
	assert(n == strlen(want));
	assert(memcmp(text, want, n) == 0);
}

static void
test_print(void)
{
	char text[NUM_TEXT], want[32];
	uint64_t v = 0;
	size_t n;

	for (int bits = 0; bits <= 64; bits++, v = v * 2 + 1) {
		for (uint64_t i = v - 150; i != v + 150; i++) {
			snprintf(want, sizeof(want), "%" PRIu64, i);
			n = num_put(text, i);
			same(text, n, want);
			snprintf(want, sizeof(want), "%" PRId64, (int64_t)i);
			n = num_put_signed(text, (int64_t)i);
			same(text, n, want);
			snprintf(want, sizeof(want), "%" PRIx64, i);
			n = num_put_hex(text, i);
			same(text, n, want);
		}
	}
	v = 1;
	for (size_t digits = 1; digits <= 20; digits++, v *= 10) {
		n = num_put(text, v);
		assert(n == digits);
		n = num_put(text, v - 1);
		assert(n == (digits > 1 ? digits - 1 : 1));
	}
}

int
main(void)
{
	test_decimal();
	test_against_strtoull();
	test_hex();
	test_time();
	test_print();
	return 0;
}
