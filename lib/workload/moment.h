/* SPDX-License-Identifier: MIT */
/*
 * moment -- points in time as ISO 8601 writes them
 */
#ifndef TK_MOMENT_H
#define TK_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/*
 * Reads 2026-08-04T15:20:00.5-08:00 into ms since 1970 (UTC).  Seconds, their
 * decimals, the zone (none is UTC), the dashes of the date and the colons may
 * not be there; a blank may stand for the T.  False if it is no such time.
 */
bool moment_read(struct str s, int64_t *ms);

/*
 * Writes 2026-08-04T23:20:00.500Z; returns how many bytes.  Of years before 0
 * or after 9999 it writes nothing, and returns 0.  No NUL follows.
 */
enum { MOMENT_TEXT = 24 };
size_t moment_put(char text[MOMENT_TEXT], int64_t ms);

#endif
