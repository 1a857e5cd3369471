/* SPDX-License-Identifier: MIT */
/*
 * hive -- types and values as the names of files and folders
 *
 * KEY=VALUE folders are those of Apache Hive, which DuckDB, Spark, Trino and
 * ClickHouse read: characters that a name cannot have, and some more, are
 * written %XX, as FileUtils.escapePathName of Hive does; null and the empty
 * text are __HIVE_DEFAULT_PARTITION__.
 */
#ifndef TK_HIVE_H
#define TK_HIVE_H

#include "stream/output.h"

/* The longest name of a file or folder here: less than NAME_MAX. */
enum { HIVE_NAME = 230 };

/*
 * Writes the name of the file or folder of a type of records.  What begins
 * with a dot or with _, which those programs hide, or is too long, or empty, is
 * made a name as well: a long one is cut, and a hash of it stands behind it.
 */
void hive_put_type(struct output *, struct str type);

/*
 * Writes KEY=VALUE; p NULL is null.  False, and nothing is written, if that is
 * too long to be a name.
 */
bool hive_put_pair(struct output *, struct str key, struct str value);

#endif
