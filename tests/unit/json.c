/* SPDX-License-Identifier: MIT */
/* json: what is a record and why not, what is in it, what is written */
#include "record/json.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define TEXT(s) ((struct str){ s, sizeof(s) - 1 })

static struct json rec;
static struct output out;

/* Parses a copy that ends where its memory ends, so that ASan sees more. */
static const char *
parse(struct str line)
{
	static char *copy;

	free(copy);
	copy = malloc(line.n > 0 ? line.n : 1);
	assert(copy != NULL);
	memcpy(copy, line.p, line.n);
	return json_parse(&rec, (struct str){ copy, line.n });
}

/* Returns what was written since the last call; good until the next. */
static struct str
written(void)
{
	static char got[1 << 17];
	ssize_t n;

	assert(output_flush(&out) == 0);
	n = pread(out.fd, got, sizeof(got), 0);
	assert(n >= 0 && (size_t)n < sizeof(got));
	assert(ftruncate(out.fd, 0) == 0 && lseek(out.fd, 0, SEEK_SET) == 0);
	return (struct str){ got, (size_t)n };
}

static void
takes_what_rfc_8259_allows(void)
{
	static const struct {
		struct str line;
		size_t fields;
	} t[] = {
		{ TEXT("{}"), 0 },
		{ TEXT(" \t\r\n{ \t\r\n} \t\r\n"), 0 },
		{ TEXT("{\"\":\"\"}"), 1 },
		{ TEXT("{\"a\":1}\r"), 1 },
		{ TEXT(" { \"a\" : 1 , \"b\" :\t2 } "), 2 },
		{ TEXT("{\"a\":1,\"a\":2}"), 2 },
		{ TEXT("{\"a\":0,\"b\":-0,\"c\":-1,\"d\":10}"), 4 },
		{ TEXT("{\"a\":0.0,\"b\":1e5,\"c\":1E+5,\"d\":-1.5e-05}"), 4 },
		{ TEXT("{\"a\":123456789012345678901234567890}"), 1 },
		{ TEXT("{\"a\":true,\"b\":false,\"c\":null}"), 3 },
		{ TEXT("{\"a\":[],\"b\":[ ],\"c\":[1],\"d\":[ 1 , -2 ]}"), 4 },
		{ TEXT("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\"}"), 1 },
		{ TEXT("{\"a\":\"\\uD834\\uDd1e\\ud7ff\\ue000\"}"), 1 },
		{ TEXT("{\"a\":\"\x7f\xc2\x80\xdf\xbf\"}"), 1 },
		{ TEXT("{\"a\":\"\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\"}"), 1 },
		{ TEXT("{\"a\":\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"}"), 1 },
		{ TEXT("{\"123456789012345 \xc3\xa9\":\"1234567\\n\"}"), 1 },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		assert(parse(t[i].line) == NULL && rec.n == t[i].fields);
}

#define UTF8 "a string that is not UTF-8"
#define ESCAPE "an unknown escape in a string"
#define HALF "half a surrogate pair in a string"
#define CONTROL "a control character in a string"
#define DIGIT "a number without a digit where one must be"
#define KIND "a value of no known kind"
#define KEY "no key where one must be"
#define ARRAY "an array of something else than integers"
#define NO_END "an object without its end"
#define STRING_END "a string without its end"
#define BEHIND "something behind the object"

static const struct {
	struct str line;
	const char *why;
} refused[] = {
	{ TEXT(""), "an empty line" },
	{ TEXT(" \r"), "an empty line" },
	{ TEXT("a"), "not a JSON object" },
	{ TEXT("[1]"), "not a JSON object" },
	{ TEXT("\xef\xbb\xbf{}"), "not a JSON object" },
	{ TEXT("\v{}"), "not a JSON object" },
	{ TEXT("\0{}"), "not a JSON object" },
	{ TEXT("{"), KEY },
	{ TEXT("{,}"), KEY },
	{ TEXT("{a:1}"), KEY },
	{ TEXT("{\"a\":1,}"), KEY },
	{ TEXT("{\"a\":1,,\"b\":2}"), KEY },
	{ TEXT("{\"a\""), "a key without a colon" },
	{ TEXT("{\"a\" 1}"), "a key without a colon" },
	{ TEXT("{\"a\":"), "a key without a value" },
	{ TEXT("{\"a\":}"), KIND },
	{ TEXT("{\"a\"::1}"), KIND },
	{ TEXT("{\"a\":NaN}"), KIND },
	{ TEXT("{\"a\":True}"), KIND },
	{ TEXT("{\"a\":tru}"), KIND },
	{ TEXT("{\"a\":nul"), KIND },
	{ TEXT("{\"a\":+1}"), KIND },
	{ TEXT("{\"a\":.5}"), KIND },
	{ TEXT("{\"a\":'b'}"), KIND },
	{ TEXT("{\"a\":truex}"), "no comma between two fields" },
	{ TEXT("{\"a\":1 \"b\":2}"), "no comma between two fields" },
	{ TEXT("{\"a\":0x1}"), "no comma between two fields" },
	{ TEXT("{\"a\":1.5.5}"), "no comma between two fields" },
	{ TEXT("{\"a\":1"), NO_END },
	{ TEXT("{\"a\":\"b\" "), NO_END },
	{ TEXT("{}}"), BEHIND },
	{ TEXT("{}{}"), BEHIND },
	{ TEXT("{} \0"), BEHIND },
	{ TEXT("{\"a\":{}}"), "an object within the object" },
	{ TEXT("{\"a\":01}"), "a number with a zero before it" },
	{ TEXT("{\"a\":-00}"), "a number with a zero before it" },
	{ TEXT("{\"a\":-}"), DIGIT },
	{ TEXT("{\"a\":-"), DIGIT },
	{ TEXT("{\"a\":1.}"), DIGIT },
	{ TEXT("{\"a\":1.e5}"), DIGIT },
	{ TEXT("{\"a\":1e}"), DIGIT },
	{ TEXT("{\"a\":1e+"), DIGIT },
	{ TEXT("{\"a\":[1,]}"), ARRAY },
	{ TEXT("{\"a\":[,1]}"), ARRAY },
	{ TEXT("{\"a\":[1.5]}"), ARRAY },
	{ TEXT("{\"a\":[1,\"b\"]}"), ARRAY },
	{ TEXT("{\"a\":[[1]]}"), ARRAY },
	{ TEXT("{\"a\":[null]}"), ARRAY },
	{ TEXT("{\"a\":[1 2]}"), "no comma within an array" },
	{ TEXT("{\"a\":[01]}"), "a number with a zero before it" },
	{ TEXT("{\"a\":["), "an array without its end" },
	{ TEXT("{\"a\":[1"), "an array without its end" },
	{ TEXT("{\"a\":[1,"), "an array without its end" },
	{ TEXT("{\"a"), STRING_END },
	{ TEXT("{\"a\":\""), STRING_END },
	{ TEXT("{\"a\":\"\\\"}"), STRING_END },
	{ TEXT("{\"a\":\"\\"), ESCAPE },
	{ TEXT("{\"a\":\"\\x41\"}"), ESCAPE },
	{ TEXT("{\"a\":\"\\u00g0\"}"), ESCAPE },
	{ TEXT("{\"a\":\"\\u123"), ESCAPE },
	{ TEXT("{\"a\":\"\\U0041\"}"), ESCAPE },
	{ TEXT("{\"\\a\":1}"), ESCAPE },
	{ TEXT("{\"a\":\"\\ud800\"}"), HALF },
	{ TEXT("{\"a\":\"\\udc00\"}"), HALF },
	{ TEXT("{\"a\":\"\\udc00\\ud800\"}"), HALF },
	{ TEXT("{\"a\":\"\\ud800\\ud800\"}"), HALF },
	{ TEXT("{\"a\":\"\\ud800\\u0041\"}"), HALF },
	{ TEXT("{\"a\":\"\\ud800\\udc0"), HALF },
	{ TEXT("{\"a\":\"\n\"}"), CONTROL },
	{ TEXT("{\"a\":\"12345678\t\"}"), CONTROL },
	{ TEXT("{\"a\":\"\0\"}"), CONTROL },
	{ TEXT("{\"a\x1f\":1}"), CONTROL },
	{ TEXT("{\"a\":\"\x80\"}"), UTF8 },
	{ TEXT("{\"a\":\"\xc0\x80\"}"), UTF8 },
	{ TEXT("{\"a\":\"\xc1\xbf\"}"), UTF8 },
	{ TEXT("{\"a\":\"\xc2\"}"), UTF8 },
	{ TEXT("{\"a\":\"\xc2"), UTF8 },
	{ TEXT("{\"a\":\"\xe0\x9f\xbf\"}"), UTF8 },
	{ TEXT("{\"a\":\"\xed\xa0\x80\"}"), UTF8 },
	{ TEXT("{\"a\":\"\xe2\x82\"}"), UTF8 },
	{ TEXT("{\"a\":\"\xf0\x8f\xbf\xbf\"}"), UTF8 },
	{ TEXT("{\"a\":\"\xf4\x90\x80\x80\"}"), UTF8 },
	{ TEXT("{\"a\":\"\xf5\x80\x80\x80\"}"), UTF8 },
	{ TEXT("{\"\xff\":1}"), UTF8 },
};

static void
refuses_all_else_and_says_why(void)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		const char *why = parse(refused[i].line);

		assert(why != NULL && strcmp(why, refused[i].why) == 0);
		assert(rec.n == 0);
	}
}

