/* SPDX-License-Identifier: MIT */
#include "dataset/windows.h"

#include <stdlib.h>

#include "base/mem.h"

struct windows_group {
	uint64_t rows; /* in that set, so far */
	size_t set;
};

void
windows_open(struct windows *w, uint64_t size, uint64_t stride)
{
	*w = (struct windows){ .size = size, .stride = stride };
}

void
windows_add(struct windows *w, size_t set, uint64_t rows)
{
	if (w->size > 0 && rows >= w->size)
		w->count[set] += (rows - w->size) / w->stride + 1;
}

void
windows_row(struct windows *w, size_t group, size_t set)
{
	struct windows_group *g;

	if (w->size == 0)
		return;
	if (group >= w->n) {
		w->group = mem_grow(w->group, &w->cap, group + 1,
		    sizeof(*w->group));
		w->n = group + 1;
	}
	g = &w->group[group];
	if (g->set != set) {
		windows_add(w, g->set, g->rows);
		*g = (struct windows_group){ 0, set };
	}
	g->rows++;
}

void
windows_end(struct windows *w)
{
	for (size_t i = 0; i < w->n; i++)
		windows_add(w, w->group[i].set, w->group[i].rows);
	free(w->group);
	w->group = NULL;
	w->n = w->cap = 0;
}
