/* SPDX-License-Identifier: MIT */
#include "parquet/gathered.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

/* A place of the table of texts, by their hash; text counts from 1. */
struct place {
	uint32_t hash, text;
};

struct gathering {
	struct gathered out;
	uint64_t *word;
	size_t word_cap;
	uint32_t *index;
	size_t index_cap;
	struct str *text;
	size_t text_cap;
	uint32_t *number; /* of a vector's texts: which text + 1, or 0 */
	size_t number_cap;
	struct place *place;
	size_t places; /* a power of two */
	size_t most;
	uint8_t *defined, *repeated;
	size_t defined_cap, repeated_cap;
	uint32_t *length;
	size_t length_cap;
};

enum { PLACES_FIRST = 1 << 10 };

struct gathering *
gathering_new(void)
{
	return mem_alloc(sizeof(struct gathering));
}

void
gathering_free(struct gathering *g)
{
	if (g == NULL)
		return;
	free(g->word);
	free(g->index);
	free(g->text);
	free(g->number);
	free(g->place);
	free(g->defined);
	free(g->repeated);
	free(g->length);
	free(g);
}

uint32_t *
gathering_index(struct gathering *g, size_t n)
{
	g->index = mem_grow(g->index, &g->index_cap, n, sizeof(*g->index));
	g->out.index = g->index;
	return g->index;
}

/* Of lists a level for each element, and for each list that has none. */
static void
list_levels(struct gathering *g, const struct leaf *leaf,
    const struct vector *v)
{
	const uint8_t there = (uint8_t)leaf_defined(leaf);
	size_t at = g->out.levels, need = at + v->n + v->rows;

	g->defined = mem_grow(g->defined, &g->defined_cap, need, 1);
	g->repeated = mem_grow(g->repeated, &g->repeated_cap, need, 1);
	for (size_t i = 0; i < v->rows; i++) {
		bool null = v->defined != NULL && !v->defined[i];
		uint32_t n = null ? 0 : v->length[i];

		g->length[g->out.rows + i] = n > 0 ? n : 1;
		if (n == 0) {
			g->defined[at] = null ? 0 : there - 2;
			g->repeated[at++] = 0;
			continue;
		}
		memset(g->defined + at, there, n);
		memset(g->repeated + at, 1, n);
		g->repeated[at] = 0;
		at += n;
	}
	g->out.levels = at;
}

static void
flat_levels(struct gathering *g, const struct vector *v)
{
	uint8_t *to;

	g->defined = mem_grow(g->defined, &g->defined_cap,
	    g->out.levels + v->rows, 1);
	to = g->defined + g->out.levels;
	if (v->defined != NULL)
		memcpy(to, v->defined, v->rows);
	else
		memset(to, 1, v->rows);
	g->out.levels += v->rows;
}

static void
gather_levels(struct gathering *g, const struct leaf *leaf,
    const struct vector *v, size_t n)
{
	bool nulls = false;
	size_t rows = 0;

	for (size_t i = 0; i < n; i++) {
		nulls |= v[i].defined != NULL;
		rows += v[i].rows;
	}
	if (leaf->list)
		g->length = mem_grow(g->length, &g->length_cap, rows,
		    sizeof(*g->length));
	for (size_t i = 0; i < n; i++) {
		if (leaf->list)
			list_levels(g, leaf, &v[i]);
		else if (nulls)
			flat_levels(g, &v[i]);
		else
			g->out.levels += v[i].rows;
		g->out.rows += v[i].rows;
		g->out.n += v[i].n;
	}
	g->out.length = leaf->list ? g->length : NULL;
	g->out.repeated = leaf->list ? g->repeated : NULL;
	g->out.defined = leaf->list || nulls ? g->defined : NULL;
}

static void
gather_words(struct gathering *g, const struct vector *v, size_t n)
{
	size_t at = 0;

	g->word = mem_grow(g->word, &g->word_cap, g->out.n, sizeof(*g->word));
	for (size_t i = 0; i < n; i++, v++) {
		if (!v->same && v->n > 0)
			memcpy(g->word + at, v->word, v->n * sizeof(*v->word));
		for (size_t k = 0; v->same && k < v->n; k++)
			g->word[at + k] = v->word[0];
		at += v->n;
	}
	g->out.word = g->word;
}

static void
more_places(struct gathering *g)
{
	struct place *old = g->place;
	size_t n = g->places;

	g->places = n > 0 ? n * 2 : PLACES_FIRST;
	g->place = mem_alloc(g->places * sizeof(*g->place));
	for (size_t i = 0; i < n; i++) {
		size_t at = old[i].hash & (g->places - 1);

		if (old[i].text == 0)
			continue;
		while (g->place[at].text != 0)
			at = (at + 1) & (g->places - 1);
		g->place[at] = old[i];
	}
	free(old);
}

