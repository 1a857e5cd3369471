/* SPDX-License-Identifier: MIT */
/*
 * columnin -- read the rows of a column in a row group, some at a time
 *
 * Never more than a page and the dictionary are in memory, and of the rows as
 * many as are asked for: a page may claim 2^31 rows in a few bytes, which then
 * cost time and no memory.  A row that is a list may have as many elements as
 * is said at the beginning.
 */
#ifndef TK_COLUMNIN_H
#define TK_COLUMNIN_H

#include "parquet/footerin.h"
#include "parquet/pagein.h"
#include "parquet/vector.h"

struct columnin; /* opaque */

/*
 * Room to read a column with, one row group after the other.  piece is how
 * many rows, and words, are read at a time, elements how many words a row may
 * have.
 */
struct columnin *columnin_new(const struct footerin_column *, size_t piece,
    size_t elements);
void columnin_free(struct columnin *);

/*
 * Begins with a row group of so many rows.  room is lent.  Returns NULL, or
 * what is wrong: a phrase.
 */
const char *columnin_open(struct columnin *, int fd, struct codec_room *room,
    const struct footerin_chunk *, uint64_t rows);

/*
 * Reads some of the rows that are left, at least one and most at most, or none
 * at the end.  What the vector has lives until the next call.  Returns NULL, or
 * what is wrong: a phrase, or "" where the system says it by errno.
 */
const char *columnin_read(struct columnin *, uint64_t most, struct vector *);

/* Returns the number of the present page, from 1, and where it begins. */
uint64_t columnin_page(const struct columnin *, uint64_t *place);

#endif
