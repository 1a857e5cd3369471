/* SPDX-License-Identifier: MIT */
#include "parquet/heading.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parquet/widen.h"

static void
free_field(struct heading_field *f)
{
	free((char *)(uintptr_t)f->name.p);
	free((char *)(uintptr_t)f->text.p);
}

static struct str
copy(struct str s)
{
	return (struct str){ mem_dup(s.p, s.n), s.n };
}

/* Adds a field, whose texts are copied. */
static void
add(struct heading *h, const struct heading_field *f)
{
	struct heading_field *to;

	h->field = mem_grow(h->field, &h->cap, h->n + 1, sizeof(*h->field));
	to = &h->field[h->n++];
	*to = *f;
	to->name = copy(f->name);
	to->text = f->kind == KIND_TEXT ? copy(f->text)
					: (struct str){ NULL, 0 };
}

/* Makes the first row of a column a field; false if it has no value. */
static bool
first_value(const struct slab_column *c, struct widen_room *room,
    struct heading_field *f)
{
	struct vector v = c->values, text;

	*f = (struct heading_field){ c->name, c->kind, c->facts, 0,
		{ NULL, 0 } };
	if (c->kind == KIND_NOTHING || v.rows == 0 ||
	    (v.defined != NULL && !v.defined[0]))
		return false;
	if (c->kind == KIND_LIST) {
		widen_vector(room, KIND_LIST, KIND_TEXT, &v, &text);
		v = text;
		f->kind = KIND_TEXT;
	}
	if (f->kind == KIND_TEXT)
		f->text = v.text[v.word[0]];
	else
		f->word = v.word[0];
	return true;
}

void
heading_take(struct heading *h, const struct slab_type *trace)
{
	struct widen_room room = { .word = NULL };
	struct heading_field f;

	heading_clear(h);
	h->number++;
	for (size_t i = 0; i < trace->n; i++)
		if (!str_is(trace->column[i].name, "version") &&
		    first_value(&trace->column[i], &room, &f))
			add(h, &f);
	widen_free(&room);
}

void
heading_clear(struct heading *h)
{
	for (size_t i = 0; i < h->n; i++)
		free_field(&h->field[i]);
	h->n = 0;
}

const struct heading_field *
heading_find(const struct heading *h, struct str name)
{
	for (size_t i = 0; i < h->n; i++)
		if (str_eq(h->field[i].name, name))
			return &h->field[i];
	return NULL;
}

struct vector
heading_vector(const struct heading_field *f, size_t rows)
{
	return (struct vector){ .rows = rows,
		.n = rows,
		.word = &f->word,
		.same = true,
		.text = &f->text,
		.texts = f->kind == KIND_TEXT };
}

static bool
says_the_same(const struct heading_field *a, const struct heading_field *b)
{
	return b != NULL && a->kind == b->kind && a->word == b->word &&
	    str_eq(a->text, b->text);
}

void
heading_share(struct heading *common, const struct heading *h)
{
	size_t n = 0;

	if (common->number == h->number + 1) /* 0 is a trace, too */
		return;
	if (common->number == 0) {
		for (size_t i = 0; i < h->n; i++)
			add(common, &h->field[i]);
		n = common->n;
	}
	for (size_t i = 0; i < common->n && common->number != 0; i++) {
		struct heading_field *f = &common->field[i];

		if (says_the_same(f, heading_find(h, f->name)))
			common->field[n++] = *f;
		else
			free_field(f);
	}
	common->n = n;
	common->number = h->number + 1;
}

struct str
heading_text(const struct heading_field *f, char *to)
{
	if (f->kind == KIND_TEXT)
		return f->text;
	return (struct str){ to, widen_put(f->kind, f->word, to) };
}

void
heading_free(struct heading *h)
{
	heading_clear(h);
	free(h->field);
	*h = (struct heading){ .field = NULL };
}
