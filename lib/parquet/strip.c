/* SPDX-License-Identifier: MIT */
#include "parquet/strip.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "parquet/widen.h"
#include "record/json.h"

void
strip_clear(struct strip *s)
{
	lexicon_clear(&s->texts);
	s->n = s->words_from = s->defined_from = s->lengths_from = 0;
}

void
strip_grow(struct strip *s)
{
	s->word = mem_grow(s->word, &s->cap, s->n + 1, sizeof(*s->word));
	if (s->kind == KIND_DECIMAL)
		s->spelled = mem_grow(s->spelled, &s->spelled_cap,
		    s->cap - s->words_from, sizeof(*s->spelled));
}

static void
reserve_rows(struct strip *s, size_t rows)
{
	s->defined = mem_grow(s->defined, &s->defined_cap,
	    s->defined_from + rows, 1);
}

void
strip_defined(struct strip *s)
{
	if (s->defined_from + s->rows == s->defined_cap)
		reserve_rows(s, s->rows + 1);
	s->defined[s->defined_from + s->rows] = 1;
}

/* Sets how long the lists of the rows before this one are: there are none. */
static void
no_lists(struct strip *s, size_t from, size_t rows)
{
	s->length = mem_grow(s->length, &s->length_cap,
	    s->lengths_from + rows + 1, sizeof(*s->length));
	memset(s->length + s->lengths_from + from, 0,
	    (rows - from) * sizeof(*s->length));
}

void
strip_fill(struct strip *s, size_t rows)
{
	if (s->rows >= rows)
		return;
	reserve_rows(s, rows);
	if (!s->nulls)
		memset(s->defined + s->defined_from, 1, s->rows);
	s->nulls = true;
	memset(s->defined + s->defined_from + s->rows, 0, rows - s->rows);
	if (s->kind == KIND_LIST)
		no_lists(s, s->rows, rows);
	s->rows = rows;
}

/* Returns the number that a text has in this stretch; it may be in room. */
static uint64_t
number(struct strip *s, struct str t, struct strip_room *room, size_t was)
{
	uint32_t n = lexicon_number(&s->texts, t);

	assert(room->n <= room->cap);
	if (s->texts.text[n].p != t.p)
		room->n = was;
	return n - s->texts.from;
}

/* Copies an array without its blanks, and -0 as 0. */
static struct str
compact(struct str array, struct strip_room *room)
{
	char *to = room->p + room->n, *p = to;

	for (size_t i = 0; i < array.n; i++) {
		char c = array.p[i];

		if (c == ' ' || c == '\t' || c == '\r' || c == '\n' ||
		    (c == '-' && array.p[i + 1] == '0'))
			continue;
		*p++ = c;
	}
	room->n += (size_t)(p - to);
	return (struct str){ to, (size_t)(p - to) };
}

static struct str
text_of(const struct json_field *f, struct strip_room *room)
{
	struct str t = f->value;

	if (f->kind == JSON_ARRAY)
		return compact(t, room);
	if (f->kind == JSON_INTEGER && str_is(t, "-0"))
		return str_skip(t, 1);
	if (!f->escaped)
		return t;
	t.p = room->p + room->n;
	t.n = json_unescape(f->value, room->p + room->n);
	room->n += t.n;
	return t;
}

static void
put_list(struct strip *s, const struct json_field *f)
{
	const char *p = f->value.p + 1, *end = f->value.p + f->value.n;
	size_t from = s->n;
	int64_t v;

	for (; p < end; p++) {
		struct str one = { p, 0 };

		while (*p == '-' || (*p >= '0' && *p <= '9'))
			p++;
		one.n = (size_t)(p - one.p);
		if (!num_s64(one, &v))
			continue;
		s->word[s->n++] = (uint64_t)v;
		if (s->n == s->cap)
			strip_grow(s);
	}
	no_lists(s, s->rows, s->rows + 1);
	s->length[s->lengths_from + s->rows] = (uint32_t)(s->n - from);
	if (s->nulls)
		strip_defined(s);
	s->rows++;
}

static struct str
spelling(const char *p)
{
	return (struct str){ p, strspn(p, "+-.0123456789eE") };
}

static void
words_to_texts(struct strip *s, enum kind from, struct strip_room *room)
{
	for (size_t i = s->words_from; i < s->n; i++) {
		size_t was = room->n;
		struct str t = { room->p + was, 0 };
		const char *spelled = NULL;

		if (from == KIND_DECIMAL)
			spelled = s->spelled[i - s->words_from];
		if (spelled != NULL) {
			t = spelling(spelled);
		} else {
			t.n = widen_put(from, s->word[i], room->p + was);
			room->n += t.n;
		}
		s->word[i] = number(s, t, room, was);
	}
}

