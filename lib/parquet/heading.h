/* SPDX-License-Identifier: MIT */
/*
 * heading -- what a trace says of itself, for each of its rows
 *
 * All fields of a "trace" record but its type and version, as columns of one
 * value.
 */
#ifndef TK_HEADING_H
#define TK_HEADING_H

#include "parquet/slab.h"

struct heading_field {
	struct str name;
	enum kind kind; /* neither NOTHING nor LIST */
	unsigned facts;
	uint64_t word; /* 0 of a text */
	struct str text;
};

/* Starts zeroed. */
struct heading {
	struct heading_field *field;
	size_t n, cap;
	uint64_t number; /* of the traces so far; 0: none */
};

/* Takes the fields of the first row of "trace" records. */
void heading_take(struct heading *, const struct slab_type *);

/* Forgets them: what follows belongs to no trace. */
void heading_clear(struct heading *);

/* Returns the field of that name, or NULL. */
const struct heading_field *heading_find(const struct heading *, struct str);

/* Returns a vector of so many rows of a field. */
struct vector heading_vector(const struct heading_field *, size_t rows);

/*
 * Keeps in common what it and another heading both say; before it has any
 * number, it takes all of that.  O(1) where both have the same number.
 */
void heading_share(struct heading *common, const struct heading *);

/* Returns what a field says as a text; to has room for WIDEN_TEXT bytes. */
struct str heading_text(const struct heading_field *, char *to);

void heading_free(struct heading *);

#endif
