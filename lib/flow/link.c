/* SPDX-License-Identifier: MIT */
#include "flow/link.h"

#include <stdlib.h>

/* The lowest port that Linux gives to a client, ip(7). */
enum { EPHEMERAL_MIN = 32768 };

void
link_start(struct link *l, struct services *services)
{
	*l = (struct link){ .services = services };
	l->threads = threads_new();
	l->connections = connections_new();
	l->spans = spans_new();
}

void
link_stop(struct link *l)
{
	threads_free(l->threads);
	connections_free(l->connections);
	spans_free(l->spans);
}

int
link_service(struct link *l, struct thread *t, const struct endpoint *local)
{
	if (t->service == SERVICE_UNKNOWN)
		t->service = services_of_address(l->services, &local->address);
	return t->service;
}

void
link_roles(struct link *l, struct connection *c)
{
	bool gateway[2], listens[2], low[2];

	for (int i = 0; i < 2; i++) {
		gateway[i] = services_gateway(l->services, &c->end[i].address);
		listens[i] = connections_listens(l->connections, &c->end[i]);
		low[i] = c->end[i].port < EPHEMERAL_MIN;
	}
	if (gateway[0] != gateway[1])
		c->client = gateway[1];
	else if (listens[0] != listens[1])
		c->client = listens[0];
	else if (low[0] != low[1])
		c->client = low[0];
	else
		c->client = c->end[0].port < c->end[1].port;
}

static void
note(struct link *l, enum step_kind kind, const struct thread *t,
    const struct connection *c, unsigned from, int64_t ts)
{
	l->step = (struct step){ .kind = kind,
		.ts = ts,
		.service = t->service,
		.tid = t->tid,
		.from = c->end[from],
		.to = c->end[!from] };
	l->has_step = true;
}

void
link_arm(struct link *l, struct thread *t, struct span *s)
{
	continuations_arm(&t->next, s, ++l->armed);
}

struct span *
link_connects(struct thread *t, uint32_t *candidates)
{
	bool inherited;

	return continuations_take(&t->next, candidates, &inherited);
}

/* Tells whether a request of which no sender was seen comes from a user. */
static bool
is_from_user(const struct link *l, const struct connection *c)
{
	const struct address *peer = &c->end[c->client].address;

	if (services_have_gateways(l->services))
		return services_gateway(l->services, peer);
	return c->tid[c->client] == 0 && !services_known(l->services, peer);
}

/* The last call of a connection is over, answered or not. */
static void
end_call(struct link *l, struct connection *c, int64_t ts)
{
	struct span *caller = span_get(c->caller);

	if (c->asked && caller != NULL)
		spans_return(l->spans, caller, ts);
	c->asked = false;
}

/*
 * The request that a server received, where its sending was not seen.  If
 * the thread that uses the other side works for one span only, it was for
 * that; which then waits for the answer.
 */
static struct request
guess_request(struct link *l, struct connection *c, int64_t ts)
{
	struct request r = { .pending = true, .link = SPAN_ORPHAN };
	struct thread *t = NULL;
	struct span *s = NULL;

	if (is_from_user(l, c)) {
		r.link = SPAN_ROOT;
		return r;
	}
	if (c->tid[c->client] != 0)
		t = threads_find(l->threads, c->tid[c->client]);
	if (t != NULL && (s = continuations_only(&t->next)) == NULL)
		s = duties_only(&t->duties);
	if (s == NULL)
		return r;
	r.link = SPAN_GUESS;
	r.candidates = 1;
	r.parent = span_ref(s);
	s->armed = 0;
	end_call(l, c, ts);
	c->caller = r.parent;
	c->asked = true;
	spans_call(l->spans, s, ts);
	return r;
}

/* Makes the span of a request that a thread has at ts. */
static struct span *
add_span(struct link *l, struct thread *t, struct connection *c, int64_t ts)
{
	unsigned side = !c->client;
	struct request *r = &c->request;
	struct span *parent, *s;

	if (!r->pending)
		*r = guess_request(l, c, ts);
	parent = span_get(r->parent);
	if (parent == NULL && r->link != SPAN_ROOT)
		r->link = is_from_user(l, c) ? SPAN_ROOT : SPAN_ORPHAN;
	s = spans_add(l->spans, parent,
	    r->link == SPAN_ROOT ? ++l->requests : 0, ts);
	s->link = r->link;
	s->candidates = r->candidates;
	s->service = (size_t)t->service;
	s->tid = t->tid;
	s->local = c->end[side];
	s->peer = c->end[c->client];
	s->arrival = c->arrival[side] <= ts ? c->arrival[side] : -1;
	s->lost_marks = l->lost_marks;
	r->pending = false;
	l->span_count++;
	l->orphans += r->link == SPAN_ORPHAN;
	return s;
}

/*
 * Begins to serve a request, instead of the one before on that connection:
 * nothing more can be done for that.
 */
static struct span *
begin_serving(struct link *l, struct thread *t, struct connection *c,
    int64_t ts)
{
	struct span *before = span_get(c->serving), *s;

	if (before != NULL) {
		before->over = true;
		before->armed = 0;
		spans_close(l->spans, before, ts);
	}
	s = add_span(l, t, c, ts);
	c->serving = span_ref(s);
	c->answering = false;
	t->served = socket_of(c, !c->client);
	duties_add(&t->duties, s);
	note(l, STEP_REQUEST_RECEIVED, t, c, c->client, ts);
	return s;
}

/*
 * The request that was sent to a thread, whose receipt was not seen although
 * the thread does something about it.  All that is known of its beginning is
 * when its data came to the socket, or were sent.
 */
