/* SPDX-License-Identifier: MIT */
#include "source/meaning.h"

#include <assert.h>

#include "base/num.h"

enum {
	MINOR_BITS = 20,  /* of a dev_t of the kernel */
	HANDLE_BITS = 16, /* of the minor number of a handle */
	PAGE_BITS = 12,
	PEEK = 2, /* MSG_PEEK of include/linux/socket.h */
	/* Of a priority of I/O, include/uapi/linux/ioprio.h: */
	CLASS_SHIFT = 13,
	HINT_SHIFT = 3,
	SLOT_SHIFT = 22, /* of the flags of a timer, include/linux/timer.h */
};

static const struct {
	const char *kind;
	struct meaning meaning;
} kinds[] = {
	{ "x", { SENSE_HEX, false, 'n', NULL, false, false } },
	{ "X", { SENSE_HEX, true, 'n', NULL, false, false } },
	{ "x32", { SENSE_HEX32, false, 'n', NULL, false, false } },
	{ "X32", { SENSE_HEX32, true, 'n', NULL, false, false } },
	{ "peek", { SENSE_PEEK, true, 'n', NULL, false, false } },
	{ "x64", { SENSE_HEX64, false, 'n', NULL, false, false } },
	{ "X64", { SENSE_HEX64, true, 'n', NULL, false, false } },
	{ "o", { SENSE_OCTAL, false, 'n', NULL, false, false } },
	{ "O", { SENSE_OCTAL, true, 'n', NULL, false, false } },
	{ "u32", { SENSE_UNSIGNED32, true, 'n', NULL, false, false } },
	{ "u64", { SENSE_UNSIGNED, true, 'n', NULL, false, false } },
	{ "s32", { SENSE_SIGNED32, true, 'n', NULL, false, false } },
	{ "s64", { SENSE_SIGNED, true, 'n', NULL, false, false } },
	{ "b", { SENSE_BOOLEAN, true, 'n', NULL, false, false } },
	{ "p", { SENSE_POINTER, true, 'p', NULL, false, false } },
	{ "a", { SENSE_NUMBER, true, 'p', NULL, false, false } },
	{ "f", { SENSE_FUNCTION, true, 'v', NULL, true, true } },
	{ "F", { SENSE_PLACE, true, 'v', NULL, true, true } },
	{ "timer", { SENSE_TIMER, true, 'v', NULL, false, false } },
	{ "dev", { SENSE_DEVICE, true, 'm', NULL, false, false } },
	{ "handle", { SENSE_HANDLE, true, 'm', NULL, false, false } },
	{ "page", { SENSE_PAGES, false, 'n', NULL, false, false } },
	{ "ioprio", { SENSE_PRIORITY, true, 'v', NULL, false, false } },
	{ "array", { SENSE_ARRAY, true, 'v', NULL, false, false } },
	{ "array32", { SENSE_ARRAY32, true, 'v', NULL, false, false } },
	{ "list", { SENSE_LIST, true, 'v', NULL, false, false } },
	{ "bytes", { SENSE_BYTES, true, 'v', NULL, false, false } },
	{ "ip", { SENSE_ADDRESS, true, 'v', NULL, false, false } },
	{ "ip6", { SENSE_ADDRESS6, true, 'v', NULL, false, false } },
	{ "v", { SENSE_TEXT, true, 'v', NULL, false, true } },
	{ "t", { SENSE_STRING, true, 'v', NULL, false, true } },
};

bool
meaning_find(struct str kind, struct meaning *out)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!str_is(kind, kinds[i].kind))
			continue;
		*out = kinds[i].meaning;
		return true;
	}
	*out = (struct meaning){ SENSE_SET, true, 'v', NULL, false, false };
	out->set = sets_find(kind);
	return out->set != NULL;
}

bool
meaning_fits(const struct meaning *m, struct str text)
{
	uint64_t flags;

	return m->sense != SENSE_PEEK ||
	    (num_hex(text, &flags) && (flags & PEEK) != 0);
}

/* Reads a number: in decimal or after 0x, with or without a minus. */
static bool
read_number(struct str s, bool hex, uint64_t *out)
{
	int64_t v;

	if (hex || str_starts(s, "0x"))
		return num_hex(s, out);
	if (num_u64(s, out))
		return true;
	if (!num_s64(s, &v))
		return false;
	*out = (uint64_t)v;
	return true;
}

/* Sets the field to a number of so many bits, with a sign or without. */
static bool
take_number(struct value_room *r, struct field *f, bool hex, unsigned bits,
    bool is_signed)
{
	uint64_t v;

	if (!read_number(f->value, hex, &v))
		return false;
	if (bits == 32)
		v = is_signed ? (uint64_t)(int64_t)(int32_t)v : (uint32_t)v;
	if (is_signed)
		value_set_s64(r, f, (int64_t)v);
	else
		value_set_u64(r, f, v);
	return true;
}

