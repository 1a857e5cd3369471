/* SPDX-License-Identifier: MIT */
/*
 * hoard -- the values of a column that wait to be written
 *
 * They are copied from the vectors in which they come, and kept in pieces of
 * one kind each, so that a column may widen (kind.h) without a second look at
 * what it has; they are widened when they are written.  A value that all rows
 * have, as what a trace says of itself, takes no more room than one.
 */
#ifndef TK_HOARD_H
#define TK_HOARD_H

#include "parquet/kind.h"
#include "parquet/leaf.h"
#include "parquet/vector.h"
#include "parquet/widen.h"

struct hoard_piece {
	enum kind kind;
	struct vector view; /* of what is below, when it is asked for */
	uint64_t *word;
	uint8_t *defined;
	uint32_t *length;
	struct str *text;
	size_t words_cap, defined_cap, length_cap, text_cap;
};

struct hoard_store; /* bytes of texts; hoard's own */

/* Starts zeroed. */
struct hoard {
	size_t rows;
	size_t values; /* rows that are not null */
	size_t bytes;  /* of memory that it takes */

	/* hoard's own: */
	struct hoard_piece *piece;
	size_t n, cap;
	struct hoard_store *store;
};

/* What helps to copy a part of the rows; used again.  Starts zeroed. */
struct hoard_room {
	uint32_t *number, *stamp;
	size_t numbers, stamps;
	uint32_t now;
};

/* Copies the rows of a vector, which has values of that kind. */
void hoard_add(struct hoard *, enum kind, const struct vector *);

/* The same of n rows, by their numbers, which rise. */
void hoard_pick(struct hoard *, enum kind, const struct vector *,
    const uint32_t *row, size_t n, struct hoard_room *);

/* Adds rows that are null. */
void hoard_add_nulls(struct hoard *, size_t rows);

/*
 * Gives the rows as vectors of a kind, to be freed with free(3); they point
 * into the hoard and into the rooms, of which there is one for each, made
 * here, to be freed by hoard_free_rooms.  Returns how many there are.
 */
size_t hoard_vectors(const struct hoard *, enum kind, struct vector **,
    struct widen_room **rooms);
void hoard_free_rooms(struct widen_room *, size_t n);

void hoard_free(struct hoard *);

#endif
