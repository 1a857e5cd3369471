/* SPDX-License-Identifier: MIT */
#include "source/wanted.h"

#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"

struct wanted {
	struct layouts *layouts;
	struct intern *names;
	struct body_kind *kinds; /* by number */
	size_t cap;
	bool all;
};

struct wanted *
wanted_new(void)
{
	struct wanted *w = mem_alloc(sizeof(*w));

	w->layouts = layouts_new();
	w->names = intern_new();
	w->all = true;
	return w;
}

void
wanted_free(struct wanted *w)
{
	if (w == NULL)
		return;
	layouts_free(w->layouts);
	intern_free(w->names);
	free(w->kinds);
	free(w);
}

/* Gives the event its number. */
static int
number_of(struct wanted *w, struct str event)
{
	size_t had = intern_count(w->names), id = intern_id(w->names, event);

	if (id == had) {
		w->kinds = mem_grow(w->kinds, &w->cap, id + 1,
		    sizeof(*w->kinds));
		w->kinds[id] = body_kind(w->layouts, event);
	}
	return (int)id;
}

int
wanted_add(struct wanted *w, struct str event)
{
	w->all = false;
	return number_of(w, event);
}

bool
wanted_find(struct wanted *w, struct str event, int *number)
{
	size_t id;

	if (w->all) {
		*number = number_of(w, event);
		return true;
	}
	if (!intern_find(w->names, event, &id))
		return false;
	*number = (int)id;
	return true;
}

bool
wanted_all(const struct wanted *w)
{
	return w->all;
}

const struct body_kind *
wanted_kind(const struct wanted *w, int number)
{
	return &w->kinds[number];
}

const struct layouts *
wanted_layouts(const struct wanted *w)
{
	return w->layouts;
}
