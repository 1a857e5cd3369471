/* SPDX-License-Identifier: MIT */
#include "workload/areas.h"

#include <stdlib.h>

#include "base/mem.h"

void
areas_free(struct areas *a)
{
	free(a->edge);
	*a = (struct areas){ 0 };
}

void
areas_add(struct areas *a, double from, double to, double amount)
{
	double rate;

	if (!(to > from))
		return;
	rate = amount / (to - from);
	a->edge = mem_grow(a->edge, &a->cap, a->n + 2, sizeof(*a->edge));
	a->edge[a->n++] = (struct edge){ .at = from, .rate = rate };
	a->edge[a->n++] = (struct edge){ .at = to, .rate = -rate };
}

static int
by_time(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

void
areas_sort(struct areas *a)
{
	double rate = 0, until = 0;

	if (a->n > 0)
		qsort(a->edge, a->n, sizeof(*a->edge), by_time);
	for (size_t i = 0; i < a->n; i++) {
		if (i > 0)
			until += rate * (a->edge[i].at - a->edge[i - 1].at);
		rate += a->edge[i].rate;
		a->edge[i].rate = rate;
		a->edge[i].until = until;
	}
}

static double
until(const struct areas *a, double at)
{
	size_t low = 0, high = a->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (a->edge[middle].at <= at)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return 0;
	return a->edge[low - 1].until +
	    a->edge[low - 1].rate * (at - a->edge[low - 1].at);
}

double
areas_between(const struct areas *a, double from, double to)
{
	return to > from ? until(a, to) - until(a, from) : 0;
}
