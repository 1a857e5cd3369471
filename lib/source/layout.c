/* SPDX-License-Identifier: MIT */
#include "source/layout.h"

#include <stdlib.h>

#include "base/mem.h"
#include "source/compiled.h"
#include "source/printed.h"
#include "source/scan.h"
#include "source/span.h"

enum {
	COMM_MAX = SPAN_COMM,
	NUMBER_SURE = 9, /* digits of any number of 32 bits, if in decimal */
};

/* Layouts are compiled when somebody asks for those of their event. */
struct layouts {
	const struct printed **row;
	struct layout **layout; /* of each row, or NULL */
	size_t n, cap;
};

struct layouts *
layouts_new(void)
{
	struct layouts *all = mem_alloc(sizeof(*all));
	size_t cap = 0;

	for (size_t i = 0; printed[i] != NULL; i++)
		for (const struct printed *p = printed[i]; p->events; p++) {
			all->row = mem_grow(all->row, &all->cap, all->n + 1,
			    sizeof(*all->row));
			all->layout = mem_grow(all->layout, &cap, all->n + 1,
			    sizeof(*all->layout));
			all->row[all->n++] = p;
		}
	return all;
}

void
layouts_free(struct layouts *all)
{
	if (all == NULL)
		return;
	for (size_t i = 0; i < all->n; i++)
		compiled_free(all->layout[i]);
	free(all->layout);
	free(all->row);
	free(all);
}

/* Tells whether a row is of the events of that number, as those behind it. */
static bool
is_of(const struct layouts *all, size_t row, int number)
{
	return row == (size_t)number ||
	    (row < all->n &&
		strcmp(all->row[row]->events, all->row[number]->events) == 0);
}

int
layouts_find(const struct layouts *all, struct str event)
{
	size_t first = 0;

	while (!compiled_has(all->row[first]->events, event))
		if (++first == all->n)
			return -1;
	for (size_t i = first; is_of(all, i, (int)first); i++)
		if (all->layout[i] == NULL)
			all->layout[i] = compiled_new(all->row[i]->layout);
	return (int)first;
}

/* A number has its one form without zeros before it. */
static inline enum field_kind
number_kind(struct str *value)
{
	while (value->n > 1 && value->p[0] == '0' && value->p[1] != 'x')
		*value = str_skip(*value, 1);
	if (value->n > NUMBER_SURE || str_starts(*value, "0x") ||
	    str_starts(*value, "-0"))
		return FIELD_PLAIN;
	return FIELD_LITERAL;
}

/* These letters are the same state wherever they are printed. */
static inline enum field_kind
state_kind(char kind, struct str value)
{
	char c = value.p[0];

	if (value.n == 1 &&
	    (c == 'S' || c == 'R' || c == 'D' || c == 'T' || c == 't'))
		return FIELD_WORD;
	return kind == 'Z' ? FIELD_COOKED : FIELD_PLAIN;
}

/*
 * Adds a field, for which there is room, with its kind if that is plain to
 * see.
 */
static inline void
add(struct fields *f, const struct part *p, struct str value)
{
	struct field *out = &f->field[f->n];

	out->kind = FIELD_PLAIN;
	if (p->kind == 'd')
		out->kind = number_kind(&value);
	else if (p->kind == 'c' ? value.n <= COMM_MAX : p->kind == 's')
		out->kind = FIELD_TEXT;
	else if (p->kind == 'z' || p->kind == 'Z')
		out->kind = state_kind(p->kind, value);
	out->key = p->key;
	out->label = &p->label;
	out->value = value;
	f->n += p->key.n > 0;
}

static bool match(const struct layout *, size_t, struct str, struct fields *,
    enum layout_end *);

/*
 * Tries each length that the name may have, the shortest first, until the
 * rest fits: a comm that itself holds the text behind it is passed over,
 * since the rest then does not.  Where nothing fits, s may end in the name.
 */
