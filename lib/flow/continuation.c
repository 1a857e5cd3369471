/* SPDX-License-Identifier: MIT */
#include "flow/continuation.h"

#include <stdlib.h>

#include "base/mem.h"

/* Returns the span, or NULL where it is gone or was armed anew since. */
static struct span *
valid(const struct continuation *c)
{
	struct span *s = span_get(c->span);

	return s != NULL && (c->inherited || s->armed == c->order) ? s : NULL;
}

/* Drops the invalid ones at the front, so that the first is the oldest. */
static struct continuation *
first(struct continuations *q)
{
	while (q->head < q->n && valid(&q->item[q->head]) == NULL)
		q->head++;
	if (q->head == q->n)
		q->head = q->n = 0;
	return q->n > 0 ? &q->item[q->head] : NULL;
}

/* Drops all that are invalid, so that the queue grows only if it must. */
static void
compact(struct continuations *q)
{
	size_t kept = 0;

	for (size_t i = q->head; i < q->n; i++)
		if (valid(&q->item[i]) != NULL)
			q->item[kept++] = q->item[i];
	q->head = 0;
	q->n = kept;
}

static void
push(struct continuations *q, struct continuation c)
{
	if (q->n == q->cap) {
		compact(q);
		if (q->n >= q->cap / 2)
			q->item = mem_grow(q->item, &q->cap, q->cap + 1,
			    sizeof(*q->item));
	}
	q->item[q->n++] = c;
}

void
continuations_arm(struct continuations *q, struct span *s, uint64_t order)
{
	const struct continuation *oldest = first(q);

	if (oldest != NULL && oldest->inherited)
		q->head = q->n = 0;
	s->armed = order;
	push(q, (struct continuation){ span_ref(s), order, false });
}

void
continuations_inherit(struct continuations *child, struct continuations *parent)
{
	const struct continuation *oldest = first(parent);

	if (oldest != NULL)
		push(child, (struct continuation){ oldest->span, 0, true });
}

struct span *
continuations_take(struct continuations *q, uint32_t *candidates,
    bool *inherited)
{
	const struct continuation *oldest = first(q);
	size_t end = q->n;

	*candidates = 0;
	*inherited = false;
	if (oldest == NULL)
		return NULL;
	if (end - q->head > CANDIDATES_MAX)
		end = q->head + CANDIDATES_MAX;
	for (size_t i = q->head; i < end; i++)
		*candidates += valid(&q->item[i]) != NULL;
	*inherited = oldest->inherited;
	/* A forked thread may make several calls for what it inherited. */
	if (!oldest->inherited)
		q->head++;
	return span_get(oldest->span);
}

struct span *
continuations_only(struct continuations *q)
{
	const struct continuation *oldest = first(q);
	struct span *only;

	if (oldest == NULL)
		return NULL;
	only = valid(oldest);
	for (size_t i = q->head + 1; i < q->n; i++) {
		const struct span *other = valid(&q->item[i]);

		if (other != NULL && other != only)
			return NULL;
	}
	return only;
}

void
continuations_answer(struct continuations *q, const struct span *s)
{
	while (q->head < q->n &&
	    (q->item[q->head].inherited || q->item[q->head].order <= s->armed))
		q->head++;
}

void
continuations_free(struct continuations *q)
{
	free(q->item);
	*q = (struct continuations){ .item = NULL };
}
