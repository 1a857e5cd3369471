/* SPDX-License-Identifier: MIT */
#include "parquet/widen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

static size_t
put_decimal(double v, char *to)
{
	if (fabs(v) < 0x1p53 && (double)(int64_t)v == v &&
	    !(v == 0 && signbit(v)))
		return num_put_signed(to, (int64_t)v);
	return (
	    size_t)snprintf(to, WIDEN_TEXT, "%.*g", (int)num_precision(v), v);
}

size_t
widen_put(enum kind kind, uint64_t word, char *to)
{
	size_t n = word ? 4 : 5;
	double v;

	if (kind == KIND_INTEGER)
		return num_put_signed(to, (int64_t)word);
	if (kind == KIND_UNSIGNED)
		return num_put(to, word);
	if (kind == KIND_DECIMAL) {
		memcpy(&v, &word, sizeof(v));
		return put_decimal(v, to);
	}
	memcpy(to, word ? "true" : "false", n);
	return n;
}

size_t
widen_put_list(const uint64_t *word, size_t n, char *to)
{
	char *p = to;

	*p++ = '[';
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			*p++ = ',';
		p += num_put_signed(p, (int64_t)word[i]);
	}
	*p++ = ']';
	return (size_t)(p - to);
}

uint64_t
widen_decimal(uint64_t word)
{
	double v = (double)(int64_t)word;
	uint64_t bits;

	memcpy(&bits, &v, sizeof(bits));
	return bits;
}

static uint64_t
word_at(const struct vector *v, size_t i)
{
	return v->word[v->same ? 0 : i];
}

/* Each word becomes the text of its number. */
static void
texts_of_words(struct widen_room *room, enum kind from, const struct vector *v,
    struct vector *wide)
{
	size_t n = v->same && v->n > 0 ? 1 : v->n, used = 0;

	room->text = mem_grow(room->text, &room->texts, n, sizeof(*room->text));
	room->bytes = mem_grow(room->bytes, &room->capacity, n * WIDEN_TEXT, 1);
	for (size_t i = 0; i < n; i++) {
		struct str *t = &room->text[i];

		t->p = room->bytes + used;
		t->n = widen_put(from, v->word[i], room->bytes + used);
		used += t->n;
	}
	wide->texts = n;
}

static void
texts_of_lists(struct widen_room *room, const struct vector *v,
    struct vector *wide)
{
	size_t used = 0, at = 0, n = 0;
	char *p;

	room->text = mem_grow(room->text, &room->texts, v->rows,
	    sizeof(*room->text));
	room->bytes = mem_grow(room->bytes, &room->capacity,
	    v->n * (NUM_TEXT + 1) + 2 * v->rows, 1);
	for (size_t row = 0; row < v->rows; row++) {
		if (v->defined != NULL && !v->defined[row])
			continue;
		p = room->bytes + used;
		*p++ = '[';
		for (size_t i = 0; i < v->length[row]; i++) {
			if (i > 0)
				*p++ = ',';
			p += num_put_signed(p, (int64_t)word_at(v, at++));
		}
		*p++ = ']';
		room->text[n].p = room->bytes + used;
		room->text[n].n = (size_t)(p - room->bytes) - used;
		used += room->text[n++].n;
	}
	wide->n = wide->texts = n;
}

/* The words are the numbers of the texts, one behind the other. */
static void
number(struct widen_room *room, struct vector *wide)
{
	wide->length = NULL;
	wide->text = room->text;
	wide->word = room->word = mem_grow(room->word, &room->words, wide->n,
	    sizeof(*room->word));
	for (size_t i = 0; i < wide->n; i++)
		room->word[i] = wide->same ? 0 : i;
}

static void
no_lists(struct widen_room *room, struct vector *wide)
{
	room->length = mem_grow(room->length, &room->lengths, wide->rows,
	    sizeof(*room->length));
	if (wide->rows > 0)
		memset(room->length, 0, wide->rows * sizeof(*room->length));
	wide->length = room->length;
}

void
widen_vector(struct widen_room *room, enum kind from, enum kind to,
    const struct vector *narrow, struct vector *wide)
{
	size_t n = narrow->same && narrow->n > 0 ? 1 : narrow->n;

	*wide = *narrow;
	if (from == to)
		return;
	if (from == KIND_NOTHING) {
		if (to == KIND_LIST)
			no_lists(room, wide);
	} else if (to == KIND_DECIMAL) {
		wide->word = room->word = mem_grow(room->word, &room->words, n,
		    sizeof(*room->word));
		for (size_t i = 0; i < n; i++)
			room->word[i] = widen_decimal(narrow->word[i]);
	} else if (to == KIND_TEXT && from == KIND_LIST) {
		wide->same = false;
		texts_of_lists(room, narrow, wide);
		number(room, wide);
	} else if (to == KIND_TEXT) {
		texts_of_words(room, from, narrow, wide);
		number(room, wide);
	}
}

void
widen_free(struct widen_room *room)
{
	free(room->word);
	free(room->length);
	free(room->text);
	free(room->bytes);
	*room = (struct widen_room){ .word = NULL };
}
