/* SPDX-License-Identifier: MIT */
/*
 * family -- all records of a type: their columns, whatever files they go to
 *
 * The columns stand in the order in which they were first seen, and all files
 * of a type have the same.  A column's kind widens (kind.h) as long as nothing
 * of it was written; after that, a value that does not fit is refused.
 */
#ifndef TK_FAMILY_H
#define TK_FAMILY_H

#include "base/intern.h"
#include "parquet/schema.h"
#include "parquet/slab.h"

struct family_column {
	struct str name; /* as the record has it; the family's */
	bool of_trace;   /* it is what the trace says of itself */
	enum kind kind;
	unsigned facts;
	/* What row groups that were begun to be written have of it. */
	enum kind written;
	unsigned written_facts;
	const struct schema_column *as; /* NULL: as the records show */
};

struct family {
	struct str type;                  /* the family's */
	const struct schema_type *schema; /* or NULL */
	struct family_column *column;
	size_t n, cap;
	uint64_t rows;
	struct intern *names; /* family's own */
};

/* Returns the family of a type; all columns of a schema are there at once. */
struct family *family_new(struct str type, const struct schema_type *);
void family_free(struct family *);

/*
 * Returns the number of a column, which is new if it was not there; hint is
 * the number that it may have.
 */
size_t family_column(struct family *, struct str name, bool of_trace,
    size_t hint);

/*
 * Says that a column has values of a kind, with these facts.  False if those
 * do not fit what was written.
 */
bool family_widen(struct family_column *, enum kind, unsigned facts);

/* Says that values of a column go into a row group now. */
void family_written(struct family_column *);

/* Makes the leaf of a column, but for its name and bloom filter. */
void family_leaf(const struct family_column *, struct leaf *);

/*
 * Returns the name of a column in the files: that of a trace's field is
 * preceded by trace_, until it is none of the record's own.  To be freed.
 */
char *family_name(const struct family *, size_t column, size_t *length);

#endif
