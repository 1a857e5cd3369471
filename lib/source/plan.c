/* SPDX-License-Identifier: MIT */
#include "source/plan.h"

#include "base/address.h"
#include "base/num.h"
#include "base/word.h"

enum { SOCKADDR_IN6 = 28 }; /* bytes of a struct sockaddr_in6 */

/* Takes z off the front, and the blanks behind it. */
static struct str
without(struct str s, const char *z)
{
	return str_starts(s, z) ? str_trim(str_skip(s, strlen(z))) : s;
}

/* Returns the type of what is in the field: without place and brackets. */
static struct str
base_type(struct str type)
{
	const char *open = type.n > 0 ? memchr(type.p, '[', type.n) : NULL;

	if (open != NULL)
		type.n = (size_t)(open - type.p);
	type = without(without(type, "__data_loc "), "__rel_loc ");
	return str_trim(without(type, "const "));
}

static bool
contains(struct str s, const char *z)
{
	return s.n > 0 && memmem(s.p, s.n, z, strlen(z)) != NULL;
}

/* Tells whether the print fmt has a call that ends so, of that field. */
static bool
is_argument(struct str print_fmt, const char *call, struct str name)
{
	size_t n = strlen(call);
	const char *p;

	while (print_fmt.n > 0 &&
	    (p = memmem(print_fmt.p, print_fmt.n, call, n)) != NULL) {
		print_fmt = str_skip(print_fmt, (size_t)(p - print_fmt.p) + n);
		if (print_fmt.n > name.n && print_fmt.p[name.n] == ')' &&
		    memcmp(print_fmt.p, name.p, name.n) == 0)
			return true;
	}
	return false;
}

/*
 * Steps behind the next conversion of a format string; returns what follows
 * the p of a pointer's, "" for another one, NULL at the end.  *stars counts
 * the arguments that it takes for its width.
 */
static struct str
next_conversion(struct str *rest, unsigned *stars)
{
	struct str c = { "", 0 };
	size_t i = 0;

	*stars = 0;
	while (i + 1 < rest->n && (rest->p[i] != '%' || rest->p[i + 1] == '%'))
		i += rest->p[i] == '%' ? 2 : 1;
	if (i + 1 >= rest->n)
		return (struct str){ NULL, 0 };
	for (i++; i < rest->n && strchr("-+ #.*0123456789", rest->p[i]); i++)
		*stars += rest->p[i] == '*';
	if (i < rest->n && rest->p[i] == 'p')
		c.p = rest->p + ++i;
	while (i < rest->n && word_is(rest->p[i])) {
		i++;
		c.n += c.n < 2;
	}
	*rest = str_skip(*rest, i);
	return c;
}

/*
 * Tells whether the print fmt shows the field as an address: by %pI4, %pI6 or
 * %pIS of Documentation/core-api/printk-formats.rst.
 */
static bool
is_printed_address(struct str print_fmt, struct str name)
{
	struct str text, argument, c;
	unsigned stars;

	if (!symbols_argument(&print_fmt, &text))
		return false;
	while ((c = next_conversion(&text, &stars)).p != NULL) {
		for (; stars > 0; stars--)
			symbols_argument(&print_fmt, &argument);
		if (!symbols_argument(&print_fmt, &argument))
			return false;
		argument = str_trim(argument);
		if (c.n == 2 && (c.p[0] == 'I' || c.p[0] == 'i') &&
		    str_starts(argument, "REC->") &&
		    str_eq(str_skip(argument, 5), name))
			return true;
	}
	return false;
}

static bool
is_one_of(struct str type, const char *const *names)
{
	for (; *names != NULL; names++)
		if (str_is(type, *names))
			return true;
	return false;
}

static bool
is_integer_size(unsigned n)
{
	return n == 1 || n == 2 || n == 4 || n == 8;
}

