/* SPDX-License-Identifier: MIT */
/*
 * json: what parses is written and read again as it was; and any bytes can
 * be written, as a string and as a name, and a name comes back
 */
#include "record/json.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

/* Reads the record that out holds, and empties out. */
static void
reparse(struct json *rec, struct output *out, char **copy)
{
	json_close(out);
	*copy = malloc(out->n);
	memcpy(*copy, out->buf, out->n);
	CHECK(json_parse(rec, (struct str){ *copy, out->n - 1 }) == NULL);
	out->n = 0;
}

static void
survives_copying(const struct json *rec, struct output *out)
{
	static struct json again;
	char *copy;

	json_open(out, "t");
	for (size_t i = 0; i < rec->n; i++)
		json_put_field(out, &rec->field[i]);
	reparse(&again, out, &copy);
	CHECK(again.n == rec->n + 1);
	for (size_t i = 0; i < rec->n; i++) {
		const struct json_field *a = &rec->field[i];
		const struct json_field *b = &again.field[i + 1];

		CHECK(str_eq(a->key, b->key) && str_eq(a->value, b->value));
		CHECK(a->kind == b->kind && a->escaped == b->escaped);
		CHECK(a->key_escaped == b->key_escaped);
	}
	free(copy);
}

/* Unescapes s, which is a valid body, writes it, and unescapes that. */
static void
survives_unescaping(struct str s, struct output *out)
{
	static struct json again;
	char *text = malloc(s.n > 0 ? s.n : 1), *copy, *second;
	size_t n = json_unescape(s, text);

	CHECK(n <= s.n);
	json_open(out, "t");
	json_put_string(out, "s", (struct str){ text, n });
	reparse(&again, out, &copy);
	CHECK(again.n == 2);
	s = again.field[1].value;
	second = malloc(s.n > 0 ? s.n : 1);
	CHECK(json_unescape(s, second) == n && memcmp(text, second, n) == 0);
	CHECK(json_unescape_name(s, second) <= n);
	free(second);
	free(copy);
	free(text);
}

/* Any bytes: valid JSON, and as a name they come back. */
static void
survives_as_a_name(struct str s, struct output *out)
{
	static struct json again;
	char *copy, *name;
	struct str v;

	json_open(out, "t");
	json_put_string(out, "s", s);
	json_put_name(out, "n", s);
	reparse(&again, out, &copy);
	CHECK(again.n == 3);
	v = json_get(&again, "n")->value;
	name = malloc(v.n > 0 ? v.n : 1);
	CHECK(json_unescape_name(v, name) == s.n);
	CHECK(memcmp(name, s.p, s.n) == 0);
	free(name);
	free(copy);
}

static void
look_up(const struct json *rec)
{
	for (size_t i = 0; i < rec->n; i++) {
		const struct json_field *f = &rec->field[i];
		char *key = malloc(f->key.n + 1);
		size_t n = json_unescape(f->key, key);
		int64_t s;
		uint64_t u;

		key[n] = '\0';
		if (strlen(key) == n)
			CHECK(json_get(rec, key) >= f);
		if (json_s64(f, &s) && s >= 0)
			CHECK(json_u64(f, &u) && u == (uint64_t)s);
		free(key);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct json rec; /* kept, as a filter keeps it */
	static struct output out;
	char *exact = malloc(size > 0 ? size : 1);
	struct str s = { exact, size };

	if (size > 0)
		memcpy(exact, data, size);
	if (out.buf == NULL)
		output_on(&out, STDERR_FILENO, "fuzz");
	/* So much room that nothing is ever written out. */
	output_room(&out, 64 + size * 16);
	survives_as_a_name(s, &out);
	if (json_parse(&rec, s) != NULL) {
		CHECK(rec.n == 0);
	} else {
		survives_copying(&rec, &out);
		look_up(&rec);
		for (size_t i = 0; i < rec.n; i++) {
			survives_unescaping(rec.field[i].key, &out);
			if (rec.field[i].kind == JSON_STRING)
				survives_unescaping(rec.field[i].value, &out);
		}
	}
	free(exact);
	return 0;
}
