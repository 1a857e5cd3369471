/* SPDX-License-Identifier: MIT */
/* pack: what unpack gives back, at any level */
#include "stream/pack.h"

#include <assert.h>
#include <stdint.h>

#include "stream/unpack.h"

enum { MOST = 300000 };

static char from[MOST], to[MOST + 1];

static void
comes_back(struct pack *p, struct unpack *u, size_t n)
{
	struct str block = pack_block(p, (struct str){ from, n });
	size_t size = n;

	assert(block.p != NULL);
	memset(to, '#', sizeof(to));
	assert(unpack_block(u, PACKING_ZSTD, block, to, &size) == NULL);
	assert(size == n && memcmp(from, to, n) == 0 && to[n] == '#');
}

int
main(void)
{
	static const int level[] = { 0, 1, 3, 10, -5, INT32_MIN, INT32_MAX };
	struct unpack *u = unpack_new();
	uint32_t x = 1;

	for (size_t i = 0; i < MOST; i++) {
		x = x * 1664525 + 1013904223;
		from[i] = (char)(i % 4096 < 2000 ? x >> 24 : i >> 6);
	}
	for (size_t i = 0; i < sizeof(level) / sizeof(*level); i++) {
		struct pack *p = pack_new(level[i]);

		comes_back(p, u, MOST);
		comes_back(p, u, 0);
		comes_back(p, u, 1);
		comes_back(p, u, 4096);
		pack_free(p);
	}
	pack_free(NULL);
	unpack_free(u);
	assert(pack_version()[0] >= '1');
	return 0;
}
