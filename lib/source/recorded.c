/* SPDX-License-Identifier: MIT */
#include "source/recorded.h"

#include <limits.h>
#include <stdlib.h>

#include "base/mem.h"
#include "record/frame.h"

/*
 * Tells whether the field holds a name, in which any byte is written.  In
 * events of the kernel, which tell their CPU, all strings do.
 */
static bool
is_name(const struct recorded *r, struct str key)
{
	return r->kernel || str_is(key, "task") ||
	    (key.n >= 4 && memcmp(key.p + key.n - 4, "comm", 4) == 0);
}

/* Returns the text of a value: that of a string without its escapes. */
static struct str
text_of(struct recorded *r, const struct json_field *f)
{
	struct str s = f->value;
	char *out = r->bytes + r->n;

	if (f->kind == JSON_NULL)
		return (struct str){ NULL, 0 };
	if (f->kind != JSON_STRING || !f->escaped)
		return s;
	s.n = is_name(r, f->key) ? json_unescape_name(s, out)
				 : json_unescape(s, out);
	s.p = out;
	r->n += s.n;
	return s;
}

static const char *
read_number(const struct json_field *f, int64_t min, int64_t *out)
{
	if (f->kind == JSON_NULL)
		return NULL;
	if (!json_s64(f, out) || *out < min)
		return "a number is expected, or it is out of range";
	return NULL;
}

/* Takes back arg_ from a field whose name is one that each event has. */
static struct str
plain_key(struct str key)
{
	struct str rest = str_starts(key, "arg_") ? str_skip(key, 4) : key;

	return field_is_taken(rest) ? rest : key;
}

/* Takes one field to its place. */
static const char *
take(struct recorded *r, const struct json_field *f, struct header *h,
    struct fields *fields)
{
	const char *why = NULL;
	int64_t cpu = -1;

	if (str_is(f->key, "type")) {
		if (f->kind != JSON_STRING)
			return "a type that is no string";
		h->name = text_of(r, f);
	} else if (str_is(f->key, "ts")) {
		why = read_number(f, 0, &h->ts);
	} else if (str_is(f->key, "cpu")) {
		why = read_number(f, 0, &cpu);
		if (cpu > INT_MAX)
			why = "a cpu out of range";
		h->cpu = (int)cpu;
	} else if (str_is(f->key, "tid")) {
		why = read_number(f, 0, &h->tid);
	} else if (str_is(f->key, "tgid")) {
		why = read_number(f, 0, &h->tgid);
	} else if (str_is(f->key, "task")) {
		h->task = text_of(r, f);
	} else if (str_is(f->key, "flags")) {
		h->flags = text_of(r, f);
	} else {
		fields_add_kind(fields, plain_key(f->key), text_of(r, f),
		    f->kind == JSON_STRING ? FIELD_TEXT : FIELD_LITERAL);
	}
	return why;
}

/* Reads a record that is an event; NULL, or why it is none. */
static const char *
read_point(struct recorded *r, struct wanted *w, struct item *item)
{
	const struct json *rec = &item->record;
	size_t need = 0;

	*item->at = (struct header){ .tid = -1,
		.tgid = -1,
		.cpu = -1,
		.ts = -1,
		.nsec = true };
	fields_clear(&item->fields);
	r->n = 0;
	r->kernel = json_get(rec, "cpu") != NULL;
	for (size_t i = 0; i < rec->n; i++)
		need += rec->field[i].escaped ? rec->field[i].value.n : 0;
	r->bytes = mem_grow(r->bytes, &r->cap, need + 1, 1);
	for (size_t i = 0; i < rec->n; i++) {
		const char *why = take(r, &rec->field[i], item->at,
		    &item->fields);

		if (why != NULL)
			return why;
	}
	if (item->at->name.n == 0)
		return "a record without a type";
	item->kind = wanted_find(w, item->at->name, &item->number)
	    ? ITEM_POINT
	    : ITEM_UNWANTED;
	return NULL;
}

static void
read_lost(struct item *item)
{
	const struct json *rec = &item->record;
	int64_t cpu = -1;

	item->kind = ITEM_LOST;
	item->count = -1;
	*item->at =
	    (struct header){ .cpu = -1, .ts = -1, .tid = -1, .tgid = -1 };
	json_s64(json_get(rec, "count"), &item->count);
	json_s64(json_get(rec, "ts"), &item->at->ts);
	if (json_s64(json_get(rec, "cpu"), &cpu) && cpu >= 0 && cpu <= INT_MAX)
		item->at->cpu = (int)cpu;
}

void
recorded_read(struct recorded *r, struct wanted *w, struct str line,
    struct item *item)
{
	struct frame frame = { 0 };

	item->line = line;
	item->why = json_parse(&item->record, line);
	if (item->why == NULL) {
		switch (frame_read(&frame, &item->record)) {
		case FRAME_TRACE:
			item->kind = ITEM_TRACE;
			return;
		case FRAME_LOST:
			read_lost(item);
			return;
		case FRAME_END:
			item->kind = ITEM_END;
			return;
		case FRAME_NONE:
			item->why = read_point(r, w, item);
		}
	}
	if (item->why != NULL)
		item->kind = ITEM_BAD;
}

void
recorded_free(struct recorded *r)
{
	free(r->bytes);
	*r = (struct recorded){ .bytes = NULL };
}
