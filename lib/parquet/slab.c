/* SPDX-License-Identifier: MIT */
#include "parquet/slab.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parquet/roll.h"
#include "parquet/widen.h"
#include "record/json.h"

/*
 * What is kept from block to block is of use as long as the blocks are alike.
 * Were each of another kind, it would only grow: it is given up when it takes
 * MUCH, and TIMES what the longest block does.
 */
enum { MUCH = 64 << 20, TIMES = 24, BAD = 20 };

struct slab {
	struct json record;
	struct lexicon types;
	struct roll **roll; /* by the number of their type */
	uint32_t *begun;    /* those of this stretch, as they came */
	size_t begun_n;
	struct slab_stretch *stretch;
	struct slab_type *type;
	struct slab_column *column;
	struct strip_piece *piece; /* of each column */
	size_t stretches, types_n, columns;
	struct slab_bad *bad;
	size_t bad_n;
	uint64_t bad_count;
	bool quick;
	struct roll *last; /* of the last record, or NULL */
	uint32_t line;
	size_t longest; /* block since all was given up */
	struct strip_room room;
	size_t roll_cap, begun_cap, stretch_cap, type_cap, column_cap,
	    piece_cap;
};

struct slab *
slab_new(void)
{
	struct slab *s = mem_alloc(sizeof(*s));

	s->bad = mem_alloc(BAD * sizeof(*s->bad));
	s->quick = true;
	return s;
}

void
slab_quick(struct slab *s, bool on)
{
	s->quick = on;
}

static void
forget_rolls(struct slab *s)
{
	for (uint32_t i = 0; i < s->types.n; i++)
		roll_free(s->roll[i]);
	lexicon_free(&s->types);
	s->last = NULL;
}

void
slab_free(struct slab *s)
{
	if (s == NULL)
		return;
	forget_rolls(s);
	json_free(&s->record);
	free(s->roll);
	free(s->begun);
	free(s->stretch);
	free(s->type);
	free(s->column);
	free(s->piece);
	free(s->bad);
	free(s->room.p);
	free(s);
}

/* Returns the roll of a type, which is of this stretch from now on. */
static struct roll *
roll_of(struct slab *s, struct str type)
{
	uint32_t number = lexicon_find(&s->types, type);
	struct roll *r;

	if (number == LEXICON_NONE) {
		r = roll_new(type);
		s->roll = mem_grow(s->roll, &s->roll_cap,
		    (size_t)s->types.n + 1, sizeof(struct roll *));
		number = lexicon_add(&s->types, r->type);
		s->roll[number] = r;
	}
	r = s->roll[number];
	if (r->begun)
		return r;
	r->begun = true;
	s->begun = mem_grow(s->begun, &s->begun_cap, s->begun_n + 1,
	    sizeof(*s->begun));
	s->begun[s->begun_n++] = number;
	return r;
}

static void
begin_stretch(struct slab *s, struct str trace)
{
	s->stretch = mem_grow(s->stretch, &s->stretch_cap, s->stretches + 1,
	    sizeof(*s->stretch));
	s->stretch[s->stretches++] = (struct slab_stretch){ .trace = trace };
}

static void
end_column(struct slab *s, struct strip *strip, size_t rows)
{
	struct slab_column *c;

	s->column = mem_grow(s->column, &s->column_cap, s->columns + 1,
	    sizeof(*s->column));
	s->piece = mem_grow(s->piece, &s->piece_cap, s->columns + 1,
	    sizeof(*s->piece));
	c = &s->column[s->columns];
	*c = (struct slab_column){ .name = strip->name,
		.kind = strip->kind,
		.facts = strip->facts };
	memcpy(c->line, strip->line, sizeof(c->line));
	s->piece[s->columns++] = strip_end(strip, rows);
}

static void
end_type(struct slab *s, struct roll *r)
{
	s->type = mem_grow(s->type, &s->type_cap, s->types_n + 1,
	    sizeof(*s->type));
	s->type[s->types_n++] = (struct slab_type){ .type = r->type,
		.rows = r->rows,
		.n = r->n };
	for (size_t k = 0; k < r->n; k++)
		end_column(s, r->strip[k], r->rows);
}

/*
 * Where things are is told when all stretches are there: they may move.  The
 * records of a type may all have been refused.
 */
static void
end_stretch(struct slab *s)
{
	size_t types = s->types_n;

	for (size_t i = 0; i < s->begun_n; i++) {
		struct roll *r = s->roll[s->begun[i]];

		if (r->rows > 0)
			end_type(s, r);
		roll_end(r);
	}
	s->stretch[s->stretches - 1].n = s->types_n - types;
	s->begun_n = 0;
}

static void
point(struct slab *s)
{
	size_t column = 0, type = 0;

	for (size_t i = 0; i < s->columns; i++)
		s->column[i].values = strip_view(&s->piece[i]);
	for (size_t i = 0; i < s->types_n; i++) {
		if (s->type[i].n > 0)
			s->type[i].column = &s->column[column];
		column += s->type[i].n;
	}
	for (size_t i = 0; i < s->stretches; i++) {
		if (s->stretch[i].n > 0)
			s->stretch[i].type = &s->type[type];
		type += s->stretch[i].n;
	}
}

