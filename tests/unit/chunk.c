/* SPDX-License-Identifier: MIT */
/* chunk: pages byte by byte, how values are encoded, and how they are cut */
#include "parquet/chunk.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

enum { MANY = 300000 };

static uint64_t word[MANY];
static uint8_t defined[MANY];

static uint32_t
next(void)
{
	static uint32_t x = 1;

	x = x * 1664525 + 1013904223;
	return x >> 8;
}

static struct chunk_coder *
coder_of(enum codec codec, unsigned version)
{
	struct chunk_options options = { .codec = codec, .version = version };

	return chunk_coder_new(&options);
}

/*
 * Three rows of an optional INT32, 5, null, -1: levels 1, 0, 1, packed in one
 * group of 8, behind their length; worked out by hand from parquet.thrift and
 * thrift-compact-protocol.md, but for the checksum.
 */
static void
bytes(void)
{
	static const uint64_t values[] = { 5, (uint64_t)-1 };
	static const uint8_t there[] = { 1, 0, 1 };
	static const char first[] = "\x15\0"   /* DATA_PAGE */
				    "\x15\x1c" /* 14 bytes */
				    "\x15\x1c";
	static const char rest[] = "\x1c"
				   "\x15\x06" /* 3 values */
				   "\x15\0"   /* PLAIN */
				   "\x15\x06" /* RLE */
				   "\x15\x06" /* RLE */
				   "\0\0"
				   "\2\0\0\0\3\5"
				   "\5\0\0\0\xff\xff\xff\xff";
	struct vector v = { .rows = 3,
		.n = 2,
		.word = values,
		.defined = there };
	struct leaf leaf = { .type = LEAF_INT32 };
	struct chunk_coder *coder = coder_of(CODEC_NONE, 1);
	struct chunk c = { 0 };
	size_t n = sizeof(rest) - 1;

	chunk_encode(coder, &leaf, &v, 1, &c);
	assert(c.err == 0 && c.rows == 3 && c.values == 3 && c.nulls == 1);
	assert(memcmp(c.bytes.buf, first, sizeof(first) - 1) == 0);
	assert(c.bytes.buf[sizeof(first) - 1] == '\x15');
	assert(memcmp(c.bytes.buf + c.bytes.n - n, rest, n) == 0);
	assert(c.pages == 1 && c.page[0].bytes == c.bytes.n);
	assert(c.unpacked == c.bytes.n && !c.dictionary);
	chunk_free(&c);
	chunk_coder_free(coder);
}

/* Encodes n words in one vector, and in many of one row to a few. */
static struct chunk
both_ways(enum codec codec, unsigned version, const struct leaf *leaf,
    const struct str *text, size_t texts, size_t n)
{
	struct chunk_coder *coder = coder_of(codec, version);
	struct vector *v = mem_alloc(n * sizeof(*v));
	struct vector whole = { .rows = n,
		.word = word,
		.text = text,
		.texts = texts,
		.defined = defined };
	struct chunk one = { 0 }, other = { 0 };
	size_t cuts = 0, at = 0;

	for (size_t row = 0; row < n; row += v[cuts++].rows) {
		size_t rows = 1 + next() % 50;

		v[cuts] = whole;
		v[cuts].rows = rows = n - row < rows ? n - row : rows;
		v[cuts].word = word + at;
		v[cuts].defined = defined + row;
		for (size_t i = 0; i < rows; i++)
			v[cuts].n += defined[row + i];
		v[cuts].same = v[cuts].n == 1;
		at += v[cuts].n;
	}
	whole.n = at;
	chunk_encode(coder, leaf, &whole, 1, &one);
	chunk_encode(coder, leaf, v, cuts, &other);
	assert(one.err == 0 && one.bytes.n == other.bytes.n);
	assert(memcmp(one.bytes.buf, other.bytes.buf, one.bytes.n) == 0);
	assert(one.rows == n && one.nulls == n - at);
	for (size_t i = 0; i < one.pages; i++)
		assert(one.page[i].at == other.page[i].at);
	chunk_free(&other);
	chunk_coder_free(coder);
	free(v);
	return one;
}

