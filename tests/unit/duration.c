/* SPDX-License-Identifier: MIT */
#include "base/duration.h"

#include <assert.h>

static int64_t
read(const char *text)
{
	int64_t ns = -1;

	assert(duration_read(str_of(text), &ns) == (ns != -1));
	return ns;
}

static void
test_units(void)
{
	assert(read("10") == 10000000000);
	assert(read("0.5") == 500000000);
	assert(read("0.001") == 1000000);
	assert(read("0.000000001") == 1);
	assert(read("250ms") == 250000000);
	assert(read("1.5us") == 1500);
	assert(read("7ns") == 7);
	assert(read("10s") == 10000000000);
	assert(read("2m") == 120000000000);
	assert(read("2h") == 7200000000000);
	assert(read("1d") == 86400000000000);
	assert(read("0") == 0);
	assert(read("0.5ns") == 0); /* cut off */
	assert(read(".1") == 100000000);
	assert(read(".5s") == 500000000);
	assert(read("1.") == 1000000000);
	assert(read("2.ms") == 2000000);
}

static void
test_no_times(void)
{
	static const char *const texts[] = { "", "s", "ms", ".", ".s", "..",
		".5.", "-.5", ". 5", ".1234567891", "-1", "+1", "1e3", "1 s",
		"1.2.3", "1.0000000001", "10x", "1sec", "0x10", "nan", "inf" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert(read(texts[i]) == -1);
}

static void
test_largest(void)
{
	assert(read("9223372036.854775807") == INT64_MAX);
	assert(read("9223372036.854775808") == -1);
	assert(read("18446744073709551615") == -1);
	assert(read("18446744073709551615d") == -1);
	assert(read("99999999999999999999") == -1);
}

int
main(void)
{
	test_units();
	test_no_times();
	test_largest();
	return 0;
}
