/* SPDX-License-Identifier: MIT */
/*
 * json against jansson: the same verdict on good lines and on each of their
 * mutations, and the same values.  They are to differ only here:
 *
 * - a record has no object within it, and no array but of integers;
 * - jansson takes an array in place of the object;
 * - jansson refuses an integer or a decimal that no int64 or double holds;
 * - jansson refuses a NUL, written \u0000, in a key;
 * - jansson passes over a NUL byte behind a number or a word, where RFC 8259
 *   has no NUL byte anywhere.
 */
#include "record/json.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "jansson.h"

enum { LINE = 512 };

static struct json rec;
static size_t agreed_good, agreed_bad, differed;

static void
same_array(struct str s, const json_t *v)
{
	char text[LINE], *p = text, *end;
	size_t n = 0;

	memcpy(text, s.p + 1, s.n - 2);
	text[s.n - 2] = '\0';
	for (;; n++) {
		long long i = strtoll(p, &end, 10);

		if (end == p)
			break;
		assert(json_integer_value(json_array_get(v, n)) == i);
		p = end + strspn(end, " \t\r\n,");
	}
	assert(json_array_size(v) == n);
}

static void
same_value(const struct json_field *f, const json_t *v)
{
	char text[LINE];
	size_t n;
	int64_t i;

	switch (f->kind) {
	case JSON_NULL:
		assert(json_typeof(v) == JANSSON_NULL);
		break;
	case JSON_FALSE:
		assert(json_typeof(v) == JANSSON_FALSE);
		break;
	case JSON_TRUE:
		assert(json_typeof(v) == JANSSON_TRUE);
		break;
	case JSON_INTEGER:
		assert(json_typeof(v) == JANSSON_INTEGER);
		assert(json_s64(f, &i) && i == json_integer_value(v));
		break;
	case JSON_DECIMAL:
		assert(json_typeof(v) == JSON_REAL);
		memcpy(text, f->value.p, f->value.n);
		text[f->value.n] = '\0';
		assert(strtod(text, NULL) == json_real_value(v));
		break;
	case JSON_STRING:
		assert(json_typeof(v) == JANSSON_STRING);
		n = json_unescape(f->value, text);
		assert(n == json_string_length(v));
		assert(memcmp(text, json_string_value(v), n) == 0);
		break;
	case JSON_ARRAY:
		assert(json_typeof(v) == JANSSON_ARRAY);
		same_array(f->value, v);
		break;
	}
}

/* Each of our keys is among theirs, and each of theirs has the value. */
static void
same_values(json_t *object)
{
	void *it;

	for (size_t i = 0; i < rec.n; i++) {
		char key[LINE];
		size_t n = json_unescape(rec.field[i].key, key);

		key[n] = '\0';
		assert(json_object_get(object, key) != NULL);
	}
	for (it = json_object_iter(object); it != NULL;
	     it = json_object_iter_next(object, it)) {
		const struct json_field *f = json_get(&rec,
		    json_object_iter_key(it));

		assert(f != NULL);
		same_value(f, json_object_iter_value(it));
	}
}

static bool
has_nul_behind_a_token(struct str s)
{
	for (size_t i = 1; i < s.n; i++)
		if (s.p[i] == '\0' &&
		    memchr("0123456789el", s.p[i - 1], 12) != NULL)
			return true;
	return false;
}

/* Tells whether we may refuse, as why says, what jansson takes. */
static bool
may_differ(struct str line, const char *why, const json_t *theirs)
{
	if (has_nul_behind_a_token(line))
		return true;
	if (strcmp(why, "not a JSON object") == 0)
		return json_typeof(theirs) == JANSSON_ARRAY;
	return strcmp(why, "an object within the object") == 0 ||
	    strcmp(why, "an array of something else than integers") == 0;
}

