/* SPDX-License-Identifier: MIT */
/*
 * compiled -- a layout, taken apart
 *
 * What the text of a layout says, layout.h tells; here it is as the code that
 * fits it to a line needs it.
 */
#ifndef TK_COMPILED_H
#define TK_COMPILED_H

#include "source/field.h"
#include "source/meaning.h"

enum { PARTS_MAX = 32 };

/* Text, and the field behind it; the last part may have no field. */
struct part {
	struct str text;
	uint64_t front, back; /* the first eight bytes of it, and the last */
	uint64_t mask;        /* which of them there are */
	size_t back_at, need; /* where the last begin; how many to look at */
	struct str key, label;
	/* of layout.h or span.h, or 0: no field */
	char kind;
	struct meaning meaning;
	bool meant;
};

struct layout {
	struct part part[PARTS_MAX + 1]; /* the one behind the last: no text */
	size_t n;
	bool straight;     /* match_straight can read it */
	bool meant;        /* one of its fields has a meaning */
	const char *order; /* the names of its fields, or NULL */
};

/* Returns the compiled layout, to be freed by compiled_free. */
struct layout *compiled_new(const char *text);
void compiled_free(struct layout *);

/*
 * Finds how long the field of a part is that s begins with; false where it is
 * none.  The name of a function may have that of its module behind it:
 * " [kvm]".
 */
bool compiled_span(const struct part *, struct str s, size_t *n);

/* Tells whether the names, with a blank between, have that one. */
bool compiled_has(const char *names, struct str name);

/* Puts fields in the order of the event's format, others behind them. */
void compiled_sort(const struct layout *, struct fields *);

/*
 * The same of fields out of key=value, unless the layout does not know them
 * all: report -R, which has that order, prints more.
 */
void compiled_sort_pairs(const struct layout *, struct fields *);

/* Returns what a field of the layout means, or NULL: what it looks like. */
const struct meaning *compiled_meaning(const struct layout *, struct str key);

#endif
