/* SPDX-License-Identifier: MIT */
#include "source/window.h"

#include <stdlib.h>

#include "base/mem.h"

enum { CPUS_MAX = 1 << 16 };

void
window_note(struct window *w, int cpu, int64_t ts)
{
	struct window_cpu *c;

	if (cpu < 0 || cpu >= CPUS_MAX || ts < 0)
		return;
	w->cpu = mem_grow(w->cpu, &w->cap, (size_t)cpu + 1, sizeof(*w->cpu));
	if ((size_t)cpu >= w->n)
		w->n = (size_t)cpu + 1;
	c = &w->cpu[cpu];
	if (!c->any || ts < c->first)
		c->first = ts;
	if (!c->any || ts > c->last)
		c->last = ts;
	c->any = true;
}

void
window_get(const struct window *w, int64_t *since, int64_t *until)
{
	*since = 0;
	*until = INT64_MAX;
	for (size_t i = 0; i < w->n; i++) {
		const struct window_cpu *c = &w->cpu[i];

		if (c->any && c->first > *since)
			*since = c->first;
		if (c->any && c->last < *until)
			*until = c->last;
	}
}

void
window_free(struct window *w)
{
	free(w->cpu);
	*w = (struct window){ .n = 0 };
}
