/* SPDX-License-Identifier: MIT */
/*
 * conversion: numbers look as printf(3) prints them, but for %#x of 0, which
 * the kernel prints as 0x0
 */
#include "source/conversion.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static const uint64_t values[] = { 0, 1, 7, 9, 10, 99, 100, 4095, 65535, 65536,
	INT32_MAX, (uint64_t)INT32_MAX + 1, UINT32_MAX, INT64_MAX, UINT64_MAX,
	(uint64_t)-2, (uint64_t)-70000, (uint64_t)INT64_MIN };

/* The same format with each of the values; all are read as of 64 bits. */
static void
same(const char *spec)
{
	struct str rest = str_of(spec + 1);
	char want[600], got[CONVERSION_ROOM];
	struct conversion c;

	assert(conversion_read(&rest, 8, &c) && rest.n == 0);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		size_t n = (size_t)(conversion_put(&c, values[i], got) - got);
		int m;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		m = snprintf(want, sizeof(want), spec, values[i]);
#pragma GCC diagnostic pop
		if (c.alternate && c.letter != 'o' &&
		    ctype_convert(c.type, values[i]) == 0)
			continue;
		if (n != (size_t)m || memcmp(got, want, n) != 0) {
			fprintf(stderr, "%s: \"%s\", not \"%.*s\"\n", spec,
			    want, (int)n, got);
			abort();
		}
	}
}

static void
is(const char *spec, uint64_t v, const char *want)
{
	struct str rest = str_of(spec);
	char got[CONVERSION_ROOM];
	struct conversion c;

	assert(conversion_read(&rest, 8, &c) && rest.n == 0);
	*conversion_put(&c, v, got) = '\0';
	if (strcmp(got, want) != 0) {
		fprintf(stderr, "%s: \"%s\", not \"%s\"\n", spec, want, got);
		abort();
	}
}

static void
test_reading(void)
{
	static const char *const bad[] = { "", "l", "5", "k", "999d", ".999d",
		"f", "-", "lls ll" };
	struct conversion c;
	struct str s = str_of("-08.3lx rest");

	assert(conversion_read(&s, 4, &c) && str_is(s, " rest"));
	assert(c.letter == 'x' && c.left && c.zero && c.width == 8 &&
	    c.precision == 3 && c.type.size == 4 && !c.type.is_signed);
	s = str_of("*pbl,");
	assert(conversion_read(&s, 8, &c) && str_is(s, ","));
	assert(c.letter == 'p' && c.star_width && str_is(c.kind, "bl"));
	s = str_of(".*s");
	assert(conversion_read(&s, 8, &c) && c.star_precision);
	for (size_t i = 0; i + 1 < sizeof(bad) / sizeof(bad[0]); i++) {
		s = str_of(bad[i]);
		assert(!conversion_read(&s, 8, &c));
	}
}

static void
test_padding(void)
{
	struct conversion c = { .width = 5 };
	char text[8] = "ab";

	assert(conversion_pad(&c, text, text + 2) == text + 5);
	assert(memcmp(text, "   ab", 5) == 0);
	c.left = true;
	memcpy(text, "ab", 2);
	assert(conversion_pad(&c, text, text + 2) == text + 5);
	assert(memcmp(text, "ab   ", 5) == 0);
	assert(conversion_pad(&c, text, text + 7) == text + 7);
}

int
main(void)
{
	static const char *const specs[] = { "%ld", "%lu", "%lx", "%lX", "%lo",
		"%d", "%u", "%x", "%hd", "%hu", "%hhx", "%hhd", "%lld", "%#lx",
		"%#lX", "%08lx", "%#010x", "%#016lx", "%5d", "%-5d", "%05d",
		"%+d", "% d", "%+ld", "%.5d", "%8.5x", "%-8.5x", "%zu", "%zx",
		"%-2d", "%03u", "%20ld", "%020ld", "%-20ld", "%.20lu" };

	for (size_t i = 0; i < sizeof(specs) / sizeof(specs[0]); i++)
		same(specs[i]);
	is("#x", 0, "0x0");
	is("#06x", 0, "0x0000");
	is("#o", 0, "0");
	is("#o", 8, "010");
	test_reading();
	test_padding();
	return 0;
}
