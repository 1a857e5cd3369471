/* SPDX-License-Identifier: MIT */
/* codec: each gives back what it took, and trusts no size */
#include "parquet/codec.h"

#include <assert.h>
#include <stdint.h>

enum { MOST = 200000 };

static const enum codec all[] = { CODEC_NONE, CODEC_SNAPPY, CODEC_GZIP,
	CODEC_ZSTD, CODEC_LZ4_RAW };
enum { CODECS = sizeof(all) / sizeof(*all) };

static char from[MOST], to[MOST + 8], packed[2 * MOST];

static void
comes_back(struct codec_room *r, enum codec codec, int level, size_t n)
{
	struct str p = codec_pack(r, codec, level, (struct str){ from, n });

	assert(p.p != NULL || (codec == CODEC_NONE && n == 0));
	memset(to, '#', sizeof(to));
	assert(codec_unpack(r, codec, p, to, n) == NULL);
	assert(memcmp(from, to, n) == 0 && to[n] == '#');
}

/* Not one byte more or fewer than was said, whatever the data holds. */
static void
trusts_nothing(struct codec_room *r, enum codec codec, size_t n)
{
	struct str p = codec_pack(r, codec, 0, (struct str){ from, n });

	memcpy(packed, p.p, p.n);
	p.p = packed;
	memset(to, '#', sizeof(to));
	assert(codec_unpack(r, codec, p, to, n - 1) != NULL);
	assert(to[n - 1] == '#');
	assert(codec_unpack(r, codec, p, to, n + 1) != NULL);
	p.n--;
	assert(codec_unpack(r, codec, p, to, n) != NULL);
	assert(to[n] == '#');
	p.n = 0;
	assert(codec_unpack(r, codec, p, to, n) != NULL);
	memset(packed, 0xff, 100);
	p.n = 100;
	assert(codec_unpack(r, codec, p, to, n) != NULL);
	assert(to[n] == '#');
}

/* Members of gzip stand one behind another (RFC 1952, 2.2). */
static void
members(struct codec_room *r)
{
	struct str p = codec_pack(r, CODEC_GZIP, 0, str_of("ab"));
	size_t n = p.n;

	memcpy(packed, p.p, n);
	p = codec_pack(r, CODEC_GZIP, 9, str_of("cde"));
	memcpy(packed + n, p.p, p.n);
	p = (struct str){ packed, n + p.n };
	assert(codec_unpack(r, CODEC_GZIP, p, to, 5) == NULL);
	assert(memcmp(to, "abcde", 5) == 0);
}

int
main(void)
{
	static const int level[] = { 0, 1, 2, 3, 9, -5, INT32_MIN };
	struct codec_room *r = codec_new();
	enum codec codec;
	uint32_t x = 1;

	for (size_t i = 0; i < MOST; i++) {
		x = x * 1664525 + 1013904223;
		from[i] = (char)(i % 4096 < 2000 ? x >> 24 : i >> 6);
	}
	for (size_t i = 0; i < CODECS; i++) {
		assert(codec_named(str_of(codec_name(all[i])), &codec));
		assert(codec == all[i]);
		for (size_t l = 0; l < sizeof(level) / sizeof(*level); l++) {
			comes_back(r, all[i], level[l], MOST);
			comes_back(r, all[i], level[l], 0);
			comes_back(r, all[i], level[l], 1);
		}
		trusts_nothing(r, all[i], 5000);
	}
	members(r);
	assert(!codec_named(str_of("lzo"), &codec));
	assert(codec_unpack(r, (enum codec)3, str_of("ab"), to, 2) != NULL);
	codec_free(r);
	codec_free(NULL);
	return 0;
}
