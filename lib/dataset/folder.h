/* SPDX-License-Identifier: MIT */
/*
 * folder -- the traces in a folder, and the order of their names
 */
#ifndef TK_FOLDER_H
#define TK_FOLDER_H

#include <stdbool.h>

#include "base/str.h"

/* Tells whether a path is a folder, and whether it is laid out as tracefs. */
bool folder_is(const char *path);
bool folder_is_tree(const char *path);

/*
 * Returns the paths of the files *.txt and *.dat in a folder, packed or not,
 * but no pipes and the like, NULL-terminated and in order; they and the array
 * are to be freed.  NULL if there are none.
 */
char **folder_list(const char *path);

/* Returns the last part of a path, without .gz or .zst; it is path's. */
struct str folder_name(const char *path);

/*
 * Compares two paths by that name, and then as a whole: less than 0, 0 or
 * more, as strcmp does.
 */
int folder_order(const char *a, const char *b);

#endif
