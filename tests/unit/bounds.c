/* SPDX-License-Identifier: MIT */
/* bounds: the orders of parquet.thrift, and texts that are cut */
#include "parquet/bounds.h"

#include <assert.h>
#include <math.h>

static char room[BOUNDS_ROOM];

static uint64_t
bits_of(double d)
{
	uint64_t word;

	memcpy(&word, &d, sizeof(word));
	return word;
}

static struct bounds
of_words(const struct leaf *leaf, const uint64_t *word, size_t n)
{
	struct bounds_found found = { 0 };

	bounds_words(&found, leaf, word, n / 2);
	bounds_words(&found, leaf, word + n / 2, n - n / 2);
	return bounds_of(&found, leaf, room);
}

static bool
holds(struct str s, const char *p, size_t n)
{
	return str_eq(s, (struct str){ p, n });
}
#define HOLDS(s, z) holds(s, z, sizeof(z) - 1)

static void
integers(void)
{
	static const uint64_t word[] = { 5, (uint64_t)-1, 3, 7 };
	struct leaf leaf = { .type = LEAF_INT32 };
	struct bounds b = of_words(&leaf, word, 4);

	assert(b.known && b.least_exact && b.most_exact);
	assert(HOLDS(b.least, "\xff\xff\xff\xff"));
	assert(HOLDS(b.most, "\7\0\0\0"));
	leaf = (struct leaf){ .type = LEAF_INT64, .logical = LEAF_UINT64 };
	b = of_words(&leaf, word, 4);
	assert(HOLDS(b.least, "\3\0\0\0\0\0\0\0"));
	assert(HOLDS(b.most, "\xff\xff\xff\xff\xff\xff\xff\xff"));
	assert(bounds_compare(&leaf, b.least, b.most) < 0);
	leaf.logical = LEAF_INT64_LOGICAL;
	assert(bounds_compare(&leaf, b.least, b.most) > 0);
	leaf = (struct leaf){ .type = LEAF_BOOLEAN };
	b = of_words(&leaf, word + 3, 1);
	assert(HOLDS(b.least, "\1") && HOLDS(b.most, "\1"));
	assert(!of_words(&leaf, word, 0).known);
}

static void
decimals(void)
{
	const uint64_t none[] = { bits_of(NAN), bits_of(-NAN) };
	const uint64_t some[] = { bits_of(NAN), bits_of(2), bits_of(NAN),
		bits_of(-INFINITY), bits_of(NAN) };
	const uint64_t plus[] = { bits_of(0.0), bits_of(0.0) };
	const uint64_t minus[] = { bits_of(-0.0) };
	const uint64_t tiny[] = { bits_of(1e-60), bits_of(-1e-60) };
	struct leaf leaf = { .type = LEAF_DOUBLE };
	struct bounds b;

	assert(!of_words(&leaf, none, 2).known);
	b = of_words(&leaf, some, 5);
	assert(HOLDS(b.least, "\0\0\0\0\0\0\xf0\xff"));
	assert(HOLDS(b.most, "\0\0\0\0\0\0\0\x40"));
	b = of_words(&leaf, plus, 2);
	assert(HOLDS(b.least, "\0\0\0\0\0\0\0\x80"));
	assert(HOLDS(b.most, "\0\0\0\0\0\0\0\0"));
	b = of_words(&leaf, minus, 1);
	assert(HOLDS(b.most, "\0\0\0\0\0\0\0\0"));
	leaf.type = LEAF_FLOAT;
	b = of_words(&leaf, tiny, 2);
	assert(HOLDS(b.least, "\0\0\0\x80") && HOLDS(b.most, "\0\0\0\0"));
	b = of_words(&leaf, some, 5);
	assert(HOLDS(b.most, "\0\0\0\x40"));
	assert(bounds_compare(&leaf, b.least, b.most) < 0);
}

/* The bounds of one text of n bytes. */
static struct bounds
of_text(const char *p, size_t n, enum leaf_logical logical)
{
	struct leaf leaf = { .type = LEAF_BYTES, .logical = logical };
	struct bounds_found found = { 0 };

	bounds_text(&found, (struct str){ p, n });
	return bounds_of(&found, &leaf, room);
}

static void
texts(void)
{
	struct leaf leaf = { .type = LEAF_BYTES, .logical = LEAF_STRING };
	struct bounds_found found = { 0 }, other = { 0 };
	struct bounds b;

	bounds_text(&found, str_of("b"));
	bounds_text(&other, str_of("\xc3\xa9"));
	bounds_text(&other, str_of(""));
	bounds_text(&other, str_of("abc"));
	bounds_join(&found, &leaf, &other);
	b = bounds_of(&found, &leaf, room);
	assert(b.known && b.least_exact && b.most_exact);
	assert(HOLDS(b.least, "") && HOLDS(b.most, "\xc3\xa9"));
	assert(bounds_compare(&leaf, b.least, b.most) < 0);
}

static void
cuts(void)
{
	char text[200], most[BOUNDS_TEXT];
	struct bounds b;

	memset(text, 'a', sizeof(text));
	b = of_text(text, 64, LEAF_STRING);
	assert(b.least_exact && b.most_exact && b.most.n == 64);
	b = of_text(text, 65, LEAF_STRING);
	assert(b.known && !b.least_exact && !b.most_exact);
	memset(most, 'a', sizeof(most));
	assert(holds(b.least, most, 64));
	most[63] = 'b';
	assert(holds(b.most, most, 64));
	/* A character is not cut: e with an acute would be at 63 and 64. */
	memcpy(text + 63, "\xc3\xa9", 2);
	b = of_text(text, 200, LEAF_STRING);
	assert(b.least.n == 63 && b.most.n == 63 && b.most.p[62] == 'b');
	/* Of bytes, it is. */
	b = of_text(text, 200, LEAF_AS_IT_IS);
	assert(b.least.n == 64 && b.most.n == 64 && b.most.p[63] == '\xc4');
	/* DEL's next has two bytes, for which there is no room. */
	text[63] = '\x7f';
	text[64] = 'x';
	b = of_text(text, 200, LEAF_STRING);
	assert(b.most.n == 63 && b.most.p[62] == 'b');
	/* Behind D7FF come the surrogates, then E000. */
	memcpy(text + 61, "\xed\x9f\xbf", 3);
	b = of_text(text, 200, LEAF_STRING);
	assert(b.most.n == 64 && memcmp(b.most.p + 61, "\xee\x80\x80", 3) == 0);
	/* The last character of all has none behind it. */
	memcpy(text + 60, "\xf4\x8f\xbf\xbf", 4);
	b = of_text(text, 200, LEAF_STRING);
	assert(b.most.n == 60 && b.most.p[59] == 'b' && b.least.n == 64);
	/* What is not UTF-8 is not made so. */
	text[63] = '\xff';
	assert(!of_text(text, 200, LEAF_STRING).known);
	memset(text, 0xff, sizeof(text));
	assert(!of_text(text, 200, LEAF_AS_IT_IS).known);
	for (size_t i = 0; i < 200; i += 4)
		memcpy(text + i, "\xf4\x8f\xbf\xbf", 4);
	assert(!of_text(text, 200, LEAF_STRING).known);
}

int
main(void)
{
	integers();
	decimals();
	texts();
	cuts();
	return 0;
}
