/* SPDX-License-Identifier: MIT */
#include "flow/duty.h"

#include <stdlib.h>

#include "base/mem.h"

/* Returns the span, unless it is answered or given up. */
static struct span *
owed(struct span_ref ref)
{
	struct span *s = span_get(ref);

	return s != NULL && s->end < 0 && !s->over ? s : NULL;
}

/* Drops those that are not owed, so that the list grows only if it must. */
static void
prune(struct duties *d)
{
	size_t kept = 0;

	for (size_t i = 0; i < d->n; i++)
		if (owed(d->item[i]) != NULL)
			d->item[kept++] = d->item[i];
	d->n = kept;
}

void
duties_add(struct duties *d, struct span *s)
{
	if (d->n == d->cap) {
		prune(d);
		if (d->n >= d->cap / 2)
			d->item = mem_grow(d->item, &d->cap, d->cap + 1,
			    sizeof(*d->item));
	}
	d->item[d->n++] = span_ref(s);
}

struct span *
duties_only(struct duties *d)
{
	struct span *only = NULL;

	for (size_t i = d->n; i-- > 0;) {
		struct span *s = owed(d->item[i]);

		if (s == NULL)
			continue;
		if (only != NULL)
			return NULL;
		only = s;
	}
	if (only == NULL)
		d->n = 0;
	return only;
}

void
duties_free(struct duties *d)
{
	free(d->item);
	*d = (struct duties){ .item = NULL };
}
