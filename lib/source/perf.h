/* SPDX-License-Identifier: MIT */
/*
 * perf -- the front of a line of perf script
 *
 *	            comm  1234/1235  [001]  1125.525591:   1 system:event: body
 *
 * Of it, the time and the event must be there; what else is, was chosen by
 * perf script -F (tools/perf/builtin-script.c).  The comm is padded to 16
 * columns or, where calls were recorded, not at all, and may hold any bytes,
 * at most 15.  Where it is not padded, the last blank among the first 16
 * bytes from which a whole front follows is its end, and where several do,
 * one that tells the thread and the CPU.  The times of perf are cut to
 * microseconds, those of the kernel are rounded.
 */
#ifndef TK_PERF_H
#define TK_PERF_H

#include "source/header.h"

/*
 * Takes a line apart.  Without a CPU, a thread or a comm their places hold -1
 * and NULL.  The address behind the body, if there is one, is no part of it.
 * Records that are no samples have the name PERF_RECORD_...; samples of no
 * tracepoint have that of perf, such as cpu-clock:ppp, and no body.
 */
bool perf_parse(struct header *, struct str line);

/* The same for a line whose comm was padded, and for no other. */
bool perf_parse_padded(struct header *, struct str line);

#endif