/*
 * Takes two numbers with a comma or a colon between: the upper one is shifted
 * by so many bits.  One alone is the whole number, in decimal.
 */
static bool
take_two(struct value_room *r, struct field *f, unsigned bits, bool hex)
{
	struct str high = f->value, low;
	uint64_t v, w;
	size_t n = 0;

	while (n < high.n && high.p[n] != ',' && high.p[n] != ':')
		n++;
	if (n == high.n)
		return take_number(r, f, false, 64, false);
	low = str_skip(high, n + 1);
	high.n = n;
	if (low.n == 0 && hex)
		low = str_of("0");
	if (!read_number(high, hex, &v) || !read_number(low, hex, &w))
		return false;
	value_set_u64(r, f, v << bits | w);
	return true;
}

/* Takes "be,0,4": class, hint and level. */
static bool
take_priority(struct value_room *r, struct field *f)
{
	struct str rest = f->value, part[3];
	uint64_t hint, level;
	int64_t class;

	for (size_t i = 0; i < 3; i++) {
		const char *comma = memchr(rest.p, ',', rest.n);

		if (comma == NULL && i == 0)
			return take_number(r, f, false, 64, false);
		part[i] = rest;
		if ((comma != NULL) != (i < 2))
			return false;
		if (comma == NULL)
			break;
		part[i].n = (size_t)(comma - rest.p);
		rest = str_skip(rest, part[i].n + 1);
	}
	if (!sets_number(sets_find(str_of("ioclass")), part[0], &class) ||
	    !num_u64(part[1], &hint) || !num_u64(part[2], &level))
		return false;
	value_set_u64(r, f,
	    (uint64_t) class << CLASS_SHIFT | hint << HINT_SHIFT | level);
	return true;
}

/*
 * Takes bytes as "01:02:ff" or "0102ff".  report -R prints them as a string
 * if they look like one, up to the first zero: then they are not known.
 */
static bool
take_bytes(struct value_room *r, struct field *f, bool pair)
{
	char *out = r->text + r->n;
	struct str s = f->value;
	size_t n = 0;

	if (str_starts(s, "ARRAY["))
		return value_array(r, f, false);
	if (pair) {
		value_set(f, "null", 4, FIELD_LITERAL);
		return true;
	}
	out[n++] = '[';
	while (s.n > 0) {
		int high = num_hex_digit(s.p[0]), low;

		low = s.n > 1 ? num_hex_digit(s.p[1]) : -1;
		if (high < 0 || low < 0)
			return false;
		if (n > 1)
			out[n++] = ',';
		n += num_put(out + n, (uint64_t)(high << 4 | low));
		s = str_skip(s, 2);
		if (s.n > 0 && num_hex_digit(s.p[0]) < 0)
			s = str_skip(s, 1);
	}
	out[n++] = ']';
	value_printed(r, f, n, FIELD_LITERAL);
	return true;
}

/*
 * Takes an address that is printed by the name of what is there: the length
 * of that, which only the kernel prints, is left out.
 */
static bool
take_function(struct value_room *r, struct field *f, bool pointer)
{
	struct str s = f->value, rest;
	const char *slash = memchr(s.p, '/', s.n);
	char *out = r->text + r->n;

	if (pointer ? value_pointer(r, f)
		    : str_starts(s, "0x") && value_hexadecimal(r, f))
		return true;
	f->kind = FIELD_TEXT;
	if (slash == NULL)
		return true;
	rest = str_skip(s, (size_t)(slash - s.p) + 1);
	while (rest.n > 0 && rest.p[0] != ' ')
		rest = str_skip(rest, 1);
	memcpy(out, s.p, (size_t)(slash - s.p));
	memcpy(out + (slash - s.p), rest.p, rest.n);
	value_printed(r, f, (size_t)(slash - s.p) + rest.n, FIELD_TEXT);
	return true;
}

/* Takes "1 idx=56 flags=D|P|I": the CPU, the slot in the wheel, flags. */
static bool
take_timer(struct value_room *r, struct field *f)
{
	static const char slot[] = " idx=", flags[] = " flags=";
	struct str s = f->value, cpu = s, idx;
	const char *p = memmem(s.p, s.n, slot, strlen(slot)), *q;
	uint64_t v, w;
	int64_t bits;

	if (p == NULL)
		return take_number(r, f, false, 64, false);
	cpu.n = (size_t)(p - s.p);
	idx = str_skip(s, cpu.n + strlen(slot));
	if ((q = memmem(idx.p, idx.n, flags, strlen(flags))) == NULL)
		return false;
	s = str_skip(idx, (size_t)(q - idx.p) + strlen(flags));
	idx.n = (size_t)(q - idx.p);
	if (!num_u64(cpu, &v) || !num_u64(idx, &w) ||
	    !sets_number(sets_find(str_of("timer_flags")), s, &bits))
		return false;
	value_set_u64(r, f, v | w << SLOT_SHIFT | (uint64_t)bits);
	return true;
}