static void
finds_the_last_of_equal_keys(void)
{
	assert(parse(TEXT("{\"a\":1,\"aa\":2,\"\\u0061\":3,\"\":4,"
			  "\"\\ud834\\udd1e\\n\":5,\"a\\u0000\":6}")) == NULL);
	assert(json_get(&rec, "a") == &rec.field[2]);
	assert(json_get(&rec, "aa") == &rec.field[1]);
	assert(json_get(&rec, "") == &rec.field[3]);
	assert(json_get(&rec, "\xf0\x9d\x84\x9e\n") == &rec.field[4]);
	assert(json_get(&rec, "\xf0\x9d\x84\x9e") == NULL);
	assert(json_get(&rec, "\\u0061") == NULL);
	assert(json_get(&rec, "aaa") == NULL);
	assert(parse(TEXT("{}")) == NULL && json_get(&rec, "a") == NULL);
}

static void
keeps_values_as_they_stand(void)
{
	static const char head[] = "{\"type\":\"y\",\"\\u006b\":";
	static const struct {
		const char *value;
		enum json_kind kind;
	} t[] = {
		{ "null", JSON_NULL },
		{ "false", JSON_FALSE },
		{ "true", JSON_TRUE },
		{ "-12", JSON_INTEGER },
		{ "1.50", JSON_DECIMAL },
		{ "1e2", JSON_DECIMAL },
		{ "\"a\\n\"", JSON_STRING },
		{ "[ 1, 2]", JSON_ARRAY },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct str v = str_of(t[i].value);
		struct str line;

		output_text(&out, "{ \"type\":\"x\", \"\\u006b\" : ");
		output_str(&out, v);
		output_text(&out, " }");
		assert(parse(written()) == NULL && rec.n == 2);
		assert(rec.field[1].kind == t[i].kind);
		assert(rec.field[1].key_escaped && !rec.field[0].key_escaped);
		assert(rec.field[1].escaped == (t[i].kind == JSON_STRING));
		if (t[i].kind == JSON_STRING)
			v = (struct str){ v.p + 1, v.n - 2 };
		assert(str_eq(rec.field[1].value, v));

		json_open(&out, "y");
		json_put_field(&out, &rec.field[1]);
		json_close(&out);
		line = written();
		assert(str_starts(line, head));
		line = str_skip(line, strlen(head));
		assert(str_starts(line, t[i].value));
		assert(line.n == strlen(t[i].value) + 2);
	}
}

