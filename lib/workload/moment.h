/* SPDX-License-Identifier: MIT */
/*
 * moment -- points in time as ISO 8601 writes them
 */
#ifndef TK_MOMENT_H
#define TK_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "stream/output.h"

/*
 * Reads 2026-08-04T15:20:00.5-08:00 into ms since 1970 (UTC).  Seconds, their
 * decimals, the zone (none is UTC), the dashes of the date and the colons may
 * not be there; a blank may stand for the T.  False if it is no such time.
 */
bool moment_read(struct str s, int64_t *ms);

/* Writes 2026-08-04T23:20:00.500Z; of years from 0 to 9999, else false. */
bool moment_put(struct output *, int64_t ms);

#endif
