/* SPDX-License-Identifier: MIT */
/*
 * fit -- the values of records as a schema wants them
 */
#ifndef TK_FIT_H
#define TK_FIT_H

#include "parquet/heading.h"
#include "parquet/schema.h"
#include "parquet/widen.h"

/* A row with a value that is not as it must be. */
struct fit_bad {
	uint32_t row;
	const struct schema_column *column;
	const char *why; /* a phrase */
};

/* Starts zeroed. */
struct fit {
	struct vector *column; /* as many as the schema has, of its kinds */
	struct fit_bad *bad;   /* one a row, in their order */
	size_t bads;

	/* fit's own: */
	struct fit_room *room;
	size_t rooms, column_cap, bad_cap;
	const char **why; /* of each row */
	const struct schema_column **where;
	size_t why_cap, where_cap;
};

/*
 * Takes a table; what is in fit is good until the next.  A number, or a string
 * that spells one, is taken as any type of number that holds it, and all but
 * null as a string; NaN, Infinity and -Infinity are strings.
 */
void fit_take(struct fit *, const struct schema_type *,
    const struct slab_type *, const struct heading *);

void fit_free(struct fit *);

#endif
