/* SPDX-License-Identifier: MIT */
/*
 * json -- one record as a line of JSON, read in place and written straight
 *
 * A record is a flat JSON object (RFC 8259) on a line: its values are
 * strings, numbers, true, false, null, and arrays of integers.  Reading
 * takes any order of keys and any JSON white space, and refuses whatever RFC
 * 8259 refuses: bad UTF-8, lone surrogates, leading zeros, bytes behind the
 * object.  Keys and values are views into the line and die with it; the
 * table of fields is kept from one line to the next, so a filter that reuses
 * its record allocates nothing once the widest has passed.
 *
 *	struct json rec = { 0 };
 *	const char *why = json_parse(&rec, line);
 *
 * Writing keeps no state: json_open, then a json_put_* for each field, then
 * json_close.  The type is always first, so each further field can bring
 * its comma.
 */
#ifndef TK_JSON_H
#define TK_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "stream/output.h"

enum json_kind {
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_INTEGER, /* no point and no exponent; of any size */
	JSON_DECIMAL,
	JSON_STRING,
	JSON_ARRAY, /* of integers */
};

struct json_field {
	struct str key;   /* between its quotes, not unescaped */
	struct str value; /* as it stands; a string between its quotes */
	enum json_kind kind;
	bool key_escaped; /* there is a backslash in the key */
	bool escaped;     /* there is a backslash in the string */
};

struct json {
	struct json_field *field; /* in the order of the line */
	size_t n;
	size_t cap; /* json's own */
};

/*
 * Splits a line, without its newline, into fields.  Returns NULL, or a
 * constant phrase that says why it is no record; there are no fields then.
 */
const char *json_parse(struct json *, struct str line);

/*
 * Returns the field of that key, or NULL.  Of equal keys the last counts, as
 * with jq(1).  Keys are compared unescaped.
 */
const struct json_field *json_get(const struct json *, const char *key);

/* Reads an integer; false where f is NULL, is none, or does not fit. */
bool json_s64(const struct json_field *f, int64_t *out);
bool json_u64(const struct json_field *f, uint64_t *out);

/*
 * Unescapes the bytes of a string or a key, without its quotes, into out,
 * which has room for s.n bytes: the result is never longer.  Returns its
 * length.  s must have come from json_parse.
 */
size_t json_unescape(struct str s, char *out);

/* As json_unescape, and then takes back what json_put_name did to a name. */
size_t json_unescape_name(struct str s, char *out);

/* Frees the table of fields; rec may be reused. */
void json_free(struct json *rec);

/* Begins a record: {"type":"TYPE" */
void json_open(struct output *, const char *type);

/*
 * Add a field.  key is a plain word, which needs no escaping.  A string must
 * be UTF-8; bytes that are not are written as U+FFFD, so that every line is
 * valid JSON.
 */
void json_put_s64(struct output *, const char *key, int64_t v);
void json_put_u64(struct output *, const char *key, uint64_t v);
void json_put_bool(struct output *, const char *key, bool v);
void json_put_null(struct output *, const char *key);
void json_put_string(struct output *, const char *key, struct str s);

/*
 * Adds a name, which may hold any bytes: each that is not part of valid
 * UTF-8 becomes \xNN and a backslash \\, before the JSON quoting, so that
 * every name survives (tk-record(5)).
 */
void json_put_name(struct output *, const char *key, struct str s);

/* Copies a field as it was read. */
void json_put_field(struct output *, const struct json_field *f);

/* Ends the record and its line. */
void json_close(struct output *);

#endif
