/* SPDX-License-Identifier: MIT */
#include "source/value.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

enum {
	ROOM = 64,      /* for what is printed of a value: so much, and */
	ROOM_TIMES = 3, /* so many times the value */
	COMM_MAX = 15,  /* what is longer is no comm as it is */
	SOCKADDR = 28,  /* bytes of a sockaddr_in6, of which a sockaddr_in */
	OCTAL_MAX = 21, /* digits that 64 bits hold whatever they are */
	INET = 2,       /* is the beginning, and the family of the latter */
};

size_t
value_need(struct str value)
{
	return ROOM + ROOM_TIMES * value.n;
}

void
value_begin(struct value_room *r, size_t need)
{
	r->n = 0;
	r->text = mem_grow(r->text, &r->cap, need, 1);
}

void
value_free(struct value_room *r)
{
	free(r->text);
	*r = (struct value_room){ .text = NULL };
}

void
value_set(struct field *f, const char *p, size_t n, enum field_kind kind)
{
	f->value = (struct str){ p, n };
	f->kind = kind;
}

/* Gives the field what was printed behind the text that is there. */
void
value_printed(struct value_room *r, struct field *f, size_t n,
    enum field_kind kind)
{
	value_set(f, r->text + r->n, n, kind);
	r->n += n;
}

void
value_set_u64(struct value_room *r, struct field *f, uint64_t v)
{
	char digit[20], *p = digit + sizeof(digit);
	size_t n;

	do
		*--p = (char)('0' + v % 10);
	while ((v /= 10) > 0);
	n = (size_t)(digit + sizeof(digit) - p);
	memcpy(r->text + r->n, p, n);
	value_printed(r, f, n, FIELD_LITERAL);
}

void
value_set_s64(struct value_room *r, struct field *f, int64_t v)
{
	if (v >= 0) {
		value_set_u64(r, f, (uint64_t)v);
		return;
	}
	r->text[r->n++] = '-';
	value_set_u64(r, f, 0 - (uint64_t)v);
	value_set(f, f->value.p - 1, f->value.n + 1, FIELD_LITERAL);
}

void
value_set_pointer(struct value_room *r, struct field *f, uint64_t v)
{
	unsigned digits = v > 0 ? (67 - (unsigned)__builtin_clzll(v)) / 4 : 1;
	char *out = r->text + r->n;

	memcpy(out, "0x", 2);
	for (unsigned i = digits; i > 0; v >>= 4)
		out[1 + i--] = "0123456789abcdef"[v & 15];
	value_printed(r, f, 2 + digits, FIELD_TEXT);
}

/*
 * Takes a number as printed in decimal, without its leading zeros.  One that
 * no 64 bits hold is left alone.
 */
bool
value_decimal(struct value_room *r, struct field *f)
{
	struct str s = f->value;
	uint64_t u;
	int64_t v;

	if (s.n > 0 && s.p[0] == '-') {
		if (!num_s64(s, &v))
			return false;
		value_set_s64(r, f, v);
		return true;
	}
	if (!num_u64(s, &u))
		return false;
	while (s.n > 1 && s.p[0] == '0')
		s = str_skip(s, 1);
	value_set(f, s.p, s.n, FIELD_LITERAL);
	return true;
}

/*
 * Takes a pointer: sixteen digits, or any number of them behind 0x.  The
 * kernel prints (null) for none, libtraceevent (nil).
 */
bool
value_pointer(struct value_room *r, struct field *f)
{
	struct str s = f->value;
	uint64_t v;

	if (str_is(str_trim(s), "(null)") || str_is(s, "(nil)"))
		v = 0;
	else if ((s.n != 16 && !str_starts(s, "0x")) || !num_hex(s, &v))
		return false;
	value_set_pointer(r, f, v);
	return true;
}

bool
value_kernel_pointer(struct value_room *r, struct field *f)
{
	struct str s = f->value;

	if (!str_is(s, "(nil)") &&
	    (s.n != 18 || !str_starts(s, "0xffff") ||
		str_starts(s, "0xfffffffffffff")))
		return false;
	return value_pointer(r, f);
}

bool
value_octal(struct value_room *r, struct field *f)
{
	struct str s = f->value;
	uint64_t v = 0;

	if (s.n == 0 || s.n > OCTAL_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '7')
			return false;
		v = v * 8 + (uint64_t)(s.p[i] - '0');
	}
	value_set_u64(r, f, v);
	return true;
}

bool
value_hexadecimal(struct value_room *r, struct field *f)
{
	uint64_t v;

	if (!num_hex(f->value, &v))
		return false;
	value_set_u64(r, f, v);
	return true;
}

bool
value_signed(struct value_room *r, struct field *f)
{
	int64_t v;

	if (!field_s64(f->value, &v))
		return false;
	value_set_s64(r, f, v);
	return true;
}

/* A number of 32 bits, which is above INT32_MAX if it is negative. */
bool
value_signed32(struct value_room *r, struct field *f)
{
	int64_t v;

	if (!field_s64(f->value, &v))
		return false;
	value_set_s64(r, f, v > INT32_MAX && v <= UINT32_MAX ? (int32_t)v : v);
	return true;
}

/* Takes true, false, 1 or 0. */
bool
value_boolean(struct field *f, bool digits)
{
	if (str_is(f->value, "true") || (digits && str_is(f->value, "1")))
		value_set(f, "true", 4, FIELD_LITERAL);
	else if (str_is(f->value, "false") || (digits && str_is(f->value, "0")))
		value_set(f, "false", 5, FIELD_LITERAL);
	else
		return false;
	return true;
}

