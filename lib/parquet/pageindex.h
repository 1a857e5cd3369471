/* SPDX-License-Identifier: MIT */
/*
 * pageindex -- where the pages of a chunk are, and what is in them
 *
 * With it an engine reads only the pages that can hold what it looks for
 * (apache/parquet-format, PageIndex.md).
 */
#ifndef TK_PAGEINDEX_H
#define TK_PAGEINDEX_H

#include "parquet/chunk.h"

/* Write the ColumnIndex, or the OffsetIndex of a chunk that begins there. */
void pageindex_put_columns(struct output *, const struct leaf *,
    const struct chunk *);
void pageindex_put_offsets(struct output *, const struct chunk *, uint64_t at);

/*
 * Tells whether a chunk has a ColumnIndex: all pages need bounds, and one that
 * has nothing but NaN has none.
 */
bool pageindex_has_columns(const struct chunk *);

#endif
