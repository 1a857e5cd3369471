/* SPDX-License-Identifier: MIT */
/*
 * duty -- the requests that a thread has received and not answered yet
 *
 * Where events were lost, the queue of continuations may not know what a
 * thread works on.  But if there is just one request that it owes an answer,
 * it is that.
 */
#ifndef TK_DUTY_H
#define TK_DUTY_H

#include "flow/span.h"

struct duties {
	struct span_ref *item; /* some of which may be answered by now */
	size_t n, cap;
};

/* Adds a request that was received. */
void duties_add(struct duties *, struct span *);

/* Returns the only one that is not answered; NULL if none is, or several. */
struct span *duties_only(struct duties *);

void duties_free(struct duties *);

#endif
