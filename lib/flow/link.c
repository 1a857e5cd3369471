/* SPDX-License-Identifier: MIT */
#include "flow/link.h"

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
link_service(struct link *l, struct thread *t, const struct endpoint *local,
    bool sure)
{
	int service = t->service;

	if (service == SERVICE_UNKNOWN)
		service = services_of_address(l->services, &local->address);
	if (sure)
		t->service = service;
	return service;
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

void
link_begin_message(const struct thread *t, struct connection *c, unsigned to)
{
	if (c->arrival[to] < t->entered)
		c->arrival[to] = -1;
}

void
link_note(struct link *l, enum step_kind kind, struct thread *t,
    const struct connection *c, unsigned from, int64_t ts)
{
	bool sent = kind == STEP_REQUEST_SENT || kind == STEP_ANSWER_SENT;
	const struct endpoint *own = &c->end[sent ? from : !from];

	l->step = (struct step){ .kind = kind,
		.ts = ts,
		.service = link_service(l, t, own, false),
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

void
link_end_call(struct link *l, struct connection *c, int64_t ts)
{
	struct span *caller = span_get(c->caller);

	if (c->asked && caller != NULL)
		spans_return(l->spans, caller, ts);
	c->asked = false;
}
