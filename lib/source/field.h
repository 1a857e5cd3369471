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

#include <stdint.h>

#include "base/address.h"
#include "base/str.h"

struct field {
	struct str key;
	struct str value; /* as printed */
};

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
}

/* Makes room for one more field. */
void fields_grow(struct fields *);

/* Appends a field; key and value must live as long as they are used. */
static inline void
fields_add(struct fields *f, struct str key, struct str value)
{
	if (f->n == f->cap)
		fields_grow(f);
	f->field[f->n++] = (struct field){ key, value };
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
