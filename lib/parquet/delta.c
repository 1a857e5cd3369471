/* SPDX-License-Identifier: MIT */
#include "parquet/delta.h"

#include "parquet/bitpack.h"
#include "parquet/thriftout.h"

enum { BLOCK = 128, PARTS = 4, PART = BLOCK / PARTS };

/* Differences of a block, above their least, and the bits of each part. */
struct block {
	int64_t least;
	uint64_t rest[BLOCK];
	uint8_t width[PARTS];
};

/*
 * Differences wrap around, in 32 bits if the values have 32: a reader that
 * adds in as many bits is right again.
 */
static int64_t
difference(uint64_t a, uint64_t b, bool half)
{
	if (half)
		return (int32_t)((uint32_t)a - (uint32_t)b);
	return (int64_t)(a - b);
}

/* Takes up to 128 words; that before the first is there. */
static void
measure(struct block *b, const uint64_t *word, size_t n, bool half)
{
	const uint64_t mask = half ? UINT32_MAX : UINT64_MAX;
	const uint64_t *before = word - 1;
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < n; i++) {
		int64_t d = difference(word[i], before[i], half);

		b->rest[i] = (uint64_t)d;
		least = d < least ? d : least;
	}
	b->least = least;
	for (size_t part = 0; part < PARTS; part++) {
		size_t from = part * PART, to = from + PART;
		uint64_t all = 0;

		for (size_t i = from; i < to && i < n; i++) {
			b->rest[i] = (b->rest[i] - (uint64_t)least) & mask;
			all |= b->rest[i];
		}
		for (size_t i = n > from ? n : from; i < to; i++)
			b->rest[i] = 0;
		b->width[part] = (uint8_t)bitpack_width(all);
	}
}

static void
put_part(struct output *out, const uint64_t *rest, unsigned width)
{
	const size_t bytes = PART / 8 * width;
	char *p = output_room(out, bytes + BITPACK_SLACK);
	uint32_t narrow[PART];

	if (width <= 16) {
		for (size_t i = 0; i < PART; i++)
			narrow[i] = (uint32_t)rest[i];
		bitpack_32(p, narrow, PART, width);
	} else {
		bitpack_64(p, rest, PART, width);
	}
	output_used(out, bytes);
}

/* The parts behind the last that has a value are left out. */
static void
put_block(struct output *out, const struct block *b, size_t n)
{
	thriftout_varint(out, thriftout_zigzag(b->least));
	output_put(out, b->width, PARTS);
	for (size_t part = 0; part * PART < n; part++)
		put_part(out, b->rest + part * PART, b->width[part]);
}

void
delta_put(struct output *out, const uint64_t *word, size_t n, bool half,
    bool whole)
{
	struct block b;

	thriftout_varint(out, BLOCK);
	thriftout_varint(out, PARTS);
	thriftout_varint(out, n);
	thriftout_varint(out,
	    thriftout_zigzag(n == 0 ? 0
		    : half          ? (int32_t)word[0]
				    : (int64_t)word[0]));
	for (size_t i = 1; i < n; i += BLOCK) {
		size_t some = n - i < BLOCK ? n - i : BLOCK;

		measure(&b, word + i, some, half);
		for (size_t part = 0; whole && part < PARTS; part++)
			b.width[part] = (uint8_t)((b.width[part] + 7) & ~7);
		put_block(out, &b, some);
	}
}
