/* SPDX-License-Identifier: MIT */
#include "workload/powered.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

static struct host
host_of(const struct assembled_node *node)
{
	return (struct host){
		.cores = node->meta.cores,
		.mhz = node->meta.mhz,
		.mem_mb = node->meta.mem_mb,
		.count = 1,
	};
}

const char *
powered_hosts(struct topology *t, const struct assembled *a)
{
	const char *without = NULL;

	for (size_t i = 0; i < a->nodes; i++) {
		struct host host = host_of(&a->node[i]);

		if (host.mem_mb == 0)
			without = a->node[i].folder;
		topology_add(t, &host);
	}
	topology_group(t);
	return without;
}

/* The points of a host. */
struct points {
	struct power_point *point;
	size_t n, cap;
};

/* What is known of a node by time. */
struct node_times {
	struct areas used;   /* ms of CPU time */
	struct areas energy; /* uJ */
	struct areas meters; /* ms in which there was one, of each zone */
	double first, last;  /* where there are samples */
};

static void
close_times(struct node_times *t)
{
	areas_free(&t->used);
	areas_free(&t->energy);
	areas_free(&t->meters);
}

static void
add_samples(struct node_times *t, const struct sampled *s)
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

/* Tells whether a zone is of a node's meter; named is the zone of its name. */
static bool
is_of(const struct metered *m, size_t zone, size_t named, bool only)
{
	return named != SIZE_MAX ? zone == named
				 : only && metered_counts(m, zone);
}

static void
add_points(struct points *p, const struct node_times *t,
    const struct metered_interval *v, int32_t cores, size_t zones)
{
	double ms = v->to - v->from, used;

	if (v->from < t->first || v->to > t->last ||
	    areas_between(&t->meters, v->from, v->to) <
		0.999 * ms * (double)zones)
		return;
	used = areas_between(&t->used, v->from, v->to) / ms / cores;
	p->point = mem_grow(p->point, &p->cap, p->n + 1, sizeof(*p->point));
	p->point[p->n++] = (struct power_point){
		.utilisation = fmin(fmax(used, 0), 1),
		.watts = areas_between(&t->energy, v->from, v->to) / ms / 1000,
	};
}

/* Adds the points of a node. */
static void
add_node(struct points *p, const struct issued *s, size_t number,
    const struct metered *m)
{
	const struct assembled_node *node = &s->assembled->node[number];
	bool only = s->assembled->nodes == 1;
	size_t named = SIZE_MAX, grid = SIZE_MAX, zones = 0;
	struct node_times t = { 0 };

	if (!intern_find(m->zones, str_of(s->node_name[number]), &named))
		named = SIZE_MAX;
	for (size_t z = 0; z < intern_count(m->zones); z++)
		zones += is_of(m, z, named, only);
	add_samples(&t, &node->samples);
	for (size_t i = 0; i < m->n; i++) {
		const struct metered_interval *v = &m->interval[i];

		if (!is_of(m, v->zone, named, only))
			continue;
		if (grid == SIZE_MAX)
			grid = v->zone;
		areas_add(&t.energy, v->from, v->to, v->uj);
		areas_add(&t.meters, v->from, v->to, v->to - v->from);
	}
	areas_sort(&t.energy);
	areas_sort(&t.meters);
	for (size_t i = 0; i < m->n; i++)
		if (m->interval[i].zone == grid)
			add_points(p, &t, &m->interval[i], node->meta.cores,
			    zones);
	close_times(&t);
}

void
powered_fit(struct topology *t, const struct issued *s, const struct metered *m,
    struct output *notes)
{
	const struct assembled *a = s->assembled;

	for (size_t h = 0; h < t->n; h++) {
		struct power_model *model = &t->host[h].power;
		struct points points = { 0 };
		const char *why;

		for (size_t i = 0; i < a->nodes; i++) {
			struct host host = host_of(&a->node[i]);

			if (host_compare(&t->host[h], &host) == 0)
				add_node(&points, s, i, m);
		}
		why = powerfit(points.point, points.n, model);
		if (points.n == 0)
			why = "no meter has the name of such a node, and "
			      "intervals at the times of its samples";
		if (why != NULL)
			output_printf(notes, "H%02zu: no power model: %s\n",
			    h + 1, why);
		else
			output_printf(notes,
			    "H%02zu: %s, idle %.3f W, max %.3f W: error %.3f W "
			    "over %zu intervals\n",
			    h + 1, model->type, model->idle, model->max,
			    model->error, points.n);
		free(points.point);
	}
}
