/* SPDX-License-Identifier: MIT */
#include "energy/intervals.h"

#include <stdlib.h>

#include "base/mem.h"

/*
 * A time at which something begins or ends.  Of a sample that was over by
 * then, all is added to the first moment behind it alone, and handed on to
 * those that follow when all samples came.
 */
struct moment {
	int64_t t;
	wide uj, ns;  /* of samples that go on, until t */
	wide over_uj; /* of those that were over, since the moment before */
	wide over_ns;
};

void
intervals_add(struct intervals *all, const struct interval *i)
{
	all->interval = mem_grow(all->interval, &all->cap, all->n + 1,
	    sizeof(*all->interval));
	all->interval[all->n++] = *i;
}

static int
compare(const void *a, const void *b)
{
	int64_t x = ((const struct moment *)a)->t;
	int64_t y = ((const struct moment *)b)->t;

	return (x > y) - (x < y);
}

void
intervals_ready(struct intervals *all)
{
	struct moment *m = mem_alloc((2 * all->n + 1) * sizeof(*m));
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		m[2 * i].t = all->interval[i].range.from;
		m[2 * i + 1].t = all->interval[i].range.to;
	}
	qsort(m, 2 * all->n, sizeof(*m), compare);
	for (size_t i = 0; i < 2 * all->n; i++)
		if (n == 0 || m[n - 1].t < m[i].t)
			m[n++].t = m[i].t;
	all->moment = m;
	all->moments = n;
}

/* Returns the first moment that is not before t; moments if none is. */
static size_t
find(const struct intervals *all, int64_t t)
{
	size_t from = 0, to = all->moments;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (all->moment[middle].t < t)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* The same, where it is mostly near the last one. */
static size_t
find_near(struct intervals *all, int64_t t)
{
	size_t h = all->hint;

	if ((h > 0 && all->moment[h - 1].t >= t) ||
	    (h < all->moments && all->moment[h].t < t))
		h = find(all, t);
	all->hint = h;
	return h;
}

void
intervals_take(struct intervals *all, const struct sample *s,
    struct account_range r)
{
	struct account_range part = r;
	int64_t from = s->ts - s->dur;
	size_t i;

	if (!account_measures(s) || !account_reaches(s, r))
		return;
	i = find_near(all, from > r.from ? from : r.from);
	while (i < all->moments && all->moment[i].t < s->ts &&
	    all->moment[i].t < r.to) {
		struct moment *m = &all->moment[i++];

		part.to = m->t;
		m->uj += account_within(s, part);
		m->ns += account_time(s, part);
	}
	if (i == all->moments)
		return;
	all->moment[i].over_uj += account_within(s, r);
	all->moment[i].over_ns += account_time(s, r);
}

void
intervals_settle(struct intervals *all)
{
	wide uj = 0, ns = 0;

	for (size_t i = 0; i < all->moments; i++) {
		struct moment *m = &all->moment[i];

		uj += m->over_uj;
		ns += m->over_ns;
		m->uj += uj;
		m->ns += ns;
	}
}

void
intervals_account(const struct intervals *all, size_t i, struct account *a)
{
	struct account_range r = all->interval[i].range;
	const struct moment *from = &all->moment[find(all, r.from)];
	const struct moment *to = &all->moment[find(all, r.to)];

	*a = (struct account){ .uj = to->uj - from->uj,
		.measured = to->ns - from->ns };
	a->known = a->measured > 0 || a->uj > 0;
}

void
intervals_free(struct intervals *all)
{
	free(all->interval);
	free(all->moment);
	*all = (struct intervals){ 0 };
}
