/* SPDX-License-Identifier: MIT */
/*
 * transfer -- system calls that send or receive, and what happens in them
 *
 * A call's entry tells the descriptor, events within it the socket, its
 * return that it is done: together they are a message.
 */
#ifndef TK_TRANSFER_H
#define TK_TRANSFER_H

#include "flow/fact.h"
#include "flow/link.h"

/*
 * Finds the socket that a fact is about: by its ends, or by its pointer where
 * report -R spoiled the addresses; false where neither is known.  make: also
 * a socket that was not seen before.
 */
bool transfer_socket(struct link *, const struct fact *, bool make,
    struct socket *out);

/* Takes the entry of a call. */
void transfer_enter(struct link *, struct thread *, const struct fact *);

/* Take the return of a call that may send, or receive. */
void transfer_leave_send(struct link *, struct thread *, const struct fact *);
void transfer_leave_receive(struct link *, struct thread *,
    const struct fact *);

/* Takes a segment that came to a socket; no thread is known if it is NULL. */
void transfer_probe(struct link *, struct thread *, const struct fact *);

/* Takes that data were read from a socket. */
void transfer_adjust(struct link *, struct thread *, const struct fact *);

#endif
