/* SPDX-License-Identifier: MIT */
#include "parquet/fit.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parquet/fitting.h"

struct fit_room {
	uint64_t *word;
	uint8_t *defined;
	uint32_t *length;
	size_t words, defineds, lengths;
	struct widen_room widen;
};

/* What a column is made of. */
struct source {
	enum kind kind;
	struct vector values;
};

/* Finds the column; false where there is none. */
static bool
find(const struct schema_column *c, const struct slab_type *t,
    const struct heading *h, struct source *s)
{
	static const char prefix[] = "trace_";
	const struct heading_field *f;

	for (size_t i = 0; !c->of_trace && i < t->n; i++)
		if (str_eq(t->column[i].name, c->name)) {
			*s = (struct source){ t->column[i].kind,
				t->column[i].values };
			return s->kind != KIND_NOTHING;
		}
	if (!c->of_trace || h == NULL)
		return false;
	f = heading_find(h, c->name);
	if (f == NULL && str_starts(c->name, prefix))
		f = heading_find(h, str_skip(c->name, sizeof(prefix) - 1));
	if (f == NULL)
		return false;
	*s = (struct source){ f->kind, heading_vector(f, t->rows) };
	return true;
}

static void
blame(struct fit *f, const struct schema_column *c, size_t row, const char *why)
{
	if (f->why[row] != NULL)
		return;
	f->why[row] = why;
	f->where[row] = c;
}

/* Makes all rows null. */
static struct vector
nothing(struct fit_room *room, const struct schema_kind *k, size_t rows)
{
	struct vector v = { .rows = rows };

	room->defined = mem_grow(room->defined, &room->defineds, rows, 1);
	memset(room->defined, 0, rows);
	v.defined = room->defined;
	if (!k->list)
		return v;
	room->length = mem_grow(room->length, &room->lengths, rows,
	    sizeof(*room->length));
	memset(room->length, 0, rows * sizeof(*room->length));
	v.length = room->length;
	return v;
}

/* Tells whether all values of a kind are of a type already. */
static bool
is_so(const struct schema_kind *k, enum kind kind)
{
	if (kind == KIND_INTEGER || kind == KIND_LIST)
		return k->kind == kind && k->type == LEAF_INT64;
	if (kind == KIND_DECIMAL)
		return k->type == LEAF_DOUBLE;
	return k->kind == kind;
}

/* Makes single values those of the type; a row that does not fit is null. */
static struct vector
convert(struct fit *f, struct fit_room *room, const struct schema_column *c,
    const struct source *s)
{
	const struct vector *v = &s->values;
	struct vector out = nothing(room, c->kind, v->rows);
	size_t at = 0;

	room->word = mem_grow(room->word, &room->words, v->rows, 8);
	out.word = room->word;
	for (size_t row = 0; row < v->rows; row++) {
		struct str text = { NULL, 0 };
		const char *why;
		uint64_t w;

		if (v->defined != NULL && !v->defined[row])
			continue;
		w = v->word[v->same ? 0 : at];
		at++;
		if (s->kind == KIND_TEXT)
			text = v->text[w];
		why = fitting_word(c->kind, s->kind, w, text,
		    &room->word[out.n]);
		room->defined[row] = why == NULL;
		out.n += why == NULL;
		if (why != NULL)
			blame(f, c, row, why);
	}
	return out;
}

/* Adds an element to the list of a row; false if it is out of range. */
static bool
add_element(struct fit_room *room, const struct schema_kind *k, size_t row,
    struct vector *out, uint64_t word)
{
	int64_t v = (int64_t)word;

	if (v < k->least || (v > 0 && (uint64_t)v > k->most))
		return false;
	room->word = mem_grow(room->word, &room->words, out->n + 1, 8);
	room->word[out->n++] = word;
	room->length[row]++;
	return true;
}

