/* SPDX-License-Identifier: MIT */
#include "workload/energyshare.h"

#include <math.h>

/* Adds what was measured in an interval, as far as there are samples. */
static void
add(struct energyshare *s, const struct nodetimes *t,
    const struct metered_interval *v)
{
	double from = fmax(v->from, t->first), to = fmin(v->to, t->last);
	double uj, used;

	if (!(to > from) || !nodetimes_has(t, v))
		return;
	uj = areas_between(&t->energy, from, to);
	used = areas_between(&t->used, from, to);
	s->uj += uj;
	areas_add(&s->known, from, to, to - from);
	/* Less than a nanosecond is what is left of rounding. */
	if (used > 1e-6)
		areas_add(&s->price, from, to, uj / used * (to - from));
}

void
energyshare_open(struct energyshare *s, const struct nodetimes *t,
    const struct metered *m)
{
	*s = (struct energyshare){ 0 };
	for (size_t i = 0; i < m->n; i++)
		add(s, t, &m->interval[i]);
	areas_sort(&s->price);
	areas_sort(&s->known);
}

void
energyshare_close(struct energyshare *s)
{
	areas_free(&s->price);
	areas_free(&s->known);
}

double
energyshare_of(const struct energyshare *s, const struct sample *one)
{
	double to = (double)one->ts_ms, dt = one->dt_ms, from = to - dt;

	if (areas_between(&s->known, from, to) < 0.999 * dt)
		return -1;
	return (double)one->cpu_ms / dt * areas_between(&s->price, from, to);
}
