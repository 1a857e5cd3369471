/* SPDX-License-Identifier: MIT */
/*
 * codec -- the compressions of pages, under their numbers in parquet.thrift
 */
#ifndef TK_CODEC_H
#define TK_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum codec {
	CODEC_NONE = 0,
	CODEC_SNAPPY = 1,
	CODEC_GZIP = 2,
	CODEC_ZSTD = 6,
	CODEC_LZ4_RAW = 7,
};

/* Finds the codec of a name: zstd, snappy, gzip, lz4_raw, none. */
bool codec_named(struct str name, enum codec *);
const char *codec_name(enum codec);

struct codec_room; /* opaque: what compresses and its buffers, one a thread */

struct codec_room *codec_new(void);
void codec_free(struct codec_room *);

/*
 * Compresses, or takes apart what was compressed to just n bytes at to.  The
 * former is good until the next call; p NULL: the library failed.  The latter
 * returns NULL, or what is wrong: a phrase.  The level is one of the codec's
 * own, 0 its usual one.
 */
struct str codec_pack(struct codec_room *, enum codec, int level, struct str);
const char *codec_unpack(struct codec_room *, enum codec, struct str, char *to,
    size_t n);

#endif