static struct span *
recover_span(struct link *l, struct thread *t, struct connection *c, int64_t ts)
{
	int64_t arrival = c->arrival[!c->client];
	struct span *s = begin_serving(l, t, c, arrival >= 0 ? arrival : ts);

	s->lost = s->received_unseen = true;
	c->arrival[!c->client] = -1;
	return s;
}

/* What a thread works on where nothing is armed, if that is known. */
static struct span *
only_work(struct link *l, struct thread *t, int64_t ts)
{
	struct span *s = duties_only(&t->duties);
	struct connection *c = t->served.connection;

	if (s == NULL && socket_valid(&t->served) && c->request.pending)
		s = recover_span(l, t, c, ts);
	return s;
}

/* Finds out for which span a thread makes the request that it sends. */
static struct request
choose_parent(struct link *l, struct thread *t, struct connection *c,
    int64_t ts)
{
	struct request r = { .pending = true, .link = SPAN_CONNECT };
	struct span *s = span_get(c->bound);
	bool inherited = false;

	r.candidates = c->bound_candidates;
	c->bound.span = NULL;
	if (s == NULL) {
		s = continuations_take(&t->next, &r.candidates, &inherited);
		r.link = r.candidates > 1 ? SPAN_FIFO : SPAN_DIRECT;
		if (inherited)
			r.link = SPAN_FORK;
	}
	if (s == NULL && (s = only_work(l, t, ts)) != NULL)
		r.candidates = 1;
	r.parent = span_ref(s);
	if (s == NULL)
		r.link = SPAN_ORPHAN;
	return r;
}

/*
 * Tells whether what the client sends is a new request, not more of the last
 * one: that was answered, or the thread works for somebody else by now.
 */
static bool
is_new_request(struct thread *t, const struct connection *c)
{
	const struct span *caller = span_get(c->caller), *only;

	if (!c->asked)
		return true;
	if (c->answering && !c->request.pending)
		return true;
	if (c->caller.span != NULL && (caller == NULL || caller->over))
		return true;
	only = duties_only(&t->duties);
	return only != NULL && caller != NULL && only != caller;
}

static void
request_sent(struct link *l, struct thread *t, struct connection *c, int64_t ts)
{
	struct span *parent;

	if (!is_new_request(t, c))
		return;
	end_call(l, c, ts);
	c->request = choose_parent(l, t, c, ts);
	c->caller = c->request.parent;
	c->asked = true;
	if ((parent = span_get(c->caller)) != NULL)
		spans_call(l->spans, parent, ts);
	note(l, STEP_REQUEST_SENT, t, c, c->client, ts);
}

static void
answer_sent(struct link *l, struct thread *t, struct connection *c, int64_t ts)
{
	struct span *s = span_get(c->serving);

	if (c->request.pending && (s == NULL || c->answering))
		s = recover_span(l, t, c, ts);
	if (s == NULL)
		return;
	if (!c->answering)
		note(l, STEP_ANSWER_SENT, t, c, !c->client, ts);
	c->answering = true;
	s->lost = s->received_unseen || s->lost_marks != l->lost_marks;
	continuations_answer(&t->next, s);
	spans_answer(l->spans, s, ts);
}

void
link_sent(struct link *l, struct thread *t, const struct socket *sock,
    int64_t ts)
{
	struct connection *c = sock->connection;

	c->tid[sock->side] = t->tid;
	if (link_service(l, t, &c->end[sock->side]) == SERVICE_OUTSIDE)
		return;
	if (sock->side == c->client)
		request_sent(l, t, c, ts);
	else
		answer_sent(l, t, c, ts);
}

static void
request_received(struct link *l, struct thread *t, struct connection *c,
    int64_t ts)
{
	struct span *s = span_get(c->serving);

	/* If it is not the first of its request, it is more of the same. */
	if (s == NULL || c->answering || c->request.pending)
		s = begin_serving(l, t, c, ts);
	link_arm(l, t, s);
}

/* An answer was received of which no part was seen to be sent. */
static void
recover_answer(struct link *l, struct connection *c, int64_t ts)
{
	struct span *s = span_get(c->serving);
	int64_t arrival = c->arrival[c->client];

	if (s == NULL || c->answering || c->request.pending)
		return;
	c->answering = true;
	s->lost = true;
	s->armed = 0;
	spans_answer(l->spans, s, arrival >= s->start ? arrival : ts);
}

static void
answer_received(struct link *l, struct thread *t, struct connection *c,
    int64_t ts)
{
	struct span *s = span_get(c->caller);

	recover_answer(l, c, ts);
	if (c->asked)
		note(l, STEP_ANSWER_RECEIVED, t, c, !c->client, ts);
	if (s != NULL && !s->over && (c->asked || s->armed != 0))
		link_arm(l, t, s);
	end_call(l, c, ts);
}

void
link_received(struct link *l, struct thread *t, const struct socket *sock,
    int64_t ts)
{
	struct connection *c = sock->connection;

	c->tid[sock->side] = t->tid;
	if (link_service(l, t, &c->end[sock->side]) == SERVICE_OUTSIDE)
		return;
	if (sock->side == c->client)
		answer_received(l, t, c, ts);
	else
		request_received(l, t, c, ts);
	c->arrival[sock->side] = -1;
}

void
link_closed(struct link *l, const struct socket *sock, int64_t ts)
{
	struct connection *c = sock->connection;
	struct span *s = span_get(c->serving);

	if (sock->side != c->client && s != NULL)
		spans_close(l->spans, s, ts);
	if (sock->side == c->client)
		end_call(l, c, ts);
}