/* Adds the list of a row; false if it is none, or out of range. */
static bool
add_list(struct fit_room *room, const struct schema_kind *k,
    const struct source *s, size_t row, size_t at, struct vector *out)
{
	const struct vector *v = &s->values;
	struct str rest;
	uint64_t w;

	if (s->kind == KIND_LIST) {
		for (size_t i = 0; i < v->length[row]; i++)
			if (!add_element(room, k, row, out, v->word[at + i]))
				return false;
		return true;
	}
	if (s->kind != KIND_TEXT)
		return false;
	rest = v->text[v->word[v->same ? 0 : at]];
	while (fitting_element(&rest, &w))
		if (!add_element(room, k, row, out, w))
			return false;
	return rest.n == 0 && v->text[v->word[v->same ? 0 : at]].n > 0;
}

static struct vector
convert_lists(struct fit *f, struct fit_room *room,
    const struct schema_column *c, const struct source *s)
{
	const struct vector *v = &s->values;
	struct vector out = nothing(room, c->kind, v->rows);
	size_t at = 0;

	for (size_t row = 0; row < v->rows; row++) {
		size_t before = out.n;

		if (v->defined != NULL && !v->defined[row])
			continue;
		room->defined[row] = 1;
		if (!add_list(room, c->kind, s, row, at, &out)) {
			blame(f, c, row, "is no list of such integers");
			out.n = before;
			room->defined[row] = 0;
			room->length[row] = 0;
		}
		at += s->kind == KIND_LIST ? v->length[row] : 1;
	}
	out.word = room->word;
	return out;
}

static struct vector
fit_column(struct fit *f, struct fit_room *room, const struct schema_column *c,
    const struct slab_type *t, const struct heading *h)
{
	struct source s;
	struct vector v;

	if (!find(c, t, h, &s))
		return nothing(room, c->kind, t->rows);
	if (is_so(c->kind, s.kind))
		return s.values;
	if (c->kind->kind == KIND_TEXT) {
		widen_vector(&room->widen, s.kind, KIND_TEXT, &s.values, &v);
		return v;
	}
	return c->kind->list ? convert_lists(f, room, c, &s)
			     : convert(f, room, c, &s);
}

static void
require(struct fit *f, const struct schema_column *c, const struct vector *v)
{
	if (!c->required || v->defined == NULL)
		return;
	for (size_t row = 0; row < v->rows; row++)
		if (!v->defined[row])
			blame(f, c, row, "is missing");
}

void
fit_take(struct fit *f, const struct schema_type *s, const struct slab_type *t,
    const struct heading *h)
{
	f->column = mem_grow(f->column, &f->column_cap, s->n,
	    sizeof(*f->column));
	f->room = mem_grow(f->room, &f->rooms, s->n, sizeof(*f->room));
	f->why = mem_grow(f->why, &f->why_cap, t->rows, sizeof(*f->why));
	f->where = mem_grow(f->where, &f->where_cap, t->rows,
	    sizeof(*f->where));
	memset(f->why, 0, t->rows * sizeof(*f->why));
	f->bads = 0;
	for (size_t i = 0; i < s->n; i++) {
		f->column[i] = fit_column(f, &f->room[i], &s->column[i], t, h);
		require(f, &s->column[i], &f->column[i]);
	}
	for (uint32_t row = 0; row < t->rows; row++) {
		if (f->why[row] == NULL)
			continue;
		f->bad = mem_grow(f->bad, &f->bad_cap, f->bads + 1,
		    sizeof(*f->bad));
		f->bad[f->bads++] = (struct fit_bad){ row, f->where[row],
			f->why[row] };
	}
}

void
fit_free(struct fit *f)
{
	for (size_t i = 0; i < f->rooms; i++) {
		free(f->room[i].word);
		free(f->room[i].defined);
		free(f->room[i].length);
		widen_free(&f->room[i].widen);
	}
	free(f->room);
	free(f->column);
	free(f->bad);
	free(f->why);
	free(f->where);
}
