/* SPDX-License-Identifier: MIT */
#include "record/json.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "record/quote.h"

/*
 * The line that is read.  Each scan_ function steps over a piece of it and
 * returns what is behind, or NULL with why set.
 */
struct scan {
	const char *end;
	const char *why;
};

static const char *
refuse(struct scan *s, const char *why)
{
	s->why = why;
	return NULL;
}

static const char *
scan_blank(const struct scan *s, const char *p)
{
	while (p < s->end && (unsigned char)*p <= ' ' &&
	    memchr(" \t\r\n", *p, 4) != NULL)
		p++;
	return p;
}

static bool
is_digit(const struct scan *s, const char *p)
{
	return p < s->end && *p >= '0' && *p <= '9';
}

static const char *
scan_digits(struct scan *s, const char *p)
{
	if (!is_digit(s, p))
		return refuse(s, "a number without a digit where one must be");
	while (is_digit(s, p))
		p++;
	return p;
}

/* p is at the first byte, a digit or a minus. */
static const char *
scan_number(struct scan *s, const char *p, enum json_kind *kind)
{
	if (*p == '-')
		p++;
	if (is_digit(s, p) && *p == '0' && is_digit(s, p + 1))
		return refuse(s, "a number with a zero before it");
	*kind = JSON_INTEGER;
	p = scan_digits(s, p);
	if (p != NULL && p < s->end && *p == '.') {
		*kind = JSON_DECIMAL;
		p = scan_digits(s, p + 1);
	}
	if (p != NULL && p < s->end && (*p == 'e' || *p == 'E')) {
		*kind = JSON_DECIMAL;
		p++;
		if (p < s->end && (*p == '+' || *p == '-'))
			p++;
		p = scan_digits(s, p);
	}
	return p;
}

/* p is behind the bracket. */
static const char *
scan_array(struct scan *s, const char *p)
{
	enum json_kind kind = JSON_INTEGER;

	p = scan_blank(s, p);
	if (p < s->end && *p == ']')
		return p + 1;
	while (p < s->end && (*p == '-' || is_digit(s, p))) {
		p = scan_number(s, p, &kind);
		if (p == NULL)
			return NULL;
		p = scan_blank(s, p);
		if (p == s->end || kind != JSON_INTEGER)
			break;
		if (*p == ']')
			return p + 1;
		if (*p != ',')
			return refuse(s, "no comma within an array");
		p = scan_blank(s, p + 1);
	}
	return refuse(s,
	    p == s->end ? "an array without its end"
			: "an array of something else than integers");
}

static const char *
scan_word(struct scan *s, const char *p, const char *word)
{
	if (!str_starts((struct str){ p, (size_t)(s->end - p) }, word))
		return refuse(s, "a value of no known kind");
	return p + strlen(word);
}

/* A value that is no string; p < s->end is at its first byte. */
static const char *
scan_other(struct scan *s, const char *p, enum json_kind *kind)
{
	switch (*p) {
	case '[':
		*kind = JSON_ARRAY;
		return scan_array(s, p + 1);
	case '{':
		return refuse(s, "an object within the object");
	case 't':
		*kind = JSON_TRUE;
		return scan_word(s, p, "true");
	case 'f':
		*kind = JSON_FALSE;
		return scan_word(s, p, "false");
	case 'n':
		*kind = JSON_NULL;
		return scan_word(s, p, "null");
	default:
		if (*p == '-' || is_digit(s, p))
			return scan_number(s, p, kind);
		return refuse(s, "a value of no known kind");
	}
}

/* "key": value */
static const char *
scan_field(struct scan *s, const char *p, struct json_field *f)
{
	const char *from;

	if (p == s->end || *p != '"')
		return refuse(s, "no key where one must be");
	p = quote_read(p + 1, s->end, &f->key, &f->key_escaped, &s->why);
	if (p == NULL)
		return NULL;
	p = scan_blank(s, p);
	if (p == s->end || *p != ':')
		return refuse(s, "a key without a colon");
	p = from = scan_blank(s, p + 1);
	if (p == s->end)
		return refuse(s, "a key without a value");
	if (*p == '"') {
		f->kind = JSON_STRING;
		return quote_read(p + 1, s->end, &f->value, &f->escaped,
		    &s->why);
	}
	p = scan_other(s, p, &f->kind);
	f->value.p = from;
	f->value.n = p != NULL ? (size_t)(p - from) : 0;
	f->escaped = false;
	return p;
}

