/* SPDX-License-Identifier: MIT */
/* valuesin: values in each encoding, as Encodings.md works them out */
#undef NDEBUG
#include "parquet/valuesin.h"

#include <assert.h>

#define STR(bytes)                                                             \
	(struct str)                                                           \
	{                                                                      \
		bytes, sizeof(bytes) - 1                                       \
	}

enum { MOST = 16 };

static uint64_t word[MOST];
static struct str text[MOST];

/* Reads n values of a page.  Returns what is wrong. */
static const char *
read_values(struct leaf leaf, int32_t encoding, struct str bytes,
    const struct valuesin_dictionary *d, size_t n)
{
	struct valuesin *v = valuesin_new(&leaf);
	const char *why = valuesin_open(v, encoding, bytes, d);

	memset(word, 0xee, sizeof(word));
	if (why == NULL && valuesin_ready(v, n) < n)
		why = "not ready";
	if (why == NULL)
		why = valuesin_read(v, n, word, text);
	valuesin_free(v);
	return why;
}

static bool
reads(enum leaf_type type, int32_t encoding, struct str bytes, size_t n)
{
	return read_values((struct leaf){ .type = type }, encoding, bytes, NULL,
		   n) == NULL;
}

static bool
is_double(uint64_t bits, double want)
{
	return memcmp(&bits, &want, sizeof(want)) == 0;
}

static void
test_plain(void)
{
	const struct leaf small = { .type = LEAF_INT32,
		.logical = LEAF_UINT32 };
	bool good = reads(LEAF_INT32, VALUESIN_PLAIN,
	    STR("\xff\xff\xff\xff\x01\x02\x00\x00"), 2);

	assert(good && word[0] == UINT64_MAX && word[1] == 513);
	good = read_values(small, VALUESIN_PLAIN, STR("\xff\xff\xff\xff"), NULL,
		   1) == NULL;
	assert(good && word[0] == UINT32_MAX);
	good = reads(LEAF_INT64, VALUESIN_PLAIN,
	    STR("\x00\x00\x00\x00\x00\x00\x00\x80"), 1);
	assert(good && (int64_t)word[0] == INT64_MIN);
	good = reads(LEAF_FLOAT, VALUESIN_PLAIN, STR("\x00\x00\xc0\x3f"), 1);
	assert(good && is_double(word[0], 1.5));
	good = reads(LEAF_DOUBLE, VALUESIN_PLAIN,
	    STR("\x00\x00\x00\x00\x00\x00\xf8\xbf"), 1);
	assert(good && is_double(word[0], -1.5));
	good = reads(LEAF_BOOLEAN, VALUESIN_PLAIN, STR("\x05\x01"), 9);
	assert(good && word[0] == 1 && word[1] == 0 && word[2] == 1);
	assert(word[7] == 0 && word[8] == 1);
	good = reads(LEAF_BYTES, VALUESIN_PLAIN,
	    STR("\x03\x00\x00\x00"
		"abc\x00\x00\x00\x00"),
	    2);
	assert(good && str_is(text[word[0]], "abc"));
	assert(text[word[1]].n == 0);
}

/* 1, 0, 0, 0 as a bit-packed group, behind the bytes that it takes. */
static void
test_booleans(void)
{
	bool good = reads(LEAF_BOOLEAN, VALUESIN_RLE,
	    STR("\x02\x00\x00\x00\x03\x01"), 4);

	assert(good && word[0] == 1 && word[1] == 0 && word[3] == 0);
	good = reads(LEAF_BOOLEAN, VALUESIN_RLE,
	    STR("\x03\x00\x00\x00\x03\x01"), 4);
	assert(!good); /* it goes beyond its page */
}

static void
test_dictionary(void)
{
	static const struct str texts[] = { { "a", 1 }, { "bc", 2 } };
	static const uint64_t words[] = { 7, UINT64_MAX };
	const struct valuesin_dictionary d = { words, texts, 2 };
	const struct leaf bytes = { .type = LEAF_BYTES };
	const struct leaf number = { .type = LEAF_INT64 };
	/* In one bit: 3 times 1, then twice 0. */
	const struct str five = STR("\x01\x06\x01\x04\x00");
	const char *why = read_values(number, VALUESIN_RLE_DICTIONARY, five, &d,
	    5);

	assert(why == NULL && word[2] == UINT64_MAX && word[4] == 7);
	why = read_values(bytes, VALUESIN_PLAIN_DICTIONARY, five, &d, 5);
	assert(why == NULL && word[0] == 1 && word[3] == 0);
	why = read_values(number, VALUESIN_RLE_DICTIONARY, five, &d, 6);
	assert(why != NULL);
	why = read_values(number, VALUESIN_RLE_DICTIONARY, five, NULL, 5);
	assert(why != NULL);
	why = read_values(number, VALUESIN_RLE_DICTIONARY, STR("\x02\x02\x02"),
	    &d, 1);
	assert(why != NULL && strstr(why, "beyond the dictionary"));
	why = read_values(number, VALUESIN_RLE_DICTIONARY, STR("\x21"), &d, 1);
	assert(why != NULL);
}

