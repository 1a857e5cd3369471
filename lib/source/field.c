/* SPDX-License-Identifier: MIT */
#include "source/field.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

enum {
	FAMILY_INET = 2,   /* AF_INET and AF_INET6 of Linux: in a trace they */
	FAMILY_INET6 = 10, /* are those of the machine that was traced */
	SOCKADDR_SIZE = 28,
	/* So long is its text at least; that of 16 bytes is not. */
	SOCKADDR_TEXT = sizeof("ARRAY[]") - 1 + 3 * SOCKADDR_SIZE - 1,
};

bool
field_is_taken(struct str key)
{
	switch (key.n) {
	case 2:
		return str_is(key, "ts");
	case 3:
		return str_is(key, "cpu") || str_is(key, "tid");
	case 4:
		return str_is(key, "type") || str_is(key, "task") ||
		    str_is(key, "tgid");
	case 5:
		return str_is(key, "flags");
	default:
		return false;
	}
}

struct str
field_label(struct str key)
{
	const char *front = field_is_taken(key) ? ",\"arg_" : ",\"";
	size_t n = strlen(front);
	char *p = mem_alloc(n + key.n + 2);

	memcpy(p, front, n);
	memcpy(p + n, key.p, key.n);
	memcpy(p + n + key.n, "\":", 2);
	return (struct str){ p, n + key.n + 2 };
}

void
fields_grow(struct fields *f)
{
	f->field = mem_grow(f->field, &f->cap, f->n + 1, sizeof(*f->field));
}

void
fields_free(struct fields *f)
{
	free(f->field);
	*f = (struct fields){ .field = NULL };
}

bool
field_s64(struct str value, int64_t *out)
{
	uint64_t v;

	if (value.n > 2 && value.p[0] == '0' && value.p[1] == 'x') {
		if (!num_hex(value, &v))
			return false;
		*out = (int64_t)v;
		return true;
	}
	return value.n > 0 && num_s64(value, out);
}

/* Returns the value of two hexadecimal digits, or -1. */
static int
hex_byte(const char *p)
{
	int high = num_hex_digit(p[0]), low = num_hex_digit(p[1]);

	return high >= 0 && low >= 0 ? high << 4 | low : -1;
}

/* Reads up to max bytes of an array; *whole tells whether that is all. */
static int
read_array(struct str value, uint8_t *out, size_t max, bool *whole)
{
	const char *p, *end;
	size_t n = 0;

	if (!str_starts(value, "ARRAY[") || value.p[value.n - 1] != ']')
		return -1;
	p = value.p + strlen("ARRAY[");
	end = value.p + value.n - 1;
	while (p < end && n < max) {
		int byte = end - p >= 2 ? hex_byte(p) : -1;

		if (byte < 0)
			return -1;
		out[n++] = (uint8_t)byte;
		for (p += 2; p < end && (*p == ',' || *p == ' ');)
			p++;
	}
	*whole = p == end;
	return (int)n;
}

int
field_bytes(struct str value, uint8_t *out, size_t max)
{
	bool whole;
	int n = read_array(value, out, max, &whole);

	return n >= 0 && whole ? n : -1;
}

/*
 * Reads what a struct sockaddr_in or sockaddr_in6 holds.  Of the former most
 * of the 28 bytes are padding.
 */
static bool
from_sockaddr(struct str value, struct endpoint *out)
{
	uint8_t b[SOCKADDR_SIZE];
	unsigned family;
	bool whole;

	if (read_array(value, b, 8, &whole) != 8)
		return false;
	/* The family is in the traced machine's byte order, either way. */
	family = b[0] != 0 ? b[0] : b[1];
	out->port = (uint16_t)(b[2] << 8 | b[3]);
	if (family == FAMILY_INET) {
		out->address = address_from(b + 4, 4);
		return true;
	}
	if (family != FAMILY_INET6 ||
	    read_array(value, b, SOCKADDR_SIZE, &whole) != SOCKADDR_SIZE)
		return false;
	out->address = address_from(b + 8, 16);
	return true;
}

bool
field_endpoint(struct str value, struct endpoint *out)
{
	struct endpoint e = { .port = 0 };
	uint8_t byte[16];
	int n;

	if (value.n == 0)
		return false;
	if (value.p[0] != 'A')
		return endpoint_parse(value, out);
	if (value.n >= SOCKADDR_TEXT) {
		if (!from_sockaddr(value, &e))
			return false;
	} else {
		n = field_bytes(value, byte, sizeof(byte));
		if (n != 4 && n != 16)
			return false;
		e.address = address_from(byte, (size_t)n);
	}
	*out = e;
	return true;
}
