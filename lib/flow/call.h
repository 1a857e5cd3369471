/* SPDX-License-Identifier: MIT */
/*
 * call -- the client's side of a connection: which span makes a request
 */
#ifndef TK_CALL_H
#define TK_CALL_H

#include "flow/link.h"

/* Says that a thread sent data of a request at ts. */
void call_request(struct link *, struct thread *, struct connection *,
    int64_t ts);

/* Says that a thread received data of an answer at ts. */
void call_answer(struct link *, struct thread *, struct connection *,
    int64_t ts);

/*
 * Says that a thread begins to open a connection.  Returns the span that it
 * works for, of so many candidates, to be bound to the connection; or NULL.
 */
struct span *call_connect(struct thread *, uint32_t *candidates);

#endif
