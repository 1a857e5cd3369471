/* SPDX-License-Identifier: MIT */
/*
 * slab -- the records of a block of lines, as columns
 *
 * A block is taken apart without regard to what stood before it, so that
 * several threads can each read one.  It is some stretches, one at least: each
 * but the first begins with a record that begins a trace, and has a table for
 * each type of record, in the order in which they were first seen.  The first
 * begins with such a record if it is the first of the block.
 *
 * Blank lines are passed over.  A record is bad if json.h says so, if it
 * has no type, or if it has more new keys than a table is to have columns
 * (2000); all else is taken.
 */
#ifndef TK_SLAB_H
#define TK_SLAB_H

#include "parquet/kind.h"
#include "parquet/vector.h"

struct slab_column {
	struct str name; /* UTF-8, without escapes */
	enum kind kind;
	unsigned facts; /* of its integers, see kind.h */
	struct vector values;
	/*
	 * The line of the block, from 1, that first had a value of each kind;
	 * 0: none.  Of KIND_NOTHING it is the first null that was written.
	 */
	uint32_t line[KINDS];
};

struct slab_type {
	struct str type; /* UTF-8 */
	size_t rows;
	struct slab_column *column; /* as first seen, "type" not among them */
	size_t n;
};

struct slab_stretch {
	struct slab_type *type; /* "trace" among them */
	size_t n;
	struct str trace; /* the "trace" record it begins with, or p NULL */
};

/* A line that is no record. */
struct slab_bad {
	uint32_t line; /* from 1 */
	struct str text;
	const char *why;
};

struct slab; /* opaque: room for one block's, used again */

struct slab *slab_new(void);
void slab_free(struct slab *);

/*
 * Turns the quick way for records that are like those before them on or off;
 * it is on.  What is read is the same, so that tests can compare.
 */
void slab_quick(struct slab *, bool on);

/*
 * Reads whole lines; the last may lack its newline.  What the functions below
 * give lives until the next call of it, and as long as the text does.
 */
void slab_read(struct slab *, struct str text);

const struct slab_stretch *slab_stretches(const struct slab *, size_t *n);
uint32_t slab_lines(const struct slab *);
/* The first few of those that are bad; count is how many there are. */
const struct slab_bad *slab_bad_lines(const struct slab *, size_t *n,
    uint64_t *count);

#endif
