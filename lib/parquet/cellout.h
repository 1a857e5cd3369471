/* SPDX-License-Identifier: MIT */
/*
 * cellout -- a value of a column, as records write it
 *
 * A timestamp is an integer in the column's unit.  Bytes that are a STRING are
 * a string; others are written as names are (json_put_name).
 */
#ifndef TK_CELLOUT_H
#define TK_CELLOUT_H

#include "parquet/leaf.h"
#include "parquet/vector.h"
#include "stream/output.h"

/* Writes a word of a vector; or n of them, in brackets. */
void cellout_put(struct output *, const struct leaf *, const struct vector *,
    size_t word);
void cellout_put_list(struct output *, const struct leaf *,
    const struct vector *, size_t word, size_t n);

#endif
