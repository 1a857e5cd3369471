/* SPDX-License-Identifier: MIT */
/* kind: what values are, what two kinds become, and that order is nothing */
#include "parquet/kind.h"

#include <assert.h>
#include <string.h>

#include "record/json.h"

#define N KIND_NOTHING
#define B KIND_BOOLEAN
#define I KIND_INTEGER
#define U KIND_UNSIGNED
#define D KIND_DECIMAL
#define T KIND_TEXT
#define L KIND_LIST

/* Without facts; with them three pairs differ. */
static const enum kind joined[KINDS][KINDS] = {
	{ N, B, I, U, D, T, L },
	{ B, B, T, T, T, T, T },
	{ I, T, I, U, D, T, T },
	{ U, T, U, U, D, T, T },
	{ D, T, D, D, D, T, T },
	{ T, T, T, T, T, T, T },
	{ L, T, T, T, T, T, L },
};

static void
two_kinds_become_one(void)
{
	for (enum kind a = N; a < KINDS; a++)
		for (enum kind b = N; b < KINDS; b++)
			assert(kind_join(a, b, 0) == joined[a][b]);
	assert(kind_join(I, U, KIND_WIDE) == U);
	assert(kind_join(I, U, KIND_WIDE | KIND_BELOW) == T);
	assert(kind_join(I, D, KIND_BELOW) == D);
	assert(kind_join(D, I, KIND_WIDE) == T);
	assert(kind_join(U, D, KIND_WIDE) == T);
	assert(kind_join(I, I, KIND_WIDE | KIND_BELOW) == I);
}

static struct kind_value
value(const char *text, enum json_kind kind)
{
	struct json_field f = { .value = str_of(text), .kind = kind };

	return kind_read(&f);
}

static bool
is(struct kind_value v, enum kind kind, unsigned facts, uint64_t word)
{
	return v.kind == kind && v.facts == facts &&
	    (kind == KIND_TEXT || v.word == word);
}

static void
values_have_kinds(void)
{
	const unsigned both = KIND_BELOW | KIND_WIDE;

	assert(is(value("null", JSON_NULL), N, 0, 0));
	assert(is(value("true", JSON_TRUE), B, 0, 1));
	assert(is(value("false", JSON_FALSE), B, 0, 0));
	assert(is(value("0", JSON_INTEGER), I, 0, 0));
	assert(is(value("-0", JSON_INTEGER), I, 0, 0));
	assert(is(value("-1", JSON_INTEGER), I, KIND_BELOW, UINT64_MAX));
	assert(is(value("9007199254740991", JSON_INTEGER), I, 0,
	    9007199254740991));
	assert(is(value("9007199254740992", JSON_INTEGER), I, KIND_WIDE,
	    9007199254740992));
	assert(is(value("-9007199254740991", JSON_INTEGER), I, KIND_BELOW,
	    0 - 9007199254740991u));
	assert(is(value("-9007199254740992", JSON_INTEGER), I, both,
	    0 - 9007199254740992u));
	assert(is(value("-9223372036854775808", JSON_INTEGER), I, both,
	    (uint64_t)1 << 63));
	assert(is(value("9223372036854775808", JSON_INTEGER), U, KIND_WIDE,
	    (uint64_t)1 << 63));
	assert(is(value("18446744073709551615", JSON_INTEGER), U, KIND_WIDE,
	    UINT64_MAX));
	assert(is(value("18446744073709551616", JSON_INTEGER), T, 0, 0));
	assert(is(value("-9223372036854775809", JSON_INTEGER), T, 0, 0));
	assert(is(value("-2.0", JSON_DECIMAL), D, 0, (uint64_t)3 << 62));
	assert(is(value("1e400", JSON_DECIMAL), T, 0, 0));
	assert(is(value("1", JSON_STRING), T, 0, 0));
	assert(is(value("[]", JSON_ARRAY), L, 0, 0));
	assert(is(value("[ 1 , -9223372036854775808 ]", JSON_ARRAY), L, 0, 0));
	assert(is(value("[0,9223372036854775808]", JSON_ARRAY), T, 0, 0));
}

/* Joins all of a set in two halves, from number i on. */
static enum kind
join_all(const struct kind_value *v, size_t n, size_t from, size_t half)
{
	enum kind kind[2] = { KIND_NOTHING, KIND_NOTHING };
	unsigned facts[2] = { 0, 0 };

	for (size_t i = 0; i < n; i++) {
		const struct kind_value *next = &v[(from + i) % n];
		bool second = i >= half;

		facts[second] |= next->facts;
		kind[second] = kind_join(kind[second], next->kind,
		    facts[second]);
	}
	return kind_join(kind[0], kind[1], facts[0] | facts[1]);
}

static void
the_order_does_not_matter(void)
{
	const struct kind_value all[] = {
		value("null", JSON_NULL),
		value("true", JSON_TRUE),
		value("1", JSON_INTEGER),
		value("-1", JSON_INTEGER),
		value("9007199254740992", JSON_INTEGER),
		value("-9007199254740992", JSON_INTEGER),
		value("18446744073709551615", JSON_INTEGER),
		value("0.5", JSON_DECIMAL),
		value("s", JSON_STRING),
		value("[1]", JSON_ARRAY),
	};
	enum { ALL = sizeof(all) / sizeof(all[0]) };

	for (unsigned set = 1; set < 1u << ALL; set++) {
		struct kind_value some[ALL];
		size_t n = 0;
		enum kind first;

		for (unsigned i = 0; i < ALL; i++)
			if (set >> i & 1)
				some[n++] = all[i];
		first = join_all(some, n, 0, n);
		for (size_t from = 0; from < n; from++)
			for (size_t half = 0; half <= n; half++)
				assert(join_all(some, n, from, half) == first);
	}
}

int
main(void)
{
	two_kinds_become_one();
	values_have_kinds();
	the_order_does_not_matter();
	return 0;
}