static void
compare(const char *p, size_t n)
{
	char *copy = malloc(n > 0 ? n : 1);
	json_error_t err;
	const char *why;
	json_t *theirs;

	assert(copy != NULL);
	memcpy(copy, p, n);
	why = json_parse(&rec, (struct str){ copy, n });
	theirs = json_loadb(copy, n, JSON_ALLOW_NUL, &err);
	if (why == NULL && theirs != NULL) {
		same_values(theirs);
		agreed_good++;
	} else if (why == NULL) {
		assert(json_error_code(&err) == json_error_numeric_overflow ||
		    json_error_code(&err) == json_error_null_byte_in_key);
		differed++;
	} else if (theirs != NULL) {
		assert(may_differ((struct str){ p, n }, why, theirs));
		differed++;
	} else {
		agreed_bad++;
	}
	json_decref(theirs);
	free(copy);
}

/* Deletes, doubles, swaps, replaces and inserts at each place of the line. */
static void
compare_mutations(const char *line)
{
	static const char bytes[] = "\0\"\\{}[]:,.-+019eEtfnu/bDdx \t\n\r\v"
				    "\x1f\x7f\x80\x9f\xa0\xbf\xc0\xc2\xe0\xe2"
				    "\xed\xef\xf0\xf4\xf5\xff";
	size_t n = strlen(line);
	char m[LINE];

	assert(n + 1 < LINE);
	compare(line, n);
	for (size_t i = 0; i <= n; i++) {
		compare(line, i);
		for (size_t b = 0; b < sizeof(bytes) - 1; b++) {
			memcpy(m, line, i);
			m[i] = bytes[b];
			memcpy(m + i + 1, line + i, n - i);
			compare(m, n + 1);
			if (i == n)
				continue;
			memcpy(m + i + 1, line + i + 1, n - i - 1);
			compare(m, n);
		}
		if (i == n)
			continue;
		memcpy(m, line, i + 1);
		memcpy(m + i + 1, line + i, n - i);
		compare(m, n + 1);
		memcpy(m + i, line + i + 1, n - i - 1);
		compare(m, n - 1);
		if (i + 1 == n)
			continue;
		memcpy(m, line, n);
		m[i] = line[i + 1];
		m[i + 1] = line[i];
		compare(m, n);
	}
}