/* Hello, World, Foobar, ABCDEF, of the document. */
static void
test_lengths(void)
{
	static const char bytes[] = "\x80\x01\x04\x04\x0a\x00\x01\x00\x00\x00"
				    "\x02\x00\x00\x00"
				    "HelloWorldFoobarABCDEF";
	bool good = reads(LEAF_BYTES, VALUESIN_DELTA_LENGTH, STR(bytes), 4);

	assert(good && str_is(text[0], "Hello") && str_is(text[1], "World"));
	assert(str_is(text[2], "Foobar") && str_is(text[3], "ABCDEF"));
	good = reads(LEAF_BYTES, VALUESIN_DELTA_LENGTH, STR(bytes), 5);
	assert(!good);
	good = reads(LEAF_BYTES, VALUESIN_DELTA_LENGTH,
	    (struct str){ bytes, sizeof(bytes) - 2 }, 4);
	assert(!good); /* the last of them is short */
}

/*
 * axis, axle, babble, babyhood, of the document: they begin with 0 2 0 3
 * letters of the one before, and go on with 4 2 6 5.
 */
static const char axis[] = "\x80\x01\x04\x04\x00\x03\x03\x00\x00\x00"
			   "\x44\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
			   "\x80\x01\x04\x04\x08\x03\x03\x00\x00\x00"
			   "\x70\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
			   "axislebabbleyhood";

static void
test_prefixes(void)
{
	static const char *const want[] = { "axis", "axle", "babble",
		"babyhood" };
	const struct leaf leaf = { .type = LEAF_BYTES };
	struct valuesin *v = valuesin_new(&leaf);
	const char *why = valuesin_open(v, VALUESIN_DELTA_TEXT, STR(axis),
	    NULL);

	assert(why == NULL && valuesin_ready(v, 9) == 4);
	for (size_t i = 0; i < 4; i++) { /* one by one */
		why = valuesin_read(v, 1, word, text);
		assert(why == NULL && str_is(text[0], want[i]));
	}
	why = valuesin_read(v, 1, word, text);
	assert(why != NULL);
	why = valuesin_open(v, VALUESIN_DELTA_TEXT, STR(axis), NULL);
	assert(why == NULL && valuesin_ready(v, 4) == 4);
	why = valuesin_read(v, 4, word, text); /* and all at once */
	for (size_t i = 0; i < 4; i++)
		assert(why == NULL && str_is(text[word[i]], want[i]));
	valuesin_free(v);
}

/* A first text that begins with letters of the one before. */
static void
test_prefixes_of_nothing(void)
{
	char bytes[sizeof(axis)];
	const char *why;

	memcpy(bytes, axis, sizeof(bytes));
	bytes[4] = 2; /* 1 of the letters, where there are none */
	why = read_values((struct leaf){ .type = LEAF_BYTES },
	    VALUESIN_DELTA_TEXT, STR(bytes), NULL, 4);
	assert(why != NULL && strstr(why, "beyond its page"));
}

/* The document's 12 bytes, as values of 4. */
static void
test_split(void)
{
	bool good = reads(LEAF_INT32, VALUESIN_SPLIT,
	    STR("\xaa\x00\xa3\xbb\x11\xb4\xcc\x22\xc5\xdd\x33\xd6"), 3);

	assert(good && (uint32_t)word[0] == 0xddccbbaa);
	assert(word[1] == 0x33221100 && (uint32_t)word[2] == 0xd6c5b4a3);
	assert(!reads(LEAF_FLOAT, VALUESIN_SPLIT, STR("abcde"), 1));
	assert(!reads(LEAF_FLOAT, VALUESIN_SPLIT, STR("abcd"), 2));
}

/* 1 2 3 4 5 as differences; of INT32 modulo 2^32. */
static void
test_deltas(void)
{
	bool good = reads(LEAF_INT64, VALUESIN_DELTA,
	    STR("\x80\x01\x04\x05\x02\x02\x00\x00\x00\x00"), 5);

	assert(good && word[0] == 1 && word[4] == 5);
	/* INT32_MAX, and 1 more. */
	good = reads(LEAF_INT32, VALUESIN_DELTA,
	    STR("\x80\x01\x04\x02\xfe\xff\xff\xff\x0f\x02\x00\x00\x00\x00"), 2);
	assert(good && (int64_t)word[0] == INT32_MAX);
	assert((int64_t)word[1] == INT32_MIN);
}

static void
test_wrong(void)
{
	const char *why = read_values((struct leaf){ .type = LEAF_INT32 },
	    VALUESIN_BIT_PACKED, STR("abcd"), NULL, 1);

	assert(why != NULL && strstr(why, "BIT_PACKED"));
	assert(!reads(LEAF_BYTES, VALUESIN_DELTA, STR("abcd"), 1));
	assert(!reads(LEAF_INT32, VALUESIN_DELTA_TEXT, STR("abcd"), 1));
	assert(!reads(LEAF_INT32, VALUESIN_RLE, STR("abcd"), 1));
	assert(!reads(LEAF_BYTES, VALUESIN_SPLIT, STR("abcd"), 1));
	assert(!reads(LEAF_INT32, 77, STR("abcd"), 1));
	assert(!reads(LEAF_INT64, VALUESIN_PLAIN, STR("abcdefg"), 1));
	assert(!reads(LEAF_BOOLEAN, VALUESIN_PLAIN, STR("a"), 9));
	assert(!reads(LEAF_BYTES, VALUESIN_PLAIN, STR("\x02\x00\x00\x00q"), 1));
	assert(!reads(LEAF_BYTES, VALUESIN_PLAIN, STR("\x02\x00\x00"), 1));
}

int
main(void)
{
	test_plain();
	test_booleans();
	test_dictionary();
	test_lengths();
	test_prefixes();
	test_prefixes_of_nothing();
	test_split();
	test_deltas();
	test_wrong();
	return 0;
}
