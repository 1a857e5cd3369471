/* SPDX-License-Identifier: MIT */
#include "source/render.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "source/raw.h"

enum {
	FAMILY_INET = 2,   /* AF_INET and AF_INET6 of Linux, which */
	FAMILY_INET6 = 10, /* need not be those of this machine */
	SLACK = 64,        /* what is printed in one go may be longer */
};

/* Where the bytes of a field are, and where its text goes. */
struct place {
	const uint8_t *p;
	size_t n;
	bool swap; /* the bytes are in the other order */
};

static bool
must_swap(const struct render *r)
{
	return raw_must_swap(r->big_endian);
}

static char *
put_array(char *out, const struct place *at, unsigned element, bool is_signed)
{
	char *p = out;

	*p++ = '[';
	for (size_t i = 0; i + element <= at->n; i += element) {
		uint64_t v = raw_load(at->p + i, element, at->swap);

		if (i > 0)
			*p++ = ',';
		if (is_signed)
			p += num_put_signed(p, raw_extend(v, element));
		else
			p += num_put(p, v);
	}
	*p++ = ']';
	return p;
}

/*
 * Words of 32 bits, the highest first.  They are halves of longs: of 64 bits
 * in big-endian order, the first half is the higher one.
 */
static char *
put_bitmask(char *out, const struct place *at, unsigned long_size)
{
	size_t longs = at->n / long_size;
	char *p = out;

	for (size_t i = longs; i-- > 0;) {
		uint64_t v = raw_load(at->p + i * long_size, long_size,
		    at->swap);

		for (int shift = (int)long_size * 8 - 4; shift >= 0;
		     shift -= 4) {
			if (shift % 32 == 28 && p != out)
				*p++ = ',';
			*p++ = "0123456789abcdef"[v >> shift & 15];
		}
	}
	return p;
}

/* The port and the address are in network order, the family is not. */
static bool
read_sockaddr(const struct place *at, struct endpoint *out)
{
	uint64_t family = at->n >= 8 ? raw_load(at->p, 2, at->swap) : 0;

	if (family == FAMILY_INET) {
		out->address = address_from(at->p + 4, 4);
	} else if (family == FAMILY_INET6 && at->n >= 24) {
		out->address = address_from(at->p + 8, 16);
	} else {
		return false;
	}
	out->port = (uint16_t)(at->p[2] << 8 | at->p[3]);
	return true;
}

/* Gives a field the text up to end; returns end. */
static inline char *
give(struct field *f, enum field_kind kind, const char *text, char *end)
{
	f->value = (struct str){ text, (size_t)(end - text) };
	f->kind = kind;
	return end;
}

/* Gives a field what is printed elsewhere. */
static inline void
give_other(struct field *f, enum field_kind kind, const void *p, size_t n)
{
	f->value = (struct str){ p, n };
	f->kind = kind;
}

/*
 * An address of IPv4 that is all zero is the only one that struct address
 * cannot tell from that of IPv6.
 */
static bool
is_any(const uint8_t *byte)
{
	return memcmp(byte, "\0\0\0\0", 4) == 0;
}

static char *
put_sockaddr(char *p, const struct place *at, const struct endpoint *e)
{
	if (raw_load(at->p, 2, at->swap) != FAMILY_INET || !is_any(at->p + 4))
		return p + endpoint_print(e, p);
	memcpy(p, "0.0.0.0:", 8);
	return p + 8 + num_put(p + 8, e->port);
}

static char *
show_sockaddr(struct field *f, const struct place *at, char *text)
{
	struct endpoint e;

	if (read_sockaddr(at, &e))
		return give(f, FIELD_WORD, text, put_sockaddr(text, at, &e));
	return give(f, FIELD_LITERAL, text, put_array(text, at, 1, false));
}

static char *
put_address(char *p, const struct place *at)
{
	struct address a = address_from(at->p, at->n);

	if (at->n != 4 || !is_any(at->p))
		return p + address_print(&a, p);
	memcpy(p, "0.0.0.0", 7);
	return p + 7;
}

static char *
put_pointer(char *p, uint64_t v)
{
	memcpy(p, "0x", 2);
	return p + 2 + num_put_hex(p + 2, v);
}

/* Shows a number, by its name where it has one. */
static inline char *
show_integer(struct field *out, const struct format_field *f, uint64_t v,
    char *text)
{
	bool is_signed = f->form == FORM_SIGNED;
	size_t n;

	if (is_signed)
		v = (uint64_t)raw_extend(v, f->size);
	if (f->symbols != NULL && symbols_print(f->symbols, v, text, &n))
		return give(out, FIELD_TEXT, text, text + n);
	n = is_signed ? num_put_signed(text, (int64_t)v) : num_put(text, v);
	return give(out, FIELD_LITERAL, text, text + n);
}

