/* SPDX-License-Identifier: MIT */
#include "flow/message.h"

#include "flow/call.h"
#include "flow/serve.h"

void
message_sent(struct link *l, struct thread *t, const struct socket *sock,
    int64_t ts)
{
	struct connection *c = sock->connection;

	c->tid[sock->side] = t->tid;
	c->carried = true;
	c->closed[sock->side] = false; /* its ends were used again */
	if (link_service(l, t, &c->end[sock->side]) == SERVICE_OUTSIDE)
		return;
	if (sock->side == c->client)
		call_request(l, t, c, ts);
	else
		serve_answer(l, t, c, ts);
}

void
message_received(struct link *l, struct thread *t, const struct socket *sock,
    int64_t ts, int64_t bytes)
{
	struct connection *c = sock->connection;

	c->tid[sock->side] = t->tid;
	c->carried = true;
	if (link_service(l, t, &c->end[sock->side]) == SERVICE_OUTSIDE)
		return;
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
