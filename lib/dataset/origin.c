/* SPDX-License-Identifier: MIT */
#include "dataset/origin.h"

#include <stdlib.h>

#include "base/mem.h"
#include "source/event.h"
#include "source/metadata.h"

void
origin_open(struct origin *o)
{
	*o = (struct origin){ .first = SIZE_MAX };
	o->groups = groups_new();
}

void
origin_close(struct origin *o)
{
	groups_free(o->groups);
	collection_free(&o->own);
	free(o->looked);
	free(o->told);
	*o = (struct origin){ .first = SIZE_MAX };
}

void
origin_know(struct origin *o, struct collection *traces)
{
	o->known = traces;
}

void
origin_trace(struct origin *o, size_t trace)
{
	o->trace = trace;
}

void
origin_ask(struct origin *o, const char *field)
{
	o->field = field;
	groups_ask(o->groups, field);
}

/* Returns what the document beside a file tells: one file, many streams. */
static const char *
beside(struct origin *o, const char *path)
{
	if (o->looked == NULL || strcmp(o->looked, path) != 0) {
		free(o->looked);
		free(o->told);
		o->looked = mem_dup(path, strlen(path));
		o->told = metadata_value(path, o->field);
	}
	return o->told;
}

void
origin_stream(struct origin *o, const struct json *rec, const char *path)
{
	groups_stream(o->groups, rec);
	if (o->field != NULL && path != NULL && beside(o, path) != NULL)
		groups_tell(o->groups, str_of(o->told));
	o->first = SIZE_MAX;
	o->several = false;
}

struct table_names
origin_names(const struct origin *o)
{
	const struct collected *t;

	if (o->known == NULL)
		return (struct table_names){ groups_workload(o->groups),
			groups_trace_id(o->groups) };
	t = &o->known->trace[o->trace];
	return (struct table_names){ str_of(t->workload), str_of(t->trace_id) };
}

const char *
origin_find(struct origin *o, const struct json *rec, bool span, size_t *group)
{
	const char *why;

	*group = o->trace;
	if (o->known != NULL)
		return NULL;
	why = groups_find(o->groups, rec, span, group);
	/* Those of spans are not kept. */
	if (why == NULL && !span && *group == o->own.n)
		collection_add(&o->own, groups_name(o->groups, *group),
		    groups_workload(o->groups));
	return why;
}

/* Widens the times of a trace so that they hold those; -1 is none. */
static void
hold(struct collected *t, int64_t first, int64_t last)
{
	if (first >= 0 && (t->first < 0 || first < t->first))
		t->first = first;
	if (last > t->last)
		t->last = last;
}

void
origin_row(struct origin *o, size_t group, int64_t ts)
{
	if (o->known != NULL)
		o->known->trace[group].rows++;
	if (o->known != NULL || group >= o->own.n)
		return;
	o->own.trace[group].rows++;
	hold(&o->own.trace[group], ts, ts);
	if (o->first == SIZE_MAX)
		o->first = group;
	o->several |= group != o->first;
}

void
origin_end(struct origin *o, const struct event_counts *n)
{
	struct event_counts counts = *n;
	struct collected *t;

	if (o->known != NULL)
		collection_count(&o->known->trace[o->trace], n);
	if (o->known != NULL || o->first >= o->own.n)
		return;
	t = &o->own.trace[o->first];
	if (!o->several)
		hold(t, n->first, n->last);
	counts.first = counts.last = -1;
	collection_count(t, &counts);
}

void
origin_restart(struct origin *o)
{
	groups_restart(o->groups);
	collection_free(&o->own);
	o->first = SIZE_MAX;
	o->several = false;
}

void
origin_settle(struct origin *o)
{
	for (size_t i = 0; i < o->own.n; i++) {
		struct str category = groups_category(o->groups, i);

		o->own.trace[i].category = mem_dup(category.p, category.n);
	}
}

size_t
origin_groups(const struct origin *o)
{
	return o->known != NULL ? o->known->n : groups_count(o->groups);
}

struct str
origin_category(const struct origin *o, size_t group)
{
	return o->known != NULL ? str_of(o->known->trace[group].category)
				: groups_category(o->groups, group);
}

const struct collection *
origin_traces(const struct origin *o)
{
	if (o->known != NULL)
		return o->known;
	return o->own.n > 0 ? &o->own : NULL;
}