/* Shows a field whose bytes are known; returns the place behind its text. */
static inline char *
show(struct field *out, const struct format_field *f, const struct place *at,
    char *text)
{
	uint64_t v;
	size_t n;

	switch (f->form) {
	case FORM_UNSIGNED:
	case FORM_SIGNED:
		v = raw_load(at->p, f->size, at->swap);
		return show_integer(out, f, v, text);
	case FORM_CHARS:
		n = raw_text_length(at->p, at->n);
		/* The end of the line that was written to trace_marker. */
		if (f->place == PLACE_REST && n > 0 && at->p[n - 1] == '\n')
			n--;
		give_other(out, FIELD_TEXT, at->p, n);
		return text;
	case FORM_STATE:
		v = raw_load(at->p, f->size, at->swap);
		return give(out, FIELD_WORD, text,
		    text + states_print(f->states, v, text));
	case FORM_POINTER:
		v = raw_load(at->p, f->size, at->swap);
		return give(out, FIELD_WORD, text, put_pointer(text, v));
	case FORM_BOOL:
		give_other(out, FIELD_LITERAL, *at->p != 0 ? "true" : "false",
		    *at->p != 0 ? 4 : 5);
		return text;
	case FORM_ADDRESS:
		return give(out, FIELD_WORD, text, put_address(text, at));
	case FORM_SOCKADDR:
		return show_sockaddr(out, at, text);
	case FORM_BITMASK:
		return give(out, FIELD_TEXT, text,
		    put_bitmask(text, at, f->element));
	default:
		return give(out, FIELD_LITERAL, text,
		    put_array(text, at, f->element, f->is_signed));
	}
}

/* Finds bytes that the event itself says where they are. */
static bool
find(const struct format_field *f, const uint8_t *data, size_t n,
    struct place *at)
{
	uint32_t where;
	size_t offset;

	if (f->place == PLACE_REST) {
		at->p = data + f->offset;
		at->n = n - f->offset;
		return true;
	}
	where = (uint32_t)raw_load(data + f->offset, 4, at->swap);
	offset = where & 0xffff;
	if (f->place == PLACE_RELATIVE)
		offset += f->offset + f->size;
	at->n = where >> 16;
	at->p = data + (offset <= n ? offset : 0);
	return offset <= n && at->n <= n - offset;
}

/* Makes room for all fields and for their text. */
static void
reserve(struct render *r, const struct format *f, size_t n,
    struct fields *fields)
{
	size_t room = f->room + SLACK + (f->wide ? PLAN_BYTE * n : 0);

	if (r->cap < room)
		r->text = mem_grow(r->text, &r->cap, room, 1);
	fields_clear(fields);
	fields_reserve(fields, f->n);
}

const char *
render_fields(struct render *r, const struct format *f, const uint8_t *data,
    size_t n, struct fields *fields, unsigned *bad_fields)
{
	struct place at = { .swap = must_swap(r) };
	struct field *out;
	size_t left = n;
	char *text;

	if (n < f->fixed)
		return "the event is shorter than its format says";
	reserve(r, f, n, fields);
	out = fields->field;
	text = r->text;
	for (size_t k = 0; k < f->n; k++) {
		const struct format_field *i = &f->field[k];

		if (i->place == PLACE_HERE) {
			at.p = data + i->offset;
			at.n = i->size;
		} else if (!find(i, data, n, &at) || at.n > left) {
			++*bad_fields;
			continue;
		} else {
			/* Two do not share bytes, or the text had no bound. */
			left -= at.n;
		}
		out->key = i->key;
		out->label = &i->label;
		text = show(out++, i, &at, text);
	}
	fields->n = (size_t)(out - fields->field);
	r->n = (size_t)(text - r->text);
	return NULL;
}

int
render_type(const struct render *r, const uint8_t *data, size_t n)
{
	return n < 2 ? -1 : (int)raw_load(data, 2, must_swap(r));
}

const char *
render_head(const struct render *r, const struct format *f, const uint8_t *data,
    size_t n, struct render_head *out)
{
	if (n < f->head)
		return "the event is shorter than its format says";
	out->tid = raw_extend(raw_load(data + f->pid_at, 4, must_swap(r)), 4);
	out->flags = data[f->flags_at];
	out->preempt = data[f->preempt_at];
	return NULL;
}

void
render_flags(unsigned flags, unsigned preempt, char out[RENDER_FLAGS])
{
	/* Interrupts off 0x01, bottom halves off 0x80. */
	static const char irqs[4] = { '.', 'd', 'b', 'D' };
	/* To be rescheduled lazily 0x02, at once 0x04, and preempted 0x20. */
	static const char resched[8] = { '.', 'l', 'n', 'b', 'p', 'L', 'N',
		'B' };
	/* In a hard 0x08 or soft 0x10 interrupt, or one not to mask 0x40. */
	static const char context[8] = { '.', 'h', 's', 'H', 'z', 'Z', 'z',
		'Z' };
	static const char depth[16] = { '.', '1', '2', '3', '4', '5', '6', '7',
		'8', '9', 'a', 'b', 'c', 'd', 'e', 'f' };

	out[0] = irqs[(flags & 1) | (flags >> 6 & 2)];
	out[1] = resched[(flags >> 1 & 3) | (flags >> 3 & 4)];
	out[2] = context[(flags >> 3 & 3) | (flags >> 4 & 4)];
	out[3] = depth[preempt & 15];
	out[4] = depth[preempt >> 4 & 15];
}

void
render_free(struct render *r)
{
	free(r->text);
	r->text = NULL;
	r->n = r->cap = 0;
}
