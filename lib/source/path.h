/* SPDX-License-Identifier: MIT */
/*
 * path -- the parts of the path of a file
 *
 * What is returned points into the path.
 */
#ifndef TK_PATH_H
#define TK_PATH_H

#include "base/str.h"

/* Takes z off the end of s, if that is how it ends, and tells whether. */
bool path_drop_end(struct str *s, const char *z);

/* Returns where the last z in s begins, or its length. */
size_t path_last_of(struct str s, const char *z);

/* Returns a path without its last part, "" where it has but one. */
struct str path_directory(struct str path);

/* Returns the last part of a path. */
struct str path_last(struct str path);

/* Returns a path without the suffix of its last part, if that has one. */
struct str path_stem(struct str path);

/* Returns a with b behind it, to be freed. */
char *path_join(struct str a, const char *b);

#endif
