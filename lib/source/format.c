/* SPDX-License-Identifier: MIT */
#include "source/format.h"

#include <stdlib.h>
#include <traceevent/event-parse.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/word.h"
#include "source/field.h"
#include "source/fieldline.h"

enum {
	IDS = 1 << 16,      /* common_type is an unsigned short */
	TEXT_MAX = 1 << 17, /* the longest of Linux 6.18 has 28 KiB */
	NAME_LENGTH = 128,
	CALLS_MAX = 64, /* of names, read of a print fmt */
};

/* A format as it was added, and what came of it. */
struct entry {
	struct str text; /* p is NULL when it was read */
	struct str system;
	struct format *format; /* or NULL */
};

struct formats {
	bool big_endian, symbols;
	unsigned long_size;
	struct entry **entry; /* by ID */
	size_t cap;
};

struct formats *
formats_new(bool big_endian, unsigned long_size, bool symbols)
{
	struct formats *all = mem_alloc(sizeof(*all));

	all->big_endian = big_endian;
	all->long_size = long_size == 4 ? 4 : 8;
	all->symbols = symbols;
	return all;
}

static void
free_format(struct format *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->n; i++) {
		free((char *)f->field[i].key.p);
		free((char *)f->field[i].label.p);
		symbols_free((struct symbols *)f->field[i].symbols);
		states_free((struct states *)f->field[i].states);
	}
	free((char *)f->name.p);
	free((char *)f->print_fmt.p);
	free(f->field);
	free(f);
}

void
formats_free(struct formats *all)
{
	if (all == NULL)
		return;
	for (size_t i = 0; i < all->cap; i++) {
		if (all->entry[i] == NULL)
			continue;
		free_format(all->entry[i]->format);
		free((char *)all->entry[i]->text.p);
		free((char *)all->entry[i]->system.p);
		free(all->entry[i]);
	}
	free(all->entry);
	free(all);
}

static struct str
copy(struct str s)
{
	return (struct str){ mem_dup(s.n > 0 ? s.p : "", s.n), s.n };
}

static bool
is_name(struct str s)
{
	if (s.n == 0 || s.n > NAME_LENGTH || (s.p[0] >= '0' && s.p[0] <= '9'))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!word_is(s.p[i]))
			return false;
	return true;
}

/* Reads the lines before the fields. */
static bool
read_head(struct str text, struct str *name, uint64_t *id)
{
	bool has_id = false;
	struct str line;

	name->n = 0;
	while (str_line(&text, &line) && !str_is(line, "format:")) {
		if (str_starts(line, "name: "))
			*name = str_trim(str_skip(line, 6));
		if (str_starts(line, "ID: "))
			has_id = num_u64(str_trim(str_skip(line, 4)), id);
	}
	return has_id && *id < IDS && is_name(*name);
}

const char *
formats_add(struct formats *all, struct str system, struct str text)
{
	struct entry *e;
	struct str name;
	uint64_t id;

	if (text.n > TEXT_MAX)
		return "the format is too long";
	if (text.n == 0 || !read_head(text, &name, &id))
		return "not the format of an event";
	if (memchr(text.p, '\0', text.n) != NULL)
		return "a zero byte in the format";
	all->entry = mem_grow(all->entry, &all->cap, id + 1,
	    sizeof(*all->entry));
	if (all->entry[id] != NULL)
		return "another format has the same ID";
	e = all->entry[id] = mem_alloc(sizeof(*e));
	e->text = copy(text);
	e->system = copy(system);
	return NULL;
}

/*
 * Has libtraceevent read the lines.  It gets a text of its own: the name, the
 * number and the print fmt are not those of the event.
 */
