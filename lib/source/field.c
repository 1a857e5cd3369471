/* SPDX-License-Identifier: MIT */
#include "source/field.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

enum {
	FAMILY_INET = 2,   /* AF_INET and AF_INET6 of Linux: in a trace they */
	FAMILY_INET6 = 10, /* are those of the machine that was traced */
	SOCKADDR_SIZE = 28,
};

void
fields_add(struct fields *f, struct str key, struct str value)
{
	if (f->n == f->cap)
		f->field = mem_grow(f->field, &f->cap, f->n + 1,
		    sizeof(*f->field));
	f->field[f->n++] = (struct field){ key, value };
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

int
field_bytes(struct str value, uint8_t *out, size_t max)
{
	size_t n = 0;

	if (!str_starts(value, "ARRAY[") || value.p[value.n - 1] != ']')
		return -1;
	value = (struct str){ value.p + 6, value.n - 7 };
	while (value.n > 0 && n < max) {
		uint64_t v;

		if (value.n < 2 || !num_hex((struct str){ value.p, 2 }, &v))
			return -1;
		out[n++] = (uint8_t)v;
		value = str_skip(value, 2);
		while (value.n > 0 && memchr(", ", value.p[0], 2) != NULL)
			value = str_skip(value, 1);
	}
	return value.n == 0 ? (int)n : -1;
}

/* Reads what a struct sockaddr_in or sockaddr_in6 holds. */
static bool
from_sockaddr(const uint8_t *b, struct endpoint *out)
{
	/* The family is in the traced machine's byte order, either way. */
	unsigned family = b[0] != 0 ? b[0] : b[1];

	out->port = (uint16_t)(b[2] << 8 | b[3]);
	if (family == FAMILY_INET)
		out->address = address_from(b + 4, 4);
	else if (family == FAMILY_INET6)
		out->address = address_from(b + 8, 16);
	else
		return false;
	return true;
}

bool
field_endpoint(struct str value, struct endpoint *out)
{
	uint8_t byte[SOCKADDR_SIZE];
	struct endpoint e = { .port = 0 };
	int n;

	if (value.n == 0)
		return false;
	if (value.p[0] != 'A')
		return endpoint_parse(value, out);
	n = field_bytes(value, byte, sizeof(byte));
	if (n == SOCKADDR_SIZE) {
		if (!from_sockaddr(byte, &e))
			return false;
	} else if (n == 4 || n == 16) {
		e.address = address_from(byte, (size_t)n);
	} else {
		return false;
	}
	*out = e;
	return true;
}
