/* SPDX-License-Identifier: MIT */
#include "source/layout.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/word.h"
#include "source/printed.h"
#include "source/scan.h"

enum {
	COMM_MAX = 15,
	PARTS_MAX = 16,
	NUMBER_SURE = 9, /* digits of any number of 32 bits, if in decimal */
};

/* Text, and the field behind it; the last part may have no field. */
struct part {
	struct str text;
	uint64_t front, back; /* the first eight bytes of it, and the last */
	uint64_t mask;        /* which of them there are */
	size_t back_at, need; /* where the last begin; how many to look at */
	struct str key, label;
	char kind; /* c, d, w, i, s, z, Z, or 0: no field */
};

struct layout {
	struct part part[PARTS_MAX + 1]; /* the one behind the last: no text */
	size_t n;
	bool straight; /* match_straight can read it */
};

struct layouts {
	struct layout layout[PRINTED];
};

/* Makes the text of a part quick to compare. */
static void
prepare(struct part *p)
{
	char front[8] = { 0 };
	size_t n = p->text.n < 8 ? p->text.n : 8;

	memcpy(front, p->text.p, n);
	p->front = p->back = scan_eight(front);
	p->mask = n < 8 ? ~(UINT64_MAX << (8 * n)) : UINT64_MAX;
	p->back_at = p->text.n - n;
	if (n == 8)
		p->back = scan_eight(p->text.p + p->back_at);
	p->need = p->text.n > 8 ? p->text.n : 8;
	if (p->text.n > 16)
		p->need = SIZE_MAX;
}

/* Splits the text of a layout at its braces. */
static void
compile(struct layout *l, const char *s)
{
	l->straight = true;
	while (*s != '\0') {
		struct part *p = &l->part[l->n++];
		const char *open = strchr(s, '{'), *colon;

		if (open == NULL)
			open = s + strlen(s);
		p->text = (struct str){ s, (size_t)(open - s) };
		prepare(p);
		if (*open == '\0')
			return;
		colon = strchr(open, ':');
		p->key = (struct str){ open + 1, (size_t)(colon - open) - 1 };
		p->label = field_label(p->key);
		p->kind = colon[1];
		s = colon + 3;
		if (strchr("cdzZ", p->kind) == NULL || p->key.n == 0 ||
		    (p->kind == 'c' && *s == '\0'))
			l->straight = false;
	}
	l->part[l->n].text = str_of("");
	prepare(&l->part[l->n]);
}

struct layouts *
layouts_new(void)
{
	struct layouts *all = mem_alloc(sizeof(*all));

	for (size_t i = 0; i < PRINTED; i++)
		compile(&all->layout[i], printed[i].layout);
	return all;
}

void
layouts_free(struct layouts *all)
{
	for (size_t i = 0; all != NULL && i < PRINTED; i++)
		for (size_t k = 0; k < all->layout[i].n; k++)
			free((char *)all->layout[i].part[k].label.p);
	free(all);
}

int
layouts_find(const struct layouts *all, struct str event)
{
	(void)all;
	for (size_t i = 0; i < PRINTED; i++)
		if (str_is(event, printed[i].event))
			return (int)i;
	return -1;
}

/* Returns how long the number is that s begins with; 0 if it does not. */
static size_t
number_length(struct str s)
{
	bool hex = str_starts(s, "0x");
	size_t start = hex ? 2 : s.n > 0 && s.p[0] == '-', n = start;

	while (n < s.n &&
	    ((s.p[n] >= '0' && s.p[n] <= '9') ||
		(hex && s.p[n] >= 'a' && s.p[n] <= 'f')))
		n++;
	return n > start ? n : 0;
}

/* The same for a word. */
static size_t
word_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != ' ' && s.p[n] != '\n')
		n++;
	return n;
}

static size_t
identifier_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && word_is(s.p[n]))
		n++;
	return n;
}

/*
 * Returns the longest that the field may be that s begins with; for a
 * number or a word that is its only length, and 0 if it is none.
 */
static size_t
longest(char kind, struct str s)
{
	const char *close;

	switch (kind) {
	case 'd':
		return number_length(s);
	case 'i':
		return identifier_length(s);
	case 'w':
	case 'z':
	case 'Z':
		return word_length(s);
	case 'c':
		if (!str_starts(s, "ARRAY["))
			break;
		/* report -R prints a comm so when it has seen an odd one. */
		close = memchr(s.p, ']', s.n);
		if (close != NULL && close - s.p > COMM_MAX)
			return (size_t)(close - s.p) + 1;
		break;
	default:
		return s.n;
	}
	return s.n < COMM_MAX ? s.n : COMM_MAX;
}

/* A number has its one form without zeros before it; most are short. */
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
	size_t max = longest(l->part[i].kind, s), had = f->n;
	bool last = i + 1 == l->n;
	char stop = last ? '\0' : l->part[i + 1].text.p[0];

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

/*
 * Fits the parts of a layout from the i-th to all of s.  It calls itself
 * through match_name once for each name, of which no layout has over two.
 */
static bool
match(const struct layout *l, size_t i, struct str s, struct fields *f,
    enum layout_end *end)
{
	for (; i < l->n; i++) {
		const struct part *p = &l->part[i];
		size_t n;

		if (s.n < p->text.n || memcmp(s.p, p->text.p, p->text.n) != 0)
			return false;
		s = str_skip(s, p->text.n);
		if (p->kind == '\0')
			break;
		if (p->kind == 'c' || p->kind == 's')
			return match_name(l, i, s, f, end);
		if ((n = longest(p->kind, s)) == 0)
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
		stop = p + word_length((struct str){ p, (size_t)(end - p) });
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

/* Tries each layout of the event; where none fits, *end tells how far. */
static bool
fits(const struct layouts *all, int number, struct str body, struct fields *f,
    enum layout_end *end)
{
	const char *event = printed[number].event;

	*end = LAYOUT_BROKEN;
	fields_reserve(f, PARTS_MAX);
	for (size_t i = (size_t)number; i < PRINTED; i++) {
		if (i > (size_t)number && strcmp(printed[i].event, event) != 0)
			break;
		fields_clear(f);
		if (all->layout[i].straight &&
		    match_straight(&all->layout[i], body, f))
			return true;
		fields_clear(f);
		if (match(&all->layout[i], 0, body, f, end))
			return true;
	}
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
