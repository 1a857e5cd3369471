/* SPDX-License-Identifier: MIT */
#include "parquet/codec.h"

#include <limits.h>
#include <lz4.h>
#include <lz4hc.h>
#include <snappy-c.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"

/* windowBits of zlib: a gzip header; and when reading, zlib's own too. */
enum { GZIP_WRITE = 15 + 16, GZIP_READ = 15 + 32 };

/* Sizes of pages are int32 in the format, so no codec is given more. */
enum { MOST = INT32_MAX };

struct codec_room {
	ZSTD_CCtx *zstd;
	ZSTD_DCtx *unzstd;
	z_stream deflate, inflate;
	bool deflating, inflating;
	int deflate_level;
	char *room;
	size_t cap;
};

static const struct {
	const char *name;
	enum codec codec;
} names[] = {
	{ "zstd", CODEC_ZSTD },
	{ "snappy", CODEC_SNAPPY },
	{ "gzip", CODEC_GZIP },
	{ "lz4_raw", CODEC_LZ4_RAW },
	{ "none", CODEC_NONE },
};

bool
codec_named(struct str name, enum codec *codec)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(name, names[i].name)) {
			*codec = names[i].codec;
			return true;
		}
	return false;
}

const char *
codec_name(enum codec codec)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (codec == names[i].codec)
			return names[i].name;
	return NULL;
}

struct codec_room *
codec_new(void)
{
	return mem_alloc(sizeof(struct codec_room));
}

void
codec_free(struct codec_room *r)
{
	if (r == NULL)
		return;
	ZSTD_freeCCtx(r->zstd);
	ZSTD_freeDCtx(r->unzstd);
	if (r->deflating)
		deflateEnd(&r->deflate);
	if (r->inflating)
		inflateEnd(&r->inflate);
	free(r->room);
	free(r);
}

static int
within(int v, int least, int most)
{
	return v < least ? least : v > most ? most : v;
}

static void
make_room(struct codec_room *r, size_t n)
{
	r->room = mem_grow(r->room, &r->cap, n, 1);
}

/* The following return how many bytes they made in the room, 0: they failed. */

static size_t
pack_zstd(struct codec_room *r, int level, struct str from)
{
	size_t n = ZSTD_compressBound(from.n);

	if (r->zstd == NULL)
		r->zstd = ZSTD_createCCtx();
	if (r->zstd == NULL)
		return 0;
	make_room(r, n);
	level = within(level, ZSTD_minCLevel(), ZSTD_maxCLevel());
	n = ZSTD_compressCCtx(r->zstd, r->room, n, from.p, from.n, level);
	return ZSTD_isError(n) ? 0 : n;
}

static size_t
pack_snappy(struct codec_room *r, struct str from)
{
	size_t n = snappy_max_compressed_length(from.n);

	make_room(r, n);
	if (snappy_compress(from.p, from.n, r->room, &n) != SNAPPY_OK)
		return 0;
	return n;
}

static bool
deflate_begins(struct codec_room *r, int level)
{
	if (r->deflating && r->deflate_level == level)
		return deflateReset(&r->deflate) == Z_OK;
	if (r->deflating)
		deflateEnd(&r->deflate);
	memset(&r->deflate, 0, sizeof(r->deflate));
	r->deflate_level = level;
	r->deflating = deflateInit2(&r->deflate, level, Z_DEFLATED, GZIP_WRITE,
			   8, Z_DEFAULT_STRATEGY) == Z_OK;
	return r->deflating;
}

static size_t
pack_gzip(struct codec_room *r, int level, struct str from)
{
	size_t n;

	if (level == 0)
		level = Z_DEFAULT_COMPRESSION;
	else
		level = within(level, Z_BEST_SPEED, Z_BEST_COMPRESSION);
	if (!deflate_begins(r, level))
		return 0;
	n = deflateBound(&r->deflate, from.n);
	make_room(r, n);
	r->deflate.next_in = (Bytef *)from.p;
	r->deflate.avail_in = (uInt)from.n;
	r->deflate.next_out = (Bytef *)r->room;
	r->deflate.avail_out = (uInt)n;
	if (deflate(&r->deflate, Z_FINISH) != Z_STREAM_END)
		return 0;
	return n - r->deflate.avail_out;
}

