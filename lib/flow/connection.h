/* SPDX-License-Identifier: MIT */
/*
 * connection -- the connections over which requests go, and their sockets
 *
 * A connection is known by its two ends.  One side is the client: it sends a
 * request, the server an answer, and so on in turns.  Each side that is
 * traced has a socket, which the kernel names by a pointer; where the
 * addresses of an event cannot be read, that tells which connection it is.
 *
 * A connection goes when both sides are closed, or, since not every close is
 * seen, when it was idle for long; a socket then finds nothing.
 */
#ifndef TK_CONNECTION_H
#define TK_CONNECTION_H

#include "flow/span.h"

/* A request that the client sent and the server did not receive yet. */
struct request {
	bool pending;
	struct span_ref parent;
	enum span_link link;
	uint32_t candidates;
};

struct connection {
	struct endpoint end[2];
	uint64_t pointer[2]; /* of the sockets; 0: not known */
	int64_t tid[2];      /* who used them last; 0: nobody was seen */
	bool closed[2];
	unsigned client; /* which of them asks */
	uint64_t number; /* from 1; 0: this memory is free */
	int64_t used;    /* when something last happened to it */
	bool carried;    /* a message */

	/* The client's view. */
	struct span_ref caller; /* for which the last request was made */
	bool asked;             /* it is not answered */
	struct span_ref bound;  /* for which the connection was opened */
	uint32_t bound_candidates;

	/* The server's view. */
	struct request request;
	struct span_ref serving; /* the last request that was received */
	bool answering;          /* part of its answer was sent */
	int64_t arrival[2];      /* of data not received yet; -1: none seen */

	/* To see by the sequence numbers whether receipts were missed. */
	bool has_sequence;
	uint32_t sequence; /* of the client, when the last answer began */
	uint64_t received; /* bytes that the server was seen to get since */
	bool told_by_client;
	uint32_t sent_by_client; /* its sequence number now */
};

/* One side of a connection, as long as it is there. */
struct socket {
	struct connection *connection;
	uint64_t number;
	unsigned side;
};

static inline struct socket
socket_of(struct connection *c, unsigned side)
{
	return (struct socket){ c, c->number, side };
}

/* Tells whether there is such a connection (still). */
static inline bool
socket_valid(const struct socket *s)
{
	return s->connection != NULL && s->connection->number == s->number;
}

struct connections; /* opaque */

struct connections *connections_new(void);
void connections_free(struct connections *);

/*
 * Finds the connection between two ends; makes one where there is none if
 * ts >= 0, which is the time now.  Returns false where there is none.
 * The side is that of local.  *fresh tells whether it was made.
 */
bool connections_find(struct connections *, const struct endpoint *local,
    const struct endpoint *remote, int64_t ts, struct socket *out, bool *fresh);

/* Says which socket a pointer is; forgets what it was before.  0: nothing. */
void connections_name(struct connections *, const struct socket *,
    uint64_t pointer);

/* Finds the socket of a pointer; false where it was not told. */
bool connections_named(struct connections *, uint64_t pointer,
    struct socket *out);

/*
 * Returns a connection that was idle for long, by the time now, one after the
 * other; false when there is none, or too few connections to look at.  Not
 * every close is seen, so this is to be asked again and again, and what it
 * gives to be dropped.  Amortised O(1).
 */
bool connections_idle(struct connections *, int64_t now, struct socket *out);

/* Forgets a connection; its sockets are no longer valid. */
void connections_drop(struct connections *, const struct socket *);

/*
 * Forgets all that is known of a connection but its ends: it is a new one
 * between the same two.  s is then a socket of that.
 */
void connections_renew(struct connections *, struct socket *s);

/*
 * Says that a side is closed.  If the other is too, or was never seen, the
 * connection goes, and its sockets are no longer valid.
 */
void connections_close(struct connections *, const struct socket *);

/*
 * Says that somebody listens at an end, or tells whether that is known; one
 * without an address (0.0.0.0 or ::) is at all addresses.
 */
void connections_listen(struct connections *, const struct endpoint *);
bool connections_listens(struct connections *, const struct endpoint *);

#endif
