/* SPDX-License-Identifier: MIT */
/*
 * flow -- follow requests through the threads of an application
 *
 *	flow_ask(f, reader);
 *	while (event_next(reader, &ev)) {
 *		why = flow_feed(f, &ev);
 *		while ((tree = flow_next(f)) != NULL)
 *			...
 *	}
 *
 * It is fed with the events of system calls, sockets and threads in the order
 * of time, and gives trees of spans (span.h), each as soon as nothing can be
 * added to it.  From the events it finds out which message went over which
 * connection; link.h has the rules of what belongs together.
 *
 * Its memory is that of the threads, connections and spans that are open.
 */
#ifndef TK_FLOW_H
#define TK_FLOW_H

#include "flow/link.h"
#include "source/event.h"

struct flow; /* opaque */

struct flow_counts {
	uint64_t traces; /* requests from users */
	uint64_t spans;
	uint64_t orphans; /* spans without a parent that are no roots */
	uint64_t gaps;    /* signs that events are missing, marked or not */
};

/*
 * Returns a model with the services, which must outlive it and may grow.  A
 * tree of which nothing is heard for linger ns after its answer is done.
 */
struct flow *flow_new(struct services *, int64_t linger);
void flow_free(struct flow *);

/* Asks the reader for the events that the model needs. */
void flow_ask(struct flow *, struct event_reader *);

/*
 * Takes an event of that reader.  Returns NULL, or a constant phrase that
 * says what the event lacks.
 */
const char *flow_feed(struct flow *, const struct event *ev);

/* Returns the next tree that is done, good until the next call, or NULL. */
struct tree *flow_next(struct flow *);

/* Returns what the last event meant, or NULL if nothing was sent by it. */
const struct step *flow_step(const struct flow *);

/* Counts since the trace began. */
struct flow_counts flow_counts(const struct flow *);

#endif
