/* SPDX-License-Identifier: MIT */
/*
 * replace -- a small file that comes into being all at once
 *
 * It is written under the name .NAME.PID, and takes its own in place of what
 * had it when it is complete: whoever reads it sees all of it or what was there
 * before.  What is no file, such as a pipe or a device, is written as it is.
 */
#ifndef TK_REPLACE_H
#define TK_REPLACE_H

#include "base/str.h"

/*
 * Returns 0, or -1 with errno set and the file as it was.  Of a symbolic link
 * what it leads to is replaced.
 */
int replace_file(const char *path, struct str bytes);

#endif
