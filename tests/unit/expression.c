/* SPDX-License-Identifier: MIT */
/* expression: values as a C compiler works them out */
#include "source/expression.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* The text, and its value in 64 bits without sign. */
#define SAME(e) is(#e, (uint64_t)(e))

static void
is(const char *text, uint64_t want)
{
	uint64_t v = 0;

	if (expression_value(str_of(text), NULL, &v) && v == want)
		return;
	fprintf(stderr, "%s is %" PRIx64 ", not %" PRIx64 "\n", text, want, v);
	abort();
}

static void
constants_are_as_in_c(void)
{
	SAME(0);
	SAME(15);
	SAME(0x1F);
	SAME(017);
	SAME(18446744073709551615u);
	SAME(0xffffffffffffffffULL);
	SAME(-1);
	SAME(~0xffff);
	SAME(!5);
	SAME(!0);
	SAME(- -3);
	SAME(1 << 3);
	SAME(1UL << 63);
	SAME((1 << 3) | 1);
	SAME(7 & ~2);
	SAME(2 + 3 * 4 - 1);
	SAME((2 + 3) * 4 % 7);
	SAME(100 / 7 / 2);
	SAME(20 - 5 - 3);
	is("1 << 2 + 3", 1 << (2 + 3));
	is("12 ^ 5 & 6 | 1 << 4", (12 ^ (5 & 6)) | (1 << 4));
	SAME((unsigned)3 | (unsigned long)0x10);
	SAME(((((0x00000000 | 0x00000001 | 0x00000002 | 0x00000004 |
		    0x00000008 | 0x00000010 | 0x00000020 | 0x00000040) +
		   1)
		  << 1) -
	    1));
	is(" ( u32 )( ( ( ( 1UL ) ) ) << ( 31 ) ) ", 0x80000000);
	is("(enum x)5", 5);
}

static void
a_name_has_its_value(void)
{
	struct expression_name x = { { "state", 5 }, 0x1234 };
	uint64_t v;

	assert(expression_value(str_of("REC->state & 0xff"), &x, &v));
	assert(v == 0x34);
	assert(expression_value(str_of("(unsigned long)REC->state"), &x, &v));
	assert(v == 0x1234);
	assert(
	    expression_value(str_of("((REC->state) >> 8) & (8 - 1)"), &x, &v));
	assert(v == 2);
	assert(!expression_value(str_of("REC->states"), &x, &v));
	assert(!expression_value(str_of("REC->stat"), &x, &v));
	assert(!expression_value(str_of("state"), &x, &v));
	assert(!expression_value(str_of("REC->state"), NULL, &v));
}

static void
what_is_none(void)
{
	static const char *const none[] = { "", " ", "(", ")", "()", "1 2",
		"1 +", "* 1", "(1", "1)", "1 / 0", "1 % (2 - 2)", "x", "1 < 2",
		"1 << ", "1 && 2", "1 ? 2 : 3", "\"a\"", "0x", "09", "1 ++ ",
		"f(1)", "(int)", "REC", "REC->", "REC->x[0]", "1 , 2",
		"18446744073709551616", "07777777777777777777777777" };
	char deep[1000];
	uint64_t v;

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (expression_value(str_of(none[i]), NULL, &v)) {
			fprintf(stderr, "%s has a value\n", none[i]);
			abort();
		}
	memset(deep, '(', sizeof(deep));
	assert(!expression_value((struct str){ deep, sizeof(deep) }, NULL, &v));
	memset(deep, '~', sizeof(deep));
	deep[sizeof(deep) - 1] = '1';
	assert(!expression_value((struct str){ deep, sizeof(deep) }, NULL, &v));
	assert(!expression_value((struct str){ NULL, 0 }, NULL, &v));
}

int
main(void)
{
	constants_are_as_in_c();
	a_name_has_its_value();
	what_is_none();
	return 0;
}
