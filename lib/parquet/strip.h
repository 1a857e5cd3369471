/* SPDX-License-Identifier: MIT */
/*
 * strip -- the values of a column as they come, of a stretch after another
 *
 * The values of all stretches of a block stand in one strip, which grows;
 * what is of one stretch is a piece of it.  Rows without a value need not be
 * told one by one: the next value says which row it is of.
 *
 * What a new text needs (escapes taken away, an integer made a text) is in a
 * room of the caller's.  It never takes more than the lines that it is of.
 */
#ifndef TK_STRIP_H
#define TK_STRIP_H

#include "parquet/kind.h"
#include "parquet/lexicon.h"
#include "parquet/vector.h"

struct strip_room {
	char *p;
	size_t n, cap;
};

struct strip {
	/*
	 * The kind of a value that may be put at word[n] by itself: that of
	 * the column, if a value of it was seen in this stretch; else KINDS.
	 */
	enum kind quick;
	unsigned facts;
	size_t rows;    /* of this stretch, so far */
	uint64_t *word; /* with room for one more at least */
	size_t n;       /* of all stretches */
	size_t cap;
	bool nulls; /* this stretch has some: defined is kept */
	bool begun; /* there is something of this stretch */
	/* Of decimals of this stretch: where they stand, NULL of integers. */
	const char **spelled;
	struct lexicon texts;
	enum kind kind;
	uint32_t line[KINDS];
	/* The strip's own. */
	uint8_t *defined;
	uint32_t *length;
	size_t words_from, defined_from, lengths_from;
	size_t spelled_cap, defined_cap, length_cap;
	uint32_t pick; /* the last field of the line with this key */
	struct str name;
};

/* Where a stretch stands in a strip, which may still move. */
struct strip_piece {
	const struct strip *strip;
	size_t words_from, words, defined_from, lengths_from, rows;
	uint32_t texts_from, texts;
	bool nulls, lists;
};

/* Forgets what the strip holds, for a new block. */
void strip_clear(struct strip *);

/* Adds a row's value, which widens the column if it must. */
void strip_add(struct strip *, const struct json_field *, size_t row,
    uint32_t line, struct strip_room *);

/* Adds nulls until there are so many rows. */
void strip_fill(struct strip *, size_t rows);

/* Makes room for one more word, for what adds words by itself. */
void strip_grow(struct strip *);

/* Ends a stretch of so many rows; the next may begin. */
struct strip_piece strip_end(struct strip *, size_t rows);

/* Gives the view of a piece, when the strip does not move any more. */
struct vector strip_view(const struct strip_piece *);

/* Returns about how many bytes it takes. */
size_t strip_bytes(const struct strip *);

void strip_free(struct strip *);

/* Says of the next row that it is not null; for strip_row. */
void strip_defined(struct strip *);

/* Ends a row, of which the word was put at word[n]. */
static inline void
strip_row(struct strip *s)
{
	s->n++;
	if (s->nulls)
		strip_defined(s);
	s->rows++;
	if (s->n == s->cap)
		strip_grow(s);
}

#endif
