/* SPDX-License-Identifier: MIT */
#include "source/canon.h"

#include "base/num.h"
#include "source/body.h"
#include "source/compiled.h"
#include "source/letters.h"
#include "source/names.h"
#include "source/rules.h"

const struct canon_kind *
canon_kind(struct str event)
{
	return rules_for(event);
}

/* Takes names with bars between, of which each stands for a bit or more. */
static bool
symbol(struct canon *c, struct field *f)
{
	struct str rest = f->value;
	uint64_t sum = 0, one;

	for (;;) {
		const char *bar = memchr(rest.p, '|', rest.n);
		size_t n = bar != NULL ? (size_t)(bar - rest.p) : rest.n;

		if (!names_number((struct str){ rest.p, n }, &one))
			return false;
		sum |= one;
		if (bar == NULL)
			break;
		rest = str_skip(rest, n + 1);
	}
	value_set_u64(&c->room, f, sum);
	return true;
}

/* Takes what the looks of a value tell; false where it is text. */
static bool
looks_like(struct canon *c, struct field *f)
{
	struct str s = f->value;

	/* Blanks that fill the column of a number. */
	while (s.n > 1 && s.p[0] == ' ')
		s = str_skip(s, 1);
	if (s.n == 0)
		return false;
	if (s.p[0] == '-' || (s.p[0] >= '0' && s.p[0] <= '9')) {
		f->value = s;
		if (names_is_pointer(f->key) && value_pointer(&c->room, f))
			return true;
		if (value_kernel_pointer(&c->room, f))
			return true;
		if (str_starts(s, "0x"))
			return value_hexadecimal(&c->room, f);
		return value_decimal(&c->room, f);
	}
	if (str_starts(s, "ARRAY["))
		return value_array(&c->room, f, false);
	if (names_is_pointer(f->key) && value_pointer(&c->room, f))
		return true;
	return value_kernel_pointer(&c->room, f) || value_boolean(f, false);
}

/* The same of one that may have a comma behind. */
static bool
looks(struct canon *c, struct field *f)
{
	bool comma = f->value.n > 1 && f->value.p[f->value.n - 1] == ',';

	if (names_is_text(f->key)) {
		value_name(&c->room, f);
		return true;
	}
	f->value.n -= comma;
	if (looks_like(c, f))
		return true;
	f->value.n += comma;
	return false;
}

/*
 * Takes an argument of a system call.  The kernel prints "fd: 10" for 16;
 * libtraceevent "fd: 0x00000010" and "val=16".
 */
static bool
argument(struct canon *c, struct field *f, const struct header *h)
{
	bool equals = f->key.p + f->key.n + 1 == f->value.p;
	uint64_t v;

	if (equals && !str_starts(f->value, "0x"))
		return value_decimal(&c->room, f);
	if (!num_hex(f->value, &v))
		return false;
	if (names_is_pointer_argument(h->name, f->key))
		value_set_pointer(&c->room, f, v);
	else
		value_set_u64(&c->room, f, v);
	return true;
}

/*
 * Takes a state as libtraceevent's layout prints it: what its version is
 * shows in letters that only one of them has.
 */
static void
cooked_state(struct canon *c, struct field *f)
{
	static const char old[] = "XZxW", new[] = "ZXPI";
	struct str s = f->value;
	char *out = c->room.text + c->room.n;
	bool doubtful = false;

	if (str_is(s, "W") || str_is(s, "x"))
		c->states = CANON_OLD;
	else if (memchr(s.p, 'P', s.n) != NULL || memchr(s.p, 'I', s.n) != NULL)
		c->states = CANON_NEW;
	for (size_t i = 0; i < s.n; i++) {
		const char *at = memchr(old, s.p[i], 3 + (s.n == 1));

		out[i] = s.p[i];
		if (at == NULL)
			continue;
		if (c->states == CANON_OLD)
			out[i] = new[at - old];
		doubtful |= c->states == CANON_UNKNOWN;
	}
	c->doubtful += doubtful;
	s.p = out;
	c->room.n += s.n;
	value_printed(&c->room, f, letters_of_text(s, c->room.text + c->room.n),
	    FIELD_TEXT);
}

