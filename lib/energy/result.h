/* SPDX-License-Identifier: MIT */
/*
 * result -- where a measurement or a sum is written to
 */
#ifndef TK_RESULT_H
#define TK_RESULT_H

#include <stdbool.h>

#include "stream/output.h"

/*
 * Tells whether path is a file that is read as well: the standard input, or
 * one of the inputs, which end with NULL; they may be NULL.
 */
bool result_is_input(const char *path, char *const *inputs);

/*
 * Returns standard if path is NULL.  Else creates that file, which belongs to
 * who typed sudo(8) if somebody did, and returns file, which writes to it; or
 * NULL with errno, which is 0 for one of the inputs or the others: that one
 * stays as it is.  path must outlive it.
 */
struct output *result_open(struct output *file, const char *path,
    char *const *inputs, char *const *others, struct output *standard);

/* Returns a phrase for that errno. */
const char *result_error(int error);

#endif
