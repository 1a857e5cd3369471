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
 * Begins with a file whose records have that type, and adds its columns, with
 * the unit that its values have, or p NULL.
 */
void outline_file(struct outline *, struct str type);
void outline_column(struct outline *, const struct leaf *, struct str unit);

/* Writes them as a JSON document; in lines, for people too. */
void outline_put(const struct outline *, struct output *);

#endif
