/* SPDX-License-Identifier: MIT */
/*
 * shape -- a quick way to read records that look like one before them
 *
 * The records of a type have the same keys in the same order nearly always,
 * and no blanks.  Of such a record a shape keeps how its keys are spelled,
 * commas and all, and compares; values are read as what their columns hold.
 * Whatever is not as expected (another kind, an escape, a number that takes
 * thought) is left to json.h: a record is taken whole or not at all.
 */
#ifndef TK_SHAPE_H
#define TK_SHAPE_H

#include "parquet/strip.h"

struct json; /* record/json.h */

enum {
	SHAPE_KEY = 64,    /* the longest spelling of a key */
	SHAPE_MARGIN = 128 /* from here to the end, for a field */
};

struct shape_field {
	uint64_t first[2], mask[2]; /* of the spelling's first bytes */
	struct strip *strip;
	uint32_t n;
	bool null; /* in the record that is read */
	char key[SHAPE_KEY];
};

/* Zero it. */
struct shape {
	struct shape_field *field;
	size_t n, cap;
	bool known;
};

/*
 * Tells whether a record has the shape.  Here and below strip[i] is that of
 * its field i, or NULL of "type"; pick of each is the last field it is of.
 */
bool shape_is(const struct shape *, const struct json *, struct strip *const *);

/* Learns a record's shape; false where it has none, and the old one stays. */
bool shape_learn(struct shape *, const struct json *, struct strip *const *);

/*
 * Reads what is behind the type of a record, up to its newline, as a row.
 * Returns what is behind that, or NULL: then nothing was done.
 */
const char *shape_read(struct shape *, const char *p, const char *end,
    size_t row);

void shape_free(struct shape *);

#endif