static void
integers_are_checked(void)
{
	static const struct {
		const char *line;
		bool is_s64, is_u64;
		int64_t s64;
		uint64_t u64;
	} t[] = {
		{ "{\"a\":0}", true, true, 0, 0 },
		{ "{\"a\":-0}", true, true, 0, 0 },
		{ "{\"a\":-1}", true, false, -1, 0 },
		{ "{\"a\":9223372036854775807}", true, true, INT64_MAX,
		    INT64_MAX },
		{ "{\"a\":9223372036854775808}", false, true, 0,
		    (uint64_t)INT64_MAX + 1 },
		{ "{\"a\":-9223372036854775808}", true, false, INT64_MIN, 0 },
		{ "{\"a\":-9223372036854775809}", false, false, 0, 0 },
		{ "{\"a\":18446744073709551615}", false, true, 0, UINT64_MAX },
		{ "{\"a\":18446744073709551616}", false, false, 0, 0 },
		{ "{\"a\":1.0}", false, false, 0, 0 },
		{ "{\"a\":1e0}", false, false, 0, 0 },
		{ "{\"a\":\"1\"}", false, false, 0, 0 },
		{ "{\"a\":null}", false, false, 0, 0 },
		{ "{\"a\":[1]}", false, false, 0, 0 },
		{ "{\"b\":1}", false, false, 0, 0 },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		const struct json_field *f;
		int64_t s = 0;
		uint64_t u = 0;

		assert(parse(str_of(t[i].line)) == NULL);
		f = json_get(&rec, "a");
		assert(json_s64(f, &s) == t[i].is_s64 && s == t[i].s64);
		assert(json_u64(f, &u) == t[i].is_u64 && u == t[i].u64);
	}
}

