/* SPDX-License-Identifier: MIT */
/*
 * result -- where a measurement or a sum is written to
 */
#ifndef TK_RESULT_H
#define TK_RESULT_H

#include "stream/output.h"

/*
 * Returns standard if path is NULL.  Else creates that file, which belongs to
 * who typed sudo(8) if somebody did, and returns file, which writes to it; or
 * NULL with errno.  path must outlive it.
 */
struct output *result_open(struct output *file, const char *path,
    struct output *standard);

#endif
