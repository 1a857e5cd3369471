/* SPDX-License-Identifier: MIT */
#include "parquet/fitting.h"

#include <math.h>

#include "base/num.h"
#include "parquet/decimal.h"

static const char no_number[] = "is no number";
static const char too_large[] = "is out of range";

static double
as_double(uint64_t word)
{
	double v;

	memcpy(&v, &word, sizeof(v));
	return v;
}

static size_t
digits(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n;
}

/* Tells whether a text is a number as JSON writes it. */
static bool
is_number(struct str s)
{
	size_t n;

	if (s.n > 0 && s.p[0] == '-')
		s = str_skip(s, 1);
	n = digits(s);
	if (n == 0 || (n > 1 && s.p[0] == '0'))
		return false;
	s = str_skip(s, n);
	if (s.n > 0 && s.p[0] == '.') {
		n = digits(str_skip(s, 1));
		if (n == 0)
			return false;
		s = str_skip(s, n + 1);
	}
	if (s.n == 0 || (s.p[0] | 0x20) != 'e')
		return s.n == 0;
	s = str_skip(s, 1);
	if (s.n > 0 && (s.p[0] == '+' || s.p[0] == '-'))
		s = str_skip(s, 1);
	return s.n > 0 && digits(s) == s.n;
}

/* Reads what decimals may be that JSON has no number for. */
static bool
read_special(struct str s, double *v)
{
	if (str_is(s, "NaN"))
		*v = (double)NAN;
	else if (str_is(s, "Infinity"))
		*v = (double)INFINITY;
	else if (str_is(s, "-Infinity"))
		*v = -(double)INFINITY;
	else
		return false;
	return true;
}

static const char *
fit_decimal(const struct schema_kind *to, enum kind kind, uint64_t word,
    struct str text, uint64_t *out)
{
	double v;

	if (kind == KIND_INTEGER)
		v = (double)(int64_t)word;
	else if (kind == KIND_UNSIGNED)
		v = (double)word;
	else if (kind == KIND_DECIMAL)
		v = as_double(word);
	else if (kind != KIND_TEXT ||
	    (!read_special(text, &v) &&
		(!is_number(text) || !decimal_read(text, &v))))
		return no_number;
	if (to->type == LEAF_FLOAT) {
		float f = (float)v;

		if (isfinite(v) && !isfinite(f))
			return too_large;
		v = (double)f;
	}
	memcpy(out, &v, sizeof(v));
	return NULL;
}

/* Makes a decimal that is whole an integer. */
static const char *
whole(double v, int64_t *out)
{
	const double most = 9007199254740992; /* 2^53 */

	if (!(v >= -most && v <= most) || v != trunc(v))
		return "is no integer";
	*out = (int64_t)v;
	return NULL;
}

static const char *
fit_integer(const struct schema_kind *to, enum kind kind, uint64_t word,
    struct str text, uint64_t *out)
{
	int64_t v = (int64_t)word;
	uint64_t large = word;
	const char *why = NULL;
	double d = 0;

	if (kind == KIND_TEXT) {
		if (num_s64(text, &v))
			kind = KIND_INTEGER;
		else if (num_u64(text, &large))
			kind = KIND_UNSIGNED;
		else if (!is_number(text) || !decimal_read(text, &d))
			return "is no integer";
		else
			why = whole(d, &v);
	} else if (kind == KIND_DECIMAL) {
		why = whole(as_double(word), &v);
	} else if (kind != KIND_INTEGER && kind != KIND_UNSIGNED) {
		return "is no integer";
	}
	if (why != NULL)
		return why;
	if (kind != KIND_UNSIGNED) {
		if (v < to->least)
			return too_large;
		large = v < 0 ? 0 : (uint64_t)v;
	}
	if (large > to->most)
		return too_large;
	*out = kind == KIND_UNSIGNED ? large : (uint64_t)v;
	return NULL;
}

static const char *
fit_boolean(enum kind kind, uint64_t word, struct str text, uint64_t *out)
{
	*out = word;
	if (kind == KIND_BOOLEAN)
		return NULL;
	*out = kind == KIND_TEXT && str_is(text, "true");
	if (*out != 0 || (kind == KIND_TEXT && str_is(text, "false")))
		return NULL;
	return "is neither true nor false";
}

const char *
fitting_word(const struct schema_kind *to, enum kind kind, uint64_t word,
    struct str text, uint64_t *out)
{
	if (to->kind == KIND_BOOLEAN)
		return fit_boolean(kind, word, text, out);
	if (to->kind == KIND_DECIMAL)
		return fit_decimal(to, kind, word, text, out);
	return fit_integer(to, kind, word, text, out);
}

bool
fitting_element(struct str *rest, uint64_t *out)
{
	const char *end;
	struct str number;
	int64_t v;

	if (rest->n < 2 || (rest->p[0] != '[' && rest->p[0] != ','))
		return false;
	if (rest->n == 2 && rest->p[0] == '[' && rest->p[1] == ']') {
		*rest = str_skip(*rest, 2);
		return false;
	}
	number = str_skip(*rest, 1);
	end = memchr(number.p, ',', number.n);
	if (end == NULL)
		end = number.p + number.n - 1;
	number.n = (size_t)(end - number.p);
	number = str_trim(number);
	if ((*end != ',' && *end != ']') || !num_s64(number, &v))
		return false;
	*out = (uint64_t)v;
	*rest = str_skip(*rest, (size_t)(end - rest->p));
	if (rest->n == 1 && *end == ']')
		*rest = str_skip(*rest, 1);
	return true;
}