static void
unescapes_strings(void)
{
	char got[100];
	struct str want = TEXT("\"\\/\b\f\n\r\t\0A\xc3\xa9\xe2\x82\xac"
			       "\xf0\x9d\x84\x9e\xf4\x8f\xbf\xbfz");

	assert(parse(TEXT("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u0041"
			  "\\u00e9\\u20AC\\ud834\\uDD1E\\udbff\\udfffz\"}")) ==
	    NULL);
	assert(json_unescape(rec.field[0].value, got) == want.n);
	assert(memcmp(got, want.p, want.n) == 0);
	assert(parse(TEXT("{\"a\":\"\"}")) == NULL);
	assert(json_unescape(rec.field[0].value, got) == 0);
}

static void
writes_records(void)
{
	json_open(&out, "t");
	json_put_s64(&out, "a", INT64_MIN);
	json_put_u64(&out, "b", UINT64_MAX);
	json_put_bool(&out, "c", true);
	json_put_bool(&out, "d", false);
	json_put_null(&out, "e");
	json_put_string(&out, "f", (struct str){ NULL, 0 });
	json_put_name(&out, "g", str_of("redis-server"));
	json_close(&out);
	assert(str_is(written(),
	    "{\"type\":\"t\",\"a\":-9223372036854775808,"
	    "\"b\":18446744073709551615,\"c\":true,\"d\":false,"
	    "\"e\":null,\"f\":\"\",\"g\":\"redis-server\"}\n"));
	json_open(&out, "a\"\xff");
	assert(str_is(written(), "{\"type\":\"a\\\"\xef\xbf\xbd\""));
}

