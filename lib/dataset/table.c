/* SPDX-License-Identifier: MIT */
#include "dataset/table.h"

#include <assert.h>
#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"
#include "record/csv.h"
#include "record/json.h"

/* In place of a column's number. */
static const size_t NEW = SIZE_MAX;      /* has none yet */
static const size_t NONE = SIZE_MAX - 1; /* never has one */

struct table {
	struct intern *names; /* of the columns */
	size_t named;         /* of these, columns that traces may bring */
	size_t category;      /* the records' own column of that name, or NEW */

	/* The record in hand, and hints for the next: keys tend to recur. */
	size_t *at; /* column of each of its fields */
	struct str *key;
	size_t at_cap, key_cap;
	const struct json_field **cell; /* field of each column, or NULL */
	size_t cell_cap;

	char *text; /* for what is unescaped */
	size_t text_cap;
};

struct table *
table_new(void)
{
	struct table *t = mem_alloc(sizeof(*t));

	t->names = intern_new();
	t->category = NEW;
	return t;
}

void
table_free(struct table *t)
{
	if (t == NULL)
		return;
	intern_free(t->names);
	free(t->at);
	free(t->key);
	free(t->cell);
	free(t->text);
	free(t);
}

static struct str
unescape(struct table *t, struct str s, bool escaped)
{
	if (!escaped)
		return s;
	t->text = mem_grow(t->text, &t->text_cap, s.n + 1, 1);
	return (struct str){ t->text, json_unescape(s, t->text) };
}

/* Returns the column of a field, NEW or NONE. */
static size_t
look_up(struct table *t, const struct json_field *f)
{
	struct str key = unescape(t, f->key, f->key_escaped);
	size_t column = NEW;

	if (str_is(key, "type"))
		return NONE;
	intern_find(t->names, key, &column);
	return column;
}

static struct str
name_of(const struct table *t, size_t column)
{
	return column == NONE ? str_of("type") : intern_str(t->names, column);
}

/* Tells whether a trace may bring a column: there is always room for it. */
static bool
is_reserved(struct str key)
{
	return str_is(key, "workload_type") || str_is(key, "trace_id");
}

static size_t
add(struct table *t, struct str key)
{
	size_t had = intern_count(t->names), column = intern_id(t->names, key);

	if (column == had)
		t->named += is_reserved(key);
	if (str_is(key, "category"))
		t->category = column;
	t->cell = mem_grow(t->cell, &t->cell_cap, column + 1, sizeof(*t->cell));
	return column;
}

const char *
table_check(struct table *t, const struct json *rec)
{
	size_t known = intern_count(t->names) - t->named, fresh = 0;

	t->at = mem_grow(t->at, &t->at_cap, rec->n, sizeof(*t->at));
	t->key = mem_grow(t->key, &t->key_cap, rec->n, sizeof(*t->key));
	for (size_t i = 0; i < rec->n; i++) {
		const struct json_field *f = &rec->field[i];

		if (t->key[i].p != NULL && str_eq(t->key[i], f->key))
			continue; /* as in the record before */
		t->key[i].p = NULL;
		t->at[i] = look_up(t, f);
		if (t->at[i] == NEW)
			fresh += !is_reserved(
			    unescape(t, f->key, f->key_escaped));
		else if (!f->key_escaped)
			t->key[i] = name_of(t, t->at[i]);
	}
	return known + fresh > TABLE_KEYS ? "too many columns" : NULL;
}

/* Puts each field into its column, the last of equal keys. */
static void
fill(struct table *t, const struct json *rec)
{
	for (size_t i = 0; i < rec->n; i++) {
		const struct json_field *f = &rec->field[i];

		if (t->at[i] == NEW)
			t->at[i] = add(t, unescape(t, f->key, f->key_escaped));
		if (t->at[i] != NONE)
			t->cell[t->at[i]] = f->kind != JSON_NULL ? f : NULL;
	}
}

static void
put_cell(struct table *t, struct output *out, const struct json_field *f)
{
	if (f->kind == JSON_STRING || f->kind == JSON_ARRAY)
		csv_put(out, unescape(t, f->value, f->escaped));
	else
		output_str(out, f->value);
}

/* Puts what the trace tells into its column, if the record does not. */
static void
fill_name(struct table *t, const char *key, const struct json_field *its)
{
	size_t column;

	if (its->value.p == NULL)
		return;
	column = add(t, str_of(key));
	if (t->cell[column] == NULL)
		t->cell[column] = its;
}

void
table_note(struct table *t, const struct json *rec,
    const struct table_names *names)
{
	fill(t, rec);
	if (names->workload.p != NULL)
		add(t, str_of("workload_type"));
	if (names->trace_id.p != NULL)
		add(t, str_of("trace_id"));
	for (size_t i = 0; i < intern_count(t->names); i++)
		t->cell[i] = NULL;
}

size_t
table_put(struct table *t, const struct json *rec,
    const struct table_names *names, struct output *out)
{
	const struct json_field workload = { .kind = JSON_STRING,
		.value = names->workload };
	const struct json_field trace_id = { .kind = JSON_STRING,
		.value = names->trace_id };
	size_t commas = 0, cells = 0, n;

	fill(t, rec);
	fill_name(t, "workload_type", &workload);
	fill_name(t, "trace_id", &trace_id);
	n = intern_count(t->names);
	for (size_t i = 0; i < n; i++) {
		if (t->cell[i] == NULL)
			continue;
		for (; commas < i; commas++)
			output_byte(out, ',');
		put_cell(t, out, t->cell[i]);
		t->cell[i] = NULL;
		cells = i + 1;
	}
	return cells;
}

size_t
table_columns(const struct table *t)
{
	return intern_count(t->names) + (t->category == NEW);
}

struct str
table_column(const struct table *t, size_t column)
{
	if (column == intern_count(t->names))
		return str_of("category");
	return intern_str(t->names, column);
}

void
table_head(const struct table *t, struct output *out)
{
	size_t n = table_columns(t);

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			output_byte(out, ',');
		csv_put(out, table_column(t, i));
	}
	output_byte(out, '\n');
}

void
table_end(const struct table *t, struct output *out, size_t cells,
    struct str category)
{
	size_t last = table_columns(t) - 1;

	for (size_t commas = cells > 0 ? cells - 1 : 0; commas < last; commas++)
		output_byte(out, ',');
	if (t->category == NEW)
		csv_put(out, category);
	else if (last == 0 && cells == 0)
		output_text(out, "\"\""); /* an empty line would be none */
	output_byte(out, '\n');
}
