/* SPDX-License-Identifier: MIT */
#include "flow/flow.h"

#include <stdlib.h>

#include "base/mem.h"
#include "flow/call.h"
#include "flow/connecting.h"
#include "flow/fact.h"
#include "flow/message.h"
#include "flow/transfer.h"

struct flow {
	struct link link;
	struct facts *facts;
	struct services *services;
	int64_t linger;
	struct connecting connecting;
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
	connecting_free(&f->connecting);
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
	threads_meet(f->link.threads, t, fact->cpu, fact->ts);
	return t;
}

/*
 * Segments come in the context of whatever thread runs, even of one that has
 * exited: only one that is known already can have to do with them.
 */
static struct thread *
known_thread(struct flow *f, const struct fact *fact)
{
	struct thread *t = threads_find(f->link.threads, fact->tid);

	if (t != NULL)
		threads_meet(f->link.threads, t, fact->cpu, fact->ts);
	return t;
}

/* Notes that a thread begins to open a connection. */
static void
begin_connecting(struct flow *f, struct thread *t, const struct fact *fact)
{
	struct opening o = { .pointer = fact->pointer,
		.remote = fact->remote,
		.tid = t->tid };

	o.bound = span_ref(call_connect(t, &o.candidates));
	connecting_add(&f->connecting, &o);
}

/*
 * Finds the socket of a connection that has just been made.  What is known of
 * an older one between the same two ends does not hold for it.
 */
static bool
opened_socket(struct flow *f, const struct fact *fact, struct socket *s)
{
	struct socket other;

	if (!transfer_socket(&f->link, fact, true, s))
		return false;
	if (!s->connection->carried)
		return true;
	other = socket_of(s->connection, !s->side);
	message_end(&f->link, s, fact->ts);
	message_end(&f->link, &other, fact->ts);
	connections_renew(f->link.connections, s);
	connections_name(f->link.connections, s, fact->pointer);
	return true;
}

/* The client's side of a connection is open. */
static void
open_client(struct flow *f, const struct fact *fact)
{
	struct opening o;
	struct socket s;
	struct thread *t;
	bool begun = connecting_take(&f->connecting, fact->pointer,
	    &fact->remote, &o);

	if (!opened_socket(f, fact, &s))
		return;
	s.connection->client = s.side;
	if (!begun)
		return;
	s.connection->bound = o.bound;
	s.connection->bound_candidates = o.candidates;
	s.connection->tid[s.side] = o.tid;
	if ((t = threads_find(f->link.threads, o.tid)) != NULL)
		t->connected = s;
}

/* It could not be opened: the thread goes on with what it had begun for. */
static void
fail_client(struct flow *f, const struct fact *fact)
{
	struct opening o;
	struct thread *t;
	struct span *bound;

	if (!connecting_take(&f->connecting, fact->pointer, &fact->remote, &o))
		return;
	t = threads_find(f->link.threads, o.tid);
	bound = span_get(o.bound);
	if (t != NULL && bound != NULL)
		link_arm(&f->link, t, bound);
}

/* The server's side of a connection is being opened. */
static void
open_server(struct flow *f, const struct fact *fact)
{
	struct socket s;

	if (!opened_socket(f, fact, &s))
		return;
	if (fact->has_ends)
		connections_listen(f->link.connections, &fact->local);
	s.connection->client = !s.side;
}

static void
close_side(struct flow *f, const struct fact *fact)
{
	struct socket s;

	if (!transfer_socket(&f->link, fact, false, &s))
		return;
	message_end(&f->link, &s, fact->ts);
	if (fact->newstate == FACT_CLOSE)
		connections_close(f->link.connections, &s);
	else
		s.connection->closed[s.side] = true;
}

static void
change_state(struct flow *f, const struct fact *fact)
{
	if (fact->oldstate == FACT_SYN_SENT) {
		if (fact->newstate == FACT_ESTABLISHED)
			open_client(f, fact);
		else
			fail_client(f, fact);
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
		open_server(f, fact);
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
	threads_meet(all, child, fact->cpu, fact->ts);
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
		transfer_enter(&f->link, thread_of(f, fact), fact);
		break;
	case FACT_SEND_EXIT:
		transfer_leave_send(&f->link, thread_of(f, fact), fact);
		break;
	case FACT_RECEIVE_EXIT:
		transfer_leave_receive(&f->link, thread_of(f, fact), fact);
		break;
	case FACT_PROBE:
		transfer_probe(&f->link, known_thread(f, fact), fact);
		break;
	case FACT_ADJUST:
		transfer_adjust(&f->link, thread_of(f, fact), fact);
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
	connecting_free(&f->connecting);
}

/* Lets go what has been waiting for too long. */
static void
expire(struct flow *f, int64_t now)
{
	struct link *l = &f->link;
	struct socket one, other;

	spans_expire(l->spans, now - f->linger);
	threads_sweep(l->threads, now);
	while (connections_idle(l->connections, now, &one)) {
		other = socket_of(one.connection, !one.side);
		message_end(l, &one, now);
		message_end(l, &other, now);
		connections_drop(l->connections, &one);
	}
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
		expire(f, fact.ts);
		break;
	case EVENT_LOST:
		f->link.lost_marks++;
		threads_interrupt(f->link.threads, ev->at.cpu);
		break;
	case EVENT_END:
		spans_finish(f->link.spans);
		break;
	case EVENT_LINE:
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
		.gaps = f->link.gaps,
	};
}
