/* SPDX-License-Identifier: MIT */
#include "parquet/generation.h"

struct column {
	const char *name, *kind, *unit;
	bool required;
	unsigned from, to; /* generations that have it */
	bool fragment;     /* else of a task */
};

static const struct column columns[] = {
	{ "id", "string", NULL, true, 1, 1, false },
	{ "id", "int32", NULL, true, 2, 3, false },
	{ "name", "string", NULL, false, 2, 3, false },
	{ "submission_time", "int64", "ms", true, 1, 1, false },
	{ "submission_time", "timestamp_ms", "ms", true, 2, 3, false },
	{ "duration", "int64", "ms", true, 1, 3, false },
	{ "cpu_count", "int32", NULL, true, 1, 3, false },
	{ "cpu_capacity", "double", "MHz", true, 1, 3, false },
	{ "mem_capacity", "int64", "KB", true, 1, 3, false },
	{ "gpu_count", "int32", NULL, false, 2, 3, false },
	{ "gpu_capacity", "double", "MHz", false, 2, 3, false },
	{ "parents", "list_int32", NULL, false, 2, 3, false },
	{ "children", "list_int32", NULL, false, 2, 3, false },
	{ "nature", "string", NULL, false, 2, 2, false },
	{ "deferrable", "boolean", NULL, false, 3, 3, false },
	{ "deadline", "int64", "ms", false, 2, 3, false },
	{ "id", "string", NULL, true, 1, 1, true },
	{ "id", "int32", NULL, true, 2, 3, true },
	{ "duration", "int64", "ms", true, 1, 3, true },
	{ "cpu_count", "int32", NULL, true, 1, 1, true },
	{ "cpu_usage", "double", "MHz", true, 1, 3, true },
	{ "gpu_usage", "double", "MHz", false, 2, 3, true },
};

static void
add(struct schema *s, bool fragment, unsigned generation)
{
	struct schema_type *t = schema_add(s,
	    str_of(fragment ? "fragment" : "task"));

	t->file = str_of(fragment ? "fragments" : "tasks");
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		const struct column *c = &columns[i];
		struct schema_column *to;

		if (c->fragment != fragment || c->from > generation ||
		    c->to < generation)
			continue;
		to = schema_add_column(s, t, str_of(c->name),
		    schema_kind(str_of(c->kind)));
		to->required = c->required;
		to->bloom = str_is(to->name, "id");
		if (c->unit != NULL)
			to->unit = str_of(c->unit);
	}
}

bool
generation_schema(struct schema *s, const char *version)
{
	if (version[0] != 'v' || version[1] < '1' || version[1] > '3' ||
	    version[2] != '\0')
		return false;
	s->open = true;
	add(s, false, (unsigned)(version[1] - '0'));
	add(s, true, (unsigned)(version[1] - '0'));
	return true;
}
