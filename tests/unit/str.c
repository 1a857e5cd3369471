/* SPDX-License-Identifier: MIT */
/* str: comparing and trimming, with nothing read outside the bytes */
#undef NDEBUG
#include "base/str.h"

#include <assert.h>
#include <stdlib.h>

/* Trims a copy that a sanitizer watches both ends of. */
static bool
trims_to(const char *from, const char *to)
{
	size_t n = strlen(from);
	char *copy = malloc(n > 0 ? n : 1);
	bool same;

	assert(copy != NULL);
	memcpy(copy, from, n);
	same = str_is(str_trim((struct str){ copy, n }), to);
	free(copy);
	return same;
}

static void
test_compare(void)
{
	struct str none = { NULL, 0 }, nul = { "a\0b", 3 };

	assert(str_eq(none, str_of("")) && str_is(none, ""));
	assert(str_eq(str_of("abc"), str_of("abc")));
	assert(!str_eq(str_of("abc"), str_of("abd")));
	assert(!str_eq(str_of("abc"), str_of("ab")));
	assert(str_eq(nul, (struct str){ "a\0b", 3 }));
	assert(!str_eq(nul, (struct str){ "a\0c", 3 }));
	assert(!str_is(nul, "a"));
}

static void
test_starts(void)
{
	struct str none = { NULL, 0 };

	assert(str_starts(str_of("abc"), "ab"));
	assert(str_starts(str_of("abc"), "abc"));
	assert(str_starts(str_of("abc"), ""));
	assert(!str_starts(str_of("abc"), "abcd"));
	assert(!str_starts(str_of("abc"), "b"));
	assert(!str_starts(none, "a"));
}

static void
test_ends(void)
{
	assert(str_ends(str_of("abc"), "bc"));
	assert(str_ends(str_of("abc"), "abc"));
	assert(str_ends(str_of("abc"), ""));
	assert(!str_ends(str_of("abc"), "zabc"));
	assert(!str_ends(str_of("abc"), "b"));
}

static void
test_order(void)
{
	struct str none = { NULL, 0 };

	assert(str_compare(str_of("ab"), str_of("ab")) == 0);
	assert(str_compare(str_of("ab"), str_of("abc")) < 0);
	assert(str_compare(str_of("b"), str_of("abc")) > 0);
	assert(str_compare(str_of("a"), str_of("\xff")) < 0);
	assert(str_compare(none, str_of("a")) < 0);
	assert(str_compare(none, none) == 0);
}

static void
test_skip(void)
{
	assert(str_is(str_skip(str_of("abc"), 0), "abc"));
	assert(str_is(str_skip(str_of("abc"), 2), "c"));
	assert(str_is(str_skip(str_of("abc"), 3), ""));
}

int
main(void)
{
	test_compare();
	test_starts();
	test_ends();
	test_order();
	test_skip();
	assert(trims_to("", ""));
	assert(trims_to(" \t\r", ""));
	assert(trims_to("a b", "a b"));
	assert(trims_to(" \ta b\r", "a b"));
	assert(trims_to("\n", "\n")); /* lines come without theirs */
	assert(str_trim((struct str){ "\0", 1 }).n == 1);
	return 0;
}
