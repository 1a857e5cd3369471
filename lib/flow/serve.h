/* SPDX-License-Identifier: MIT */
/*
 * serve -- the server's side of a connection: requests become spans
 *
 * Where events were lost, receipts or answers may be missing; what must have
 * been there is found from what the other side did, and from the sequence
 * numbers of the bytes.  Such a span is marked lost.
 */
#ifndef TK_SERVE_H
#define TK_SERVE_H

#include "flow/link.h"

/*
 * Says that a thread received data of a request at ts; bytes -1: it is not
 * known how many.
 */
void serve_request(struct link *, struct thread *, struct connection *,
    int64_t ts, int64_t bytes);

/* Says that a thread sent data of an answer at ts. */
void serve_answer(struct link *, struct thread *, struct connection *,
    int64_t ts);

/*
 * Says that the client got an answer at ts; if it was not seen to be sent, it
 * was so by then at the latest.
 */
void serve_unseen_answer(struct link *, struct connection *, int64_t ts);

/*
 * Returns a span for the request that was sent to a thread, whose receipt was
 * not seen although the thread does something about it at ts.  All that is
 * known of its beginning is when its data came to the socket.
 */
struct span *serve_recover(struct link *, struct thread *, struct connection *,
    int64_t ts);

#endif
