/* SPDX-License-Identifier: MIT */
/*
 * recite -- the rows of a Parquet file, as records
 *
 * A record has its type, then a field for each column that is not null, then
 * those of the folders that the file is in (hivein.h).  A column "type" that
 * has texts is the type itself, unless that is given, and "arg_type" then.
 */
#ifndef TK_RECITE_H
#define TK_RECITE_H

#include "parquet/reader.h"

struct recite_options {
	const struct str *column; /* the names of those to take, in order */
	size_t columns;           /* 0: all */
	bool *found;              /* of each name: set if there is such a one */
	uint64_t from, to; /* the rows to take, from 1; to is one of them */
	bool nulls;        /* nulls are fields, too */
	const char *type;  /* of the records; NULL: as the file says */
};

struct recite; /* opaque */

/*
 * Begins with a file, which is lent, as are the options and the path.  Writes
 * to notes, a line each, which columns are left out, and why.
 */
struct recite *recite_new(struct reader *, const struct recite_options *,
    const char *path, struct output *notes);
void recite_free(struct recite *);

/*
 * Writes some records, whole ones.  False at the end, or if the reader has
 * trouble.
 */
bool recite_some(struct recite *, struct output *);

/* Tells whether the values of a column can stand in a record. */
bool recite_can(const struct leaf *);

/* Writes the type that the file's rows have, where that is one for all. */
void recite_put_type(const struct reader *, const char *given, const char *path,
    struct output *);

#endif
