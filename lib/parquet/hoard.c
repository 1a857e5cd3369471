/* SPDX-License-Identifier: MIT */
#include "parquet/hoard.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

/*
 * Small vectors are put together, so that a piece is worth its struct; larger
 * ones are copied once and not moved again.
 */
enum { PIECE_ROWS = 2048, STORE_LEAST = 64, STORE_MOST = 1 << 16 };

struct hoard_store {
	struct hoard_store *next;
	size_t n, cap;
	char byte[];
};

static void *
grow(struct hoard *h, void *p, size_t *cap, size_t need, size_t size)
{
	size_t before = *cap;

	p = mem_grow(p, cap, need, size);
	h->bytes += (*cap - before) * size;
	return p;
}

/* Returns a copy of a text that lives as long as the hoard. */
static struct str
keep(struct hoard *h, struct str s)
{
	struct hoard_store *store = h->store;
	char *to;

	if (store == NULL || store->cap - store->n < s.n) {
		size_t cap = store == NULL ? STORE_LEAST : 2 * store->cap;

		if (cap > STORE_MOST)
			cap = STORE_MOST;
		if (cap < s.n)
			cap = s.n;
		store = mem_alloc(sizeof(*store) + cap);
		store->cap = cap;
		store->next = h->store;
		h->store = store;
		h->bytes += sizeof(*store) + cap;
	}
	to = store->byte + store->n;
	if (s.n > 0)
		memcpy(to, s.p, s.n);
	store->n += s.n;
	return (struct str){ to, s.n };
}

/* Begins a piece. */
static struct hoard_piece *
add_piece(struct hoard *h, enum kind kind)
{
	size_t cap = h->cap == 0 ? 1 : 2 * h->cap;
	struct hoard_piece *piece;

	if (h->n == h->cap) {
		piece = mem_alloc(cap * sizeof(*piece));
		if (h->piece != NULL)
			memcpy(piece, h->piece, h->n * sizeof(*piece));
		free(h->piece);
		h->bytes += (cap - h->cap) * sizeof(*piece);
		h->piece = piece;
		h->cap = cap;
	}
	assert(h->piece != NULL);
	piece = &h->piece[h->n++];
	*piece = (struct hoard_piece){ .kind = kind };
	return piece;
}

/* Returns the piece that n rows are put into, or a new one. */
static struct hoard_piece *
piece_for(struct hoard *h, enum kind kind, size_t n)
{
	struct hoard_piece *p = h->n > 0 ? &h->piece[h->n - 1] : NULL;

	if (p == NULL || p->view.same || p->view.rows + n > PIECE_ROWS)
		return add_piece(h, kind);
	if (p->kind == kind || kind == KIND_NOTHING)
		return p;
	if (p->kind != KIND_NOTHING)
		return add_piece(h, kind);
	p->kind = kind;
	if (kind == KIND_LIST)
		p->length = grow(h, p->length, &p->length_cap, p->view.rows, 4);
	return p;
}

/* Says of the last n rows, of which there is room, which are null. */
static void
define(struct hoard *h, struct hoard_piece *p, const uint8_t *defined, size_t n)
{
	size_t at = p->view.rows - n;

	if (defined == NULL && p->defined == NULL)
		return;
	if (p->defined == NULL) {
		p->defined = grow(h, NULL, &p->defined_cap, p->view.rows, 1);
		memset(p->defined, 1, at);
	}
	p->defined = grow(h, p->defined, &p->defined_cap, p->view.rows, 1);
	if (defined != NULL)
		memcpy(p->defined + at, defined, n);
	else
		memset(p->defined + at, 1, n);
}

void
hoard_add_nulls(struct hoard *h, size_t rows)
{
	struct hoard_piece *p;

	if (rows == 0)
		return;
	p = piece_for(h, KIND_NOTHING, rows);
	if (p->defined == NULL && p->view.rows > 0) {
		p->defined = grow(h, NULL, &p->defined_cap, p->view.rows + rows,
		    1);
		memset(p->defined, 1, p->view.rows);
	}
	p->defined = grow(h, p->defined, &p->defined_cap, p->view.rows + rows,
	    1);
	memset(p->defined + p->view.rows, 0, rows);
	if (p->kind == KIND_LIST) {
		p->length = grow(h, p->length, &p->length_cap,
		    p->view.rows + rows, 4);
		memset(p->length + p->view.rows, 0, rows * 4);
	}
	p->view.rows += rows;
	h->rows += rows;
}

