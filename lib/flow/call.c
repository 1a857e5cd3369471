/* SPDX-License-Identifier: MIT */
#include "flow/call.h"

#include "flow/serve.h"

struct span *
call_connect(struct thread *t, uint32_t *candidates)
{
	bool inherited;

	return continuations_take(&t->next, candidates, &inherited);
}

/* What a thread works on where nothing is armed, if that is known. */
static struct span *
only_work(struct link *l, struct thread *t, int64_t ts)
{
	struct span *s = duties_only(&t->duties);
	struct connection *c = t->served.connection;

	if (s == NULL && socket_valid(&t->served) && c->request.pending)
		s = serve_recover(l, t, c, ts);
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

void
call_request(struct link *l, struct thread *t, struct connection *c, int64_t ts)
{
	struct span *parent;

	if (!is_new_request(t, c))
		return;
	link_end_call(l, c, ts);
	link_begin_message(t, c, !c->client);
	c->request = choose_parent(l, t, c, ts);
	c->caller = c->request.parent;
	c->asked = true;
	if ((parent = span_get(c->caller)) != NULL) {
		parent->called = true;
		spans_call(l->spans, parent, ts);
	}
	link_note(l, STEP_REQUEST_SENT, t, c, c->client, ts);
}

void
call_answer(struct link *l, struct thread *t, struct connection *c, int64_t ts)
{
	struct span *s = span_get(c->caller);

	serve_unseen_answer(l, c, ts);
	if (c->asked)
		link_note(l, STEP_ANSWER_RECEIVED, t, c, !c->client, ts);
	if (s != NULL && !s->over && (c->asked || s->armed != 0))
		link_arm(l, t, s);
	link_end_call(l, c, ts);
}
