/* SPDX-License-Identifier: MIT */
#include "flow/flow.h"

#include <stdlib.h>

#include "base/mem.h"
#include "flow/fact.h"

/* A connection that is being opened. */
struct connecting {
	uint64_t pointer; /* of the socket, or 0 */
	struct endpoint remote;
	int64_t tid;
	struct span_ref bound;
	uint32_t candidates;
};

/* So many at once; should there be more, the oldest is forgotten. */
enum { CONNECTING_MAX = 4096 };

struct flow {
	struct link link;
	struct facts *facts;
	struct services *services;
	int64_t linger;
	struct connecting *connecting; /* the oldest first */
	size_t connects, cap;
};

struct flow *
flow_new(struct services *services, int64_t linger)
{
	struct flow *f = mem_alloc(sizeof(*f));

	f->facts = facts_new();
	f->services = services;
	f->linger = linger;
	link_start(&f->link, services);
	return f;
}

void
flow_free(struct flow *f)
{
	if (f == NULL)
		return;
	link_stop(&f->link);
	facts_free(f->facts);
	free(f->connecting);
	free(f);
}

void
flow_ask(struct flow *f, struct event_reader *reader)
{
	facts_ask(f->facts, reader);
}

static struct thread *
thread_of(struct flow *f, const struct fact *fact)
{
	struct thread *t = threads_get(f->link.threads, fact->tid);

	if (t->service == SERVICE_UNKNOWN)
		t->service = services_of_thread(f->services, t->tid);
	t->cpu = fact->cpu;
	return t;
}

/*
 * Finds the socket that an event is about: by its ends, or by its pointer
 * where report -R spoiled the addresses.  make: also one not seen before.
 */
static bool
socket_of_fact(struct flow *f, const struct fact *fact, bool make,
    struct socket *out)
{
	struct connections *all = f->link.connections;
	bool fresh;

	if (!fact->has_ends)
		return connections_named(all, fact->pointer, out);
	if (!connections_find(all, &fact->local, &fact->remote,
		make ? fact->ts : -1, out, &fresh))
		return false;
	if (fresh)
		link_roles(&f->link, out->connection);
	connections_name(all, out, fact->pointer);
	return true;
}

/* The data that a call has received are in the thread's hands. */
static void
receive(struct flow *f, struct thread *t, int64_t ts)
{
	if (socket_valid(&t->socket))
		link_received(&f->link, t, &t->socket, ts);
	t->socket.connection = NULL;
}

static void
enter(struct flow *f, struct thread *t, const struct fact *fact)
{
	/* A return that was lost: the data were there when they were read. */
	if (t->call != THREAD_SENDS && t->socket.connection != NULL)
		receive(f, t, t->socket_ts);
	t->call = fact->kind == FACT_SEND_ENTER ? THREAD_SENDS
						: THREAD_RECEIVES;
	t->fd = fact->fd;
	t->socket.connection = NULL;
	t->sent = false;
}

/*
 * Finds what a call sends on that no probe told: what the descriptor was the
 * last time, or what the thread has just connected.
 */
static bool
find_sent(struct flow *f, struct thread *t, struct socket *out)
{
	if (t->call != THREAD_SENDS)
		return false;
	if (threads_get_socket(f->link.threads, t, t->fd, out))
		return true;
	if (!socket_valid(&t->connected))
		return false;
	*out = t->connected;
	return true;
}

static void
leave_send(struct flow *f, struct thread *t, const struct fact *fact)
{
	struct socket s;

	if (t->call == THREAD_SENDS && socket_valid(&t->socket))
		threads_set_socket(f->link.threads, t, t->fd, &t->socket);
	else if (fact->result > 0 && find_sent(f, t, &s)) {
		link_sent(&f->link, t, &s, fact->ts);
		threads_set_socket(f->link.threads, t, t->fd, &s);
		t->connected.connection = NULL;
	}
	t->call = THREAD_NO_CALL;
	t->socket.connection = NULL;
}