static void
agrees_on_records_and_their_mutations(void)
{
	static const char *const good[] = {
		"{}",
		" { } \r",
		"{\"a\":1}",
		"{ \"a\" : 1 , \"b\" : [ 1 , -2 ] }",
		"{\"a\":0,\"b\":-0,\"c\":-10,\"d\":9223372036854775807}",
		"{\"a\":-9223372036854775808,\"b\":9223372036854775808}",
		"{\"a\":0.5,\"b\":-1.25e-7,\"c\":1E+30,\"d\":1e308,\"e\":1e5}",
		"{\"a\":true,\"b\":false,\"c\":null,\"a\":2}",
		"{\"a\":[],\"b\":[0],\"c\":[1,2,3,-44]}",
		"{\"a\":{},\"b\":[[]],\"c\":[{}]}",
		"{\"a\":[\"x\",1.5,true]}",
		"[1,{\"a\":2}]",
		"{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u12aF\"}",
		"{\"a\":\"\\ud834\\udd1e\\uDBFF\\uDFFF\"}",
		"{\"\\u0061\\n\":\"\\u00e9\",\"a\\n\":2}",
		"{\"\xc3\xa9\":\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xe2\x82\xac\"}",
		"{\"a\":\"\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\"}",
		"{\"a\":\"\xf0\x90\x80\x80\xf1\x80\x80\x80\xf4\x8f\xbf\xbf\"}",
		"{\"abcdefgh12345678\":\"abcdefgh1234567\\u0041\x7f\"}",
		"{\"type\":\"sched_switch\",\"ts\":1200447139123}",
		"{\"task\":\"a\\\\x80\\\\\\\\b\",\"flags\":\"d..2.\"}",
		"{\"type\":\"lost\",\"ts\":5,\"cpu\":null,\"count\":null}",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		compare_mutations(good[i]);
	assert(agreed_good > 1000 && agreed_bad > 10000 && differed > 100);
}

/* What is written here is read by jansson. */
static json_t *
read_back(struct output *out)
{
	static char line[1 << 16];
	json_t *object;
	ssize_t n;

	json_close(out);
	assert(output_flush(out) == 0);
	n = pread(out->fd, line, sizeof(line), 0);
	assert(n > 0 && line[n - 1] == '\n');
	assert(memchr(line, '\n', (size_t)n) == line + n - 1);
	object = json_loadb(line, (size_t)n, JSON_ALLOW_NUL, NULL);
	assert(object != NULL);
	assert(ftruncate(out->fd, 0) == 0);
	assert(lseek(out->fd, 0, SEEK_SET) == 0);
	return object;
}

static void
string_is(const json_t *object, const char *key, const char *p, size_t n)
{
	const json_t *v = json_object_get(object, key);

	assert(v != NULL && json_typeof(v) == JANSSON_STRING);
	assert(json_string_length(v) == n);
	assert(memcmp(json_string_value(v), p, n) == 0);
}

static void
jansson_reads_what_is_written(struct output *out)
{
	static const char text[] = "\0\x01\b\f\n\r\t\x1f \"/\\z\x7f\xc2\x80"
				   "\xe2\x82\xac\xf0\x9d\x84\x9e";
	json_t *o;

	json_open(out, "a type");
	json_put_s64(out, "least", INT64_MIN);
	json_put_u64(out, "most", INT64_MAX);
	json_put_bool(out, "true", true);
	json_put_bool(out, "false", false);
	json_put_null(out, "null");
	json_put_string(out, "text", (struct str){ text, sizeof(text) - 1 });
	json_put_string(out, "bad", (struct str){ "a\x80\xc3", 3 });
	json_put_name(out, "name", (struct str){ "a\x80\\\xc3\xa9", 5 });
	o = read_back(out);
	assert(json_object_size(o) == 9);
	string_is(o, "type", "a type", 6);
	assert(json_integer_value(json_object_get(o, "least")) == INT64_MIN);
	assert(json_integer_value(json_object_get(o, "most")) == INT64_MAX);
	assert(json_object_get(o, "true") == json_true());
	assert(json_object_get(o, "false") == json_false());
	assert(json_object_get(o, "null") == json_null());
	string_is(o, "text", text, sizeof(text) - 1);
	string_is(o, "bad", "a\xef\xbf\xbd\xef\xbf\xbd", 7);
	string_is(o, "name", "a\\x80\\\\\xc3\xa9", 9);
	json_decref(o);
}

/*
 * Each pair of bytes is written as valid JSON, and jansson reads the pair
 * where it is UTF-8, which jansson itself tells.
 */
static void
every_pair_of_bytes_is_written_as_json(struct output *out)
{
	for (unsigned i = 0; i < 1u << 16; i++) {
		char pair[2] = { (char)(i >> 8), (char)i };
		json_t *v = json_stringn(pair, 2), *o;

		json_open(out, "t");
		json_put_string(out, "s", (struct str){ pair, 2 });
		json_put_name(out, "n", (struct str){ pair, 2 });
		o = read_back(out);
		if (v != NULL)
			assert(json_equal(v, json_object_get(o, "s")));
		if (v != NULL && memchr(pair, '\\', 2) == NULL)
			assert(json_equal(v, json_object_get(o, "n")));
		json_decref(v);
		json_decref(o);
	}
}

int
main(void)
{
	struct output out;

	agrees_on_records_and_their_mutations();
	output_on(&out, memfd_create("json", MFD_CLOEXEC), "json");
	jansson_reads_what_is_written(&out);
	every_pair_of_bytes_is_written_as_json(&out);
	assert(output_close(&out) == 0);
	json_free(&rec);
	return 0;
}