static struct tep_event *
parse(struct tep_handle *tep, struct str lines)
{
	static const char head[] = "name: event\nID: 1\nformat:\n";
	static const char tail[] = "print fmt: \"\"\n";
	char *text = mem_alloc(sizeof(head) + lines.n + 4 + sizeof(tail));
	char *p = text + sizeof(head) - 1;
	struct tep_event *event = NULL;

	memcpy(text, head, sizeof(head) - 1);
	if ((p = fieldline_copy(lines, true, p)) != NULL &&
	    (p = fieldline_copy(lines, false, p)) != NULL) {
		memcpy(p, tail, sizeof(tail) - 1);
		p += sizeof(tail) - 1;
		if (tep_parse_format(tep, &event, text,
			(unsigned long)(p - text), "events") != 0)
			event = NULL;
	}
	free(text);
	return event;
}

/* Notes a field that all events have; false where it is of another size. */
static bool
place_common(const struct tep_event *event, const char *name, int size,
    unsigned *at)
{
	const struct tep_format_field *f;

	for (f = event->format.common_fields; f != NULL; f = f->next)
		if (strcmp(f->name, name) == 0 && f->size == size) {
			*at = (unsigned)f->offset;
			return true;
		}
	return false;
}

static bool
read_common(struct format *f, const struct tep_event *event)
{
	const struct tep_format_field *c;
	unsigned type;

	for (c = event->format.common_fields; c != NULL; c = c->next)
		if ((unsigned)(c->offset + c->size) > f->head)
			f->head = (unsigned)(c->offset + c->size);
	return place_common(event, "common_type", 2, &type) && type == 0 &&
	    place_common(event, "common_flags", 1, &f->flags_at) &&
	    place_common(event, "common_preempt_count", 1, &f->preempt_at) &&
	    place_common(event, "common_pid", 4, &f->pid_at);
}

static void
add_field(const struct formats *all, struct format *f, size_t *cap,
    const struct tep_format_field *t, struct str print_fmt)
{
	const struct plan d = {
		.type = str_of(t->type),
		.name = str_of(t->name),
		.offset = (unsigned)t->offset,
		.size = (unsigned)t->size,
		.element = t->elementsize,
		.is_array = (t->flags & TEP_FIELD_IS_ARRAY) != 0,
		.is_dynamic = (t->flags & TEP_FIELD_IS_DYNAMIC) != 0,
		.is_relative = (t->flags & TEP_FIELD_IS_RELATIVE) != 0,
		.is_signed = (t->flags & TEP_FIELD_IS_SIGNED) != 0,
	};
	struct format_field *field;

	f->field = mem_grow(f->field, cap, f->n + 1, sizeof(*f->field));
	field = &f->field[f->n];
	if (!plan_make(&d, print_fmt, all->long_size, field))
		return;
	f->n++;
	field->key = (struct str){ mem_dup(t->name, d.name.n), d.name.n };
	field->label = field_label(field->key);
	/* A stack has as many callers as there were, whatever this says. */
	if (str_is(f->name, "kernel_stack") && field->form == FORM_ARRAY)
		field->place = PLACE_REST;
	if (field->place == PLACE_REST && d.offset > f->fixed)
		f->fixed = d.offset;
	else if (field->place != PLACE_REST && d.offset + d.size > f->fixed)
		f->fixed = d.offset + d.size;
	if (str_is(f->name, "sched_switch") && str_is(d.name, "prev_state") &&
	    (field->form == FORM_SIGNED || field->form == FORM_UNSIGNED)) {
		field->form = FORM_STATE;
		field->states = states_new(print_fmt);
	}
}

/* Returns the field that the print fmt calls so, if it is an integer. */
static struct format_field *
integer_named(const struct format *f, struct str name)
{
	for (size_t i = 0; i < f->n; i++) {
		struct format_field *field = &f->field[i];
		struct str key = field->key;

		if (field->form != FORM_SIGNED && field->form != FORM_UNSIGNED)
			continue;
		if (str_eq(key, name))
			return field;
	}
	return NULL;
}

