/* SPDX-License-Identifier: MIT */
#include "stream/unpack.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"

/*
 * A context of zstd has 100 KB, and to make one costs as much as to unpack a
 * block where the processor is virtual, for it asks which instructions there
 * are.
 */
struct unpack {
	ZSTD_DCtx *zstd; /* NULL: not needed yet */
	z_stream zlib;
	bool has_zlib;
	char *room;
	size_t cap;
};

static const char damaged[] = "compressed data is damaged";
static const char no_memory[] = "cannot be unpacked";

struct unpack *
unpack_new(void)
{
	return mem_alloc(sizeof(struct unpack));
}

void
unpack_free(struct unpack *u)
{
	if (u == NULL)
		return;
	ZSTD_freeDCtx(u->zstd);
	if (u->has_zlib)
		inflateEnd(&u->zlib);
	free(u->room);
	free(u);
}

char *
unpack_room(struct unpack *u, size_t n)
{
	if (n <= u->cap && u->room != NULL)
		return u->room;
	free(u->room);
	u->room = mem_alloc(n > 0 ? n : 1);
	u->cap = n;
	return u->room;
}

static const char *
unpack_zlib(struct unpack *u, struct str block, char *to, size_t *size)
{
	z_stream *z = &u->zlib;
	int r = u->has_zlib ? inflateReset(z) : inflateInit(z);

	u->has_zlib |= r == Z_OK;
	if (r == Z_OK) {
		z->next_in = (Bytef *)block.p; /* it only reads */
		z->avail_in = (uInt)block.n;
		z->next_out = (Bytef *)to;
		z->avail_out = (uInt)*size;
		r = inflate(z, Z_FINISH);
		if (r == Z_STREAM_END && z->avail_out == 0)
			return NULL;
	}
	/* Of a whole block, the checksum at least would be left over. */
	if (r == Z_BUF_ERROR && z->avail_in == 0) {
		*size -= z->avail_out;
		return damaged;
	}
	*size = 0;
	return r == Z_MEM_ERROR ? no_memory : damaged;
}

/*
 * Of a frame that was cut zstd has whole blocks, and most are but one.  It
 * takes no bytes at all as no frames, from which nothing comes; but a frame of
 * nothing has bytes, as a zlib stream of nothing has.
 */
static const char *
unpack_zstd(struct unpack *u, struct str block, char *to, size_t *size)
{
	size_t n = *size;

	if (u->zstd == NULL)
		u->zstd = ZSTD_createDCtx();
	if (u->zstd != NULL && block.n > 0 &&
	    ZSTD_decompressDCtx(u->zstd, to, n, block.p, block.n) == n)
		return NULL;
	*size = 0;
	return u->zstd == NULL ? no_memory : damaged;
}

const char *
unpack_block(struct unpack *u, enum packing packing, struct str block, char *to,
    size_t *size)
{
	assert(packing != PACKING_NONE);
	assert(block.n <= UINT32_MAX && *size <= UINT32_MAX);
	return packing == PACKING_ZLIB ? unpack_zlib(u, block, to, size)
				       : unpack_zstd(u, block, to, size);
}
