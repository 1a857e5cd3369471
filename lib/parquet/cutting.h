/* SPDX-License-Identifier: MIT */
/*
 * cutting -- where the pages of a chunk begin and end
 *
 * Pages end with rows, as the page index asks.  Where depends on the values
 * alone.
 */
#ifndef TK_CUTTING_H
#define TK_CUTTING_H

#include "parquet/coding.h"

/* A page's share of what was gathered: from where on, and how much. */
struct cut {
	size_t row, level, at; /* at: among the values that are there */
	size_t rows, levels, n;
};

/*
 * Goes on to the next page, of about so many bytes; false at the end.  The
 * first follows a zeroed one.
 */
bool cutting_next(struct cut *, const struct gathered *, const struct coding *,
    size_t page_bytes);

#endif
