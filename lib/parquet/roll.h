/* SPDX-License-Identifier: MIT */
/*
 * roll -- the records of one type: a strip for each key, and how they look
 *
 * What keys there are is kept from block to block, so that the strips need
 * not be made anew; which of them a stretch has, and in what order they came,
 * it says by itself.
 */
#ifndef TK_ROLL_H
#define TK_ROLL_H

#include "parquet/shape.h"

struct json; /* record/json.h */

enum {
	ROLL_SHAPES = 4,
	/*
	 * A table has no more columns than this: each takes memory for each
	 * row group of a file, and keys that are data have no end.
	 */
	ROLL_COLUMNS = 2000
};

struct roll {
	struct str type;   /* the roll's own bytes */
	bool plain;        /* the type stands in a line as it is */
	struct roll *next; /* what came behind a record of this type, last */
	size_t rows;       /* of this stretch */
	bool begun;        /* there is something of this stretch */
	/* Those of this stretch, in the order in which they came. */
	struct strip **strip;
	size_t n;
	/* The roll's own. */
	struct lexicon keys;
	struct strip **all; /* by the number of their key */
	struct strip **pick;
	size_t cap, all_cap, pick_cap;
	struct shape shape[ROLL_SHAPES];
	unsigned misses; /* since a record had one of them */
};

struct roll *roll_new(struct str type);
void roll_free(struct roll *);

/* Forgets all values, for a new block. */
void roll_clear(struct roll *);

/*
 * Adds a record; of equal keys the last counts.  Returns NULL, or why it is
 * not to be had.
 */
const char *roll_add(struct roll *, const struct json *, uint32_t line,
    struct strip_room *);

/*
 * Adds a record, from what is behind its type on, if it has a known shape.
 * Returns what is behind its line, or NULL: then nothing was done.
 */
const char *roll_quick(struct roll *, const char *p, const char *end);

/* Ends a stretch, when its strips are ended. */
void roll_end(struct roll *);

/* Returns about how many bytes it takes. */
size_t roll_bytes(const struct roll *);

#endif
