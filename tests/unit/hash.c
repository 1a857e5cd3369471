/* SPDX-License-Identifier: MIT */
/* hash: every byte counts, and small numbers do not share a place */
#include <assert.h>

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

int
main(void)
{
	every_byte_counts();
	neighbours_are_spread();
	return 0;
}