static bool
match_name(const struct layout *l, size_t i, struct str s, struct fields *f,
    enum layout_end *end)
{
	size_t max = span_longest(l->part[i].kind, s), had = f->n;
	bool last = i + 1 == l->n;
	char stop = last ? '\0' : l->part[i + 1].text.p[0];

	/* No text is longer than an event, so that long lines take no time. */
	if (!last && max > SPAN_TEXT)
		max = SPAN_TEXT;
	for (size_t n = last ? max : 0; n <= max; n++) {
		if (!last && (n >= s.n || s.p[n] != stop))
			continue;
		add(f, &l->part[i], (struct str){ s.p, n });
		if (match(l, i + 1, str_skip(s, n), f, end))
			return true;
		f->n = had;
	}
	if (l->part[i].kind == 'c' && s.n < COMM_MAX)
		*end = LAYOUT_IN_COMM;
	else if (l->part[i].kind == 's' && *end == LAYOUT_BROKEN)
		*end = LAYOUT_IN_TEXT;
	return false;
}

/* Tells whether s is not what a layout says, but KEY=VALUE. */
static bool
is_pair(struct str key, struct str s)
{
	s = str_trim(s);
	return key.n > 0 && s.n > key.n && s.p[key.n] == '=' &&
	    memcmp(s.p, key.p, key.n) == 0;
}

/*
 * Fits the parts of a layout from the i-th to all of s.  It calls itself
 * through match_name once for each name, of which no layout has over three.
 */
static bool
match(const struct layout *l, size_t i, struct str s, struct fields *f,
    enum layout_end *end)
{
	for (; i < l->n; i++) {
		const struct part *p = &l->part[i];
		size_t n;

		if (l->meant)
			s = span_skip_padding(p->text, s);
		if (s.n < p->text.n || memcmp(s.p, p->text.p, p->text.n) != 0)
			return false;
		s = str_skip(s, p->text.n);
		if (p->kind == '\0')
			break;
		while (l->meant && s.n > 0 && s.p[0] == ' ' &&
		    (p->kind == 'd' || p->kind == 'n'))
			s = str_skip(s, 1);
		if (p->text.n == 0 && is_pair(p->key, s))
			return false;
		if (p->kind == 'c' || p->kind == 's')
			return match_name(l, i, s, f, end);
		if (!compiled_span(p, s, &n))
			return false;
		add(f, p, (struct str){ s.p, n });
		s = str_skip(s, n);
	}
	return str_trim(s).n == 0;
}

/*
 * Tells whether the text of the part begins here: most are of no more than
 * sixteen bytes, which two words hold that may overlap.
 */
static inline bool
begins(const struct part *part, const char *p, const char *end)
{
	size_t n = part->text.n;

	if ((size_t)(end - p) < part->need)
		return (size_t)(end - p) >= n &&
		    memcmp(p, part->text.p, n) == 0;
	return (((scan_eight(p) ^ part->front) & part->mask) |
		   ((scan_eight(p + part->back_at) ^ part->back) &
		       part->mask)) == 0;
}

/* Returns where a comm ends: where the next part begins, or NULL. */
static inline const char *
comm_end(const struct part *next, const char *p, const char *end)
{
	const char *last = end - p > COMM_MAX ? p + COMM_MAX : end;
	const char *beyond = end - p > COMM_MAX + 8 ? p + COMM_MAX + 8 : end;

	if (end - p > 6 && *p == 'A' && memcmp(p, "ARRAY[", 6) == 0)
		return NULL;
	for (;; p++) {
		p = scan_find(p, beyond, next->text.p[0]);
		if (p > last)
			return NULL;
		if (begins(next, p, end))
			return p;
	}
}

/* Returns where a number ends, or NULL; out gets it. */
static inline const char *
take_number(struct field *out, const char *p, const char *end)
{
	const char *digits = p + (p < end && *p == '-');
	const char *stop = scan_digits(digits, end);

	if (stop == digits)
		return NULL;
	out->value = (struct str){ p, (size_t)(stop - p) };
	out->kind = FIELD_LITERAL;
	if (*digits == '0' || stop - p > NUMBER_SURE)
		out->kind = number_kind(&out->value);
	return stop;
}

