/* SPDX-License-Identifier: MIT */
/*
 * message -- what goes over a connection, to the side that it concerns
 */
#ifndef TK_MESSAGE_H
#define TK_MESSAGE_H

#include "flow/link.h"

/* Says that a thread sent data on a socket at ts. */
void message_sent(struct link *, struct thread *, const struct socket *,
    int64_t ts);

/*
 * Returns when what a thread's call sends on a socket was sent, where no probe
 * told in the call itself: when it came to the other side, if that was seen
 * since the call began, or else ts, by which it was.
 */
int64_t message_time(const struct thread *, const struct socket *, int64_t ts);

/*
 * Says that a thread has got data from a socket at ts; bytes -1: it is not
 * known how many.
 */
void message_received(struct link *, struct thread *, const struct socket *,
    int64_t ts, int64_t bytes);

/*
 * Says how much a socket had sent, as a sequence number, when data came to
 * it: to be told before message_sent of those data.
 */
void message_sequence(const struct socket *, uint32_t sequence);

/* Says that a side of a connection is closed at ts. */
void message_end(struct link *, const struct socket *, int64_t ts);

#endif
