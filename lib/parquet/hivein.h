/* SPDX-License-Identifier: MIT */
/*
 * hivein -- read what the names of files and folders tell of their rows
 *
 * A folder KEY=VALUE says that its rows have that value, as Apache Hive has
 * it: %XX is a byte, and __HIVE_DEFAULT_PARTITION__ is null.
 */
#ifndef TK_HIVEIN_H
#define TK_HIVEIN_H

#include "stream/output.h"

/* Writes the text that such a name stands for. */
void hivein_put(struct output *, struct str name);

/*
 * Takes the next folder KEY=VALUE off a path; false if there is none before
 * the file's name.
 */
bool hivein_next(struct str *path, struct str *key, struct str *value);

/* Tells whether a value is null. */
bool hivein_null(struct str value);

/* Writes a value as one of a record: null, an integer, or a text. */
void hivein_put_value(struct output *, struct str value);

/* Writes the type of record that a file's name tells: without its folders. */
void hivein_put_type(struct output *, struct str path);

#endif
