/* SPDX-License-Identifier: MIT */
#include "parquet/routing.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "parquet/hive.h"
#include "parquet/widen.h"

/* Where a key's value is found, and how far its words were read. */
struct routing_key {
	const struct slab_column *column;  /* or NULL */
	const struct heading_field *field; /* or NULL */
	size_t row, word;
};

bool
routing_is_key(const struct routing *r, struct str name)
{
	for (size_t i = 0; i < r->keys; i++)
		if (str_eq(r->key[i], name))
			return true;
	return false;
}

static void
begin(struct routing *r, const struct slab_type *t, const struct heading *h)
{
	if (r->at == NULL) {
		r->at = mem_alloc(r->keys * sizeof(*r->at));
		output_in_memory(&r->path);
		output_in_memory(&r->text);
	}
	for (size_t i = 0; i < r->keys; i++) {
		struct routing_key *k = &r->at[i];

		*k = (struct routing_key){ .column = NULL };
		k->field = heading_find(h, r->key[i]);
		for (size_t c = 0; c < t->n; c++)
			if (str_eq(t->column[c].name, r->key[i]))
				k->column = &t->column[c];
	}
}

/* Writes a list as its text. */
static struct str
list_text(struct output *out, const uint64_t *word, size_t n)
{
	char *p = output_room(out, n * (NUM_TEXT + 1) + 2);

	return (struct str){ p, widen_put_list(word, n, p) };
}

/* Returns the text of the key's value in the row that comes next. */
static struct str
value(struct routing *r, struct routing_key *k)
{
	const struct slab_column *c = k->column;
	const struct vector *v = c != NULL ? &c->values : NULL;
	char *p = output_room(&r->text, WIDEN_TEXT);
	size_t row = k->row++, at = k->word, n;

	if (v == NULL || c->kind == KIND_NOTHING ||
	    (v->defined != NULL && !v->defined[row])) {
		if (k->field == NULL)
			return (struct str){ NULL, 0 };
		return heading_text(k->field, p);
	}
	n = v->length != NULL ? v->length[row] : 1;
	k->word += n;
	if (c->kind == KIND_LIST)
		return list_text(&r->text, v->word + at, n);
	if (v->same)
		at = 0;
	if (c->kind == KIND_TEXT)
		return v->text[v->word[at]];
	return (struct str){ p, widen_put(c->kind, v->word[at], p) };
}

/* Tells whether a key has the same value in all rows of the table. */
static bool
is_same(const struct routing_key *k)
{
	return k->column == NULL || k->column->kind == KIND_NOTHING ||
	    (k->column->values.same && k->column->values.defined == NULL);
}

/* Returns the number of the file of the row that comes next. */
static uint32_t
next_row(struct routing *r, struct intern *paths)
{
	bool fits = true;

	r->path.n = 0;
	for (size_t i = 0; i < r->keys; i++) {
		if (i > 0)
			output_byte(&r->path, '/');
		fits &= hive_put_pair(&r->path, r->key[i], value(r, &r->at[i]));
	}
	if (!fits)
		return ROUTING_NOWHERE;
	return (
	    uint32_t)intern_id(paths, (struct str){ r->path.buf, r->path.n });
}

uint32_t *
routing_rows(struct routing *r, const struct slab_type *t,
    const struct heading *h, struct intern *paths, bool *all)
{
	*all = true;
	r->file = mem_grow(r->file, &r->cap, t->rows, sizeof(*r->file));
	if (r->keys == 0) {
		r->file[0] = (uint32_t)intern_id(paths, str_of(""));
		return r->file;
	}
	begin(r, t, h);
	for (size_t i = 0; i < r->keys; i++)
		*all &= is_same(&r->at[i]);
	for (size_t i = 0; i < t->rows && (i == 0 || !*all); i++)
		r->file[i] = next_row(r, paths);
	return r->file;
}

void
routing_free(struct routing *r)
{
	if (r->at != NULL) {
		output_close(&r->path);
		output_close(&r->text);
	}
	free(r->at);
	free(r->file);
}