static size_t
takes(enum coding_how how, enum codec codec, const struct leaf *leaf, size_t n)
{
	struct chunk c = both_ways(codec, 2, leaf, NULL, 0, n);
	size_t size = c.bytes.n;

	assert(c.how == how);
	assert(c.pages * 140000 >= n && c.pages < 100);
	chunk_free(&c);
	return size;
}

static void
fill(uint64_t (*value)(size_t))
{
	for (size_t i = 0; i < MANY; i++)
		word[i] = value(i);
	memset(defined, 1, sizeof(defined));
}

static uint64_t
one(size_t i)
{
	return i - i + 42;
}

static uint64_t
few(size_t i)
{
	return i - i + (uint64_t)(next() % 13) * 1000000007;
}

static uint64_t
times(size_t i)
{
	return 1700000000000000000 + i * 1000003 + next() % 5000;
}

static uint64_t
noise(size_t i)
{
	return i - i +
	    ((uint64_t)next() << 42 ^ (uint64_t)next() << 20 ^ next());
}

static uint64_t
watts(size_t i)
{
	double d = 100 + (double)(i % 1000) / 1e3 + next() % 1000 / 1e6;
	uint64_t v;

	memcpy(&v, &d, sizeof(v));
	return v;
}

static void
choices(void)
{
	struct leaf whole = { .type = LEAF_INT64, .required = true };
	struct leaf decimal = { .type = LEAF_DOUBLE, .required = true };

	fill(one);
	assert(takes(CODING_DICTIONARY, CODEC_ZSTD, &whole, MANY) < 500);
	fill(few);
	assert(takes(CODING_DICTIONARY, CODEC_NONE, &whole, MANY) <
	    MANY / 2 + 1000);
	fill(times);
	/* 5,000 fit into 13 bits. */
	assert(takes(CODING_DELTA, CODEC_NONE, &whole, MANY) <
	    (size_t)MANY * 15 / 8);
	fill(noise);
	takes(CODING_PLAIN, CODEC_NONE, &whole, MANY);
	fill(watts);
	takes(CODING_PLAIN, CODEC_NONE, &decimal, MANY);
	takes(CODING_SPLIT, CODEC_ZSTD, &decimal, MANY);
}

static void
texts(void)
{
	static const struct str text[] = { { "", 0 }, { "one", 3 },
		{ "two", 3 }, { "one", 3 }, { "unused", 6 } };
	struct leaf leaf = { .type = LEAF_BYTES, .logical = LEAF_STRING };
	struct chunk c;

	for (size_t i = 0; i < 10000; i++) {
		defined[i] = next() % 3 > 0;
		word[i] = next() % 4;
	}
	for (unsigned version = 1; version <= 2; version++) {
		c = both_ways(CODEC_NONE, version, &leaf, text, 5, 10000);
		assert(c.how == CODING_DICTIONARY && c.pages == 1);
		/* 2 bits each, and a level. */
		assert(c.bytes.n < 10000 * 3 / 8);
		assert(str_eq(c.bounds.least, text[0]));
		assert(str_eq(c.bounds.most, text[2]));
		chunk_free(&c);
	}
}

/* What no row has is told in a few bytes, the same whatever its type. */
static void
nothing(void)
{
	struct chunk_coder *coder = coder_of(CODEC_ZSTD, 2);
	struct chunk first = { 0 };
	struct leaf any = { .type = LEAF_DOUBLE };

	chunk_encode_absent(coder, &any, 1000000, &first);
	for (int type = LEAF_BOOLEAN; type <= LEAF_BYTES; type++) {
		struct leaf leaf = { .type = (enum leaf_type)type,
			.bloom = true };
		struct chunk c = { 0 };

		chunk_encode_absent(coder, &leaf, 1000000, &c);
		assert(c.nulls == 1000000 && c.values == 1000000);
		assert(c.bytes.n < 1000 && !c.bounds.known && c.absent);
		assert(c.bytes.n == first.bytes.n && c.bloom.n == 0);
		assert(memcmp(c.bytes.buf, first.bytes.buf, c.bytes.n) == 0);
		for (size_t i = 0; i < c.pages; i++)
			assert(c.page[i].all_null);
		chunk_free(&c);
	}
	chunk_free(&first);
	chunk_coder_free(coder);
	chunk_coder_free(NULL);
}

int
main(void)
{
	bytes();
	choices();
	texts();
	nothing();
	return 0;
}
