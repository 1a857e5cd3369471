/* SPDX-License-Identifier: MIT */
/*
 * continuation -- what a thread may go on with next
 *
 * A thread that received a request, or the answer to a call, can go on with
 * that span: the span is armed.  When the thread makes a call it is for the
 * span that was armed first, since work is taken up in the order in which it
 * came: so with a thread that blocks in each call, as with an event loop.
 * When the thread answers a request, that is known to be this span's turn,
 * and whatever was armed before it has been passed over: the queue is in step
 * again.
 */
#ifndef TK_CONTINUATION_H
#define TK_CONTINUATION_H

#include "flow/span.h"

struct continuation {
	struct span_ref span;
	uint64_t order; /* equal to span->armed, else it was armed anew */
	bool inherited; /* from the thread that forked this one */
};

/* Those of one thread, the oldest first; starts zeroed. */
struct continuations {
	struct continuation *item;
	size_t head, n, cap; /* items head to n */
};

enum { CANDIDATES_MAX = 64 }; /* as far as they are counted */

/*
 * Arms a span, as the newest.  order is larger than in any call before, of
 * whatever thread.  What the thread inherited is dropped: it has work of its
 * own.
 */
void continuations_arm(struct continuations *, struct span *, uint64_t order);

/* Arms what the oldest of a thread is, for the thread that it forks. */
void continuations_inherit(struct continuations *child,
    struct continuations *parent);

/*
 * Takes the oldest out, or returns NULL.  Stores how many there were in
 * *candidates, and in *inherited whether it was inherited.
 */
struct span *continuations_take(struct continuations *, uint32_t *candidates,
    bool *inherited);

/*
 * Returns the only span in the queue without taking it; NULL if there are
 * none or several.
 */
struct span *continuations_only(struct continuations *);

/* Drops what was armed no later than the span was armed last. */
void continuations_answer(struct continuations *, const struct span *);

/* Frees the queue. */
void continuations_free(struct continuations *);

#endif
