/* SPDX-License-Identifier: MIT */
#include "source/sheet.h"

#include "record/csv.h"

/* Begins with the columns of the first event. */
static void
begin(struct sheet *s, struct output *out, const struct event *ev)
{
	s->type = intern_new();
	s->columns = intern_new();
	intern_id(s->type, ev->at.name);
	output_text(out, "ts,cpu,task,tid,tgid,flags");
	for (size_t i = 0; i < ev->fields->n; i++) {
		struct str key = ev->fields->field[i].key;
		size_t n = intern_count(s->columns);

		if (intern_id(s->columns, key) < n)
			continue; /* there twice */
		output_text(out, field_is_taken(key) ? ",arg_" : ",");
		csv_put(out, key);
	}
	output_byte(out, '\n');
}

static void
put_number(struct output *out, int64_t v)
{
	if (v >= 0)
		output_s64(out, v);
}

static void
put_text(struct output *out, struct str s)
{
	output_byte(out, ',');
	if (s.p != NULL)
		csv_put(out, s);
}

/* Returns the value of a column, most often the field of the same number. */
static struct str
find(const struct fields *f, struct str key, size_t at)
{
	if (at < f->n && str_eq(f->field[at].key, key))
		return f->field[at].value;
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->field[i].key, key))
			return f->field[i].value;
	return (struct str){ NULL, 0 };
}

bool
sheet_put(struct sheet *s, struct output *out, const struct event *ev)
{
	const struct header *at = &ev->at;
	size_t n, found = 0;

	if (s->type == NULL)
		begin(s, out, ev);
	if (!str_eq(intern_str(s->type, 0), at->name))
		return false;
	put_number(out, at->ts);
	output_byte(out, ',');
	put_number(out, at->cpu);
	put_text(out, at->task);
	output_byte(out, ',');
	put_number(out, at->tid);
	output_byte(out, ',');
	put_number(out, at->tgid);
	put_text(out, at->flags);
	n = intern_count(s->columns);
	for (size_t i = 0; i < n; i++) {
		struct str value = find(ev->fields, intern_str(s->columns, i),
		    i);

		found += value.p != NULL;
		put_text(out, value);
	}
	output_byte(out, '\n');
	if (ev->fields->n > found)
		s->strays += ev->fields->n - found;
	return true;
}

void
sheet_free(struct sheet *s)
{
	intern_free(s->type);
	intern_free(s->columns);
	*s = (struct sheet){ .strays = 0 };
}