static void
leave_receive(struct flow *f, struct thread *t, const struct fact *fact)
{
	if (fact->result > 0 && socket_valid(&t->socket)) {
		if (t->call == THREAD_RECEIVES)
			threads_set_socket(f->link.threads, t, t->fd,
			    &t->socket);
		receive(f, t, fact->ts);
	}
	t->call = THREAD_NO_CALL;
	t->socket.connection = NULL;
}

/*
 * A segment with data came to a socket.  On one machine that happens within
 * the call that sends it, in the sender's context.
 */
static void
probe(struct flow *f, struct thread *t, const struct fact *fact)
{
	struct socket s;
	struct connection *c;

	/* A segment without data tells no more than which socket it is. */
	if (!socket_of_fact(f, fact, fact->length > 0, &s) || fact->length <= 0)
		return;
	c = s.connection;
	if (c->arrival[s.side] < 0)
		c->arrival[s.side] = fact->ts;
	if (t->call != THREAD_SENDS)
		return;
	s.side = !s.side;
	if (socket_valid(&t->socket)) {
		if (t->socket.connection != c)
			return;
	} else if (t->service >= 0 &&
	    services_of_address(f->services, &c->end[s.side].address) !=
		t->service) {
		return; /* somebody else's, in an interrupt */
	}
	t->socket = s;
	t->connected.connection = NULL;
	link_sent(&f->link, t, &s, fact->ts);
}

static void
adjust(struct flow *f, struct thread *t, const struct fact *fact)
{
	if (!socket_of_fact(f, fact, true, &t->socket))
		return;
	if (t->call == THREAD_SENDS) {
		t->call = THREAD_RECEIVES;
		t->fd = -1;
	}
	t->socket_ts = fact->ts;
}

/* Notes that a thread begins to open a connection. */
static void
begin_connecting(struct flow *f, struct thread *t, const struct fact *fact)
{
	struct connecting c = { .pointer = fact->pointer,
		.remote = fact->remote,
		.tid = t->tid };

	if (!fact->has_ends)
		c.remote = (struct endpoint){ .port = 0 };
	c.bound = span_ref(link_connects(t, &c.candidates));
	if (f->connects == CONNECTING_MAX)
		memmove(f->connecting, f->connecting + 1,
		    --f->connects * sizeof(c));
	f->connecting = mem_grow(f->connecting, &f->cap, f->connects + 1,
	    sizeof(c));
	f->connecting[f->connects++] = c;
}

/* Finds what was noted of a connection, and takes it off the list. */
static bool
take_connecting(struct flow *f, const struct fact *fact, struct connecting *out)
{
	for (size_t i = 0; i < f->connects; i++) {
		const struct connecting *c = &f->connecting[i];

		if (fact->pointer != 0
			? c->pointer != fact->pointer
			: !endpoint_eq(&c->remote, &fact->remote))
			continue;
		*out = *c;
		memmove(f->connecting + i, f->connecting + i + 1,
		    (--f->connects - i) * sizeof(*c));
		return true;
	}
	return false;
}

/* The client's side of a connection is open, or it could not be opened. */
static void
end_connecting(struct flow *f, const struct fact *fact)
{
	struct connecting c;
	struct thread *t;
	struct span *bound;
	struct socket s;

	if (!take_connecting(f, fact, &c))
		return;
	t = threads_find(f->link.threads, c.tid);
	bound = span_get(c.bound);
	if (fact->newstate != FACT_ESTABLISHED) {
		if (t != NULL && bound != NULL)
			link_arm(&f->link, t, bound);
		return;
	}
	if (!socket_of_fact(f, fact, true, &s))
		return;
	s.connection->client = s.side;
	s.connection->bound = c.bound;
	s.connection->bound_candidates = c.candidates;
	s.connection->tid[s.side] = c.tid;
	if (t != NULL)
		t->connected = s;
}

/* The server's side of a connection is being opened. */
static void
accept_connection(struct flow *f, const struct fact *fact)
{
	struct socket s;

	if (!socket_of_fact(f, fact, true, &s))
		return;
	connections_listen(f->link.connections, &fact->local);
	s.connection->client = !s.side;
}

