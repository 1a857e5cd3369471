/* SPDX-License-Identifier: MIT */
#include "energy/intervals.h"

#include <stdlib.h>

#include "base/mem.h"

/* A time at which something begins or ends. */
struct moment {
	int64_t t;
};

/*
 * What a zone used since the moment before; when all samples came, since ever.
 */
struct cell {
	wide uj;
	uint64_t ns;
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

/* Returns the cells of a zone. */
static struct cell *
cells_of(struct intervals *all, size_t zone)
{
	all->cell = mem_grow(all->cell, &all->cell_cap, zone + 1,
	    sizeof(struct cell *));
	if (zone >= all->zones)
		all->zones = zone + 1;
	if (all->cell[zone] == NULL)
		all->cell[zone] = mem_alloc(
		    (all->moments + 1) * sizeof(struct cell));
	return all->cell[zone];
}

void
intervals_take(struct intervals *all, size_t zone, const struct sample *s,
    struct account_range r)
{
	struct cell *cell = cells_of(all, zone);
	struct account_range part = r;
	int64_t from = s->ts - s->dur;
	uint64_t uj = 0, ns = 0;
	size_t i;

	if (!account_measures(s) || !account_reaches(s, r))
		return;
	i = find_near(all, from > r.from ? from : r.from);
	for (; i < all->moments && all->moment[i].t < s->ts &&
	     all->moment[i].t < r.to;
	     i++) {
		uint64_t uj_then, ns_then;

		part.to = all->moment[i].t;
		uj_then = account_within(s, part);
		ns_then = account_time(s, part);
		cell[i].uj += uj_then - uj;
		cell[i].ns += ns_then - ns;
		uj = uj_then;
		ns = ns_then;
	}
	if (i == all->moments)
		return;
	cell[i].uj += account_within(s, r) - uj;
	cell[i].ns += account_time(s, r) - ns;
}

void
intervals_settle(struct intervals *all)
{
	for (size_t zone = 0; zone < all->zones; zone++) {
		struct cell *cell = all->cell[zone];

		for (size_t i = 1; cell != NULL && i < all->moments; i++) {
			cell[i].uj += cell[i - 1].uj;
			cell[i].ns += cell[i - 1].ns;
		}
	}
}

bool
intervals_account(const struct intervals *all, size_t i, size_t zone,
    struct account *a)
{
	struct account_range r = all->interval[i].range;
	const struct cell *cell = zone < all->zones ? all->cell[zone] : NULL;
	size_t from, to;

	if (cell == NULL)
		return false;
	from = find(all, r.from);
	to = find(all, r.to);
	*a = (struct account){ .zones = 1,
		.uj = cell[to].uj - cell[from].uj,
		.measured = cell[to].ns - cell[from].ns };
	a->known = a->measured > 0 || a->uj > 0;
	return a->known;
}

void
intervals_free(struct intervals *all)
{
	for (size_t zone = 0; zone < all->zones; zone++)
		free(all->cell[zone]);
	free(all->cell);
	free(all->interval);
	free(all->moment);
	*all = (struct intervals){ 0 };
}
