/* SPDX-License-Identifier: MIT */
/* widen: columns of each kind as wider ones, as they were written by hand */
#include "parquet/widen.h"

#include <assert.h>
#include <string.h>

static struct widen_room room;

static bool
text_is(const struct vector *v, size_t i, const char *expected)
{
	uint64_t word = v->word[v->same ? 0 : i];

	return word < v->texts && str_is(v->text[word], expected);
}

static uint64_t
bits(double d)
{
	uint64_t word;

	memcpy(&word, &d, sizeof(word));
	return word;
}

static struct vector
widened(enum kind from, enum kind to, const uint64_t *word, size_t n)
{
	const struct vector narrow = { .rows = n, .n = n, .word = word };
	struct vector wide;

	widen_vector(&room, from, to, &narrow, &wide);
	assert(wide.rows == n && wide.n == n && wide.defined == NULL);
	return wide;
}

static void
words_become_texts(void)
{
	static const uint64_t integers[] = { 0, UINT64_MAX, 123,
		(uint64_t)1 << 63 };
	static const uint64_t booleans[] = { 1, 0 };
	const uint64_t decimals[] = { bits(0.5), bits(1e15), bits(-3),
		bits(0x1p53), bits(1e300), bits(0.1), bits(-0.0),
		bits(-0x1.fffffffffffffp1023), bits(0x1p-1074) };
	static const char *const decimal_texts[] = { "0.5", "1000000000000000",
		"-3", "9007199254740992", "1e+300", "0.1", "-0",
		"-1.7976931348623157e+308", "5e-324" };
	struct vector v = widened(KIND_INTEGER, KIND_TEXT, integers, 4);

	assert(text_is(&v, 0, "0") && text_is(&v, 1, "-1"));
	assert(text_is(&v, 2, "123"));
	assert(text_is(&v, 3, "-9223372036854775808"));
	v = widened(KIND_UNSIGNED, KIND_TEXT, integers, 4);
	assert(text_is(&v, 1, "18446744073709551615"));
	assert(text_is(&v, 3, "9223372036854775808"));
	v = widened(KIND_BOOLEAN, KIND_TEXT, booleans, 2);
	assert(text_is(&v, 0, "true") && text_is(&v, 1, "false"));
	v = widened(KIND_DECIMAL, KIND_TEXT, decimals, 9);
	for (size_t i = 0; i < 9; i++)
		assert(text_is(&v, i, decimal_texts[i]));
}

static void
integers_become_decimals(void)
{
	static const uint64_t integers[] = { 0, UINT64_MAX,
		((uint64_t)1 << 53) - 1 };
	struct vector v = widened(KIND_INTEGER, KIND_DECIMAL, integers, 3);

	assert(v.word[0] == bits(0) && v.word[1] == bits(-1));
	assert(v.word[2] == bits(9007199254740991.0));
	v = widened(KIND_INTEGER, KIND_UNSIGNED, integers, 3);
	assert(v.word[2] == integers[2]);
}

static void
lists_become_texts(void)
{
	static const uint64_t words[] = { 1, UINT64_MAX, (uint64_t)1 << 63 };
	static const uint8_t defined[] = { 1, 0, 1, 1, 1 };
	static const uint32_t length[] = { 0, 0, 2, 0, 1 };
	const struct vector lists = { .rows = 5,
		.n = 3,
		.word = words,
		.defined = defined,
		.length = length };
	struct vector v;

	widen_vector(&room, KIND_LIST, KIND_TEXT, &lists, &v);
	assert(v.rows == 5 && v.n == 4 && v.length == NULL);
	assert(v.defined == defined);
	assert(text_is(&v, 0, "[]") && text_is(&v, 1, "[1,-1]"));
	assert(text_is(&v, 2, "[]"));
	assert(text_is(&v, 3, "[-9223372036854775808]"));
}

static void
one_word_for_all_stays_one(void)
{
	static const uint64_t word = 7;
	const struct vector many = { .rows = 1000,
		.n = 1000,
		.word = &word,
		.same = true };
	struct vector v;

	widen_vector(&room, KIND_INTEGER, KIND_TEXT, &many, &v);
	assert(v.same && v.n == 1000 && v.texts == 1);
	assert(text_is(&v, 999, "7"));
	widen_vector(&room, KIND_INTEGER, KIND_DECIMAL, &many, &v);
	assert(v.same && v.n == 1000 && v.word[0] == bits(7));
}

static void
nothing_becomes_anything(void)
{
	static const uint8_t defined[] = { 0, 0 };
	const struct vector none = { .rows = 2, .defined = defined };
	struct vector v;

	for (enum kind to = KIND_NOTHING; to < KINDS; to++) {
		widen_vector(&room, KIND_NOTHING, to, &none, &v);
		assert(v.rows == 2 && v.n == 0 && v.defined == defined);
		assert((v.length != NULL) == (to == KIND_LIST));
		assert(
		    v.length == NULL || (v.length[0] == 0 && v.length[1] == 0));
	}
}

int
main(void)
{
	words_become_texts();
	integers_become_decimals();
	lists_become_texts();
	one_word_for_all_stays_one();
	nothing_becomes_anything();
	widen_free(&room);
	return 0;
}