static void
close_side(struct flow *f, const struct fact *fact)
{
	struct socket s;

	if (!socket_of_fact(f, fact, false, &s))
		return;
	link_closed(&f->link, &s, fact->ts);
	if (fact->newstate == FACT_CLOSE)
		connections_close(f->link.connections, &s);
	else
		s.connection->closed[s.side] = true;
}

static void
change_state(struct flow *f, const struct fact *fact)
{
	if (fact->oldstate == FACT_SYN_SENT) {
		end_connecting(f, fact);
		return;
	}
	switch (fact->newstate) {
	case FACT_LISTEN:
		if (fact->has_ends)
			connections_listen(f->link.connections, &fact->local);
		break;
	case FACT_SYN_SENT:
		begin_connecting(f, thread_of(f, fact), fact);
		break;
	case FACT_SYN_RECV:
	case FACT_ESTABLISHED:
		accept_connection(f, fact);
		break;
	case FACT_FIN_WAIT1:
	case FACT_LAST_ACK:
	case FACT_CLOSE:
		close_side(f, fact);
		break;
	default:
		break;
	}
}

static void
fork_thread(struct flow *f, const struct fact *fact)
{
	struct threads *all = f->link.threads;
	struct thread *parent = thread_of(f, fact), *child;
	int service = parent->service;

	threads_remove(all, fact->other); /* if its number was used before */
	child = threads_get(all, fact->other);
	child->service = service;
	parent = threads_get(all, fact->tid);
	continuations_inherit(&child->next, &parent->next);
	f->link.step = (struct step){ .kind = STEP_FORK,
		.ts = fact->ts,
		.service = service,
		.tid = fact->tid,
		.child = fact->other };
	f->link.has_step = true;
}

static void
take_fact(struct flow *f, const struct fact *fact)
{
	switch (fact->kind) {
	case FACT_SEND_ENTER:
	case FACT_RECEIVE_ENTER:
		enter(f, thread_of(f, fact), fact);
		break;
	case FACT_SEND_EXIT:
		leave_send(f, thread_of(f, fact), fact);
		break;
	case FACT_RECEIVE_EXIT:
		leave_receive(f, thread_of(f, fact), fact);
		break;
	case FACT_PROBE:
		probe(f, thread_of(f, fact), fact);
		break;
	case FACT_ADJUST:
		adjust(f, thread_of(f, fact), fact);
		break;
	case FACT_STATE:
		change_state(f, fact);
		break;
	case FACT_FORK:
		fork_thread(f, fact);
		break;
	case FACT_EXIT:
		threads_remove(f->link.threads, fact->tid);
		break;
	case FACT_KINDS:
		break;
	}
}

/* Begins anew: what was before belongs to another trace. */
static void
restart(struct flow *f)
{
	link_stop(&f->link);
	link_start(&f->link, f->services);
	f->connects = 0;
}

const char *
flow_feed(struct flow *f, const struct event *ev)
{
	const char *why = NULL;
	struct fact fact;

	f->link.has_step = false;
	switch (ev->kind) {
	case EVENT_TRACE:
		restart(f);
		break;
	case EVENT_POINT:
		if ((why = facts_read(f->facts, ev, &fact)) != NULL)
			break;
		take_fact(f, &fact);
		spans_expire(f->link.spans, fact.ts - f->linger);
		break;
	case EVENT_LOST:
		f->link.lost_marks++;
		threads_interrupt(f->link.threads, ev->at.cpu);
		break;
	case EVENT_END:
		spans_finish(f->link.spans);
		break;
	case EVENT_BAD:
		break;
	}
	return why;
}

struct tree *
flow_next(struct flow *f)
{
	struct tree *t = spans_next(f->link.spans);

	if (t == NULL)
		return NULL;
	for (struct span *s = t->root; s != NULL; s = tree_step(t, s))
		if (s->end < 0)
			s->lost = s->lost_marks != f->link.lost_marks;
	return t;
}

const struct step *
flow_step(const struct flow *f)
{
	return f->link.has_step ? &f->link.step : NULL;
}

struct flow_counts
flow_counts(const struct flow *f)
{
	return (struct flow_counts){
		.traces = f->link.requests,
		.spans = f->link.span_count,
		.orphans = f->link.orphans,
	};
}
