/* SPDX-License-Identifier: MIT */
/*
 * reading -- small files with one value, as sysfs has them
 *
 * A path is below folder if it is relative; flags are those of open(2) that
 * are wanted besides.  A FIFO is not waited for.
 */
#ifndef TK_READING_H
#define TK_READING_H

#include <sys/types.h>

#include "base/str.h"

/*
 * A file that is being written is empty for a moment: it is to be read so
 * often again, each time after so long.
 */
enum { READING_RETRIES = 3, READING_RETRY_NS = 1000000 };

/* Returns s without white space, newlines too, at both ends. */
struct str reading_trim(struct str s);

/*
 * Reads the number that a file's text is: decimal digits, with white space
 * around them or not.  False if it is none.
 */
bool reading_parse(struct str text, uint64_t *v);

/* Reads the beginning of a file: how many bytes, or -1 with errno. */
ssize_t reading_text(int folder, const char *path, int flags, char *text,
    size_t size);

/*
 * Reads a file that is such a number; *raw tells that there is no newline at
 * its end.  False with errno if there is none: ENODATA if it is empty, EINVAL
 * if it is something else.
 */
bool reading_number(int folder, const char *path, int flags, uint64_t *v,
    bool *raw);

#endif
