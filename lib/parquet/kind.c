/* SPDX-License-Identifier: MIT */
#include "parquet/kind.h"

#include "base/num.h"
#include "parquet/decimal.h"
#include "record/json.h"

static void
read_integer(struct str s, struct kind_value *v)
{
	int64_t i;

	if (num_s64(s, &i)) {
		v->kind = KIND_INTEGER;
		v->word = (uint64_t)i;
		v->facts = kind_facts(i);
	} else if (num_u64(s, &v->word)) {
		v->kind = KIND_UNSIGNED;
		v->facts = KIND_WIDE;
	} else {
		v->kind = KIND_TEXT;
	}
}

static void
read_decimal(struct str s, struct kind_value *v)
{
	double d;

	v->kind = KIND_TEXT;
	if (!decimal_read(s, &d))
		return;
	v->kind = KIND_DECIMAL;
	memcpy(&v->word, &d, sizeof(d));
}

/* Tells whether all integers of an array, which is well formed, fit. */
static bool
fits(struct str s)
{
	const char *end = s.p + s.n, *from;
	int64_t i;

	for (const char *p = s.p; p < end; p++) {
		for (from = p; *p == '-' || (*p >= '0' && *p <= '9'); p++)
			;
		if (p > from &&
		    !num_s64((struct str){ from, (size_t)(p - from) }, &i))
			return false;
	}
	return true;
}

struct kind_value
kind_read(const struct json_field *f)
{
	struct kind_value v = { .kind = KIND_NOTHING };

	switch (f->kind) {
	case JSON_NULL:
		break;
	case JSON_FALSE:
	case JSON_TRUE:
		v.kind = KIND_BOOLEAN;
		v.word = f->kind == JSON_TRUE;
		break;
	case JSON_INTEGER:
		read_integer(f->value, &v);
		break;
	case JSON_DECIMAL:
		read_decimal(f->value, &v);
		break;
	case JSON_STRING:
		v.kind = KIND_TEXT;
		break;
	case JSON_ARRAY:
		v.kind = fits(f->value) ? KIND_LIST : KIND_TEXT;
		break;
	}
	return v;
}

enum kind
kind_join(enum kind a, enum kind b, unsigned facts)
{
	enum kind least = a < b ? a : b, most = a < b ? b : a;

	if (least == most || least == KIND_NOTHING)
		return most;
	if (least == KIND_INTEGER && most == KIND_UNSIGNED)
		return facts & KIND_BELOW ? KIND_TEXT : KIND_UNSIGNED;
	if (least != KIND_BOOLEAN && most == KIND_DECIMAL)
		return facts & KIND_WIDE ? KIND_TEXT : KIND_DECIMAL;
	return KIND_TEXT;
}