static uint32_t
add_text(struct gathering *g, struct str text)
{
	g->text = mem_grow(g->text, &g->text_cap, g->out.texts + 1,
	    sizeof(*g->text));
	g->text[g->out.texts++] = text;
	return (uint32_t)g->out.texts;
}

/* Returns the number of a text, from 1, among those that differ. */
static uint32_t
text_number(struct gathering *g, struct str text)
{
	uint32_t hash = hash_bytes(text.p, text.n);
	size_t at;

	if (!g->out.distinct)
		return add_text(g, text);
	if (g->out.texts >= g->places / 2)
		more_places(g);
	at = hash & (g->places - 1);
	for (; g->place[at].text != 0; at = (at + 1) & (g->places - 1))
		if (g->place[at].hash == hash &&
		    str_eq(g->text[g->place[at].text - 1], text))
			return g->place[at].text;
	if (g->out.texts >= g->most) {
		g->out.distinct = false;
		return add_text(g, text);
	}
	g->place[at] = (struct place){ hash, add_text(g, text) };
	return g->place[at].text;
}

static uint32_t
number_of(struct gathering *g, const struct vector *v, uint64_t word)
{
	uint32_t n = g->number[word];

	if (n == 0)
		n = g->number[word] = text_number(g, v->text[word]);
	return n;
}

static void
gather_texts(struct gathering *g, const struct vector *v, size_t n)
{
	uint32_t *to = gathering_index(g, g->out.n);

	if (g->places > 0)
		memset(g->place, 0, g->places * sizeof(*g->place));
	g->out.distinct = true;
	for (size_t i = 0; i < n; to += v->n, v++, i++) {
		if (v->n == 0)
			continue;
		g->number = mem_grow(g->number, &g->number_cap, v->texts,
		    sizeof(*g->number));
		memset(g->number, 0, v->texts * sizeof(*g->number));
		if (v->same) {
			uint32_t one = number_of(g, v, v->word[0]) - 1;

			for (size_t k = 0; k < v->n; k++)
				to[k] = one;
			continue;
		}
		for (size_t k = 0; k < v->n; k++)
			to[k] = number_of(g, v, v->word[k]) - 1;
	}
	g->out.text = g->text;
}

/* Whether all vectors that have values have one and the same. */
static bool
all_same(const struct leaf *leaf, const struct vector *v, size_t n)
{
	const struct vector *first = NULL;

	for (size_t i = 0; i < n; i++) {
		if (v[i].n == 0)
			continue;
		if (!v[i].same && v[i].n > 1)
			return false;
		if (first == NULL)
			first = &v[i];
		else if (leaf->type == LEAF_BYTES
			? !str_eq(first->text[first->word[0]],
			      v[i].text[v[i].word[0]])
			: first->word[0] != v[i].word[0])
			return false;
	}
	return first != NULL;
}

static void
gather_one(struct gathering *g, const struct leaf *leaf, const struct vector *v)
{
	while (v->n == 0)
		v++;
	g->out.same = true;
	g->out.distinct = true;
	if (leaf->type != LEAF_BYTES) {
		g->out.word = v->word;
		return;
	}
	gathering_index(g, 1)[0] = add_text(g, v->text[v->word[0]]) - 1;
	g->out.text = g->text;
}

/* Where there is no value, 0 is added to where they would be. */
static const struct gathered *
point(struct gathering *g)
{
	static const uint64_t no_word;
	static const uint32_t no_index;

	if (g->out.n == 0) {
		g->out.word = &no_word;
		g->out.index = &no_index;
	}
	return &g->out;
}

const struct gathered *
gathering_take(struct gathering *g, const struct leaf *leaf,
    const struct vector *v, size_t n, size_t most)
{
	g->out = (struct gathered){ .greatest = leaf_defined(leaf) };
	g->out.usual = g->out.greatest;
	g->most = most;
	gather_levels(g, leaf, v, n);
	if (all_same(leaf, v, n))
		gather_one(g, leaf, v);
	else if (leaf->type == LEAF_BYTES)
		gather_texts(g, v, n);
	else if (n == 1 && !v->same)
		g->out.word = v->word;
	else
		gather_words(g, v, n);
	return point(g);
}

const struct gathered *
gathering_nothing(struct gathering *g, const struct leaf *leaf, size_t rows)
{
	g->out = (struct gathered){ .greatest = leaf_defined(leaf),
		.rows = rows,
		.levels = rows,
		.same = true };
	return point(g);
}

void
gathering_spread(struct gathering *g, const struct leaf *leaf)
{
	size_t n = g->out.n;
	uint64_t word;

	if (!g->out.same || n == 0)
		return;
	g->out.same = false;
	if (leaf->type == LEAF_BYTES) {
		memset(gathering_index(g, n), 0, n * sizeof(*g->index));
		return;
	}
	word = g->out.word[0];

	g->word = mem_grow(g->word, &g->word_cap, n, sizeof(*g->word));
	for (size_t i = 0; i < n; i++)
		g->word[i] = word;
	g->out.word = g->word;
}
