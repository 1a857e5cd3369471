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

static void
add_point(struct points *p, const struct nodetimes *t,
    const struct metered_interval *v, int32_t cores)
{
	double ms = v->to - v->from, used;

	if (v->from < t->first || v->to > t->last || !nodetimes_has(t, v))
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
	struct nodetimes t;

	nodetimes_open(&t, &node->samples, s->node_name[number],
	    s->assembled->nodes == 1, m);
	for (size_t i = 0; i < m->n; i++)
		add_point(p, &t, &m->interval[i], node->meta.cores);
	nodetimes_close(&t);
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
