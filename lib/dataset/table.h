/* SPDX-License-Identifier: MIT */
/*
 * table -- rows of CSV out of records whose keys are not known beforehand
 *
 * The columns are the keys of all records in the order in which they are
 * first seen; "type" is left out, since it is the same in all.  Behind a
 * record's own keys come "workload_type" and "trace_id", where its trace has
 * them and the record has none itself.  The last column of all is "category",
 * unless the records have a key of that name.
 *
 * New columns only ever come behind those that are known, so a row can be
 * written at once.  Only when all records were seen it is known how many
 * empty cells are missing at its end: table_end puts them there.
 *
 *	why = table_check(table, rec);
 *	if (why == NULL)
 *		cells = table_put(table, rec, names, spool);
 *	...
 *	table_head(table, out);
 *	table_end(table, out, cells, category);
 */
#ifndef TK_TABLE_H
#define TK_TABLE_H

#include "stream/output.h"

struct json; /* record/json.h */

/*
 * How many columns there may be: what comes in is not to be trusted.  Two are
 * kept for workload_type and trace_id.
 */
enum { TABLE_COLUMNS = 4096, TABLE_KEYS = TABLE_COLUMNS - 2 };

struct table; /* opaque */

/* What the trace of a record is called; p NULL where that is not told. */
struct table_names {
	struct str workload, trace_id;
};

/* Returns a table without columns, to be freed with table_free. */
struct table *table_new(void);

/* Frees it.  t may be NULL. */
void table_free(struct table *t);

/*
 * Tells whether a record can be a row: NULL, or a constant phrase that says
 * why not.  Notes no column yet.
 */
const char *table_check(struct table *, const struct json *rec);

/*
 * Writes the cells of the record that was just checked, as far as its last
 * value, without a newline.  Returns how many cells they are.  O(columns
 * known).
 */
size_t table_put(struct table *, const struct json *rec,
    const struct table_names *, struct output *);

/* Notes the columns of such a record, and writes nothing. */
void table_note(struct table *, const struct json *rec,
    const struct table_names *);

/* Returns how many columns there are, and the name of one; it is t's. */
size_t table_columns(const struct table *);
struct str table_column(const struct table *, size_t column);

/* Writes the first line: the names of the columns. */
void table_head(const struct table *, struct output *);

/* Ends a row of which so many cells were written. */
void table_end(const struct table *, struct output *, size_t cells,
    struct str category);

#endif