static void
quotes_strings_and_names(void)
{
	static const struct {
		struct str s;
		const char *string, *name;
	} t[] = {
		{ TEXT("\"/\x7f"), "\\\"/\x7f", "\\\"/\x7f" },
		{ TEXT("\\"), "\\\\", "\\\\\\\\" },
		{ TEXT("\b\f\n\r\t"), "\\b\\f\\n\\r\\t", "\\b\\f\\n\\r\\t" },
		{ TEXT("\0\x1f"), "\\u0000\\u001f", "\\u0000\\u001f" },
		{ TEXT("\xc3\xa9"), "\xc3\xa9", "\xc3\xa9" },
		{ TEXT("a\xff"), "a\xef\xbf\xbd", "a\\\\xff" },
		{ TEXT("\xc3"), "\xef\xbf\xbd", "\\\\xc3" },
		{ TEXT("\xc3z"), "\xef\xbf\xbdz", "\\\\xc3z" },
		{ TEXT("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
		    "\\\\xed\\\\xa0\\\\x80" },
		{ TEXT("\\xff"), "\\\\xff", "\\\\\\\\xff" },
		{ TEXT("12345678\x80\x31"), "12345678\xef\xbf\xbd\x31",
		    "12345678\\\\x801" },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct str got;

		json_put_string(&out, "", t[i].s);
		got = str_skip(written(), 5); /* ,"":" */
		got.n--;
		assert(str_is(got, t[i].string));
		json_put_name(&out, "", t[i].s);
		got = str_skip(written(), 5);
		got.n--;
		assert(str_is(got, t[i].name));
	}
}

/* Writes many names as one record, reads them, and compares. */
static void
names_survive(const char (*name)[4], size_t length, size_t n)
{
	json_open(&out, "names");
	for (size_t i = 0; i < n; i++)
		json_put_name(&out, "n", (struct str){ name[i], length });
	json_close(&out);
	assert(parse(written()) == NULL && rec.n == n + 1);
	for (size_t i = 0; i < n; i++) {
		char got[64];

		assert(rec.field[i + 1].value.n <= sizeof(got));
		assert(
		    json_unescape_name(rec.field[i + 1].value, got) == length);
		assert(memcmp(got, name[i], length) == 0);
	}
}

static void
every_name_survives(void)
{
	static const char some[] = "\\x\"0fFuna /\0\n\x1f\x7f\x80\xbf\xc3\xa9"
				   "\xe2\x82\xed\xa0\xf0\x9d\xff";
	enum { SOME = sizeof(some) - 1 };
	static char name[SOME * SOME][4];

	for (size_t i = 0; i < 256; i++)
		name[i][0] = (char)i;
	names_survive(name, 1, 256);
	for (size_t i = 0; i < 256; i++) {
		for (size_t k = 0; k < 256; k++) {
			name[k][0] = (char)i;
			name[k][1] = (char)k;
		}
		names_survive(name, 2, 256);
	}
	for (size_t i = 0; i < SOME * SOME; i++) {
		for (size_t k = 0; k < SOME * SOME; k++) {
			name[k][0] = some[i / SOME];
			name[k][1] = some[i % SOME];
			name[k][2] = some[k / SOME];
			name[k][3] = some[k % SOME];
		}
		names_survive(name, 4, SOME * SOME);
	}
}

/* Others write names too: what json_put_name never writes stays. */
static void
foreign_names_are_taken_as_they_are(void)
{
	static const struct {
		const char *line, *name;
	} t[] = {
		{ "{\"n\":\"a\\\\b\"}", "a\\b" },
		{ "{\"n\":\"a\\\\\"}", "a\\" },
		{ "{\"n\":\"\\\\x4\"}", "\\x4" },
		{ "{\"n\":\"\\\\xg0\"}", "\\xg0" },
		{ "{\"n\":\"\\\\x4A\\\\x4a\"}", "JJ" },
		{ "{\"n\":\"\\\\\\\\x41\"}", "\\x41" },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		char got[32];
		size_t n;

		assert(parse(str_of(t[i].line)) == NULL);
		n = json_unescape_name(rec.field[0].value, got);
		assert(str_is((struct str){ got, n }, t[i].name));
	}
}

static void
wide_records_are_read(void)
{
	output_text(&out, "{\"type\":0");
	for (uint64_t i = 0; i < 5000; i++)
		json_put_u64(&out, "k", i);
	output_text(&out, "}");
	assert(parse(written()) == NULL && rec.n == 5001);
	for (uint64_t i = 0, v; i < 5000; i++)
		assert(json_u64(&rec.field[i + 1], &v) && v == i);
	json_free(&rec);
	assert(rec.n == 0);
	json_free(&rec);
}

int
main(void)
{
	output_on(&out, memfd_create("json", MFD_CLOEXEC), "json");
	takes_what_rfc_8259_allows();
	refuses_all_else_and_says_why();
	finds_the_last_of_equal_keys();
	keeps_values_as_they_stand();
	integers_are_checked();
	unescapes_strings();
	writes_records();
	quotes_strings_and_names();
	every_name_survives();
	foreign_names_are_taken_as_they_are();
	wide_records_are_read();
	parse(TEXT(""));
	json_free(&rec);
	assert(output_close(&out) == 0);
	return 0;
}
