/* SPDX-License-Identifier: MIT */
#include "parquet/roll.h"

#include <stdlib.h>

#include "base/mem.h"
#include "record/json.h"

enum { MISSES = 16 };

struct roll *
roll_new(struct str type)
{
	struct roll *r = mem_alloc(sizeof(*r));

	r->type = (struct str){ mem_dup(type.p, type.n), type.n };
	r->plain = !str_is(type, "trace");
	for (size_t i = 0; i < type.n; i++)
		if ((unsigned char)type.p[i] < ' ' || type.p[i] == '"' ||
		    type.p[i] == '\\')
			r->plain = false;
	return r;
}

void
roll_free(struct roll *r)
{
	if (r == NULL)
		return;
	for (uint32_t i = 0; i < r->keys.n; i++) {
		free((char *)r->all[i]->name.p);
		strip_free(r->all[i]);
		free(r->all[i]);
	}
	for (size_t i = 0; i < ROLL_SHAPES; i++)
		shape_free(&r->shape[i]);
	lexicon_free(&r->keys);
	free(r->strip);
	free(r->all);
	free(r->pick);
	free((char *)r->type.p);
	free(r);
}

void
roll_clear(struct roll *r)
{
	for (uint32_t i = 0; i < r->keys.n; i++)
		strip_clear(r->all[i]);
}

static struct strip *
new_strip(struct roll *r, struct str key)
{
	struct strip *s = mem_alloc(sizeof(*s));

	s->name = (struct str){ mem_dup(key.p, key.n), key.n };
	s->quick = KINDS;
	r->all = mem_grow(r->all, &r->all_cap, (size_t)r->keys.n + 1,
	    sizeof(struct strip *));
	r->all[lexicon_add(&r->keys, s->name)] = s;
	return s;
}

/* Returns the strip of a key, which is of this stretch from now on. */
static struct strip *
strip_of(struct roll *r, struct str key)
{
	uint32_t number = lexicon_find(&r->keys, key);
	struct strip *s;

	s = number == LEXICON_NONE ? new_strip(r, key) : r->all[number];
	if (s->begun)
		return s;
	s->begun = true;
	r->strip = mem_grow(r->strip, &r->cap, r->n + 1,
	    sizeof(struct strip *));
	return r->strip[r->n++] = s;
}

static struct strip *
strip_of_field(struct roll *r, const struct json_field *f,
    struct strip_room *room)
{
	struct str key = f->key;
	struct strip *s;
	size_t was = room->n;

	if (f->key_escaped) {
		key.p = room->p + was;
		key.n = json_unescape(f->key, room->p + was);
	}
	s = str_is(key, "type") ? NULL : strip_of(r, key);
	room->n = was;
	return s;
}

/* A new shape takes the place of the one that is used least. */
static void
learn(struct roll *r, const struct json *rec)
{
	size_t i = 0;

	for (; i < ROLL_SHAPES && r->shape[i].known; i++)
		if (shape_is(&r->shape[i], rec, r->pick))
			return;
	shape_learn(&r->shape[i < ROLL_SHAPES ? i : ROLL_SHAPES - 1], rec,
	    r->pick);
}

/*
 * Each column has something of each row: were each key another one, a block
 * would take the square of its size.
 */
static bool
has_room(struct roll *r, const struct json *rec)
{
	size_t more = 0;

	/* "type" is among them, and no column. */
	if (r->n + rec->n - 1 <= ROLL_COLUMNS)
		return true;
	for (size_t i = 0; i < rec->n; i++) {
		uint32_t number = lexicon_find(&r->keys, rec->field[i].key);

		more += number == LEXICON_NONE || !r->all[number]->begun;
	}
	return r->n + more - 1 <= ROLL_COLUMNS;
}

const char *
roll_add(struct roll *r, const struct json *rec, uint32_t line,
    struct strip_room *room)
{
	if (!has_room(r, rec))
		return "more keys than a table is to have columns";
	r->pick = mem_grow(r->pick, &r->pick_cap, rec->n,
	    sizeof(struct strip *));
	for (size_t i = 0; i < rec->n; i++) {
		r->pick[i] = strip_of_field(r, &rec->field[i], room);
		if (r->pick[i] != NULL)
			r->pick[i]->pick = (uint32_t)i;
	}
	for (size_t i = 0; i < rec->n; i++)
		if (r->pick[i] != NULL && r->pick[i]->pick == i)
			strip_add(r->pick[i], &rec->field[i], r->rows, line,
			    room);
	r->rows++;
	learn(r, rec);
	return NULL;
}

/*
 * The shape that was right is tried before the one that stood before it.  If
 * the records have no shape, most of the time is not spent in trying.
 */
const char *
roll_quick(struct roll *r, const char *p, const char *end)
{
	if (!r->begun || (r->misses >= MISSES && r->misses++ % MISSES != 0))
		return NULL;
	for (size_t i = 0; i < ROLL_SHAPES && r->shape[i].known; i++) {
		const char *behind = shape_read(&r->shape[i], p, end, r->rows);
		struct shape right = r->shape[i];

		if (behind == NULL)
			continue;
		if (i > 0) {
			r->shape[i] = r->shape[i - 1];
			r->shape[i - 1] = right;
		}
		r->misses = 0;
		r->rows++;
		return behind;
	}
	r->misses++;
	return NULL;
}

void
roll_end(struct roll *r)
{
	r->rows = 0;
	r->n = 0;
	r->begun = false;
}

size_t
roll_bytes(const struct roll *r)
{
	size_t bytes = sizeof(*r) + r->type.n +
	    (r->cap + r->all_cap + r->pick_cap) * sizeof(struct strip *) +
	    lexicon_bytes(&r->keys);

	for (size_t i = 0; i < ROLL_SHAPES; i++)
		bytes += r->shape[i].cap * sizeof(*r->shape[i].field);
	for (uint32_t i = 0; i < r->keys.n; i++)
		bytes += strip_bytes(r->all[i]);
	return bytes;
}
