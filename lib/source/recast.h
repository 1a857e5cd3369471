/* SPDX-License-Identifier: MIT */
/*
 * recast -- an event as a record that was parsed, whatever it came as
 *
 * For programs that take any record: those that came as such are given as
 * they are, others are written as records and read again.
 */
#ifndef TK_RECAST_H
#define TK_RECAST_H

#include "source/event.h"
#include "source/title.h"

/* Starts zeroed. */
struct recast {
	struct output line;
	struct json record;
};

/*
 * Returns the record of an EVENT_TRACE or an EVENT_POINT, good until the
 * next call; of records that came without one that begins them, NULL.
 * beside is what was found beside the trace.
 */
const struct json *recast_trace(struct recast *, const struct event *,
    const struct metadata *beside);
const struct json *recast_point(struct recast *, struct event_reader *,
    struct event *);

void recast_free(struct recast *);

#endif
