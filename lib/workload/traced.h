/* SPDX-License-Identifier: MIT */
/*
 * traced -- the scheduler's events of a trace, as lifetimes takes them
 */
#ifndef TK_TRACED_H
#define TK_TRACED_H

#include "source/event.h"
#include "workload/lifetimes.h"

enum { TRACED_EVENTS = 5, TRACED_FIELDS = 9 };

struct traced {
	struct lifetimes *lives;

	/* traced's own: */
	struct event_slot slot[TRACED_FIELDS];
};

/* Asks the reader for the events, before its first input. */
void traced_open(struct traced *, struct event_reader *,
    const struct lifetimes_rules *);
void traced_close(struct traced *);

/*
 * Takes an event; trace_id is what its trace is called where it does not tell
 * itself.  Returns NULL, or what is wrong with it: a phrase.
 */
const char *traced_take(struct traced *, struct event_reader *, struct event *,
    struct str trace_id);

#endif
