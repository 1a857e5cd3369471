/* SPDX-License-Identifier: MIT */
#include "parquet/thriftin.h"

/* The types of the compact protocol. */
enum {
	STOP,
	TRUE,
	FALSE,
	BYTE,
	I16,
	I32,
	I64,
	DOUBLE,
	BINARY,
	LIST,
	SET,
	MAP,
	STRUCT,
};

/* How deep structs and lists may stand in what is skipped. */
enum { DEEPEST = 32 };

static void
wrong(struct thriftin *in, const char *why)
{
	if (in->why == NULL)
		in->why = why;
	in->p = in->end;
}

static void
ends(struct thriftin *in)
{
	if (in->why == NULL)
		in->cut = true;
	wrong(in, "it ends too soon");
}

static unsigned
byte(struct thriftin *in)
{
	if (in->p == in->end) {
		ends(in);
		return 0;
	}
	return (unsigned char)*in->p++;
}

static uint64_t
varint(struct thriftin *in)
{
	uint64_t v = 0;

	for (unsigned shift = 0; shift < 64; shift += 7) {
		unsigned b = byte(in);

		if (shift == 63 && b > 1)
			break;
		v |= (uint64_t)(b & 0x7f) << shift;
		if (b < 0x80)
			return v;
	}
	wrong(in, "a number of more than 64 bits");
	return 0;
}

static int64_t
zigzag(struct thriftin *in)
{
	uint64_t v = varint(in);

	return (int64_t)(v >> 1 ^ (0 - (v & 1)));
}

bool
thriftin_next(struct thriftin *in, struct thriftin_field *f)
{
	unsigned b = byte(in);
	int64_t id;

	if (in->why != NULL || b == STOP)
		return false;
	f->type = b & 15;
	id = b >> 4 != 0 ? f->id + (int64_t)(b >> 4) : zigzag(in);
	if (f->type > STRUCT || id < 0 || id > INT16_MAX)
		wrong(in, "a field that Thrift does not have");
	f->id = (int32_t)id;
	return in->why == NULL;
}

int64_t
thriftin_integer(struct thriftin *in, const struct thriftin_field *f)
{
	switch (f->type) {
	case BYTE:
		return (signed char)byte(in);
	case I16:
	case I32:
	case I64:
		return zigzag(in);
	default:
		wrong(in, "a field that is no integer");
		return 0;
	}
}

int32_t
thriftin_int32(struct thriftin *in, const struct thriftin_field *f)
{
	int64_t v = thriftin_integer(in, f);

	if (v < INT32_MIN || v > INT32_MAX) {
		wrong(in, "a number of more than 32 bits");
		return 0;
	}
	return (int32_t)v;
}

bool
thriftin_boolean(struct thriftin *in, const struct thriftin_field *f)
{
	if (f->type != TRUE && f->type != FALSE)
		wrong(in, "a field that is no boolean");
	if (f->element) /* those of lists have a byte each */
		return byte(in) == TRUE;
	return f->type == TRUE;
}

struct str
thriftin_bytes(struct thriftin *in, const struct thriftin_field *f)
{
	struct str s = { in->p, 0 };
	uint64_t n;

	if (f->type != BINARY) {
		wrong(in, "a field that is no text");
		return s;
	}
	n = varint(in);
	if (n > (size_t)(in->end - in->p)) {
		ends(in);
		return s;
	}
	s = (struct str){ in->p, (size_t)n };
	in->p += n;
	return s;
}

void
thriftin_struct(struct thriftin *in, const struct thriftin_field *f)
{
	if (f->type != STRUCT)
		wrong(in, "a field that is no struct");
}

/* Reads the head of a list, or of a set, which is the same. */
static size_t
list(struct thriftin *in, unsigned *type)
{
	unsigned b = byte(in);
	uint64_t n = b >> 4;

	*type = b & 15;
	if (n == 15)
		n = varint(in);
	if (*type == STOP || *type > STRUCT)
		wrong(in, "a list of what Thrift does not have");
	if (n > (size_t)(in->end - in->p)) /* each takes a byte at least */
		ends(in);
	return in->why == NULL ? (size_t)n : 0;
}

size_t
thriftin_list(struct thriftin *in, const struct thriftin_field *f,
    struct thriftin_field *element)
{
	*element = (struct thriftin_field){ .element = 1 };
	if (f->type != LIST) {
		wrong(in, "a field that is no list");
		return 0;
	}
	return list(in, &element->type);
}

/* What is open while something is skipped. */
struct open {
	size_t left;      /* elements of a list or a map, not of a struct */
	unsigned type[2]; /* of the elements, by turns; STOP: it is a struct */
};

/* Skips a value that has no parts; false if it has some. */
static bool
skip_plain(struct thriftin *in, unsigned type, bool element)
{
	uint64_t n = 0;

	switch (type) {
	case TRUE:
	case FALSE:
		n = element;
		break;
	case BYTE:
		n = 1;
		break;
	case I16:
	case I32:
	case I64:
		varint(in);
		break;
	case DOUBLE:
		n = 8;
		break;
	case BINARY:
		n = varint(in);
		break;
	default:
		return false;
	}
	if (n > (size_t)(in->end - in->p))
		ends(in);
	else
		in->p += n;
	return true;
}

static void
skip_open(struct thriftin *in, unsigned type, struct open *o)
{
	uint64_t n;
	unsigned b;

	*o = (struct open){ 0 };
	if (type == LIST || type == SET) {
		o->left = list(in, &o->type[0]);
		o->type[1] = o->type[0];
	} else if (type == MAP) {
		n = varint(in);
		if (n > (size_t)(in->end - in->p) / 2 + 1)
			ends(in);
		b = n > 0 ? byte(in) : STRUCT << 4 | STRUCT;
		o->type[0] = b >> 4;
		o->type[1] = b & 15;
		if (o->type[0] == STOP || o->type[0] > STRUCT ||
		    o->type[1] == STOP || o->type[1] > STRUCT)
			wrong(in, "a map of what Thrift does not have");
		o->left = in->why == NULL ? 2 * (size_t)n : 0;
	}
}

void
thriftin_skip(struct thriftin *in, const struct thriftin_field *f)
{
	struct open open[DEEPEST];
	struct thriftin_field g[DEEPEST];
	unsigned type = f->type;
	bool element = f->element;
	size_t n = 0;

	for (;;) {
		if (in->why == NULL && !skip_plain(in, type, element)) {
			if (n == DEEPEST) {
				wrong(in, "it is nested too deeply");
				return;
			}
			g[n] = (struct thriftin_field){ 0 };
			skip_open(in, type, &open[n++]);
		}
		/* Close what is at its end, and take what is next. */
		while (n > 0 && in->why == NULL) {
			struct open *o = &open[n - 1];

			if (o->type[0] == STOP) {
				if (thriftin_next(in, &g[n - 1])) {
					type = g[n - 1].type;
					element = false;
					break;
				}
			} else if (o->left > 0) {
				type = o->type[o->left-- % 2];
				element = true;
				break;
			}
			n--;
		}
		if (n == 0 || in->why != NULL)
			return;
	}
}
