/* SPDX-License-Identifier: MIT */
/*
 * unpack -- blocks that zlib or zstd packed, each for itself
 *
 * A block is a zlib stream (RFC 1950) or a frame of zstd (RFC 8878), and it
 * is known how large it is when it is unpacked: so trace.dat files have them.
 * What unpacks is made at the first need and used again for each block, so
 * one of these serves any number of readers, in one thread.
 *
 *	char *p = unpack_room(u, n);
 *
 *	... read n bytes to p ...
 *	why = unpack_block(u, PACKING_ZSTD, (struct str){ p, n }, to, &size);
 */
#ifndef TK_UNPACK_H
#define TK_UNPACK_H

#include <stddef.h>

#include "base/str.h"

enum packing { PACKING_NONE, PACKING_ZLIB, PACKING_ZSTD };

struct unpack; /* opaque */

/* Takes next to no memory, nor time, until something is unpacked. */
struct unpack *unpack_new(void);
void unpack_free(struct unpack *);

/*
 * Returns room for n bytes, for whoever has to read a block before it can be
 * unpacked.  It is lent: good until the next call of this.
 */
char *unpack_room(struct unpack *, size_t n);

/*
 * Unpacks a block to the *size bytes at to, which is not NULL; it must fill
 * them.  Returns NULL; or what is wrong, a phrase, and *size is how many
 * bytes came: none, unless the block is the first part of one.  Of that zlib
 * gives what is there, and zstd nothing.  Neither the block nor its size may
 * have 4 GiB or more.
 */
const char *unpack_block(struct unpack *, enum packing, struct str block,
    char *to, size_t *size);

#endif