static bool
take_pages(struct value_room *r, struct field *f)
{
	uint64_t v;

	if (!num_u64(f->value, &v))
		return false;
	value_set_u64(r, f, v >> PAGE_BITS);
	return true;
}

static bool
take_set(struct value_room *r, struct field *f, const struct set *set)
{
	int64_t v;

	if (!sets_number(set, f->value, &v)) {
		f->value = str_trim(f->value);
		f->kind = FIELD_TEXT;
	} else if (set->kind == SET_BOOLEAN) {
		value_set(f, v != 0 ? "true" : "false", v != 0 ? 4 : 5,
		    FIELD_LITERAL);
	} else {
		value_set_s64(r, f, v);
	}
	return true;
}

/* A number that is printed as a pointer is hashed in the kernel's text. */
static bool
take_plain(struct value_room *r, struct field *f)
{
	uint64_t v = 0;

	if (str_starts(f->value, "(") && value_pointer(r, f)) {
		value_set_u64(r, f, v); /* (nil) */
		return true;
	}
	if (!str_starts(f->value, "0x") && f->value.n != 16)
		return value_decimal(r, f) || value_pointer(r, f);
	if (!num_hex(f->value, &v))
		return false;
	value_set_u64(r, f, v);
	return true;
}

static bool
take_text(struct field *f)
{
	f->kind = FIELD_TEXT;
	return true;
}

/* Takes what is a number, however it is printed. */
static bool
take_numeric(const struct meaning *m, struct value_room *r, struct field *f,
    bool bare)
{
	switch (m->sense) {
	case SENSE_HEX:
		return take_number(r, f, bare, 64, false);
	case SENSE_PEEK:
	case SENSE_HEX32:
		return meaning_fits(m, f->value) &&
		    take_number(r, f, bare, 32, true);
	case SENSE_HEX64:
		return take_number(r, f, bare, 64, true);
	case SENSE_OCTAL:
		return bare ? value_octal(r, f)
			    : take_number(r, f, false, 64, false);
	case SENSE_UNSIGNED32:
		return take_number(r, f, false, 32, false);
	case SENSE_UNSIGNED:
		return take_number(r, f, false, 64, false);
	case SENSE_SIGNED32:
		return take_number(r, f, false, 32, true);
	case SENSE_SIGNED:
		return take_number(r, f, false, 64, true);
	case SENSE_PAGES:
		return bare ? take_pages(r, f)
			    : take_number(r, f, false, 64, false);
	case SENSE_NUMBER:
		return take_plain(r, f);
	case SENSE_DEVICE:
		return take_two(r, f, MINOR_BITS, false);
	case SENSE_TIMER:
		return take_timer(r, f);
	case SENSE_HANDLE:
		return take_two(r, f, HANDLE_BITS, true);
	case SENSE_PRIORITY:
		return take_priority(r, f);
	default:
		assert(!"a number");
		return false;
	}
}

bool
meaning_take(const struct meaning *m, struct value_room *r, struct field *f,
    bool pair)
{
	switch (m->sense) {
	case SENSE_BOOLEAN:
		return value_boolean(f, true);
	case SENSE_POINTER:
		if (str_is(f->value, "0"))
			value_set_pointer(r, f, 0);
		return f->kind == FIELD_TEXT || value_pointer(r, f);
	case SENSE_FUNCTION:
		return take_function(r, f, true);
	case SENSE_PLACE:
		return take_function(r, f, false);
	case SENSE_ARRAY:
		return value_numbers(r, f, 8, false);
	case SENSE_ARRAY32:
		return value_numbers(r, f, 4, false);
	case SENSE_LIST:
		return value_numbers(r, f, 8, true);
	case SENSE_BYTES:
		return take_bytes(r, f, pair);
	case SENSE_ADDRESS:
		value_address(r, f, 4);
		return true;
	case SENSE_ADDRESS6:
		value_address(r, f, 16);
		return true;
	case SENSE_STRING: /* by its address, where no more was known */
		return (f->value.n == 16 && value_pointer(r, f)) ||
		    take_text(f);
	case SENSE_TEXT:
		return take_text(f);
	case SENSE_SET:
		return take_set(r, f, m->set);
	default:
		return take_numeric(m, r, f, m->bare || !pair);
	}
}
