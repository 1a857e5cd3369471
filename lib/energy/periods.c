/* SPDX-License-Identifier: MIT */
#include "energy/periods.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Returns the window, not cut yet, in which a time is. */
static struct account_range
window_of(const struct periods *p, int64_t t)
{
	uint64_t length = (uint64_t)p->length, past;
	struct account_range r;

	if (t >= p->origin) {
		past = ((uint64_t)t - (uint64_t)p->origin) % length;
	} else {
		past = ((uint64_t)p->origin - (uint64_t)t) % length;
		past = past > 0 ? length - past : 0;
	}
	if (__builtin_sub_overflow(t, (int64_t)past, &r.from))
		r.from = INT64_MIN;
	if (__builtin_add_overflow(t, (int64_t)(length - past), &r.to))
		r.to = INT64_MAX;
	return r;
}

static struct account_range
cut(const struct periods *p, struct account_range r)
{
	if (r.from < p->range.from)
		r.from = p->range.from;
	if (r.to > p->range.to)
		r.to = p->range.to;
	return r;
}

/* Returns the place of the open window of a range, or where it would be. */
static size_t
place_of(const struct periods *p, struct account_range r)
{
	size_t from = 0, to = p->n;

	/* Mostly it is the last. */
	if (p->n > 0 && p->open[p->n - 1].range.from <= r.from)
		return p->n - (p->open[p->n - 1].range.from == r.from);
	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (p->open[middle].range.from < r.from)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* Opens a window at a place; a spare one's memory becomes its. */
static void
insert(struct periods *p, size_t at, struct account_range r)
{
	struct period new;

	p->open = mem_grow(p->open, &p->cap, p->n + 1, sizeof(*p->open));
	new = p->open[p->n];
	new.range = r;
	if (new.zones > 0)
		memset(new.zone, 0, new.zones * sizeof(*new.zone));
	memmove(&p->open[at + 1], &p->open[at], (p->n - at) * sizeof(*p->open));
	p->open[at] = new;
	p->n++;
}

/* Returns a zone's account in the window of a range. */
static struct account *
account_in(struct periods *p, struct account_range r, size_t zone)
{
	size_t at = place_of(p, r);
	struct period *w;

	if (at == p->n || p->open[at].range.from != r.from)
		insert(p, at, r);
	w = &p->open[at];
	if (zone >= w->zones) {
		w->zone = mem_grow(w->zone, &w->cap, zone + 1,
		    sizeof(*w->zone));
		w->zones = zone + 1;
	}
	return &w->zone[zone];
}

/* Returns the window in which the last of a sample is that is in the range. */
static struct account_range
last_window(const struct periods *p, const struct sample *s)
{
	int64_t to = s->ts < p->range.to ? s->ts : p->range.to;

	return window_of(p, to > INT64_MIN ? to - 1 : to);
}

/* Closes the first window. */
static void
close_first(struct periods *p)
{
	struct period first = p->open[0];

	p->done(p->arg, &first);
	p->n--;
	memmove(p->open, p->open + 1, p->n * sizeof(*p->open));
	p->open[p->n] = first;
}

const char *
periods_add(struct periods *p, size_t zone, const struct sample *s)
{
	struct account_range last = last_window(p, s), r = last;
	struct account_range begin = cut(p,
	    (struct account_range){ s->ts - s->dur, s->ts });
	struct account *a;

	if (s->dur > 0 && account_measures(s))
		r = window_of(p, begin.from);
	if (((uint64_t)last.from - (uint64_t)r.from) / (uint64_t)p->length >=
	    PERIODS_MAX)
		return "it goes through too many windows";
	for (; r.from < last.from; r = window_of(p, r.to)) {
		a = account_in(p, cut(p, r), zone);
		account_add(a, s, cut(p, r));
		a->zones = 1;
	}
	a = account_in(p, cut(p, last), zone);
	account_add(a, s, cut(p, last));
	account_count(a, s);
	while (p->n > PERIODS_MAX)
		close_first(p);
	return NULL;
}

int64_t
periods_first(const struct periods *p)
{
	return p->n > 0 ? p->open[0].range.to : INT64_MAX;
}

void
periods_pass(struct periods *p, int64_t until)
{
	while (p->n > 0 && p->open[0].range.to <= until)
		close_first(p);
}

void
periods_free(struct periods *p)
{
	for (size_t i = 0; i < p->cap; i++)
		free(p->open[i].zone);
	free(p->open);
	*p = (struct periods){ 0 };
}
