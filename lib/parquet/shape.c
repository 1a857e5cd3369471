/* SPDX-License-Identifier: MIT */
#include "parquet/shape.h"

#include <endian.h>
#include <stdlib.h>

#include "base/mem.h"
#include "parquet/decimal.h"
#include "record/json.h"
#include "record/quote.h"

/* Wider records have other costs; and what is kept is to be bounded. */
enum { FIELDS = 512 };

static const char *
end_of(const struct json_field *f)
{
	return f->value.p + f->value.n + (f->kind == JSON_STRING);
}

/* Returns how the key of field i is spelled, or n 0: not as is expected. */
static struct str
spelling(const struct json *rec, size_t i)
{
	const struct json_field *f = &rec->field[i];
	const char *from = end_of(f - 1);
	const char *value = f->value.p - (f->kind == JSON_STRING);
	struct str key = { from, (size_t)(value - from) };

	if (key.n > SHAPE_KEY || key.n != f->key.n + 4 || f->key.p != from + 2)
		key.n = 0;
	return key;
}

bool
shape_is(const struct shape *shape, const struct json *rec,
    struct strip *const *strip)
{
	if (!shape->known || shape->n + 1 != rec->n)
		return false;
	for (size_t i = 0; i < shape->n; i++) {
		const struct shape_field *f = &shape->field[i];

		if (f->strip != strip[i + 1] ||
		    !str_eq(spelling(rec, i + 1), (struct str){ f->key, f->n }))
			return false;
	}
	return true;
}

/*
 * The record begins {"type":"...", each key is there once, and there are no
 * blanks but perhaps behind the last value, which does not matter.
 */
static bool
has_shape(const struct json *rec, struct strip *const *strip)
{
	if (rec->n > FIELDS || strip[0] != NULL || rec->field[0].key_escaped ||
	    rec->field[0].escaped || rec->field[0].kind != JSON_STRING)
		return false;
	for (size_t i = 1; i < rec->n; i++)
		if (strip[i] == NULL || strip[i]->pick != i ||
		    spelling(rec, i).n == 0)
			return false;
	return true;
}

bool
shape_learn(struct shape *shape, const struct json *rec,
    struct strip *const *strip)
{
	if (!has_shape(rec, strip))
		return false;
	shape->n = rec->n - 1;
	shape->known = true;
	if (shape->n > shape->cap) {
		free(shape->field);
		shape->cap = shape->n;
		shape->field = mem_alloc(shape->n * sizeof(*shape->field));
	}
	for (size_t i = 0; i < shape->n; i++) {
		struct shape_field *f = &shape->field[i];
		struct str key = spelling(rec, i + 1);
		size_t first = key.n < sizeof(f->first) ? key.n
							: sizeof(f->first);

		*f = (struct shape_field){ .strip = strip[i + 1],
			.n = (uint32_t)key.n };
		memcpy(f->key, key.p, key.n);
		memcpy(f->first, key.p, first);
		memset(f->mask, 0xff, first);
	}
	return true;
}

static inline bool
has_key(const struct shape_field *f, const char *p)
{
	uint64_t w[2];

	memcpy(w, p, sizeof(w));
	if ((((w[0] ^ f->first[0]) & f->mask[0]) |
		((w[1] ^ f->first[1]) & f->mask[1])) != 0)
		return false;
	return f->n <= sizeof(w) ||
	    memcmp(p + sizeof(w), f->key + sizeof(w), f->n - sizeof(w)) == 0;
}

/* Reads a string; p is at its quote. */
static inline const char *
read_text(struct strip *s, const char *p, const char *end)
{
	const char *q = p + 1, *why;
	struct str body;
	bool escaped = false;
	uint64_t w;

	if (*p != '"')
		return NULL;
	for (;; q += 8) {
		if (end - q < 8)
			return NULL;
		memcpy(&w, q, sizeof(w));
		w = quote_odd(le64toh(w));
		if (w != 0)
			break;
	}
	q += __builtin_ctzll(w) / 8;
	body = (struct str){ p + 1, (size_t)(q - p) - 1 };
	q++;
	if (q[-1] != '"') {
		q = quote_read(p + 1, end, &body, &escaped, &why);
		if (q == NULL || escaped)
			return NULL;
	}
	s->word[s->n] = lexicon_number(&s->texts, body) - s->texts.from;
	return q;
}

/* Reads an integer of a known kind of fact. */
static inline const char *
integer_at(const struct strip *s, const char *p, int64_t *out)
{
	bool minus = *p == '-';
	uint64_t v;
	unsigned n;

	p += minus;
	n = decimal_digits(p, &v);
	if (n == 0 || (n > 1 && *p == '0') || v > (uint64_t)INT64_MAX)
		return NULL;
	*out = minus ? -(int64_t)v : (int64_t)v;
	return (kind_facts(*out) & ~s->facts) == 0 ? p + n : NULL;
}

static inline const char *
read_integer(struct strip *s, const char *p)
{
	int64_t v;

	p = integer_at(s, p, &v);
	if (p == NULL)
		return NULL;
	s->word[s->n] = (uint64_t)v;
	return p;
}

static inline const char *
read_decimal(struct strip *s, const char *p)
{
	const char *from = p;
	double v;
	int64_t i = 0;

	p = decimal_quick(p, &v);
	if (p == NULL && s->line[KIND_INTEGER] != 0) {
		p = integer_at(s, from, &i);
		v = (double)i;
		from = NULL;
	}
	if (p == NULL)
		return NULL;
	memcpy(&s->word[s->n], &v, sizeof(v));
	s->spelled[s->n - s->words_from] = from;
	return p;
}

static inline const char *
read_boolean(struct strip *s, const char *p)
{
	bool yes = memcmp(p, "true", 4) == 0;

	if (!yes && memcmp(p, "false", 5) != 0)
		return NULL;
	s->word[s->n] = yes;
	return p + (yes ? 4 : 5);
}

/* Puts a value behind the words, where it counts only with its whole row. */
static inline const char *
read_value(struct strip *s, const char *p, const char *end)
{
	switch (s->quick) {
	case KIND_INTEGER:
		return read_integer(s, p);
	case KIND_TEXT:
		return read_text(s, p, end);
	case KIND_DECIMAL:
		return read_decimal(s, p);
	case KIND_BOOLEAN:
		return read_boolean(s, p);
	default:
		return NULL;
	}
}

static void
end_row(struct shape *shape, size_t row)
{
	for (size_t i = 0; i < shape->n; i++) {
		struct strip *s = shape->field[i].strip;

		if (s->rows < row)
			strip_fill(s, row);
		if (shape->field[i].null)
			strip_fill(s, row + 1);
		else
			strip_row(s);
	}
}

const char *
shape_read(struct shape *shape, const char *p, const char *end, size_t row)
{
	for (size_t i = 0; i < shape->n; i++) {
		struct shape_field *f = &shape->field[i];
		const char *from;

		if (end - p < SHAPE_MARGIN || !has_key(f, p))
			return NULL;
		from = p + f->n;
		p = read_value(f->strip, from, end);
		f->null = p == NULL;
		if (p != NULL)
			continue;
		if (f->strip->line[KIND_NOTHING] == 0 ||
		    memcmp(from, "null", 4) != 0)
			return NULL;
		p = from + 4;
	}
	if (end - p < 2 || p[0] != '}' || p[1] != '\n')
		return NULL;
	end_row(shape, row);
	return p + 2;
}

void
shape_free(struct shape *shape)
{
	free(shape->field);
	*shape = (struct shape){ .field = NULL };
}
