/* SPDX-License-Identifier: MIT */
/*
 * schemafile -- a schema as a document
 *
 *	{"TYPE":[{"name":"ts","type":"int64","unit":"ns","required":true},...]}
 *
 * A column that is what the trace says of itself has "trace":true.
 */
#ifndef TK_SCHEMAFILE_H
#define TK_SCHEMAFILE_H

#include "parquet/branch.h"
#include "stream/output.h"

/*
 * Reads a file into an empty schema.  Returns NULL, or what is wrong: a text
 * to be freed.
 */
char *schemafile_read(struct schema *, const char *path);

/* Writes the schema that would have made these columns. */
void schemafile_put(struct output *, const struct branches *);

#endif
