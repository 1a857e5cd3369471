/* SPDX-License-Identifier: MIT */
/*
 * field -- the fields of an event, and what their text means
 *
 * A field is a name and the text that the trace printed for it; the same
 * field may be printed in several ways (a number as 49, 0x31 or
 * 0x00000031; an address as 172.24.0.5 or as ARRAY[ac, 18, 00, 05]).  The
 * functions here read any of them.
 */
#ifndef TK_FIELD_H
#define TK_FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/address.h"
#include "base/str.h"

enum field_kind {
	FIELD_PLAIN,   /* as printed: its looks tell what it is */
	FIELD_LITERAL, /* a number, true, false, null or an array, as in JSON */
	FIELD_TEXT,    /* bytes of a string */
	FIELD_WORD,    /* the same, of which none needs escaping in JSON */
	FIELD_COOKED,  /* a prev_state out of libtraceevent's own layout */
};

struct field {
	struct str key; /* letters, digits and _ */
	struct str value;
	enum field_kind kind;
	const struct str *label; /* see field_label; NULL: there is none */
};

/*
 * Tells whether each record has a field of that name: an event's own is
 * called arg_NAME then (tk-record(5)).
 */
bool field_is_taken(struct str key);

/*
 * Returns what stands before the value of a field in a record, ,"KEY": or
 * ,"arg_KEY":, to be freed.  Sources that know their fields beforehand give
 * it with them, which makes writing a record quicker.
 */
struct str field_label(struct str key);

struct layout; /* of compiled.h */

/*
 * The fields of one event, kept and reused from one to the next.  Text is
 * split only as far as somebody asks: what begins with the key next, up to end,
 * is not yet (body.h does that).
 */
struct fields {
	struct field *field;
	size_t n, cap;
	struct str next; /* n 0: there is no more */
	const char *end;
	const struct rename *renames; /* what its keys are called, or NULL */
	const struct layout *layout;  /* that tells what they mean, or NULL */
	bool pairs;                   /* but they come from key=value */
};

/* Another name that an event's text gives to a field of its format. */
struct rename {
	struct str printed, name;
};

/* Empties the table. */
static inline void
fields_clear(struct fields *f)
{
	f->n = 0;
	f->next.n = 0;
	f->renames = NULL;
	f->layout = NULL;
}

/* Makes room for one more field, or for n in all. */
void fields_grow(struct fields *);
static inline void
fields_reserve(struct fields *f, size_t n)
{
	for (size_t had = f->n; f->cap < n; f->n = had) {
		f->n = f->cap;
		fields_grow(f);
	}
}

/* Appends a field; key and value must live as long as they are used. */
static inline void
fields_add(struct fields *f, struct str key, struct str value)
{
	if (f->n == f->cap)
		fields_grow(f);
	f->field[f->n++] = (struct field){ key, value, FIELD_PLAIN, NULL };
}

/* The same for one of which it is known what it is. */
static inline void
fields_add_kind(struct fields *f, struct str key, struct str value,
    enum field_kind kind)
{
	fields_add(f, key, value);
	f->field[f->n - 1].kind = kind;
}

/* Frees the table; it may be used again. */
void fields_free(struct fields *);

/*
 * Reads a number: decimal with or without a minus, or hexadecimal after 0x.
 * Hexadecimal ones above INT64_MAX are negative ones, as system calls return
 * them.  False where the text is none.
 */
bool field_s64(struct str value, int64_t *out);

/* Reads the bytes of ARRAY[ac, 18, ...], at most max; -1 if it is none. */
int field_bytes(struct str value, uint8_t *out, size_t max);

/*
 * Reads an address, with or without a port (0 then): printed, as the bytes
 * of the address (4 or 16), or as those of a sockaddr (28 bytes, of which
 * sockaddr_in(7) or sockaddr_in6(7) tells the layout).  False where the text
 * holds none: trace-cmd report -R prints byte arrays that happen to be
 * printable as strings, which end at the first zero.
 */
bool field_endpoint(struct str value, struct endpoint *out);

#endif