/* Returns the size of what is in an array whose declaration does not tell. */
static unsigned
size_of(struct str type, unsigned long_size)
{
	static const char *const two[] = { "short", "unsigned short", "u16",
		"s16", "__u16", "__s16", "uint16_t", "int16_t", "__le16",
		"__be16", NULL };
	static const char *const four[] = { "int", "unsigned int", "unsigned",
		"u32", "s32", "__u32", "__s32", "uint32_t", "int32_t", "__le32",
		"__be32", "pid_t", NULL };
	static const char *const eight[] = { "u64", "s64", "__u64", "__s64",
		"uint64_t", "int64_t", "__le64", "__be64", "long long",
		"unsigned long long", NULL };
	static const char *const longs[] = { "long", "unsigned long", "size_t",
		"ssize_t", "uintptr_t", NULL };

	if (contains(type, "*") || is_one_of(type, longs))
		return long_size;
	if (is_one_of(type, eight))
		return 8;
	return is_one_of(type, four) ? 4 : is_one_of(type, two) ? 2 : 1;
}

/*
 * Bytes that the kernel calls char are text; unsigned char are bytes, such as
 * the address of a network card.
 */
static enum field_form
form_of_array(const struct plan *d, struct str base, struct str print_fmt,
    unsigned size)
{
	static const char *const bytes[] = { "u8", "__u8", "uint8_t",
		"unsigned char", NULL };

	if (str_is(base, "char"))
		return FORM_CHARS;
	if (contains(base, "cpumask") ||
	    is_argument(print_fmt, "_bitmask(", d->name) ||
	    is_argument(print_fmt, "_cpumask(", d->name))
		return FORM_BITMASK;
	if (!is_one_of(base, bytes))
		return FORM_ARRAY;
	if (is_argument(print_fmt, "_sockaddr(", d->name))
		return FORM_SOCKADDR;
	if (size != 4 && size != 16 && size != SOCKADDR_IN6)
		return FORM_ARRAY;
	if (!contains(d->name, "addr") &&
	    !is_printed_address(print_fmt, d->name))
		return FORM_ARRAY;
	return size == SOCKADDR_IN6 ? FORM_SOCKADDR : FORM_ADDRESS;
}

static enum field_form
form_of_scalar(const struct plan *d, struct str base)
{
	if (!is_integer_size(d->size))
		return FORM_ARRAY; /* a struct: its bytes */
	if (contains(d->type, "*"))
		return FORM_POINTER;
	if (d->size == 1 && (str_is(base, "bool") || str_is(base, "_Bool")))
		return FORM_BOOL;
	return d->is_signed ? FORM_SIGNED : FORM_UNSIGNED;
}

static unsigned
element_of(const struct plan *d, struct str base, enum field_form form,
    unsigned long_size)
{
	unsigned n = d->element;

	if (form == FORM_BITMASK)
		return long_size;
	if (form != FORM_ARRAY || (!d->is_array && !d->is_dynamic))
		return 1;
	if (d->is_dynamic || d->size == 0 || !is_integer_size(n))
		n = size_of(base, long_size);
	return d->is_dynamic || d->size % n == 0 ? n : 1;
}

bool
plan_make(const struct plan *d, struct str print_fmt, unsigned long_size,
    struct format_field *out)
{
	struct str base = base_type(d->type);
	bool array = d->is_array || d->is_dynamic;

	*out = (struct format_field){ .key = { NULL, 0 } };
	out->offset = d->offset;
	out->size = d->size;
	out->is_signed = d->is_signed;
	if (d->is_dynamic)
		out->place = d->is_relative ? PLACE_RELATIVE : PLACE_DYNAMIC;
	else if (d->size == 0)
		out->place = PLACE_REST;
	if (out->place == PLACE_REST && !array)
		return false;
	if (d->is_dynamic && d->size != 4)
		return false;
	out->form = array
	    ? form_of_array(d, base, print_fmt, d->is_dynamic ? 0 : d->size)
	    : form_of_scalar(d, base);
	out->element = element_of(d, base, out->form, long_size);
	return true;
}

bool
plan_is_wide(const struct format_field *f)
{
	return f->place != PLACE_HERE && f->form != FORM_CHARS;
}

size_t
plan_room(const struct format_field *f)
{
	switch (f->form) {
	case FORM_UNSIGNED:
	case FORM_SIGNED:
	case FORM_POINTER:
		return NUM_TEXT;
	case FORM_ADDRESS:
		return ADDRESS_TEXT;
	case FORM_STATE:
		return STATES_TEXT;
	case FORM_SOCKADDR:
	case FORM_BITMASK:
	case FORM_ARRAY:
		return ENDPOINT_TEXT +
		    (f->place == PLACE_HERE ? PLAN_BYTE * f->size : 0);
	default:
		return 0;
	}
}
