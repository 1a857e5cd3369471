/* SPDX-License-Identifier: MIT */
#include "source/print.h"

#include "base/num.h"
#include "record/frame.h"
#include "record/quote.h"

/*
 * Room for what all events have, and for what stands around the key and the
 * value of a field: room for a whole event is made at once.
 */
enum { ROOM = 256, FIELD_ROOM = 16 };

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
 * Writes a string between quotes; returns the next place, where there is
 * the given room again.
 */
static inline char *
put_text(struct output *out, char *p, struct str s, size_t room)
{
	char *end = quote_short(p, s);

	if (end != NULL)
		return end;
	fill(out, p);
	quote_put_name(out, s);
	return output_room(out, room);
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

static inline char *
put_field(struct output *out, char *p, const struct field *f, size_t room)
{
	p = f->label != NULL ? str_copy(p, *f->label) : put_key(p, f->key);
	if (f->kind == FIELD_LITERAL)
		return str_copy(p, f->value);
	if (f->kind == FIELD_WORD)
		return put(str_copy(put(p, "\""), f->value), "\"");
	return put_text(out, p, f->value, room);
}

/* Writes the type and the key of the time, where they are not known so. */
static char *
put_type(struct output *out, char *p, struct str name, size_t room)
{
	p = put(p, "{\"type\":");
	/* Nothing in a trace passes for a record that frames a stream. */
	if (frame_is_taken(name))
		p = put(str_copy(put(p, "\"event_"), name), "\"");
	else
		p = put_text(out, p, name, room);
	return put(p, ",\"ts\":");
}

/* Writes what all events have. */
static inline char *
put_header(struct output *out, char *p, const struct event *ev, size_t room)
{
	const struct header *at = &ev->at;

	p = ev->label != NULL ? str_copy(p, *ev->label)
			      : put_type(out, p, at->name, room);
	p += num_put_signed(p, at->ts);
	if (at->cpu >= 0)
		p = put_number(p, ",\"cpu\":", at->cpu);
	if (at->task.p != NULL)
		p = put_text(out, put(p, ",\"task\":"), at->task, room);
	if (at->tid >= 0)
		p = put_number(p, ",\"tid\":", at->tid);
	if (at->tgid >= 0)
		p = put_number(p, ",\"tgid\":", at->tgid);
	if (at->flags.p != NULL)
		p = put_text(out, put(p, ",\"flags\":"), at->flags, room);
	return p;
}

/* Returns how much room a field takes, but for a string that is long. */
static inline size_t
room_of(const struct field *f)
{
	return FIELD_ROOM + f->key.n + f->value.n;
}

/* The same for an event. */
static inline size_t
room_for(const struct event *ev)
{
	const struct field *f = ev->fields->field;
	size_t room = ROOM + ev->at.name.n;

	for (size_t n = ev->fields->n; n > 0; n--, f++)
		room += room_of(f);
	return room;
}

void
print_point(struct output *out, const struct event *ev)
{
	const struct field *f = ev->fields->field;
	size_t n = ev->fields->n, room;
	char *p;

	if (ev->line.p != NULL) {
		output_str(out, ev->line);
		output_byte(out, '\n');
		return;
	}
	room = room_for(ev);
	/* Twice: strings that are long then rarely find the buffer full. */
	p = put_header(out, output_room(out, 2 * room), ev, room);
	for (; n > 0; n--)
		p = put_field(out, p, f++, room);
	p = put(p, "}\n");
	fill(out, p);
}
