/* SPDX-License-Identifier: MIT */
#include "flow/transfer.h"

#include "flow/message.h"

bool
transfer_socket(struct link *l, const struct fact *fact, bool make,
    struct socket *out)
{
	struct connections *all = l->connections;
	bool fresh;

	if (!fact->has_ends)
		return connections_named(all, fact->pointer, out);
	if (!connections_find(all, &fact->local, &fact->remote,
		make ? fact->ts : -1, out, &fresh))
		return false;
	if (fresh)
		link_roles(l, out->connection);
	connections_name(all, out, fact->pointer);
	return true;
}

/* The data that a call has received are in the thread's hands. */
static void
receive(struct link *l, struct thread *t, int64_t ts, int64_t bytes)
{
	if (socket_valid(&t->socket))
		message_received(l, t, &t->socket, ts, bytes);
	t->socket.connection = NULL;
}

void
transfer_enter(struct link *l, struct thread *t, const struct fact *fact)
{
	if (t->call != THREAD_NO_CALL)
		l->gaps++; /* it must have returned */
	/* A return that was lost: the data were there when they were read. */
	if (t->call != THREAD_SENDS && t->socket.connection != NULL)
		receive(l, t, t->socket_ts, -1);
	t->call = fact->kind == FACT_SEND_ENTER ? THREAD_SENDS
						: THREAD_RECEIVES;
	t->fd = fact->fd;
	t->socket.connection = NULL;
	t->entered = fact->ts;
	t->file = fact->file;
}

/*
 * Finds what a call sends on that no probe told: what the descriptor was the
 * last time, or what the thread has just connected.
 */
static bool
find_sent(struct link *l, struct thread *t, struct socket *out)
{
	if (t->call != THREAD_SENDS)
		return false;
	if (threads_get_socket(l->threads, t, t->fd, out))
		return true;
	/* What is written may be a file: that tells nothing. */
	if (t->file || !socket_valid(&t->connected))
		return false;
	*out = t->connected;
	return true;
}

void
transfer_leave_send(struct link *l, struct thread *t, const struct fact *fact)
{
	struct socket s;

	if (t->call == THREAD_SENDS && socket_valid(&t->socket))
		threads_set_socket(l->threads, t, t->fd, &t->socket);
	else if (fact->result > 0 && find_sent(l, t, &s)) {
		message_sent(l, t, &s, message_time(t, &s, fact->ts));
		threads_set_socket(l->threads, t, t->fd, &s);
		t->connected.connection = NULL;
	}
	t->call = THREAD_NO_CALL;
	t->socket.connection = NULL;
}

void
transfer_leave_receive(struct link *l, struct thread *t,
    const struct fact *fact)
{
	if (fact->result > 0 && socket_valid(&t->socket)) {
		if (t->call == THREAD_RECEIVES)
			threads_set_socket(l->threads, t, t->fd, &t->socket);
		receive(l, t, fact->ts, fact->messages ? -1 : fact->result);
	}
	t->call = THREAD_NO_CALL;
	t->socket.connection = NULL;
}

/*
 * Tells whether a segment on its way from a socket is sent by this thread's
 * call: it is the first of it, or from the same socket as that.  It may be
 * somebody else's, that an interrupt delivers.
 */
static bool
is_own(const struct link *l, const struct thread *t, const struct socket *s)
{
	const struct address *address = &s->connection->end[s->side].address;

	if (t == NULL || t->call != THREAD_SENDS)
		return false;
	if (socket_valid(&t->socket))
		return t->socket.connection == s->connection &&
		    t->socket.side == s->side;
	if (s->connection->tid[s->side] == t->tid)
		return true;
	if (t->service < 0)
		return !services_gateway(l->services, address);
	return !services_others(l->services, t->service, address);
}

/*
 * A segment came to a socket.  On one machine that happens within the call
 * that sends it, in the sender's context.
 */
void
transfer_probe(struct link *l, struct thread *t, const struct fact *fact)
{
	struct socket receiver, sender;
	int64_t *arrival;

	/* One without data tells no more than which socket it is. */
	if (!transfer_socket(l, fact, fact->length > 0, &receiver) ||
	    fact->length <= 0)
		return;
	sender = receiver;
	sender.side = !receiver.side;
	if (is_own(l, t, &sender)) {
		t->socket = sender;
		t->connected.connection = NULL;
		if (fact->has_sequence)
			message_sequence(&receiver, fact->sequence);
		message_sent(l, t, &sender, fact->ts);
	}
	/* The first data that were not received yet. */
	arrival = &receiver.connection->arrival[receiver.side];
	if (*arrival < 0)
		*arrival = fact->ts;
}

void
transfer_adjust(struct link *l, struct thread *t, const struct fact *fact)
{
	struct connection *c;

	if (!transfer_socket(l, fact, true, &t->socket))
		return;
	c = t->socket.connection;
	if (c->tid[t->socket.side] == 0 && t->service >= 0)
		services_learn(l->services, t->service,
		    &c->end[t->socket.side].address);
	if (t->call == THREAD_SENDS) {
		t->call = THREAD_RECEIVES;
		t->fd = -1;
	}
	t->socket_ts = fact->ts;
}