/* An empty list has no word, and one as a text: not in place. */
static void
lists_to_texts(struct strip *s, struct strip_room *room)
{
	uint64_t *numbers = mem_alloc(s->rows * sizeof(*numbers));
	size_t at = s->words_from, rows = 0;

	for (size_t row = 0; row < s->rows; row++) {
		size_t was = room->n, n = s->length[s->lengths_from + row];
		struct str t = { room->p + was, 0 };

		if (s->nulls && !s->defined[s->defined_from + row])
			continue;
		t.n = widen_put_list(s->word + at, n, room->p + was);
		room->n += t.n;
		at += n;
		numbers[rows++] = number(s, t, room, was);
	}
	s->n = s->words_from + rows;
	s->word = mem_grow(s->word, &s->cap, s->n + 1, sizeof(*s->word));
	memcpy(s->word + s->words_from, numbers, rows * sizeof(*numbers));
	free(numbers);
}

static void
become(struct strip *s, enum kind to, struct strip_room *room)
{
	enum kind from = s->kind;

	s->kind = to;
	if (to == KIND_LIST) {
		no_lists(s, 0, s->rows);
	} else if (to == KIND_DECIMAL) {
		strip_grow(s);
		for (size_t i = s->words_from; i < s->n; i++) {
			s->word[i] = widen_decimal(s->word[i]);
			s->spelled[i - s->words_from] = NULL;
		}
	} else if (to == KIND_TEXT && from == KIND_LIST) {
		lists_to_texts(s, room);
	} else if (to == KIND_TEXT) {
		words_to_texts(s, from, room);
	}
}

static void
put_word(struct strip *s, const struct json_field *f, struct kind_value v,
    struct strip_room *room)
{
	size_t was = room->n;

	if (s->kind == KIND_TEXT) {
		v.word = number(s, text_of(f, room), room, was);
	} else if (s->kind == KIND_DECIMAL) {
		s->spelled[s->n - s->words_from] = NULL;
		if (v.kind == KIND_DECIMAL)
			s->spelled[s->n - s->words_from] = f->value.p;
		else
			v.word = widen_decimal(v.word);
	}
	s->word[s->n] = v.word;
	strip_row(s);
}

void
strip_add(struct strip *s, const struct json_field *f, size_t row,
    uint32_t line, struct strip_room *room)
{
	struct kind_value v = kind_read(f);
	enum kind joined = kind_join(s->kind, v.kind, s->facts | v.facts);

	strip_fill(s, row);
	if (s->n == s->cap)
		strip_grow(s);
	if (s->line[v.kind] == 0)
		s->line[v.kind] = line;
	s->facts |= v.facts;
	if (joined != s->kind)
		become(s, joined, room);
	if (v.kind == KIND_NOTHING)
		strip_fill(s, row + 1);
	else if (joined == KIND_LIST)
		put_list(s, f);
	else
		put_word(s, f, v, room);
	s->quick = s->line[joined] != 0 ? joined : KINDS;
}

struct strip_piece
strip_end(struct strip *s, size_t rows)
{
	struct strip_piece piece;

	strip_fill(s, rows);
	piece = (struct strip_piece){ .strip = s,
		.words_from = s->words_from,
		.words = s->n - s->words_from,
		.defined_from = s->defined_from,
		.lengths_from = s->lengths_from,
		.rows = rows,
		.texts_from = s->texts.from,
		.texts = s->texts.n - s->texts.from,
		.nulls = s->nulls,
		.lists = s->kind == KIND_LIST };
	s->words_from = s->n;
	s->defined_from += piece.nulls ? rows : 0;
	s->lengths_from += piece.lists ? rows : 0;
	lexicon_forget(&s->texts);
	s->kind = KIND_NOTHING;
	s->quick = KINDS;
	s->facts = 0;
	s->rows = 0;
	s->nulls = s->begun = false;
	memset(s->line, 0, sizeof(s->line));
	return piece;
}

struct vector
strip_view(const struct strip_piece *piece)
{
	const struct strip *s = piece->strip;

	return (struct vector){
		.rows = piece->rows,
		.n = piece->words,
		.word = s->word + piece->words_from,
		.defined = piece->nulls ? s->defined + piece->defined_from
					: NULL,
		.length = piece->lists ? s->length + piece->lengths_from : NULL,
		.text = piece->texts > 0 ? s->texts.text + piece->texts_from
					 : NULL,
		.texts = piece->texts,
	};
}

size_t
strip_bytes(const struct strip *s)
{
	return sizeof(*s) + s->name.n + s->cap * sizeof(*s->word) +
	    s->spelled_cap * sizeof(*s->spelled) + s->defined_cap +
	    s->length_cap * sizeof(*s->length) + lexicon_bytes(&s->texts);
}

void
strip_free(struct strip *s)
{
	free(s->word);
	free(s->spelled);
	free(s->defined);
	free(s->length);
	lexicon_free(&s->texts);
	*s = (struct strip){ .word = NULL };
}
