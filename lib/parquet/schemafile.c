/* SPDX-License-Identifier: MIT */
#include "parquet/schemafile.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/quote.h"

/* Returns a message, to be freed. */
__attribute__((format(printf, 1, 2))) static char *
say(const char *fmt, ...)
{
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return mem_dup(text, strlen(text));
}

/* Reads a member that is true or false, or missing; false if it is neither. */
static bool
read_flag(json_t *object, const char *key, bool *flag)
{
	json_t *v = json_object_get(object, key);

	*flag = json_is_true(v);
	return v == NULL || json_is_boolean(v);
}

/* Returns a member of an object that nobody reads, or NULL. */
static const char *
stray(json_t *object)
{
	static const char *const known[] = { "name", "type", "unit", "required",
		"trace", "bloom" };
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		bool is = false;

		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
			is |= strcmp(key, known[i]) == 0;
		if (!is)
			return key;
	}
	return NULL;
}

static struct str
string(json_t *v)
{
	return (struct str){ json_string_value(v), json_string_length(v) };
}

static bool
is_there(const struct schema_type *t, struct str name)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->column[i].name, name))
			return true;
	return false;
}

/* Reads a column; NULL, or what is wrong. */
static char *
read_column(struct schema *s, struct schema_type *t, json_t *object, size_t n)
{
	json_t *name = json_object_get(object, "name"),
	       *type = json_object_get(object, "type"),
	       *unit = json_object_get(object, "unit");
	const struct schema_kind *kind;
	struct schema_column *c;

	if (!json_is_object(object) || !json_is_string(name))
		return say("column %zu of %s has no name", n, t->type.p);
	if (stray(object) != NULL)
		return say("column %s of %s: there is no \"%s\"",
		    json_string_value(name), t->type.p, stray(object));
	if (!json_is_string(type) || (kind = schema_kind(string(type))) == NULL)
		return say("column %s of %s: there is no type %s",
		    json_string_value(name), t->type.p,
		    json_is_string(type) ? json_string_value(type) : "in it");
	if (is_there(t, string(name)))
		return say("%s has two columns %s", t->type.p,
		    json_string_value(name));
	c = schema_add_column(s, t, string(name), kind);
	if (json_is_string(unit))
		c->unit = schema_keep(s, string(unit));
	else if (unit != NULL && !json_is_null(unit))
		return say("column %s of %s: its unit is no string",
		    json_string_value(name), t->type.p);
	if (!read_flag(object, "required", &c->required) ||
	    !read_flag(object, "trace", &c->of_trace) ||
	    !read_flag(object, "bloom", &c->bloom))
		return say("column %s of %s: neither true nor false",
		    json_string_value(name), t->type.p);
	return NULL;
}

static char *
read_types(struct schema *s, json_t *root)
{
	const char *type;
	json_t *columns;

	if (!json_is_object(root))
		return say("it is no object of types");
	json_object_foreach(root, type, columns)
	{
		struct schema_type *t = schema_add(s, str_of(type));
		char *why = NULL;

		if (!json_is_array(columns) || json_array_size(columns) == 0)
			return say("%s has no list of columns", type);
		for (size_t i = 0; why == NULL && i < json_array_size(columns);
		     i++)
			why = read_column(s, t, json_array_get(columns, i),
			    i + 1);
		if (why != NULL)
			return why;
	}
	if (s->n == 0)
		return say("it has no type");
	return NULL;
}

char *
schemafile_read(struct schema *s, const char *path)
{
	json_error_t error;
	json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	char *why;

	if (root == NULL)
		return error.line < 1
		    ? say("%s", error.text)
		    : say("line %d: %s", error.line, error.text);
	why = read_types(s, root);
	json_decref(root);
	return why;
}

/* Writes a column, in a line of its own. */
static void
put_column(struct output *out, const struct family *f, size_t i)
{
	const struct family_column *c = &f->column[i];
	const struct schema_kind *kind = c->as != NULL ? c->as->kind
						       : schema_usual(c->kind);
	struct str unit = { NULL, 0 };
	size_t n;
	char *name = family_name(f, i, &n);

	if (c->as != NULL)
		unit = c->as->unit;
	else if (kind->kind != KIND_TEXT && !kind->list)
		unit = schema_unit(c->name);
	output_text(out, "    {\"name\":");
	quote_put(out, (struct str){ name, n });
	output_text(out, ",\"type\":");
	quote_put(out, str_of(kind->name));
	if (unit.n > 0) {
		output_text(out, ",\"unit\":");
		quote_put(out, unit);
	}
	if (c->as != NULL && c->as->required)
		output_text(out, ",\"required\":true");
	if (c->as != NULL && c->as->bloom)
		output_text(out, ",\"bloom\":true");
	if (c->of_trace)
		output_text(out, ",\"trace\":true");
	output_byte(out, '}');
	free(name);
}

void
schemafile_put(struct output *out, const struct branches *b)
{
	output_text(out, "{\n");
	for (size_t i = 0; i < b->n; i++) {
		const struct family *f = b->branch[i]->family;

		output_text(out, i > 0 ? ",\n  " : "  ");
		quote_put(out, f->type);
		output_text(out, ": [\n");
		for (size_t j = 0; j < f->n; j++) {
			output_text(out, j > 0 ? ",\n" : "");
			put_column(out, f, j);
		}
		output_text(out, "\n  ]");
	}
	output_text(out, "\n}\n");
}
