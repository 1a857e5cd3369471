/* SPDX-License-Identifier: MIT */
/* plain: the bytes of values as Encodings.md has them */
#include "parquet/plain.h"

#include <assert.h>

#include "packed.h"

static struct output out;

#define IS(z) PACKED_IS(&out, z)

static uint64_t
bits_of(double d)
{
	uint64_t word;

	memcpy(&word, &d, sizeof(word));
	return word;
}

static void
numbers(void)
{
	static const uint64_t bits[] = { 1, 0, 1, 1, 0, 0, 0, 0, 1 };
	static const uint64_t word[] = { 1, (uint64_t)-2 };
	const uint64_t decimal[] = { bits_of(1.5), bits_of(-2) };
	struct leaf leaf = { .type = LEAF_BOOLEAN };

	plain_words(&out, &leaf, bits, 9);
	IS("\x0d\x01");
	leaf.type = LEAF_INT32;
	plain_words(&out, &leaf, word, 2);
	IS("\1\0\0\0\xfe\xff\xff\xff");
	leaf.type = LEAF_INT64;
	plain_words(&out, &leaf, word, 2);
	IS("\1\0\0\0\0\0\0\0\xfe\xff\xff\xff\xff\xff\xff\xff");
	leaf.type = LEAF_FLOAT;
	plain_words(&out, &leaf, decimal, 2);
	IS("\0\0\xc0\x3f\0\0\0\xc0");
	leaf.type = LEAF_DOUBLE;
	plain_words(&out, &leaf, decimal, 2);
	IS("\0\0\0\0\0\0\xf8\x3f\0\0\0\0\0\0\0\xc0");
}

static void
texts(void)
{
	static const struct str text[] = { { "ab", 2 }, { NULL, 0 },
		{ "a longer text than that", 23 } };
	static const uint32_t index[] = { 2, 0, 1, 0 };

	plain_texts(&out, text, index, 4);
	IS("\x17\0\0\0a longer text than that"
	   "\2\0\0\0ab"
	   "\0\0\0\0"
	   "\2\0\0\0ab");
}

/* The example of Encodings.md, "Byte Stream Split". */
static void
split(void)
{
	static const uint32_t example[] = { 0xddccbbaa, 0x33221100,
		0xd4c3b2a1 };
	struct leaf leaf = { .type = LEAF_FLOAT };
	uint64_t word[3];

	for (size_t i = 0; i < 3; i++) {
		float f;

		memcpy(&f, &example[i], sizeof(f));
		word[i] = bits_of((double)f);
	}
	plain_split(&out, &leaf, word, 3);
	IS("\xaa\x00\xa1\xbb\x11\xb2\xcc\x22\xc3\xdd\x33\xd4");
	leaf.type = LEAF_DOUBLE;
	word[0] = 0x0807060504030201;
	word[1] = 0x1817161514131211;
	plain_split(&out, &leaf, word, 2);
	IS("\x01\x11\x02\x12\x03\x13\x04\x14\x05\x15\x06\x16\x07\x17\x08\x18");
}

int
main(void)
{
	output_in_memory(&out);
	numbers();
	texts();
	split();
	output_close(&out);
	return 0;
}
