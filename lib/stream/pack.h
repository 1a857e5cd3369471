/* SPDX-License-Identifier: MIT */
/*
 * pack -- blocks packed by zstd, each for itself
 *
 * The other way round of unpack.h: a block is a frame of zstd (RFC 8878) that
 * tells how large it is.  What packs is made once and used for each block.
 */
#ifndef TK_PACK_H
#define TK_PACK_H

#include <stddef.h>

#include "base/str.h"

struct pack; /* opaque */

/*
 * The level is one of zstd(1), and 0 is its usual one; those outside of its
 * range are as the next one in it.
 */
struct pack *pack_new(int level);
void pack_free(struct pack *);

/* Packs a block; it is good until the next one.  p NULL: there is no memory. */
struct str pack_block(struct pack *, struct str);

/* Returns the version of the library, "1.5.4". */
const char *pack_version(void);

#endif
