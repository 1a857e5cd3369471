/* SPDX-License-Identifier: MIT */
/*
 * safe -- bytes as a terminal, or a shell, can take them
 */
#ifndef TK_SAFE_H
#define TK_SAFE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/str.h"

/*
 * Writes s so that it can do a terminal no harm: control characters become
 * \xNN, and with ascii every byte above 0x7e too.
 */
void safe_print(FILE *to, struct str s, bool ascii);

/*
 * Returns the command line, quoted as sh(1) would read it back and begun
 * with program in the place of argv[0]; NUL-terminated, to be freed.
 */
char *safe_command(const char *program, int argc, char *const argv[]);

#endif
