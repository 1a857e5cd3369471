/* SPDX-License-Identifier: MIT */
#include "parquet/plainin.h"

#include <endian.h>

uint32_t
plainin_u32(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return le32toh(v);
}

static uint64_t
read_u64(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return le64toh(v);
}

uint64_t
plainin_integer(const struct leaf *leaf, uint64_t v)
{
	if (leaf->type != LEAF_INT32)
		return v;
	if (leaf_unsigned(leaf))
		return (uint32_t)v;
	return (uint64_t)(int64_t)(int32_t)(uint32_t)v;
}

/* Returns the bits of the double that is the float of those bits. */
static uint64_t
widen(uint32_t bits)
{
	uint64_t word;
	double wide;
	float v;

	memcpy(&v, &bits, sizeof(v));
	wide = (double)v;
	memcpy(&word, &wide, sizeof(word));
	return word;
}

void
plainin_words(const struct leaf *leaf, const char *p, size_t n, uint64_t *word)
{
	switch (leaf->type) {
	case LEAF_INT32:
		for (size_t i = 0; i < n; i++)
			word[i] = plainin_integer(leaf, plainin_u32(p + 4 * i));
		break;
	case LEAF_FLOAT:
		for (size_t i = 0; i < n; i++)
			word[i] = widen(plainin_u32(p + 4 * i));
		break;
	default:
		for (size_t i = 0; i < n; i++)
			word[i] = read_u64(p + 8 * i);
	}
}

bool
plainin_texts(struct str *bytes, size_t n, struct str *text)
{
	struct str rest = *bytes;

	for (size_t i = 0; i < n; i++) {
		uint32_t length;

		if (rest.n < 4)
			return false;
		length = plainin_u32(rest.p);
		rest = str_skip(rest, 4);
		if (length > rest.n)
			return false;
		text[i] = (struct str){ rest.p, length };
		rest = str_skip(rest, length);
	}
	*bytes = rest;
	return true;
}
