/* SPDX-License-Identifier: MIT */
/*
 * title -- the record with which a trace begins
 */
#ifndef TK_TITLE_H
#define TK_TITLE_H

#include "source/event.h"
#include "stream/output.h"

/* What the user calls a trace; NULL: what it is called already. */
struct title {
	const char *trace_id, *workload_type, *category;
};

/*
 * Writes the "trace" record of an EVENT_TRACE.  What the user says counts
 * before what the trace tells of itself, and that before what was found
 * beside it; a trace that came as records has its own names, and nothing is
 * added to it but command and what the user says.
 */
void title_put(struct output *, const struct title *, const struct event *,
    const struct metadata *beside, struct str command);

#endif