/*
 * Takes the bytes of ARRAY[61, 20, ...]: of a name those up to the first
 * zero, otherwise [97,32,...].
 */
bool
value_array(struct value_room *r, struct field *f, bool name)
{
	size_t max = f->value.n, n = 0;
	char *out = r->text + r->n;
	uint8_t *byte = (uint8_t *)out + 2 * max;
	int count = field_bytes(f->value, byte, max / 3);

	if (count < 0)
		return false;
	if (name) {
		n = strnlen((const char *)byte, (size_t)count);
		memcpy(out, byte, n);
		value_printed(r, f, n, FIELD_TEXT);
		return true;
	}
	out[n++] = '[';
	for (int i = 0; i < count; i++)
		n += (size_t)snprintf(out + n, ROOM, "%s%u", i > 0 ? "," : "",
		    byte[i]);
	out[n++] = ']';
	value_printed(r, f, n, FIELD_LITERAL);
	return true;
}

/* The bytes of numbers of that size, the lowest first. */
static bool
integers(struct value_room *r, struct field *f, unsigned size)
{
	size_t max = f->value.n, n = 0;
	char *out = r->text + r->n;
	uint8_t *byte = (uint8_t *)out + 2 * max;
	int count = field_bytes(f->value, byte, max / 3);
	uint64_t v = 0;

	if (count < 0 || (unsigned)count % size != 0)
		return false;
	out[n++] = '[';
	for (int i = 0; i < count; i += (int)size) {
		memcpy(&v, byte + i, size);
		if (i > 0)
			out[n++] = ',';
		n += num_put(out + n, le64toh(v));
	}
	out[n++] = ']';
	value_printed(r, f, n, FIELD_LITERAL);
	return true;
}

/*
 * Takes numbers as "{0x1,0x2}", "1, 2" or "1 2", in hexadecimal unless they
 * have signs, or ARRAY[...] of so many bytes each.
 */
bool
value_numbers(struct value_room *r, struct field *f, unsigned size,
    bool is_signed)
{
	char *out = r->text + r->n;
	struct str s = f->value;
	size_t n = 0;
	int64_t v;

	if (str_starts(s, "ARRAY["))
		return integers(r, f, size);
	if (s.n > 1 && s.p[0] == '{' && s.p[s.n - 1] == '}')
		s = (struct str){ s.p + 1, s.n - 2 };
	out[n++] = '[';
	while (s.n > 0) {
		struct str one = s;

		for (one.n = 0; one.n < s.n; one.n++)
			if (s.p[one.n] == ',' || s.p[one.n] == ' ')
				break;
		s = str_skip(s, one.n + (one.n < s.n));
		s = str_trim(s);
		if (is_signed ? !num_s64(one, &v)
			      : !num_hex(one, (uint64_t *)&v))
			return false;
		if (n > 1)
			out[n++] = ',';
		n += is_signed ? num_put_signed(out + n, v)
			       : num_put(out + n, (uint64_t)v);
	}
	out[n++] = ']';
	value_printed(r, f, n, FIELD_LITERAL);
	return true;
}

void
value_name(struct value_room *r, struct field *f)
{
	if (f->value.n <= COMM_MAX || !value_array(r, f, true))
		f->kind = FIELD_TEXT;
}

/*
 * An address of IPv4 that is all zero is none of IPv4 to address_from; its
 * mapped form is printed as it should be.
 */
static void
known_four(struct endpoint *e)
{
	static const struct address any = { { 0 } };

	if (address_eq(&e->address, &any))
		e->address.byte[10] = e->address.byte[11] = 0xff;
}

/* Tells whether the text of an address is surely one of IPv4. */
static bool
is_four(struct str s)
{
	uint8_t byte[SOCKADDR];
	int n;

	if (s.p[0] != 'A')
		return memchr(s.p, '.', s.n) != NULL;
	n = field_bytes(s, byte, sizeof(byte));
	return n == 4 ||
	    (n == SOCKADDR && (byte[0] != 0 ? byte[0] : byte[1]) == INET);
}

/*
 * Takes an address, however it is printed.  trace-cmd report -R prints its
 * bytes as a string, up to the first zero, if they look like one: they are
 * known where at most one of them is missing.
 */
void
value_address(struct value_room *r, struct field *f, size_t size)
{
	struct str s = f->value;
	uint8_t byte[16] = { 0 };
	struct endpoint e;
	char *out = r->text + r->n;

	if (address_parse(s, &e.address) ||
	    (field_bytes(s, byte, 16) >= 4 && field_endpoint(s, &e))) {
		if (is_four(s))
			known_four(&e);
		value_printed(r, f, address_print(&e.address, out), FIELD_TEXT);
	} else if (field_endpoint(s, &e)) {
		if (is_four(s))
			known_four(&e);
		value_printed(r, f, endpoint_print(&e, out), FIELD_TEXT);
	} else if (s.n == size || s.n + 1 == size) {
		memset(byte, 0, sizeof(byte));
		memcpy(byte, s.p, s.n);
		e.address = address_from(byte, size);
		value_printed(r, f, address_print(&e.address, out), FIELD_TEXT);
	} else if (s.n < size) {
		value_set(f, "null", 4, FIELD_LITERAL);
	} else {
		f->kind = FIELD_TEXT;
	}
}
