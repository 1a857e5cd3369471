/* SPDX-License-Identifier: MIT */
#include "stream/pack.h"

#include <stdlib.h>
#include <zstd.h>

#include "base/mem.h"

struct pack {
	ZSTD_CCtx *zstd;
	int level;
	char *room;
	size_t cap;
};

struct pack *
pack_new(int level)
{
	struct pack *p = mem_alloc(sizeof(*p));

	if (level < ZSTD_minCLevel())
		level = ZSTD_minCLevel();
	if (level > ZSTD_maxCLevel())
		level = ZSTD_maxCLevel();
	p->level = level;
	return p;
}

void
pack_free(struct pack *p)
{
	if (p == NULL)
		return;
	ZSTD_freeCCtx(p->zstd);
	free(p->room);
	free(p);
}

struct str
pack_block(struct pack *p, struct str block)
{
	size_t n = ZSTD_compressBound(block.n);

	if (p->zstd == NULL)
		p->zstd = ZSTD_createCCtx();
	if (p->zstd == NULL)
		return (struct str){ NULL, 0 };
	p->room = mem_grow(p->room, &p->cap, n, 1);
	n = ZSTD_compressCCtx(p->zstd, p->room, n, block.p, block.n, p->level);
	if (ZSTD_isError(n))
		return (struct str){ NULL, 0 };
	return (struct str){ p->room, n };
}

const char *
pack_version(void)
{
	return ZSTD_versionString();
}