static void
state(struct canon *c, struct field *f)
{
	char *out = c->room.text + c->room.n;
	uint64_t v;

	if (num_u64(f->value, &v))
		value_printed(&c->room, f, letters_of_number(v, out),
		    FIELD_TEXT);
	else
		value_printed(&c->room, f, letters_of_text(f->value, out),
		    FIELD_TEXT);
}

/* Fields of addresses of IPv6 beside those of IPv4 are called so. */
static size_t
address_size(struct str key)
{
	return memchr(key.p, '6', key.n) != NULL ? 16 : 4;
}

/* Takes a field as what it is; false where it does not look so. */
static bool
take_as(struct canon *c, struct field *f, enum what what,
    const struct header *h)
{
	switch (what) {
	case SIGNED:
		return value_signed(&c->room, f);
	case SIGNED32:
		return value_signed32(&c->room, f);
	case HEX:
		return value_hexadecimal(&c->room, f);
	case OCTAL:
		return value_octal(&c->room, f);
	case POINTER:
		return value_pointer(&c->room, f);
	case BOOLEAN:
		return value_boolean(f, true);
	case STATE:
		state(c, f);
		return true;
	case ADDRESS:
		value_address(&c->room, f, address_size(f->key));
		return true;
	case ADDRESS6:
		value_address(&c->room, f, 16);
		return true;
	case SYMBOL:
		return symbol(c, f);
	case FUTEX:
		return symbol(c, f) || argument(c, f, h);
	case ARGUMENT:
		return argument(c, f, h);
	case LOOKS:
		break;
	}
	return false;
}

static void
take(struct canon *c, struct field *f, enum what what, const struct header *h)
{
	if (!take_as(c, f, what, h) && !looks(c, f))
		f->kind = FIELD_TEXT;
}

/*
 * The address of IPv4 of a socket of IPv6 is all zero where it is printed as
 * one of IPv6, "::": what it has of IPv6 are fields of their own.
 */
static void
four_of_six(struct field *f, const struct fields *all)
{
	if (!str_is(f->value, "::") || f->key.n != strlen("saddr"))
		return;
	for (size_t i = 0; i < all->n; i++)
		if (str_is(all->field[i].key, "saddr_v6") ||
		    str_is(all->field[i].key, "daddr_v6"))
			value_set(f, "0.0.0.0", 7, FIELD_TEXT);
}

/*
 * Tells whether what stands in the line of an event says nothing: a stack
 * trace is in the lines below it, and "sys_getpid()" has no arguments.
 */
static bool
is_empty(const struct header *h)
{
	if (str_starts(h->name, "sys_enter_") && str_is(str_trim(h->body), ")"))
		return true;
	return str_is(h->name, "kernel_stack") || str_is(h->name, "user_stack");
}

/* Takes a field whose layout says what it means. */
static bool
meant(struct canon *c, struct field *f, const struct fields *all)
{
	const struct meaning *m = NULL;

	if (all->layout != NULL)
		m = compiled_meaning(all->layout, f->key);
	if (m == NULL || !meaning_take(m, &c->room, f, all->pairs))
		return false;
	if (m->sense == SENSE_ADDRESS)
		four_of_six(f, all);
	return true;
}

void
canon_fields(struct canon *c, const struct canon_kind *kind,
    const struct header *h, struct fields *fields)
{
	size_t need = 0;

	while (body_more(fields))
		;
	if (fields->layout != NULL && fields->pairs)
		compiled_sort_pairs(fields->layout, fields);
	if (fields->n == 0 && h->body.n > 0 && !is_empty(h))
		fields_add_kind(fields, str_of("text"), h->body, FIELD_TEXT);
	for (size_t i = 0; i < fields->n; i++)
		if (fields->field[i].kind == FIELD_PLAIN ||
		    fields->field[i].kind == FIELD_COOKED)
			need += value_need(fields->field[i].value);
	if (need == 0)
		return;
	value_begin(&c->room, need);
	for (size_t i = 0; i < fields->n; i++) {
		struct field *f = &fields->field[i];
		enum what what;

		if (f->kind == FIELD_COOKED)
			cooked_state(c, f);
		if (f->kind != FIELD_PLAIN || meant(c, f, fields))
			continue;
		what = rules_what(kind, f->key);
		take(c, f, what, h);
		if (what == ADDRESS)
			four_of_six(f, fields);
	}
}

void
canon_free(struct canon *c)
{
	value_free(&c->room);
	*c = (struct canon){ .doubtful = 0 };
}