/* Gives the text of a record's type, or p NULL. */
static struct str
type_of(struct slab *s)
{
	const struct json_field *f = json_get(&s->record, "type");
	struct str type = { 0 };

	if (f == NULL || f->kind != JSON_STRING)
		return type;
	if (!f->escaped)
		return f->value;
	type.p = s->room.p + s->room.n;
	type.n = json_unescape(f->value, s->room.p + s->room.n);
	return type;
}

static void
take_bad(struct slab *s, struct str line, const char *why)
{
	if (s->bad_count++ < BAD)
		s->bad[s->bad_n++] = (struct slab_bad){ .line = s->line,
			.text = line,
			.why = why };
}

static bool
is_blank(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (!str_is_blank(line.p[i]))
			return false;
	return true;
}

static bool
is_empty(const struct slab *s)
{
	return s->stretches == 1 && s->stretch[0].trace.p == NULL &&
	    s->begun_n == 0;
}

static void
take_line(struct slab *s, struct str line)
{
	const char *why;
	struct str type;
	struct roll *r;

	if (is_blank(line))
		return;
	why = json_parse(&s->record, line);
	if (why != NULL) {
		take_bad(s, line, why);
		return;
	}
	type = type_of(s);
	if (type.n == 0) {
		take_bad(s, line, "a record without a type");
		return;
	}
	if (str_is(type, "trace")) {
		if (is_empty(s)) {
			s->stretch[0].trace = line;
		} else {
			end_stretch(s);
			begin_stretch(s, line);
		}
	}
	r = roll_of(s, type);
	why = roll_add(r, &s->record, s->line, &s->room);
	if (why != NULL)
		take_bad(s, line, why);
	s->last = r;
}

/* Finds the roll of the type at p: most follow another as before, or not. */
static struct roll *
quick_roll(struct slab *s, const char *p, const char *end)
{
	struct roll *next = s->last != NULL ? s->last->next : NULL;
	const char *quote;
	uint32_t number;

	if (next != NULL && (size_t)(end - p) > next->type.n &&
	    p[next->type.n] == '"' &&
	    memcmp(p, next->type.p, next->type.n) == 0)
		return next;
	quote = memchr(p, '"', (size_t)(end - p));
	if (quote == NULL)
		return NULL;
	number = lexicon_find(&s->types,
	    (struct str){ p, (size_t)(quote - p) });
	if (number == LEXICON_NONE || !s->roll[number]->plain)
		return NULL;
	if (s->last != NULL)
		s->last->next = s->roll[number];
	return s->roll[number];
}

/* Takes a line in the quick way; NULL: it is for take_line. */
static const char *
take_quickly(struct slab *s, const char *p, const char *end)
{
	static const char begin[] = "{\"type\":\"";
	struct roll *r;

	if (end - p < SHAPE_MARGIN || memcmp(p, begin, sizeof(begin) - 1) != 0)
		return NULL;
	p += sizeof(begin) - 1;
	r = quick_roll(s, p, end);
	if (r == NULL)
		return NULL;
	p = roll_quick(r, p + r->type.n + 1, end);
	if (p != NULL)
		s->last = r;
	return p;
}

/* Gives up what was kept, if it is too much, or clears it. */
static void
begin_block(struct slab *s, size_t n)
{
	size_t bytes = lexicon_bytes(&s->types);

	for (uint32_t i = 0; i < s->types.n; i++)
		bytes += roll_bytes(s->roll[i]);
	if (bytes > MUCH && bytes / TIMES > s->longest) {
		forget_rolls(s);
		s->longest = 0;
	}
	if (s->longest < n)
		s->longest = n;
	for (uint32_t i = 0; i < s->types.n; i++)
		roll_clear(s->roll[i]);
	s->stretches = s->types_n = s->columns = s->bad_n = 0;
	s->bad_count = 0;
	s->line = 0;
	if (s->room.cap < n + WIDEN_TEXT) {
		free(s->room.p);
		s->room.cap = n + n / 4 + WIDEN_TEXT;
		s->room.p = mem_alloc(s->room.cap);
	}
	s->room.n = 0;
}

void
slab_read(struct slab *s, struct str text)
{
	const char *end = text.p + text.n, *behind;
	struct str line;

	begin_block(s, text.n);
	begin_stretch(s, (struct str){ 0 });
	while (text.n > 0) {
		s->line++;
		behind = s->quick ? take_quickly(s, text.p, end) : NULL;
		if (behind != NULL) {
			text = str_skip(text, (size_t)(behind - text.p));
		} else {
			str_line(&text, &line);
			take_line(s, line);
		}
	}
	end_stretch(s);
	point(s);
}

const struct slab_stretch *
slab_stretches(const struct slab *s, size_t *n)
{
	*n = s->stretches;
	return s->stretch;
}

uint32_t
slab_lines(const struct slab *s)
{
	return s->line;
}

const struct slab_bad *
slab_bad_lines(const struct slab *s, size_t *n, uint64_t *count)
{
	*n = s->bad_n;
	*count = s->bad_count;
	return s->bad;
}