/* p is behind the brace. */
static const char *
scan_object(struct scan *s, const char *p, struct json *rec)
{
	p = scan_blank(s, p);
	if (p < s->end && *p == '}')
		return p + 1;
	for (;; p = scan_blank(s, p + 1)) {
		if (rec->n == rec->cap)
			rec->field = mem_grow(rec->field, &rec->cap, rec->n + 1,
			    sizeof(*rec->field));
		p = scan_field(s, p, &rec->field[rec->n]);
		if (p == NULL)
			return NULL;
		rec->n++;
		p = scan_blank(s, p);
		if (p == s->end)
			return refuse(s, "an object without its end");
		if (*p == '}')
			return p + 1;
		if (*p != ',')
			return refuse(s, "no comma between two fields");
	}
}

const char *
json_parse(struct json *rec, struct str line)
{
	struct scan s = { 0 };
	const char *p = line.p;

	rec->n = 0;
	if (line.n == 0)
		return "an empty line";
	s.end = line.p + line.n;
	p = scan_blank(&s, p);
	if (p == s.end)
		return "an empty line";
	if (*p != '{')
		return "not a JSON object";
	p = scan_object(&s, p + 1, rec);
	if (p != NULL && scan_blank(&s, p) != s.end)
		refuse(&s, "something behind the object");
	if (s.why != NULL)
		rec->n = 0;
	return s.why;
}

const struct json_field *
json_get(const struct json *rec, const char *key)
{
	struct str k = str_of(key);

	for (size_t i = rec->n; i-- > 0;) {
		const struct json_field *f = &rec->field[i];

		if (f->key_escaped ? quote_is(f->key, k) : str_eq(f->key, k))
			return f;
	}
	return NULL;
}

bool
json_s64(const struct json_field *f, int64_t *out)
{
	return f != NULL && f->kind == JSON_INTEGER && num_s64(f->value, out);
}

bool
json_u64(const struct json_field *f, uint64_t *out)
{
	if (f == NULL || f->kind != JSON_INTEGER)
		return false;
	if (!str_is(f->value, "-0")) /* which is an integer, and is 0 */
		return num_u64(f->value, out);
	*out = 0;
	return true;
}

size_t
json_unescape(struct str s, char *out)
{
	return quote_unescape(s, out);
}

size_t
json_unescape_name(struct str s, char *out)
{
	return quote_unname(out, quote_unescape(s, out));
}

void
json_free(struct json *rec)
{
	free(rec->field);
	*rec = (struct json){ 0 };
}

void
json_open(struct output *out, const char *type)
{
	output_text(out, "{\"type\":");
	quote_put(out, str_of(type));
}

static void
put_key(struct output *out, struct str key)
{
	char *p = output_room(out, key.n + 4);

	p[0] = ',';
	p[1] = '"';
	memcpy(p + 2, key.p, key.n);
	p[key.n + 2] = '"';
	p[key.n + 3] = ':';
	output_used(out, key.n + 4);
}

void
json_put_s64(struct output *out, const char *key, int64_t v)
{
	put_key(out, str_of(key));
	output_s64(out, v);
}

void
json_put_u64(struct output *out, const char *key, uint64_t v)
{
	put_key(out, str_of(key));
	output_u64(out, v);
}

void
json_put_bool(struct output *out, const char *key, bool v)
{
	put_key(out, str_of(key));
	output_text(out, v ? "true" : "false");
}

void
json_put_null(struct output *out, const char *key)
{
	put_key(out, str_of(key));
	output_text(out, "null");
}

void
json_put_string(struct output *out, const char *key, struct str s)
{
	put_key(out, str_of(key));
	quote_put(out, s);
}

void
json_put_name(struct output *out, const char *key, struct str s)
{
	put_key(out, str_of(key));
	quote_put_name(out, s);
}

void
json_put_field(struct output *out, const struct json_field *f)
{
	bool string = f->kind == JSON_STRING;

	put_key(out, f->key);
	if (string)
		output_byte(out, '"');
	output_str(out, f->value);
	if (string)
		output_byte(out, '"');
}

void
json_close(struct output *out)
{
	output_put(out, "}\n", 2);
}
