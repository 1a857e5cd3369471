/* SPDX-License-Identifier: MIT */
/*
 * naming -- what the files of data sets are called
 */
#ifndef TK_NAMING_H
#define TK_NAMING_H

#include "dataset/split.h"

enum { NAMING_MAX = SPLIT_NAME + 8 };

/*
 * Writes the name of the file of a set, or of all: after the last set; of CSV,
 * or of lines of JSON.
 */
void naming_file(const struct split *, size_t set, bool json,
    char name[NAMING_MAX]);

/* Tells whether a data set may have a file of this name that holds rows. */
bool naming_is_file(const char *name);

#endif