static bool
same_value(const struct hoard_piece *p, enum kind kind, const struct vector *v)
{
	if (p->kind != kind || !p->view.same || p->defined != NULL)
		return false;
	if (kind == KIND_TEXT)
		return str_eq(p->text[p->word[0]], v->text[v->word[0]]);
	return p->word[0] == v->word[0];
}

/* Adds rows that all have one value. */
static void
add_same(struct hoard *h, enum kind kind, const struct vector *v, size_t rows)
{
	struct hoard_piece *p = h->n > 0 ? &h->piece[h->n - 1] : NULL;

	if (p == NULL || !same_value(p, kind, v)) {
		p = add_piece(h, kind);
		p->word = grow(h, NULL, &p->words_cap, 1, 8);
		p->word[0] = v->word[0];
		p->view.same = true;
		if (kind == KIND_TEXT) {
			p->text = grow(h, NULL, &p->text_cap, 1,
			    sizeof(*p->text));
			p->text[0] = keep(h, v->text[v->word[0]]);
			p->word[0] = 0;
			p->view.texts = 1;
		}
	}
	p->view.rows += rows;
	p->view.n += rows;
	h->rows += rows;
	h->values += rows;
}

static size_t
count_defined(const uint8_t *defined, size_t rows)
{
	size_t n = rows;

	if (defined != NULL) {
		n = 0;
		for (size_t i = 0; i < rows; i++)
			n += defined[i];
	}
	return n;
}

/* Copies words; of texts, those that they are numbers of as well. */
static void
add_words(struct hoard *h, struct hoard_piece *p, const struct vector *v)
{
	size_t base = p->view.texts;
	uint64_t *to;

	if (v->n == 0)
		return;
	p->word = grow(h, p->word, &p->words_cap, p->view.n + v->n, 8);
	to = p->word + p->view.n;
	p->view.n += v->n;
	if (p->kind != KIND_TEXT) {
		memcpy(to, v->word, v->n * 8);
		return;
	}
	for (size_t i = 0; i < v->n; i++)
		to[i] = v->word[i] + base;
	p->text = grow(h, p->text, &p->text_cap, base + v->texts,
	    sizeof(*p->text));
	for (size_t i = 0; i < v->texts; i++)
		p->text[base + i] = keep(h, v->text[i]);
	p->view.texts += v->texts;
}

void
hoard_add(struct hoard *h, enum kind kind, const struct vector *v)
{
	struct hoard_piece *p;

	if (v->rows == 0)
		return;
	if (kind == KIND_NOTHING || v->n == 0) {
		if (kind != KIND_LIST) {
			hoard_add_nulls(h, v->rows);
			return;
		}
	}
	if (v->same && v->n == v->rows && v->defined == NULL &&
	    kind != KIND_LIST) {
		add_same(h, kind, v, v->rows);
		return;
	}
	assert(!v->same);
	p = piece_for(h, kind, v->rows);
	add_words(h, p, v);
	if (kind == KIND_LIST) {
		p->length = grow(h, p->length, &p->length_cap,
		    p->view.rows + v->rows, 4);
		memcpy(p->length + p->view.rows, v->length, v->rows * 4);
	}
	p->view.rows += v->rows;
	define(h, p, v->defined, v->rows);
	h->rows += v->rows;
	h->values += count_defined(v->defined, v->rows);
}

/* Returns the number that a text of a vector has in the piece. */
static uint64_t
pick_text(struct hoard *h, struct hoard_piece *p, struct str text, size_t i,
    struct hoard_room *room)
{
	if (room->stamp[i] == room->now)
		return room->number[i];
	room->stamp[i] = room->now;
	room->number[i] = (uint32_t)p->view.texts;
	p->text = grow(h, p->text, &p->text_cap, p->view.texts + 1,
	    sizeof(*p->text));
	p->text[p->view.texts] = keep(h, text);
	return p->view.texts++;
}

