/* SPDX-License-Identifier: MIT */
#include "flow/message.h"

#include "flow/call.h"
#include "flow/serve.h"

/* Notes who uses a socket; false if that is nobody of the application. */
static bool
take_note(struct link *l, struct thread *t, const struct socket *sock,
    bool received)
{
	struct connection *c = sock->connection;

	c->carried = true;
	if (link_service(l, t, &c->end[sock->side], received) ==
	    SERVICE_OUTSIDE)
		return false;
	c->tid[sock->side] = t->tid;
	return true;
}

void
message_sent(struct link *l, struct thread *t, const struct socket *sock,
    int64_t ts)
{
	struct connection *c = sock->connection;

	c->closed[sock->side] = false; /* its ends were used again */
	if (!take_note(l, t, sock, false))
		return;
	if (sock->side == c->client)
		call_request(l, t, c, ts);
	else
		serve_answer(l, t, c, ts);
}

int64_t
message_time(const struct thread *t, const struct socket *sock, int64_t ts)
{
	int64_t arrival = sock->connection->arrival[!sock->side];

	return arrival >= t->entered ? arrival : ts;
}

/* Tells whether nothing was seen to be sent that a side could receive. */
static bool
is_unexpected(const struct connection *c, unsigned side)
{
	if (side == c->client)
		return c->asked && !c->answering;
	return !c->request.pending &&
	    (c->answering || span_get(c->serving) == NULL);
}

/*
 * Data may be received before the call that sends them returns.  If nothing
 * in it told its socket, the descriptor may: then that is what it sends.
 */
static void
take_unfinished(struct link *l, struct connection *c, unsigned from, int64_t ts)
{
	struct socket s;
	struct thread *t = c->tid[from] != 0
	    ? threads_find(l->threads, c->tid[from])
	    : NULL;

	if (t == NULL || t->call != THREAD_SENDS || socket_valid(&t->socket))
		return;
	if (!threads_get_socket(l->threads, t, t->fd, &s) ||
	    s.connection != c || s.side != from)
		return;
	t->socket = s;
	message_sent(l, t, &s, message_time(t, &s, ts));
}

void
message_received(struct link *l, struct thread *t, const struct socket *sock,
    int64_t ts, int64_t bytes)
{
	struct connection *c = sock->connection;

	if (!take_note(l, t, sock, true))
		return;
	if (is_unexpected(c, sock->side))
		take_unfinished(l, c, !sock->side, ts);
	if (sock->side == c->client)
		call_answer(l, t, c, ts);
	else
		serve_request(l, t, c, ts, bytes);
	c->arrival[sock->side] = -1;
}

void
message_sequence(const struct socket *sock, uint32_t sequence)
{
	struct connection *c = sock->connection;

	if (sock->side != c->client)
		return;
	c->told_by_client = true;
	c->sent_by_client = sequence;
}

void
message_end(struct link *l, const struct socket *sock, int64_t ts)
{
	struct connection *c = sock->connection;
	struct span *s = span_get(c->serving);

	if (sock->side != c->client && s != NULL)
		spans_close(l->spans, s, ts);
	if (sock->side == c->client)
		link_end_call(l, c, ts);
}
