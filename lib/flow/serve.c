/* SPDX-License-Identifier: MIT */
#include "flow/serve.h"

#include "flow/merge.h"

/* Tells whether a request of which no sender was seen comes from a user. */
static bool
is_from_user(const struct link *l, const struct connection *c)
{
	const struct address *peer = &c->end[c->client].address;

	if (services_have_gateways(l->services))
		return services_gateway(l->services, peer);
	return c->tid[c->client] == 0 && !services_known(l->services, peer);
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
	spans_call(l->spans, s, ts);
	/* After that, lest its tree be done with its last call. */
	link_end_call(l, c, ts);
	c->caller = r.parent;
	c->asked = true;
	s->called = true;
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
	s->candidates = r->link == SPAN_ORPHAN ? 0 : r->candidates;
	s->service = (size_t)link_service(l, t, &c->end[side], false);
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
	link_note(l, STEP_REQUEST_RECEIVED, t, c, c->client, ts);
	return s;
}

struct span *
serve_recover(struct link *l, struct thread *t, struct connection *c,
    int64_t ts)
{
	int64_t arrival = c->arrival[!c->client];
	struct span *s = begin_serving(l, t, c, arrival >= 0 ? arrival : ts);

	s->lost = true;
	c->arrival[!c->client] = -1;
	return s;
}

/*
 * Tells whether the client had sent more, when an answer began, than the
 * server was seen to get.  (Where no events are missing, that only means that
 * the client does not wait for answers.)
 */
static bool
missed_bytes(const struct link *l, const struct connection *c)
{
	return l->lost_marks + l->gaps > 0 && c->has_sequence &&
	    c->told_by_client &&
	    (uint32_t)(c->sent_by_client - c->sequence) > c->received;
}

/*
 * The answer that begins is not that to the request that was served, but to
 * one that came after it unseen.
 */
static void
replace_request(struct link *l, struct thread *t, struct connection *c,
    int64_t ts)
{
	int64_t since = c->request.pending ? c->arrival[!c->client] : -1;
	struct span *first = span_get(c->serving), *second;

	second = serve_recover(l, t, c, ts);
	if (first != NULL && !first->tree->done)
		l->orphans += merge_undo(l->spans, first, second, since);
	if (second->child != NULL && second->child->start < second->start)
		second->start = second->child->start;
}

/*
 * Ends the span that is served, or finds that another has taken its place:
 * the sender of a newer request was seen, or bytes were missed while calls
 * were made.
 */
static void
begin_answer(struct link *l, struct thread *t, struct connection *c, int64_t ts)
{
	struct span *s = span_get(c->serving);

	if (c->request.pending)
		replace_request(l, t, c, ts);
	else if (s != NULL && missed_bytes(l, c)) {
		s->lost = true;
		if (s->child != NULL)
			replace_request(l, t, c, ts);
	}
	link_begin_message(t, c, c->client);
	if (c->told_by_client) {
		c->has_sequence = true;
		c->sequence = c->sent_by_client;
		c->received = 0;
		c->told_by_client = false;
	}
	if (span_get(c->serving) != NULL)
		link_note(l, STEP_ANSWER_SENT, t, c, !c->client, ts);
}

void
serve_answer(struct link *l, struct thread *t, struct connection *c, int64_t ts)
{
	struct span *s;

	if (!c->answering || c->request.pending)
		begin_answer(l, t, c, ts);
	if ((s = span_get(c->serving)) == NULL)
		return;
	c->answering = true;
	s->lost = s->lost || s->lost_marks != l->lost_marks;
	continuations_answer(&t->next, s);
	s->armed = 0; /* wherever another thread may have it */
	spans_answer(l->spans, s, ts);
}

/*
 * Tells whether events may be missing since a span began.  If losses are
 * marked that is known; if they only show by gaps, they may be anywhere.
 */
static bool
maybe_lost(const struct link *l, const struct span *s)
{
	if (l->lost_marks > 0)
		return l->lost_marks != s->lost_marks;
	return l->gaps > 0;
}

/*
 * Tells whether what the server receives is more of the request that it
 * serves.  One for which calls were made already was most likely all there,
 * and its answer missed, where events are missing.
 */
static bool
is_more(const struct link *l, const struct connection *c, const struct span *s)
{
	if (s == NULL || c->answering || c->request.pending)
		return false;
	return !(s->called && maybe_lost(l, s));
}

/* Counts what a server gets; -1 is as much as may be. */
static void
count_received(struct connection *c, int64_t bytes)
{
	if (bytes < 0)
		c->has_sequence = false;
	else
		c->received += (uint64_t)bytes;
}

void
serve_request(struct link *l, struct thread *t, struct connection *c,
    int64_t ts, int64_t bytes)
{
	struct span *s = span_get(c->serving);

	count_received(c, bytes);
	if (!is_more(l, c, s))
		s = begin_serving(l, t, c, ts);
	link_arm(l, t, s);
}

void
serve_unseen_answer(struct link *l, struct connection *c, int64_t ts)
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
