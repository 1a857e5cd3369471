/* SPDX-License-Identifier: MIT */
#include "dataset/strands.h"

#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"
#include "record/json.h"
#include "record/quote.h"

static const struct switches_before none = { .last = -1 };

/* Returns the field of a record that is a name, or NULL. */
static const struct json_field *
name_of(const struct json *rec, const char *key)
{
	const struct json_field *f = json_get(rec, key);

	return f != NULL && (f->kind == JSON_STRING || f->kind == JSON_INTEGER)
	    ? f
	    : NULL;
}

/* Begins a text anew. */
static void
clear(struct output *text)
{
	if (text->buf == NULL)
		output_in_memory(text);
	text->n = 0;
}

/* Adds a name; returns it. */
static struct str
add(struct output *text, const struct json_field *f)
{
	char *p = output_room(text, f->value.n + 1);
	size_t n = f->value.n;

	if (f->escaped)
		n = json_unescape(f->value, p);
	else
		memcpy(p, f->value.p, n);
	output_used(text, n);
	return (struct str){ p, n };
}

/* Returns the bytes that a name stands for, where it becomes a cell. */
static struct str
cell(struct output *text, struct str name, bool json)
{
	if (json || name.p == NULL)
		return name;
	clear(text);
	output_str(text, name);
	return (struct str){ text->buf, quote_unname(text->buf, text->n) };
}

/* Says what the rows that follow are called. */
static void
call(struct strands *s, struct switches *switches, struct table_names names)
{
	bool json = switches->form.json;

	/* One without characters is not told. */
	if (names.workload.n == 0)
		names.workload.p = NULL;
	names.workload = cell(&s->workload, names.workload, json);
	names.trace_id = cell(&s->id, names.trace_id, json);
	switches_name(switches, names.workload, names.trace_id);
}

void
strands_begin(struct strands *s, struct switches *switches,
    struct table_names names)
{
	intern_free(s->ids);
	s->ids = NULL;
	s->at = 0;
	s->names = names;
	s->turned = false;
	call(s, switches, names);
	switches_resume(switches, &none);
}

/* Returns the number of the trace of an id; p NULL is a stream's without. */
static size_t
number_of(struct strands *s, struct str id)
{
	size_t n;

	clear(&s->id);
	output_byte(&s->id, id.p != NULL ? 'i' : 'n');
	if (id.p != NULL)
		output_str(&s->id, id);
	n = intern_id(s->ids, (struct str){ s->id.buf, s->id.n });
	s->before = mem_grow(s->before, &s->cap, n + 1, sizeof(*s->before));
	return n;
}

/* Goes on with the trace of an id. */
static void
turn_to(struct strands *s, struct switches *switches, struct str id)
{
	size_t to, had;

	if (s->ids == NULL) {
		s->ids = intern_new();
		number_of(s, s->names.trace_id);
	}
	had = intern_count(s->ids);
	to = number_of(s, id);
	if (to == had)
		s->before[to] = none;
	if (to == s->at)
		return;
	s->before[s->at] = switches_before(switches);
	switches_resume(switches, &s->before[to]);
	s->at = to;
}

void
strands_turn(struct strands *s, struct switches *switches,
    const struct json *rec)
{
	const struct json_field *id = NULL, *workload = NULL;
	struct table_names names = s->names;

	if (rec != NULL) {
		id = name_of(rec, "trace_id");
		workload = name_of(rec, "workload_type");
	}
	if (id == NULL && workload == NULL && !s->turned)
		return;
	clear(&s->own_id);
	if (id != NULL)
		names.trace_id = add(&s->own_id, id);
	turn_to(s, switches, names.trace_id);
	clear(&s->own_workload);
	if (workload != NULL)
		names.workload = add(&s->own_workload, workload);
	call(s, switches, names);
	s->turned = id != NULL || workload != NULL;
}

static void
free_text(struct output *text)
{
	if (text->buf != NULL)
		output_close(text);
}

void
strands_free(struct strands *s)
{
	intern_free(s->ids);
	free(s->before);
	free_text(&s->id);
	free_text(&s->workload);
	free_text(&s->own_id);
	free_text(&s->own_workload);
	*s = (struct strands){ 0 };
}