/* Levels from 3 on are those of its slower compressor, as in lz4(1). */
static size_t
pack_lz4(struct codec_room *r, int level, struct str from)
{
	int n = LZ4_compressBound((int)from.n);

	if (n <= 0)
		return 0;
	make_room(r, (size_t)n);
	if (level >= LZ4HC_CLEVEL_MIN)
		n = LZ4_compress_HC(from.p, r->room, (int)from.n, n, level);
	else
		n = LZ4_compress_default(from.p, r->room, (int)from.n, n);
	return n > 0 ? (size_t)n : 0;
}

struct str
codec_pack(struct codec_room *r, enum codec codec, int level, struct str from)
{
	size_t n = 0;

	if (codec == CODEC_NONE)
		return from;
	if (from.n > MOST)
		return (struct str){ NULL, 0 };
	if (from.p == NULL)
		from.p = "";
	switch (codec) {
	case CODEC_ZSTD:
		n = pack_zstd(r, level, from);
		break;
	case CODEC_SNAPPY:
		n = pack_snappy(r, from);
		break;
	case CODEC_GZIP:
		n = pack_gzip(r, level, from);
		break;
	case CODEC_LZ4_RAW:
		n = pack_lz4(r, level, from);
		break;
	case CODEC_NONE:
		break;
	}
	return (struct str){ n > 0 ? r->room : NULL, n };
}

static bool
unpack_zstd(struct codec_room *r, struct str from, char *to, size_t n)
{
	if (r->unzstd == NULL)
		r->unzstd = ZSTD_createDCtx();
	if (r->unzstd == NULL)
		return false;
	/* An error is a number greater than any size. */
	return ZSTD_decompressDCtx(r->unzstd, to, n, from.p, from.n) == n;
}

static bool
unpack_snappy(struct str from, char *to, size_t n)
{
	size_t size;

	if (snappy_uncompressed_length(from.p, from.n, &size) != SNAPPY_OK ||
	    size != n)
		return false;
	return snappy_uncompress(from.p, from.n, to, &size) == SNAPPY_OK &&
	    size == n;
}

static bool
inflate_begins(struct codec_room *r)
{
	if (!r->inflating)
		r->inflating = inflateInit2(&r->inflate, GZIP_READ) == Z_OK;
	return r->inflating && inflateReset2(&r->inflate, GZIP_READ) == Z_OK;
}

/* A file of gzip may have several members (RFC 1952, 2.2), so a page may. */
static bool
unpack_gzip(struct codec_room *r, struct str from, char *to, size_t n)
{
	z_stream *z = &r->inflate;
	int status;

	if (!inflate_begins(r))
		return false;
	z->next_in = (Bytef *)from.p;
	z->avail_in = (uInt)from.n;
	z->next_out = (Bytef *)to;
	z->avail_out = (uInt)n;
	do {
		status = inflate(z, Z_FINISH);
	} while (status == Z_STREAM_END && z->avail_in > 0 &&
	    inflateReset(z) == Z_OK);
	return status == Z_STREAM_END && z->avail_in == 0 && z->avail_out == 0;
}

static bool
unpack_lz4(struct str from, char *to, size_t n)
{
	return LZ4_decompress_safe(from.p, to, (int)from.n, (int)n) == (int)n;
}

const char *
codec_unpack(struct codec_room *r, enum codec codec, struct str from, char *to,
    size_t n)
{
	static char nowhere[1];
	bool good = false;

	if (from.n > MOST || n > MOST)
		return "a page of more than 2 GiB";
	if (to == NULL)
		to = nowhere;
	switch (codec) {
	case CODEC_ZSTD:
		good = unpack_zstd(r, from, to, n);
		break;
	case CODEC_SNAPPY:
		good = unpack_snappy(from, to, n);
		break;
	case CODEC_GZIP:
		good = unpack_gzip(r, from, to, n);
		break;
	case CODEC_LZ4_RAW:
		good = unpack_lz4(from, to, n);
		break;
	case CODEC_NONE:
		good = from.n == n;
		if (good && n > 0)
			memcpy(to, from.p, n);
		break;
	default:
		return "a compression that is not known";
	}
	return good ? NULL : "a page that cannot be decompressed";
}
