/* SPDX-License-Identifier: MIT */
#include "parquet/outline.h"

#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"
#include "record/quote.h"

struct column {
	struct leaf leaf;
	char *unit;      /* or NULL */
	size_t required; /* in so many files */
};

struct type {
	struct intern *names;
	struct column *column;
	size_t cap;
	size_t files;
};

struct outline {
	struct intern *names; /* of types */
	struct type *type;
	size_t cap;
	size_t present;
};

struct outline *
outline_new(void)
{
	struct outline *o = mem_alloc(sizeof(*o));

	o->names = intern_new();
	return o;
}

void
outline_free(struct outline *o)
{
	if (o == NULL)
		return;
	for (size_t i = 0; i < intern_count(o->names); i++) {
		struct type *t = &o->type[i];

		for (size_t c = 0; c < intern_count(t->names); c++)
			free(t->column[c].unit);
		intern_free(t->names);
		free(t->column);
	}
	free(o->type);
	intern_free(o->names);
	free(o);
}

void
outline_file(struct outline *o, struct str type)
{
	struct type *t;

	o->present = intern_id(o->names, type);
	o->type = mem_grow(o->type, &o->cap, o->present + 1, sizeof(*o->type));
	t = &o->type[o->present];
	if (t->names == NULL)
		t->names = intern_new();
	t->files++;
}

void
outline_column(struct outline *o, const struct leaf *leaf)
{
	struct type *t = &o->type[o->present];
	size_t before = intern_count(t->names);
	size_t id = intern_id(t->names, leaf->name);

	t->column = mem_grow(t->column, &t->cap, id + 1, sizeof(*t->column));
	if (id == before)
		t->column[id].leaf = *leaf;
	t->column[id].required += leaf->required;
}

void
outline_unit(struct outline *o, struct str column, struct str unit)
{
	struct type *t = &o->type[o->present];
	size_t id;

	if (intern_find(t->names, column, &id) && t->column[id].unit == NULL)
		t->column[id].unit = mem_dup(unit.p, unit.n);
}

static const char *
type_name(const struct leaf *leaf)
{
	static const char *const logical[] = {
		[LEAF_STRING] = "string",
		[LEAF_TIMESTAMP_MS] = "timestamp_ms",
		[LEAF_TIMESTAMP_US] = "timestamp_us",
		[LEAF_TIMESTAMP_NS] = "timestamp_ns",
		[LEAF_INT8] = "int8",
		[LEAF_INT16] = "int16",
		[LEAF_INT32_LOGICAL] = "int32",
		[LEAF_INT64_LOGICAL] = "int64",
		[LEAF_UINT8] = "uint8",
		[LEAF_UINT16] = "uint16",
		[LEAF_UINT32] = "uint32",
		[LEAF_UINT64] = "uint64",
	};
	static const char *const physical[] = {
		[LEAF_BOOLEAN] = "boolean",
		[LEAF_INT32] = "int32",
		[LEAF_INT64] = "int64",
		[LEAF_FLOAT] = "float",
		[LEAF_DOUBLE] = "double",
		[LEAF_BYTES] = "string",
	};

	if (leaf->list)
		return leaf->type == LEAF_INT32 ? "list_int32" : "list";
	if (leaf->logical != LEAF_AS_IT_IS)
		return logical[leaf->logical];
	return physical[leaf->type];
}

static void
put_column(const struct type *t, size_t i, struct output *out)
{
	const struct column *c = &t->column[i];

	output_text(out, i > 0 ? ",\n\t\t{\"name\":" : "\n\t\t{\"name\":");
	quote_put(out, intern_str(t->names, i));
	output_printf(out, ",\"type\":\"%s\"", type_name(&c->leaf));
	if (c->unit != NULL) {
		output_text(out, ",\"unit\":");
		quote_put(out, str_of(c->unit));
	}
	output_printf(out, ",\"required\":%s}",
	    c->required == t->files ? "true" : "false");
}

void
outline_put(const struct outline *o, struct output *out)
{
	output_byte(out, '{');
	for (size_t i = 0; i < intern_count(o->names); i++) {
		const struct type *t = &o->type[i];

		output_text(out, i > 0 ? ",\n\t" : "\n\t");
		quote_put(out, intern_str(o->names, i));
		output_text(out, ":[");
		for (size_t c = 0; c < intern_count(t->names); c++)
			put_column(t, c, out);
		output_byte(out, ']');
	}
	output_text(out, "\n}\n");
}