/* Finds the names of values; those of a field with two sets of them not. */
static void
find_symbols(const struct formats *all, struct format *f, struct str print_fmt)
{
	struct str *shown = mem_alloc((f->n + 1) * sizeof(*shown));
	struct symbols_call call;
	unsigned calls = 0;

	/* One may stand in another, so each may cost the whole text. */
	while (calls++ < CALLS_MAX && symbols_next(&print_fmt, &call)) {
		struct format_field *field = integer_named(f, call.field);
		size_t i;

		if (field == NULL)
			continue;
		i = (size_t)(field - f->field);
		if (shown[i].p == NULL) {
			field->symbols = symbols_new(&call, all->long_size);
		} else if (!str_eq(shown[i], call.text)) {
			symbols_free((struct symbols *)field->symbols);
			field->symbols = NULL;
		}
		shown[i] = call.text;
	}
	free(shown);
}

/* Finds how much room the text of an event needs. */
static void
measure(struct format *f)
{
	for (size_t i = 0; i < f->n; i++) {
		f->room += plan_room(&f->field[i]);
		if (f->field[i].symbols != NULL)
			f->room += symbols_room(f->field[i].symbols);
		f->wide |= plan_is_wide(&f->field[i]);
	}
	if (f->fixed < f->head)
		f->fixed = f->head;
}

/* Makes a format of what libtraceevent read, or returns NULL. */
static struct format *
make_format(const struct formats *all, const struct entry *e,
    const struct tep_event *event, struct str print_fmt)
{
	struct format *f = mem_alloc(sizeof(*f));
	const struct tep_format_field *t;
	size_t cap = 0;
	uint64_t id;

	read_head(e->text, &f->name, &id);
	f->name = copy(f->name);
	f->print_fmt = copy(print_fmt);
	f->system = e->system;
	if (!read_common(f, event)) {
		free_format(f);
		return NULL;
	}
	for (t = event->format.fields; t != NULL; t = t->next)
		add_field(all, f, &cap, t, print_fmt);
	if (all->symbols)
		find_symbols(all, f, print_fmt);
	measure(f);
	return f;
}

/* Reads a format whose first event has come. */
static const struct format *
compile(const struct formats *all, struct entry *e)
{
	struct str lines, print_fmt;
	struct tep_handle *tep;
	struct tep_event *event;

	tep_set_loglevel(TEP_LOG_NONE);
	if (fieldline_split(e->text, &lines, &print_fmt) &&
	    (tep = tep_alloc()) != NULL) {
		tep_set_file_bigendian(tep,
		    all->big_endian ? TEP_BIG_ENDIAN : TEP_LITTLE_ENDIAN);
		tep_set_long_size(tep, (int)all->long_size);
		if ((event = parse(tep, lines)) != NULL)
			e->format = make_format(all, e, event, print_fmt);
		tep_free(tep);
	}
	free((char *)e->text.p);
	e->text.p = NULL;
	return e->format;
}

const struct format *
formats_find(struct formats *all, unsigned id)
{
	struct entry *e;

	if (id >= all->cap || (e = all->entry[id]) == NULL)
		return NULL;
	return e->text.p == NULL ? e->format : compile(all, e);
}

const struct format_field *
format_field(const struct format *f, struct str name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->field[i].key, name))
			return &f->field[i];
	return NULL;
}

bool
formats_page(const struct formats *all, struct str text, struct page_shape *out)
{
	struct fieldline f, commit = { .size = 0 }, data = { .offset = 0 };
	struct str line;

	while (str_line(&text, &line)) {
		if (!fieldline_read(line, &f))
			continue;
		if (str_is(f.name, "commit"))
			commit = f;
		if (str_is(f.name, "data"))
			data = f;
	}
	if ((commit.size != 4 && commit.size != 8) || data.size == 0 ||
	    commit.offset < 8 || commit.offset + commit.size > data.offset)
		return false;
	*out = (struct page_shape){ .big_endian = all->big_endian,
		.commit_at = commit.offset,
		.commit_size = commit.size,
		.data_at = data.offset,
		.size = data.offset + data.size };
	return true;
}
