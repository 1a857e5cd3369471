/* SPDX-License-Identifier: MIT */
#include "source/print.h"

#include "base/num.h"
#include "record/quote.h"

/* Room for labels and numbers, or for what stands around a short value. */
enum { ROOM = 256 };

/* Copies a constant; returns what is behind it. */
static inline char *
put(char *p, const char *z)
{
	size_t n = strlen(z);

	memcpy(p, z, n);
	return p + n;
}

/* Says that out was filled up to p. */
static inline void
fill(struct output *out, const char *p)
{
	output_used(out, (size_t)(p - out->buf) - out->n);
}

/*
 * Writes a string at p, up to where out is filled, between quotes.  Returns
 * the next place, where there is ROOM again.
 */
static inline char *
put_text(struct output *out, char *p, struct str s)
{
	char *end = quote_short(p, s);

	fill(out, end != NULL ? end : p);
	if (end == NULL)
		quote_put_name(out, s);
	return output_room(out, ROOM);
}

static inline char *
put_number(char *p, const char *label, int64_t v)
{
	p = put(p, label);
	return p + num_put_signed(p, v);
}

/* Writes what stands before the value of a field without a label. */
static char *
put_key(char *p, struct str key)
{
	p = put(p, field_is_taken(key) ? ",\"arg_" : ",\"");
	p = str_copy(p, key);
	return put(p, "\":");
}

static inline void
put_field(struct output *out, const struct field *f)
{
	char *p = output_room(out, ROOM + f->key.n + f->value.n);

	p = f->label != NULL ? str_copy(p, *f->label) : put_key(p, f->key);
	if (f->kind == FIELD_LITERAL)
		fill(out, str_copy(p, f->value));
	else
		put_text(out, p, f->value);
}

/*
 * Tells whether an event has the name of a record that frames a stream: it
 * is given another, so that nothing in a trace passes for the end of it.
 */
static bool
is_frame(struct str name)
{
	return name.n <= 5 &&
	    (str_is(name, "trace") || str_is(name, "lost") ||
		str_is(name, "end"));
}

/* Writes what all events have. */
static void
put_header(struct output *out, const struct header *at)
{
	char *p = output_room(out, ROOM);

	p = put(p, "{\"type\":");
	if (is_frame(at->name))
		p = put(str_copy(put(p, "\"event_"), at->name), "\"");
	else
		p = put_text(out, p, at->name);
	p = put_number(p, ",\"ts\":", at->ts);
	if (at->cpu >= 0)
		p = put_number(p, ",\"cpu\":", at->cpu);
	if (at->task.p != NULL)
		p = put_text(out, put(p, ",\"task\":"), at->task);
	if (at->tid >= 0)
		p = put_number(p, ",\"tid\":", at->tid);
	if (at->tgid >= 0)
		p = put_number(p, ",\"tgid\":", at->tgid);
	if (at->flags.p != NULL)
		p = put_text(out, put(p, ",\"flags\":"), at->flags);
	fill(out, p);
}

void
print_point(struct output *out, const struct event *ev)
{
	if (ev->line.p != NULL) {
		output_str(out, ev->line);
		output_byte(out, '\n');
		return;
	}
	put_header(out, &ev->at);
	for (size_t i = 0; i < ev->fields->n; i++)
		put_field(out, &ev->fields->field[i]);
	output_put(out, "}\n", 2);
}
