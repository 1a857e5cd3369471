/* SPDX-License-Identifier: MIT */
#include "workload/nodetimes.h"

#include <math.h>

void
nodetimes_close(struct nodetimes *t)
{
	areas_free(&t->used);
	areas_free(&t->energy);
	areas_free(&t->meters);
}

static void
add_samples(struct nodetimes *t, const struct sampled *s)
{
	size_t n = s->first[s->pids];

	t->first = INFINITY;
	t->last = -INFINITY;
	for (size_t i = 0; i < n; i++) {
		double to = (double)s->sample[i].ts_ms;
		double from = to - s->sample[i].dt_ms;

		areas_add(&t->used, from, to, (double)s->sample[i].cpu_ms);
		t->first = fmin(t->first, from);
		t->last = fmax(t->last, to);
	}
	areas_sort(&t->used);
}

/* Tells whether a zone is of the meter; named is the zone of the node's name.
 */
static bool
is_of(const struct metered *m, size_t zone, size_t named, bool only)
{
	return named != SIZE_MAX ? zone == named
				 : only && metered_counts(m, zone);
}

void
nodetimes_open(struct nodetimes *t, const struct sampled *samples,
    const char *name, bool only, const struct metered *m)
{
	size_t named = SIZE_MAX;

	*t = (struct nodetimes){ .grid = SIZE_MAX };
	if (!intern_find(m->zones, str_of(name), &named))
		named = SIZE_MAX;
	for (size_t z = 0; z < intern_count(m->zones); z++)
		t->zones += is_of(m, z, named, only);
	add_samples(t, samples);
	for (size_t i = 0; i < m->n; i++) {
		const struct metered_interval *v = &m->interval[i];

		if (!is_of(m, v->zone, named, only))
			continue;
		if (t->grid == SIZE_MAX)
			t->grid = v->zone;
		areas_add(&t->energy, v->from, v->to, v->uj);
		areas_add(&t->meters, v->from, v->to, v->to - v->from);
	}
	areas_sort(&t->energy);
	areas_sort(&t->meters);
}

bool
nodetimes_has(const struct nodetimes *t, const struct metered_interval *v)
{
	double ms = (v->to - v->from) * (double)t->zones, most = 1.001 * ms;
	double there = areas_between(&t->meters, v->from, v->to);

	return v->zone == t->grid && there >= 0.999 * ms && there <= most;
}
