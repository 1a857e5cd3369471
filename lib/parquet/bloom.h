/* SPDX-License-Identifier: MIT */
/*
 * bloom -- a filter that tells which values a chunk certainly has not
 *
 * A split-block filter of hashes by XXH64 (apache/parquet-format,
 * BloomFilter.md), of a size at which 1 % of other values seem to be there.
 */
#ifndef TK_BLOOM_H
#define TK_BLOOM_H

#include "parquet/coding.h"

struct bloom; /* opaque: room, used again */

struct bloom *bloom_new(void);
void bloom_free(struct bloom *);

/*
 * Writes the filter of what was gathered and its header; nothing for booleans,
 * which have none.
 */
void bloom_put(struct bloom *, struct output *, const struct leaf *,
    const struct coding *, const struct gathered *);

#endif