/* Returns where a field ends that begins here, or NULL; out gets it. */
static inline const char *
take_field(const struct part *part, struct field *out, const char *p,
    const char *end)
{
	const char *stop;

	out->key = part->key;
	out->label = &part->label;
	if (part->kind == 'd')
		return take_number(out, p, end);
	if (part->kind == 'c') {
		if ((stop = comm_end(part + 1, p, end)) == NULL)
			return NULL;
		out->kind = FIELD_TEXT;
	} else {
		stop = p + span_word((struct str){ p, (size_t)(end - p) });
		if (stop == p)
			return NULL;
		out->kind = state_kind(part->kind,
		    (struct str){ p, (size_t)(stop - p) });
	}
	out->value = (struct str){ p, (size_t)(stop - p) };
	return stop;
}

/*
 * Fits a layout to s as match does, but gives up where that would try a name
 * again: each name ends at the first place where what follows it can begin.
 * Nearly all events are read so.
 */
static bool
match_straight(const struct layout *l, struct str s, struct fields *f)
{
	const struct part *part = l->part;
	const char *p = s.p, *end = s.p + s.n;
	struct field *out = f->field;

	if (!begins(part, p, end))
		return false;
	for (p += part->text.n; part->kind != '\0'; part++) {
		if ((p = take_field(part, out++, p, end)) == NULL)
			return false;
		/* What is behind a comm was seen when that ended. */
		if (part->kind != 'c' && !begins(part + 1, p, end))
			return false;
		p += part[1].text.n;
	}
	f->n = (size_t)(out - f->field);
	return p == end ||
	    str_trim((struct str){ p, (size_t)(end - p) }).n == 0;
}

/* Fits one layout, and says what its fields mean. */
static bool
fits_one(const struct layout *l, struct str body, struct fields *f,
    enum layout_end *end)
{
	fields_clear(f);
	if (!l->straight || !match_straight(l, body, f)) {
		fields_clear(f);
		if (!match(l, 0, body, f, end))
			return false;
	}
	if (l->order != NULL)
		compiled_sort(l, f);
	if (l->meant)
		f->layout = l;
	f->pairs = false;
	return true;
}

/* Tries each layout of the event; where none fits, *end tells how far. */
static bool
fits(const struct layouts *all, int number, struct str body, struct fields *f,
    enum layout_end *end)
{
	*end = LAYOUT_BROKEN;
	fields_reserve(f, PARTS_MAX);
	for (size_t i = (size_t)number; is_of(all, i, number); i++)
		if (fits_one(all->layout[i], body, f, end))
			return true;
	fields_clear(f);
	return false;
}

bool
layouts_read(const struct layouts *all, int number, struct str body,
    struct fields *f)
{
	enum layout_end end;

	return fits(all, number, body, f, &end);
}

enum layout_end
layouts_end(const struct layouts *all, int number, struct str body,
    struct fields *f)
{
	enum layout_end end;

	return fits(all, number, body, f, &end) ? LAYOUT_BROKEN : end;
}

const struct layout *
layouts_pairs(const struct layouts *all, int number)
{
	const struct layout *l = all->layout[number];

	return l->meant || l->order != NULL ? l : NULL;
}

/* Returns the kind of what the event ends with. */
static char
last_kind(const struct layouts *all, int number)
{
	const struct layout *l = all->layout[number];

	return l->n > 0 ? l->part[l->n - 1].kind : '\0';
}

bool
layouts_open(const struct layouts *all, int number)
{
	return last_kind(all, number) == 's';
}

bool
layouts_in_comm(const struct layouts *all, int number, const struct fields *f)
{
	return last_kind(all, number) == 'c' && f->n > 0 &&
	    f->field[f->n - 1].value.n < COMM_MAX;
}

bool
layouts_like_probe(const struct layouts *all, int number)
{
	for (size_t i = (size_t)number; is_of(all, i, number); i++)
		if (str_starts(all->layout[i]->part[0].text, "("))
			return true;
	return false;
}