static void
begin_pick(const struct vector *v, struct hoard_room *room)
{
	room->number = mem_grow(room->number, &room->numbers, v->texts, 4);
	room->stamp = mem_grow(room->stamp, &room->stamps, v->texts, 4);
	if (++room->now == 0) {
		memset(room->stamp, 0, room->stamps * 4);
		room->now = 1;
	}
}

/* Copies the words of one row, of which there are n at word. */
static void
pick_row(struct hoard *h, struct hoard_piece *p, const struct vector *v,
    size_t at, size_t n, struct hoard_room *room)
{
	p->word = grow(h, p->word, &p->words_cap, p->view.n + n, 8);
	for (size_t i = 0; i < n; i++) {
		uint64_t w = v->word[v->same ? 0 : at + i];

		if (p->kind == KIND_TEXT)
			w = pick_text(h, p, v->text[w], w, room);
		p->word[p->view.n++] = w;
	}
}

static size_t
words_of(const struct vector *v, size_t row)
{
	if (v->length != NULL)
		return v->length[row];
	return v->defined == NULL || v->defined[row];
}

void
hoard_pick(struct hoard *h, enum kind kind, const struct vector *v,
    const uint32_t *row, size_t n, struct hoard_room *room)
{
	struct hoard_piece *p;
	size_t at = 0, next = 0;

	if (n == 0)
		return;
	if (kind == KIND_NOTHING) {
		hoard_add_nulls(h, n);
		return;
	}
	if (v->same && v->n == v->rows && kind != KIND_LIST) {
		add_same(h, kind, v, n);
		return;
	}
	assert(kind != KIND_LIST || v->length != NULL);
	begin_pick(v, room);
	p = piece_for(h, kind, n);
	for (size_t i = 0; i < n; i++) {
		uint8_t there = v->defined == NULL || v->defined[row[i]];

		if (v->defined == NULL && v->length == NULL)
			at = next = row[i];
		for (; next < row[i]; next++)
			at += words_of(v, next);
		pick_row(h, p, v, at, words_of(v, row[i]), room);
		if (kind == KIND_LIST) {
			p->length = grow(h, p->length, &p->length_cap,
			    p->view.rows + 1, 4);
			p->length[p->view.rows] = v->length[row[i]];
		}
		p->view.rows++;
		define(h, p, v->defined != NULL ? &there : NULL, 1);
		h->values += there;
	}
	h->rows += n;
}

/* Makes the view of a piece. */
static struct vector
view(const struct hoard_piece *p)
{
	struct vector v = p->view;

	v.word = p->word;
	v.defined = p->defined;
	v.length = p->kind == KIND_LIST ? p->length : NULL;
	v.text = p->text;
	return v;
}

size_t
hoard_vectors(const struct hoard *h, enum kind kind, struct vector **vectors,
    struct widen_room **rooms)
{
	*vectors = mem_alloc(h->n * sizeof(**vectors));
	*rooms = mem_alloc(h->n * sizeof(**rooms));
	for (size_t i = 0; i < h->n; i++) {
		const struct hoard_piece *p = &h->piece[i];
		struct vector v = view(p);

		if (p->kind == kind)
			(*vectors)[i] = v;
		else
			widen_vector(&(*rooms)[i], p->kind, kind, &v,
			    &(*vectors)[i]);
	}
	return h->n;
}

void
hoard_free_rooms(struct widen_room *rooms, size_t n)
{
	for (size_t i = 0; i < n; i++)
		widen_free(&rooms[i]);
	free(rooms);
}

void
hoard_free(struct hoard *h)
{
	for (size_t i = 0; i < h->n; i++) {
		struct hoard_piece *p = &h->piece[i];

		free(p->word);
		free(p->defined);
		free(p->length);
		free(p->text);
	}
	free(h->piece);
	while (h->store != NULL) {
		struct hoard_store *next = h->store->next;

		free(h->store);
		h->store = next;
	}
	*h = (struct hoard){ 0 };
}
