/* SPDX-License-Identifier: MIT */
/*
 * outline -- the columns of some files, by the types of their records
 *
 * It is written in the form of the schemas of tk-to-parquet(1).  A column that
 * differs from file to file is as in the first; it is required if it is so in
 * all files of the type.
 */
#ifndef TK_OUTLINE_H
#define TK_OUTLINE_H

#include "parquet/leaf.h"
#include "stream/output.h"

struct outline; /* opaque */

struct outline *outline_new(void);
void outline_free(struct outline *);

/*
 * Begins with a file whose records have that type; adds its columns, and then
 * the units that the values of some have.
 */
void outline_file(struct outline *, struct str type);
void outline_column(struct outline *, const struct leaf *);
void outline_unit(struct outline *, struct str column, struct str unit);

/* Writes them as a JSON document; in lines, for people too. */
void outline_put(const struct outline *, struct output *);

#endif
