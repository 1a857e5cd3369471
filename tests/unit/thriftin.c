/* SPDX-License-Identifier: MIT */
/* thriftin: fields, lists and what is skipped, to the byte or not at all */
#undef NDEBUG
#include "parquet/thriftin.h"

#include <assert.h>

#define READ(bytes)                                                            \
	(struct thriftin)                                                      \
	{                                                                      \
		.p = bytes, .end = (bytes) + sizeof(bytes) - 1                 \
	}

/*
 * Field 1 an i32 of 150, zigzag 300; field 4 a text; field 21, its number in
 * full, true; field 22 an i64 of -1.
 */
static const char plain[] = "\x15\xac\x02\x38\x03"
			    "abc\x01\x2a\x16\x01";

static void
test_fields(void)
{
	struct thriftin in = READ(plain);
	struct thriftin_field f = { 0 };
	struct str s;
	bool more = thriftin_next(&in, &f);

	assert(more && f.id == 1 && thriftin_int32(&in, &f) == 150);
	more = thriftin_next(&in, &f);
	assert(more && f.id == 4);
	s = thriftin_bytes(&in, &f);
	assert(str_is(s, "abc"));
	more = thriftin_next(&in, &f);
	assert(more && f.id == 21 && thriftin_boolean(&in, &f));
	more = thriftin_next(&in, &f);
	assert(more && f.id == 22 && thriftin_integer(&in, &f) == -1);
	more = thriftin_next(&in, &f); /* there is no stop */
	assert(!more && in.why != NULL && in.cut);
}

/* A list of two structs, each with a list of three i32, and then a stop. */
static const char nested[] = "\x19\x2c\x19\x35\x02\x04\x06\x00"
			     "\x19\x35\x01\x03\x05\x00\x00";

static void
test_lists(void)
{
	static const int32_t want[2][3] = { { 1, 2, 3 }, { -1, -2, -3 } };
	struct thriftin in = READ(nested);
	struct thriftin_field f = { 0 }, element, g, number;
	bool more = thriftin_next(&in, &f);
	size_t n = thriftin_list(&in, &f, &element);

	assert(more && n == 2);
	for (size_t i = 0; i < 2; i++) {
		thriftin_struct(&in, &element);
		g = (struct thriftin_field){ 0 };
		more = thriftin_next(&in, &g);
		n = thriftin_list(&in, &g, &number);
		assert(more && n == 3);
		for (size_t k = 0; k < 3; k++) {
			int32_t v = thriftin_int32(&in, &number);

			assert(v == want[i][k]);
		}
		more = thriftin_next(&in, &g);
		assert(!more && in.why == NULL);
	}
	more = thriftin_next(&in, &f);
	assert(!more && in.why == NULL && in.p == in.end);
}

/* What is skipped ends where what is read does; a map and a double, too. */
static void
test_skip(void)
{
	static const char map[] = "\x1b\x01\x85\x01"
				  "a\x02\x17"
				  "12345678\x1b\x00\x00";
	struct thriftin in = READ(nested);
	struct thriftin_field f = { 0 };
	bool more = thriftin_next(&in, &f);

	assert(more);
	thriftin_skip(&in, &f);
	more = thriftin_next(&in, &f);
	assert(!more && in.why == NULL && in.p == in.end);
	in = READ(map);
	f = (struct thriftin_field){ 0 };
	for (int32_t id = 1; id <= 3; id++) {
		more = thriftin_next(&in, &f);
		assert(more && f.id == id);
		thriftin_skip(&in, &f);
	}
	more = thriftin_next(&in, &f);
	assert(!more && in.why == NULL && in.p == in.end);
}

/* A list that claims more elements than bytes are left. */
static void
test_claims(void)
{
	static const char list[] = "\x19\xf5\xff\xff\xff\xff\x07\x02";
	static const char text[] = "\x18\xff\xff\xff\xff\x0f";
	static const char wide[] =
	    "\x16\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f";
	struct thriftin in = READ(list);
	struct thriftin_field f = { 0 }, element;
	size_t n;

	thriftin_next(&in, &f);
	n = thriftin_list(&in, &f, &element);
	assert(n == 0 && in.why != NULL);
	in = READ(text);
	f = (struct thriftin_field){ 0 };
	thriftin_next(&in, &f);
	n = thriftin_bytes(&in, &f).n;
	assert(n == 0 && in.cut);
	in = READ(wide);
	f = (struct thriftin_field){ 0 };
	thriftin_next(&in, &f);
	assert(thriftin_integer(&in, &f) == 0 && in.why != NULL && !in.cut);
}

/* Structs in structs are skipped up to a depth, and refused beyond. */
static void
test_depth(void)
{
	char deep[201];
	struct thriftin in;
	struct thriftin_field f = { 0 };

	for (size_t depth = 20; depth <= 100; depth += 80) {
		memset(deep, 0x1c, depth); /* field 1, a struct */
		memset(deep + depth, 0, depth + 1);
		in = (struct thriftin){ .p = deep,
			.end = deep + 2 * depth + 1 };
		f = (struct thriftin_field){ 0 };
		thriftin_next(&in, &f);
		thriftin_skip(&in, &f);
		assert((in.why == NULL) == (depth == 20));
	}
}

int
main(void)
{
	test_fields();
	test_lists();
	test_skip();
	test_claims();
	test_depth();
	return 0;
}
