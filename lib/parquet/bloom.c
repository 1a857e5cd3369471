/* SPDX-License-Identifier: MIT */
#include "parquet/bloom.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/mem.h"
#include "parquet/plain.h"
#include "parquet/thriftout.h"

/* A block is 8 words of 32 bits; a value sets a bit in each of them. */
enum { WORDS = 8, BLOCK_BYTES = 4 * WORDS, BLOCK_BITS = 8 * BLOCK_BYTES };

/* At 10.5 bits a value, 1 % of others seem to be there (BloomFilter.md). */
enum { BITS_OF_TWO = 21, BLOCKS_MOST = 1 << 22 };

struct bloom {
	uint64_t *hash;
	size_t hashes;
	uint64_t *seen; /* a table of hashes, to count those that differ */
	size_t seen_cap;
	uint32_t *block;
	size_t words;
};

struct bloom *
bloom_new(void)
{
	return mem_alloc(sizeof(struct bloom));
}

void
bloom_free(struct bloom *b)
{
	if (b == NULL)
		return;
	free(b->hash);
	free(b->seen);
	free(b->block);
	free(b);
}

static uint64_t
hash_word(const struct leaf *leaf, uint64_t word)
{
	uint32_t half = plain_half(leaf, word);

	if (leaf_width(leaf) == 4)
		return XXH64(&half, sizeof(half), 0);
	return XXH64(&word, sizeof(word), 0);
}

/* Hashes each value, or each that a dictionary has; returns how many. */
static size_t
hash_all(struct bloom *b, const struct leaf *leaf, const struct coding *coding,
    const struct gathered *g)
{
	const uint64_t *word = g->word;
	size_t n = g->n;

	if (coding->how == CODING_DICTIONARY) {
		word = coding->word;
		n = coding->entries;
	} else if (leaf->type == LEAF_BYTES) {
		n = g->texts;
	}
	b->hash = mem_grow(b->hash, &b->hashes, n, sizeof(*b->hash));
	for (size_t i = 0; i < n; i++)
		if (leaf->type == LEAF_BYTES)
			b->hash[i] = XXH64(g->text[i].p, g->text[i].n, 0);
		else
			b->hash[i] = hash_word(leaf, word[i]);
	return n;
}

/* Hashes that are 0, which stands for a free place, count as one. */
static size_t
count_distinct(struct bloom *b, size_t n)
{
	size_t places = 16, distinct = 0, at;
	bool zero = false;

	while (places < 2 * n)
		places *= 2;
	b->seen = mem_grow(b->seen, &b->seen_cap, places, sizeof(*b->seen));
	memset(b->seen, 0, places * sizeof(*b->seen));
	for (size_t i = 0; i < n; i++) {
		uint64_t hash = b->hash[i];

		at = hash & (places - 1);
		while (b->seen[at] != 0 && b->seen[at] != hash)
			at = (at + 1) & (places - 1);
		distinct += b->seen[at] == 0 && hash != 0;
		zero |= hash == 0;
		b->seen[at] = hash;
	}
	return distinct + zero;
}

static void
set(uint32_t *block, size_t blocks, uint64_t hash)
{
	static const uint32_t salt[WORDS] = { 0x47b6137b, 0x44974d91,
		0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947,
		0x5c6bfb31 };
	uint32_t *words = block + WORDS * ((hash >> 32) * blocks >> 32);

	for (size_t i = 0; i < WORDS; i++)
		words[i] |= 1U << ((uint32_t)hash * salt[i] >> 27);
}

static void
put_header(struct output *out, size_t bytes)
{
	struct thriftout t = { .out = out };

	thriftout_number(&t, 1, THRIFT_I32, (int64_t)bytes);
	/* Each a union: BLOCK, XXHASH, UNCOMPRESSED. */
	for (int field = 2; field <= 4; field++) {
		thriftout_struct(&t, field);
		thriftout_empty(&t, 1);
		thriftout_end(&t);
	}
	thriftout_end(&t);
}

void
bloom_put(struct bloom *b, struct output *out, const struct leaf *leaf,
    const struct coding *coding, const struct gathered *g)
{
	size_t n, blocks;

	if (leaf->type == LEAF_BOOLEAN)
		return;
	n = hash_all(b, leaf, coding, g);
	blocks = count_distinct(b, n) * BITS_OF_TWO / 2 / BLOCK_BITS + 1;
	if (blocks > BLOCKS_MOST)
		blocks = BLOCKS_MOST;
	b->block = mem_grow(b->block, &b->words, blocks * WORDS,
	    sizeof(*b->block));
	memset(b->block, 0, blocks * BLOCK_BYTES);
	for (size_t i = 0; i < n; i++)
		set(b->block, blocks, b->hash[i]);
	put_header(out, blocks * BLOCK_BYTES);
	output_put(out, b->block, blocks * BLOCK_BYTES);
}
