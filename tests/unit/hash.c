/* SPDX-License-Identifier: MIT */
/* hash: every byte counts, and small numbers do not share a place */
#include <assert.h>

#include "base/address.h"
#include "base/hash.h"

static void
every_byte_counts(void)
{
	char key[20] = { 0 };
	unsigned plain = hash_bytes(key, sizeof(key));

	for (size_t i = 0; i < sizeof(key); i++) {
		key[i] = 1;
		assert(hash_bytes(key, sizeof(key)) != plain);
		key[i] = 0;
	}
	assert(hash_bytes(key, 19) != plain);
	assert(hash_bytes(key, sizeof(key)) == plain);
}

/* As thread numbers are: of 4096 in a row no 16 fall into one of 1024. */
static void
neighbours_are_spread(void)
{
	unsigned char used[1024] = { 0 };

	for (int64_t tid = 30000; tid < 30000 + 4096; tid++)
		assert(++used[hash_bytes(&tid, sizeof(tid)) % 1024] < 16);
}

/*
 * Of addresses the last bytes differ.  Were places drawn by lot, 16 of 4096
 * in one of 1024, or 6 of a block of 256, would be seen once in 200 times.
 */
static void
addresses_of_a_network_are_spread(void)
{
	unsigned char used[1024] = { 0 };

	for (unsigned x = 0; x < 16; x++) {
		unsigned char used_by_block[1024] = { 0 };

		for (unsigned y = 0; y < 256; y++) {
			const uint8_t byte[] = { 10, 0, (uint8_t)x,
				(uint8_t)y };
			struct address a = address_from(byte, sizeof(byte));
			unsigned place = hash_bytes(&a, sizeof(a)) % 1024;

			assert(++used[place] < 16);
			assert(++used_by_block[place] < 6);
		}
	}
}

int
main(void)
{
	every_byte_counts();
	neighbours_are_spread();
	addresses_of_a_network_are_spread();
	return 0;
}
