/* SPDX-License-Identifier: MIT */
#include "source/steps.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

enum {
	COMM = 16,
	ROOM_MAX = 1 << 18,
	WIDE_MAX = 512,
	SLACK = 64, /* what is written in one go may be longer */
};

void
steps_text(struct steps *s, const char *p, size_t n)
{
	s->text = mem_grow(s->text, &s->text_cap, s->text_n + n, 1);
	if (n > 0)
		memcpy(s->text + s->text_n, p, n);
	s->text_n += n;
}

/* Returns how much text a byte of data may become. */
static size_t
wide_of(enum dump_form form)
{
	switch (form) {
	case DUMP_TEXT:
		return 1;
	case DUMP_HEX:
	case DUMP_JOINED:
	case DUMP_BITMASK:
		return 3;
	case DUMP_ARRAY:
		return 5;
	case DUMP_LIST:
		return DUMP_BYTE;
	default:
		return 0;
	}
}

size_t
steps_add(struct steps *s, const struct step *like)
{
	struct step *step;

	s->step = mem_grow(s->step, &s->cap, s->n + 1, sizeof(*s->step));
	step = &s->step[s->n++];
	*step = *like;
	step->text.n = s->text_n;
	step->text.p = NULL;
	if (s->text_n > 0)
		step->text.p = mem_dup(s->text, s->text_n);
	s->room += s->text_n + SLACK;
	s->text_n = 0;
	if (step->kind == STEP_NUMBER)
		s->room += CONVERSION_ROOM;
	if (step->kind == STEP_PAD)
		s->room += (size_t)step->conversion.width;
	if (step->kind == STEP_NAMES)
		s->room += symbols_room(step->names);
	if (step->kind == STEP_DUMP) {
		s->room += DUMP_ROOM;
		s->wide += wide_of(step->dump.form);
	}
	return s->n - 1;
}

static const struct step only_text = { .kind = STEP_TEXT };

size_t
steps_here(struct steps *s)
{
	if (s->text_n > 0)
		steps_add(s, &only_text);
	return s->n;
}

bool
steps_end(struct steps *s)
{
	steps_add(s, &only_text);
	return s->room <= ROOM_MAX && s->wide <= WIDE_MAX;
}

void
steps_free(struct steps *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free((char *)s->step[i].text.p);
		formula_free(&s->step[i].value);
		symbols_free((struct symbols *)s->step[i].names);
	}
	free(s->step);
	free(s->text);
	*s = (struct steps){ NULL, 0, 0, NULL, 0, 0, 0, 0 };
}

/* Finds the bytes of a step; false where they are not in the data. */
static bool
find(const struct step *s, const uint8_t *data, size_t n, bool swap,
    struct str *out)
{
	size_t offset = s->offset;
	uint32_t where;

	out->n = s->size;
	if (s->place == PLACE_REST) {
		out->n = n - offset;
	} else if (s->place != PLACE_HERE) {
		where = (uint32_t)raw_load(data + offset, 4, swap);
		offset = where & 0xffff;
		if (s->place == PLACE_RELATIVE)
			offset += s->offset + s->size;
		out->n = where >> 16;
	}
	if (offset > n || out->n > n - offset)
		return false;
	out->p = (const char *)data + offset;
	return true;
}

static char *
put_dump(const struct step *s, const uint8_t *data, size_t n, bool swap,
    char *out)
{
	struct dump dump = s->dump;
	struct str bytes;
	uint64_t limit;

	if (!find(s, data, n, swap, &bytes))
		return NULL;
	if (s->limited) {
		limit = formula_value(&s->value, data, swap);
		if (limit < bytes.n / s->scale)
			bytes.n = limit * s->scale;
	}
	/* The end of the line that was written to trace_marker. */
	if (dump.form == DUMP_TEXT) {
		bytes.n = raw_text_length((const uint8_t *)bytes.p, bytes.n);
		if (s->place == PLACE_REST && bytes.n > 0 &&
		    bytes.p[bytes.n - 1] == '\n')
			bytes.n--;
		return str_copy(out, bytes);
	}
	dump.swap = swap;
	return dump_put(&dump, (const uint8_t *)bytes.p, bytes.n, out);
}

static inline char *
put_names(const struct step *s, uint64_t v, char *out)
{
	size_t n = 0;

	symbols_print(s->names, v, out, &n);
	return out + n;
}

/* Cuts the text from mark to out. */
static char *
cut(const struct step *s, const uint8_t *data, bool swap, char *mark, char *out)
{
	uint64_t most = (uint64_t)s->conversion.precision;

	if (s->conversion.star_precision)
		most = formula_value(&s->value, data, swap);
	/* Below 0 it is as if there were none. */
	if ((int64_t)most >= 0 && most < (size_t)(out - mark))
		return mark + most;
	return out;
}

/* Does what is rarer than the text of steps_run. */
static char *
put_other(const struct step *s, const uint8_t *data, bool swap, char *out)
{
	uint64_t v = formula_value(&s->value, data, swap);

	switch (s->kind) {
	case STEP_NUMBER:
		return conversion_put(&s->conversion, v, out);
	case STEP_CHAR:
		*out = (char)v;
		return out + 1;
	default:
		memcpy(out, "0x", 2);
		return out + 2 + num_put_hex(out + 2, v);
	}
}

char *
steps_run(const struct steps *steps, const uint8_t *data, size_t n, bool swap,
    char *out)
{
	const struct step *s = steps->step, *end = s + steps->n;
	char *mark = out;
	uint64_t v;

	for (; s < end && out != NULL; s++) {
		out = str_copy(out, s->text);
		switch (s->kind) {
		case STEP_TEXT:
			break;
		case STEP_COMM:
			memcpy(out, data + s->offset, COMM);
			out += raw_text_length(data + s->offset, COMM);
			break;
		case STEP_DECIMAL:
			v = formula_value(&s->value, data, swap);
			v = ctype_convert(s->type, v);
			out += s->type.is_signed
			    ? num_put_signed(out, (int64_t)v)
			    : num_put(out, v);
			break;
		case STEP_NAMES:
			v = formula_value(&s->value, data, swap);
			out = put_names(s, v, out);
			break;
		case STEP_DUMP:
			out = put_dump(s, data, n, swap, out);
			break;
		case STEP_MARK:
			mark = out;
			break;
		case STEP_CUT:
			out = cut(s, data, swap, mark, out);
			break;
		case STEP_PAD:
			out = conversion_pad(&s->conversion, mark, out);
			break;
		case STEP_UNLESS:
			if (formula_value(&s->value, data, swap) == 0)
				s = steps->step + s->to - 1;
			break;
		case STEP_GOTO:
			s = steps->step + s->to - 1;
			break;
		default:
			out = put_other(s, data, swap, out);
			break;
		}
	}
	return out;
}
