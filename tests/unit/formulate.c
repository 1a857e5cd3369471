/* SPDX-License-Identifier: MIT */
/*
 * formulate: expressions of an event's fields are worth what the C compiler
 * makes of them
 */
#include "source/formulate.h"

#include <sys/types.h>

#include "format.h"

struct record {
	uint64_t common;
	int8_t tiny;
	uint8_t byte;
	int16_t small;
	uint16_t port;
	int32_t number;
	uint32_t word;
	int64_t big;
	uint64_t wide;
	int64_t three[3];
};

static const char text[] = FORMAT("numbers",
    FIELD("s8 tiny", 8, 1, 1) FIELD("u8 byte", 9, 1, 0) FIELD("s16 small", 10,
	2, 1) FIELD("u16 port", 12, 2, 0) FIELD("int number", 16, 4, 1)
	FIELD("u32 word", 20, 4, 0) FIELD("s64 big", 24, 8, 1)
	    FIELD("u64 wide", 32, 8, 0) FIELD("long three[3]", 40, 24, 1)
		FIELD("__data_loc u8[] more", 64, 4, 0),
    "\"\"");

static const struct format *format;

static bool
value(const char *expression, const struct record *r, uint64_t *out)
{
	struct formula f;

	if (!formulate(&f, str_of(expression), format, 8))
		return false;
	assert(f.need <= sizeof(*r) && f.type.size > 0);
	*out = formula_value(&f, (const uint8_t *)r, false);
	formula_free(&f);
	return true;
}

static void
same(const char *expression, const struct record *r, int64_t want)
{
	uint64_t got;

	if (!value(expression, r, &got) || got != (uint64_t)want) {
		fprintf(stderr, "%s: %lld\n", expression, (long long)want);
		abort();
	}
}

/* Types of the kernel. */
#define u32 uint32_t
#define u64 uint64_t
#define SAME(e) same(#e, REC, (int64_t)(e))

/* What compilers warn of is what is to be found out. */
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wparentheses"

static void
test_values(const struct record *REC)
{
	SAME(REC->tiny);
	SAME(REC->byte);
	SAME(REC->small);
	SAME(REC->port);
	SAME(REC->number);
	SAME(REC->word);
	SAME(REC->big);
	SAME(REC->wide);
	SAME(REC->three[0]);
	SAME(REC->three[2]);
	SAME(REC->word & 0xff);
	SAME(REC->big & 0x7fff);
	SAME((unsigned int)REC->number);
	SAME((unsigned char)REC->number);
	SAME((u32)REC->big);
	SAME((short)REC->word);
	SAME(((uint)((REC->big) >> 32)));
	SAME((ushort)REC->word + (ulong)REC->tiny);
	SAME((unsigned long long)REC->tiny);
	SAME(-REC->number);
	SAME(-REC->word);
	SAME(~REC->byte);
	SAME(!REC->byte);
	SAME(!(REC->word & 2) ? 7 : 9);
	SAME(REC->number >> 3);
	SAME(REC->word >> 31);
	SAME(REC->word << 4);
	SAME((u64)REC->word << 4);
	SAME(REC->big >> 60);
	SAME(REC->wide >> 60);
	SAME(((unsigned int)((REC->word) >> 20)));
	SAME(((unsigned int)((REC->word) & ((1U << 20) - 1))));
	SAME(REC->big / 1000L);
	SAME(REC->big % 1000);
	SAME(REC->wide % 10);
	SAME(REC->number * 3 + REC->small - 1);
	SAME(1 + 2 * 3 - 8 / 4 % 3);
	SAME(010 + 0x1fUL);
	SAME(sizeof(u64) + 'a');
}

static void
test_choices(const struct record *REC)
{
	SAME(REC->number < 0);
	SAME(REC->number > 5u);
	SAME(REC->word > REC->tiny);
	SAME(REC->port <= REC->small);
	SAME(REC->wide >= 1ULL && REC->wide <= 8ULL);
	SAME((REC->wide >= -9ULL) || (REC->wide >= 1ULL && REC->wide <= 8ULL));
	SAME(REC->tiny == -1 || REC->byte != 0);
	SAME(REC->number < 0 ? 0 : REC->number);
	SAME(REC->byte ? REC->tiny ? 1 : 2 : REC->word ? 3 : 4);
	SAME(REC->byte == 0 ? 1 : REC->byte == 1 ? 2 : 3);
	SAME(REC->tiny ? REC->number : REC->wide);
	SAME((1 ? 2 : 3) + (0 ? 4 : 5));
	SAME(REC->number ^ REC->word | REC->byte & 3);
	SAME(__builtin_expect(!!(REC->wide >= (unsigned long)-4095), 0)
		? 0
		: REC->wide);
	SAME(1 ? -1 : 1u);
}

/* What the kernel alone has words for. */
static void
test_calls(void)
{
	uint8_t data[68] = { [64] = 68, [66] = 24 };
	struct formula f;

	assert(formulate(&f, str_of("__get_dynamic_array_len(more) / 8"),
	    format, 8));
	assert(formula_value(&f, data, false) == 3);
	formula_free(&f);
}

static void
test_refusals(void)
{
	static const char *const bad[] = { "", " ", "(", ")", "()", "1 +",
		"+ 1", "1 2", "REC", "REC->", "REC->nothing", "REC->three",
		"REC->three[3]", "REC->three[-1]", "REC->more", "NAME",
		"f(REC->tiny)", "(nothing_t)REC->tiny", "1 ? 2", "1 : 2", "(1",
		"1)", "0x", "08", "\"a\"", "__get_dynamic_array_len(tiny)",
		"({ 1; })", "REC->tiny = 1" };
	struct formula f;
	char deep[200];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert(!formulate(&f, str_of(bad[i]), format, 8));
	memset(deep, '(', sizeof(deep));
	assert(!formulate(&f, (struct str){ deep, sizeof(deep) }, format, 8));
	memset(deep, '-', sizeof(deep));
	assert(!formulate(&f, (struct str){ deep, sizeof(deep) }, format, 8));
}

/* Where the machine would stop, there is 0, or what wraps. */
static void
test_edges(void)
{
	struct record r = { .big = INT64_MIN, .wide = UINT64_MAX };

	same("REC->big / REC->byte", &r, 0);
	same("REC->big % REC->byte", &r, 0);
	same("REC->big / -1", &r, INT64_MIN);
	same("REC->big % -1", &r, 0);
	same("REC->big >> REC->wide", &r, 0);
}

int
main(void)
{
	struct formats *all = formats_new(false, 8, false);
	struct record r = { 0, -3, 200, -300, 40000, -70000, 0xfffffffe,
		-5000000000, UINT64_MAX - 3, { -1, 2, INT64_MIN } };
	const struct record zero = { 0 };

	assert(formats_add(all, str_of("s"), str_of(text)) == NULL);
	format = formats_find(all, 7);
	assert(format != NULL);
	test_values(&r);
	test_values(&zero);
	test_choices(&r);
	test_choices(&zero);
	r = (struct record){ 0, 1, 1, 5, 7, 123456789, 3, 9999, 8,
		{ 1, 2, 3 } };
	test_values(&r);
	test_choices(&r);
	test_calls();
	test_refusals();
	test_edges();
	formats_free(all);
	return 0;
}
