/* SPDX-License-Identifier: MIT */
/*
 * gnuplot -- let gnuplot(1) make a figure, and write it to a file
 *
 * gnuplot is started without a shell and reads no settings of the user's
 * (--default-settings, of version 5.2).  What it reads and writes is in memory;
 * the file gets its name when all of it is written, so that there is never
 * half of one, and what was there before stays if anything fails.
 */
#ifndef TK_GNUPLOT_H
#define TK_GNUPLOT_H

#include <stdbool.h>

#include "base/str.h"
#include "stream/output.h"

/*
 * Runs the script, which prints an SVG, and writes that to path; behind sudo
 * the file belongs to who typed it (system/owner).  Returns 0; or -1, with a
 * line for people in why.
 */
int gnuplot_write(struct str script, const char *path, struct output *why);

#endif
