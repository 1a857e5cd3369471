/* SPDX-License-Identifier: MIT */
#include "parquet/schema.h"

#include <stdlib.h>

#include "base/mem.h"

#define WHOLE(name, physical, logical, least, most)                            \
	{                                                                      \
		name, physical, logical, false, KIND_INTEGER, least, most      \
	}

const struct schema_kind schema_kinds[] = {
	{ "boolean", LEAF_BOOLEAN, LEAF_AS_IT_IS, false, KIND_BOOLEAN, 0, 1 },
	WHOLE("int8", LEAF_INT32, LEAF_INT8, INT8_MIN, INT8_MAX),
	WHOLE("int16", LEAF_INT32, LEAF_INT16, INT16_MIN, INT16_MAX),
	WHOLE("int32", LEAF_INT32, LEAF_AS_IT_IS, INT32_MIN, INT32_MAX),
	WHOLE("int64", LEAF_INT64, LEAF_AS_IT_IS, INT64_MIN, INT64_MAX),
	WHOLE("uint8", LEAF_INT32, LEAF_UINT8, 0, UINT8_MAX),
	WHOLE("uint16", LEAF_INT32, LEAF_UINT16, 0, UINT16_MAX),
	WHOLE("uint32", LEAF_INT32, LEAF_UINT32, 0, UINT32_MAX),
	{ "uint64", LEAF_INT64, LEAF_UINT64, false, KIND_UNSIGNED, 0,
	    UINT64_MAX },
	{ "float", LEAF_FLOAT, LEAF_AS_IT_IS, false, KIND_DECIMAL, 0, 0 },
	{ "double", LEAF_DOUBLE, LEAF_AS_IT_IS, false, KIND_DECIMAL, 0, 0 },
	{ "string", LEAF_BYTES, LEAF_STRING, false, KIND_TEXT, 0, 0 },
	WHOLE("timestamp_ms", LEAF_INT64, LEAF_TIMESTAMP_MS, INT64_MIN,
	    INT64_MAX),
	WHOLE("timestamp_us", LEAF_INT64, LEAF_TIMESTAMP_US, INT64_MIN,
	    INT64_MAX),
	WHOLE("timestamp_ns", LEAF_INT64, LEAF_TIMESTAMP_NS, INT64_MIN,
	    INT64_MAX),
	{ "list", LEAF_INT64, LEAF_AS_IT_IS, true, KIND_LIST, INT64_MIN,
	    INT64_MAX },
	{ "list_int32", LEAF_INT32, LEAF_AS_IT_IS, true, KIND_LIST, INT32_MIN,
	    INT32_MAX },
	{ NULL, 0, 0, false, 0, 0, 0 },
};

const struct schema_kind *
schema_kind(struct str name)
{
	for (const struct schema_kind *k = schema_kinds; k->name != NULL; k++)
		if (str_is(name, k->name))
			return k;
	return NULL;
}

const struct schema_kind *
schema_usual(enum kind kind)
{
	static const char *const usual[KINDS] = {
		[KIND_NOTHING] = "string",
		[KIND_BOOLEAN] = "boolean",
		[KIND_INTEGER] = "int64",
		[KIND_UNSIGNED] = "uint64",
		[KIND_DECIMAL] = "double",
		[KIND_TEXT] = "string",
		[KIND_LIST] = "list",
	};

	return schema_kind(str_of(usual[kind]));
}

struct str
schema_unit(struct str name)
{
	static const struct {
		const char *name, *unit;
	} whole[] = {
		{ "ts", "ns" },
		{ "dur", "ns" },
		{ "queue", "ns" },
		{ "oncpu", "ns" },
		{ "runnable", "ns" },
		{ "wait", "ns" },
		{ "blocked", "ns" },
		{ "submission_time", "ms" },
		{ "deadline", "ms" },
		{ "cpu_capacity", "MHz" },
		{ "cpu_usage", "MHz" },
		{ "gpu_capacity", "MHz" },
		{ "gpu_usage", "MHz" },
		{ "mem_capacity", "KB" },
	}, tail[] = {
		{ "_ns", "ns" },
		{ "_us", "us" },
		{ "_ms", "ms" },
		{ "_uj", "uJ" },
		{ "_w", "W" },
		{ "_mhz", "MHz" },
		{ "_hz", "Hz" },
		{ "_bytes", "B" },
	};

	for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
		if (str_is(name, whole[i].name))
			return str_of(whole[i].unit);
	for (size_t i = 0; i < sizeof(tail) / sizeof(tail[0]); i++)
		if (str_ends(name, tail[i].name))
			return str_of(tail[i].unit);
	return (struct str){ NULL, 0 };
}

struct str
schema_keep(struct schema *s, struct str text)
{
	s->kept = mem_grow(s->kept, &s->kept_cap, s->kept_n + 1,
	    sizeof(*s->kept));
	s->kept[s->kept_n] = mem_dup(text.p, text.n);
	return (struct str){ s->kept[s->kept_n++], text.n };
}

struct schema_type *
schema_add(struct schema *s, struct str type)
{
	struct schema_type *t;

	s->type = mem_grow(s->type, &s->cap, s->n + 1, sizeof(*s->type));
	t = &s->type[s->n++];
	*t = (struct schema_type){ .type = schema_keep(s, type) };
	return t;
}

struct schema_column *
schema_add_column(struct schema *s, struct schema_type *t, struct str name,
    const struct schema_kind *kind)
{
	struct schema_column *c;

	t->column = mem_grow(t->column, &t->cap, t->n + 1, sizeof(*t->column));
	c = &t->column[t->n++];
	*c = (struct schema_column){ .name = schema_keep(s, name),
		.kind = kind };
	return c;
}

void
schema_set_key(struct schema *s, struct str name)
{
	for (size_t i = 0; i < s->n; i++)
		for (size_t j = 0; j < s->type[i].n; j++)
			s->type[i].column[j].in_path |=
			    str_eq(s->type[i].column[j].name, name);
}

const struct schema_type *
schema_find(const struct schema *s, struct str type)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->type[i].type, type))
			return &s->type[i];
	return NULL;
}

void
schema_free(struct schema *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->type[i].column);
	for (size_t i = 0; i < s->kept_n; i++)
		free(s->kept[i]);
	free(s->type);
	free(s->kept);
	*s = (struct schema){ .type = NULL };
}
