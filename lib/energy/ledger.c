/* SPDX-License-Identifier: MIT */
#include "energy/ledger.h"

#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"

void
ledger_open(struct ledger *l, struct account_range range)
{
	*l = (struct ledger){ .range = range, .names = intern_new() };
}

void
ledger_close(struct ledger *l)
{
	intern_free(l->names);
	free(l->entry);
	*l = (struct ledger){ 0 };
}

/* Returns the zone of a name that is not the one expected. */
static struct entry *
look_up(struct ledger *l, struct str name)
{
	size_t id = intern_id(l->names, name);

	if (id == l->n) {
		l->entry = mem_grow(l->entry, &l->cap, id + 1,
		    sizeof(*l->entry));
		l->entry[id] = (struct entry){ .summed = true,
			.name = intern_str(l->names, id),
			.last = INT64_MIN,
			.stream = l->stream - 1 };
		l->n++;
	}
	l->entry[l->at].next = id;
	l->at = id;
	return &l->entry[id];
}

struct entry *
ledger_find(struct ledger *l, struct str name)
{
	size_t id;

	if (l->n == 0)
		return look_up(l, name);
	id = l->entry[l->at].next;
	if (!str_eq(l->entry[id].name, name))
		return look_up(l, name);
	l->at = id;
	return &l->entry[id];
}

void
ledger_turn(struct ledger *l)
{
	l->stream++;
	extent_close(&l->extent);
}

bool
ledger_goes_back(const struct ledger *l, int64_t to)
{
	const struct entry *e = &l->entry[l->at];

	return e->stream == l->stream && to < e->last;
}

/* The zone's part of a stream is over. */
static void
end_extent(struct entry *e)
{
	const struct extent *x = &e->extent;

	if (!x->open)
		return;
	e->overlaps |= e->has_past && x->from < e->past_to &&
	    x->to > e->past_from;
	if (!e->has_past || x->from < e->past_from)
		e->past_from = x->from;
	if (!e->has_past || x->to > e->past_to)
		e->past_to = x->to;
	e->has_past = true;
	extent_close(&e->extent);
}

void
ledger_see(struct ledger *l, int64_t from, int64_t to)
{
	struct entry *e = &l->entry[l->at];

	if (e->stream != l->stream) {
		e->stream = l->stream;
		end_extent(e);
		e->settled = from;
		e->fresh = true;
	}
	e->last = to;
	/* As account_reaches of a sample. */
	if (to <= l->range.from || (to > l->range.to && from >= l->range.to))
		return;
	if (from < l->range.from)
		from = l->range.from;
	if (to > l->range.to)
		to = l->range.to;
	extent_add(&e->extent, from, to);
	if (e->summed)
		extent_add(&l->extent, from, to);
}

int64_t
ledger_settled(const struct ledger *l)
{
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < l->n; i++) {
		const struct entry *e = &l->entry[i];

		if (e->stream == l->stream && e->settled < least)
			least = e->settled;
	}
	return least;
}

size_t
ledger_behind(const struct ledger *l, int64_t time)
{
	for (size_t i = l->n; i > 0; i--) {
		const struct entry *e = &l->entry[i - 1];

		if (e->stream == l->stream && e->settled < time)
			return i - 1;
	}
	return SIZE_MAX;
}

uint64_t
ledger_overlaps(struct ledger *l)
{
	uint64_t n = 0;

	ledger_turn(l);
	for (size_t i = 0; i < l->n; i++) {
		end_extent(&l->entry[i]);
		n += l->entry[i].overlaps;
	}
	return n;
}
