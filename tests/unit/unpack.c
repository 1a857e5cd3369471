/* SPDX-License-Identifier: MIT */
/*
 * unpack: what the libraries packed comes out again, in any order of blocks;
 * what was cut, damaged or has another size than was said is told
 */
#include "stream/unpack.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"

enum { MANY = 20000 };

static char plain[MANY];

/* Packs n bytes of plain; to be freed. */
static struct str
pack(enum packing packing, size_t n)
{
	size_t room = ZSTD_compressBound(n) + compressBound(n);
	char *p = mem_alloc(room);
	uLongf size = (uLongf)room;

	if (packing == PACKING_ZLIB)
		assert(compress2((Bytef *)p, &size, (const Bytef *)plain, n,
			   6) == Z_OK);
	else
		size = ZSTD_compress(p, room, plain, n, 3);
	assert(size <= room);
	return (struct str){ p, size };
}

/* Asserts that so many bytes come where size are asked for. */
static void
gives(struct unpack *u, enum packing packing, struct str block, size_t size,
    size_t n, const char *why)
{
	char *to = mem_alloc(size + 1);
	const char *told;

	to[size] = 'x';
	told = unpack_block(u, packing, block, to, &size);
	assert((told == NULL) == (why == NULL));
	assert(told == NULL || strcmp(told, why) == 0);
	assert(size == n && memcmp(to, plain, n) == 0);
	free(to);
}

static void
all_sizes_of_both_kinds(struct unpack *u)
{
	static const size_t sizes[] = { 0, 1, 2, 4096, 4097, MANY };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (int k = PACKING_ZLIB; k <= PACKING_ZSTD; k++) {
			struct str block = pack((enum packing)k, sizes[i]);

			gives(u, (enum packing)k, block, sizes[i], sizes[i],
			    NULL);
			free((char *)block.p);
		}
}

/* The size that was told is another. */
static void
a_size_that_is_wrong(struct unpack *u)
{
	static const char why[] = "compressed data is damaged";

	for (int k = PACKING_ZLIB; k <= PACKING_ZSTD; k++) {
		struct str block = pack((enum packing)k, 5000);

		gives(u, (enum packing)k, block, 4999, 0, why);
		gives(u, (enum packing)k, block, 5001, 0, why);
		gives(u, (enum packing)k, block, 0, 0, why);
		gives(u, (enum packing)k, block, 5000, 5000, NULL);
		free((char *)block.p);
	}
}

static void
no_bytes_are_no_block_of_nothing(struct unpack *u)
{
	static const char why[] = "compressed data is damaged";

	gives(u, PACKING_ZLIB, str_of(""), 0, 0, why);
	gives(u, PACKING_ZSTD, str_of(""), 0, 0, why);
}

/* Of zlib's, a beginning comes: ever more, and all without the checksum. */
static void
cut_anywhere(struct unpack *u, enum packing packing)
{
	struct str block = pack(packing, MANY);
	char *to = mem_alloc(MANY);
	size_t before = 0;

	for (size_t n = 0; n < block.n; n++) {
		struct str cut = { mem_dup(block.p, n), n };
		size_t size = MANY;

		assert(unpack_block(u, packing, cut, to, &size) != NULL);
		assert(size <= MANY && size >= before);
		assert(memcmp(to, plain, size) == 0);
		assert(packing == PACKING_ZLIB || size == 0);
		before = size;
		free((char *)cut.p);
	}
	assert(packing == PACKING_ZSTD || before == MANY);
	gives(u, packing, block, MANY, MANY, NULL);
	free((char *)block.p);
	free(to);
}

/*
 * One that is damaged does not hinder the next.  A few bits mean nothing, or
 * the same: where the data has periods, another distance will do.
 */
static void
damaged_anywhere(struct unpack *u)
{
	struct str block = pack(PACKING_ZLIB, MANY);
	char *to = mem_alloc(MANY);
	size_t told = 0;

	for (size_t at = 0; at < block.n; at++) {
		struct str bad = { mem_dup(block.p, block.n), block.n };
		size_t size = MANY;

		((char *)bad.p)[at] ^= 0x10;
		if (unpack_block(u, PACKING_ZLIB, bad, to, &size) != NULL)
			told++;
		else
			assert(size == MANY && memcmp(to, plain, MANY) == 0);
		assert(size <= MANY);
		free((char *)bad.p);
	}
	assert(told >= block.n - 8);
	gives(u, PACKING_ZLIB, block, MANY, MANY, NULL);
	gives(u, PACKING_ZSTD, block, MANY, 0, "compressed data is damaged");
	free((char *)block.p);
	free(to);
}

/* Nothing is made that is not needed, and what is made is used again. */
static void
memory(void)
{
	struct unpack *u = unpack_new();
	struct str block = pack(PACKING_ZSTD, MANY);
	char *p = unpack_room(u, 100);

	assert(p != NULL && unpack_room(u, 100) == p);
	assert(unpack_room(u, 50) == p && unpack_room(u, 0) == p);
	memset(unpack_room(u, 1000), 'y', 1000);
	unpack_free(u);
	u = unpack_new();
	assert(unpack_room(u, 0) != NULL);
	gives(u, PACKING_ZSTD, block, MANY, MANY, NULL);
	free((char *)block.p);
	unpack_free(u);
	unpack_free(NULL);
}

int
main(void)
{
	struct unpack *u = unpack_new();
	uint64_t x = 1;

	for (size_t i = 0; i < MANY; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		plain[i] = (char)(i % 5 == 0 ? x >> 56 : 7 * (i % 64));
	}
	all_sizes_of_both_kinds(u);
	a_size_that_is_wrong(u);
	no_bytes_are_no_block_of_nothing(u);
	cut_anywhere(u, PACKING_ZLIB);
	cut_anywhere(u, PACKING_ZSTD);
	damaged_anywhere(u);
	all_sizes_of_both_kinds(u);
	unpack_free(u);
	memory();
	return 0;
}
