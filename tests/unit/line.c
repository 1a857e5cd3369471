/* SPDX-License-Identifier: MIT */
/* line: what a switch and a record are as lines of JSON */
#include "dataset/line.h"

#include <assert.h>

#include "record/json.h"

static struct output out;

static void
begin_anew(void)
{
	out.n = 0;
}

/* Tells whether what was written is just that, and begins anew. */
static bool
wrote(const char *want)
{
	bool same = out.n == strlen(want) && memcmp(out.buf, want, out.n) == 0;

	begin_anew();
	return same;
}

static void
put(struct line_switch s)
{
	size_t room = line_room(&s);
	char *p = line_put_switch(&out, output_room(&out, room), &s, room);

	output_used(&out, (size_t)(p - out.buf) - out.n);
}

static void
what_is_not_known_is_absent(void)
{
	put((struct line_switch){ str_of("a"), str_of("7"), 3, str_of("S"),
	    str_of("b") });
	assert(wrote(",\"task_name\":\"a\",\"pid\":7,\"cpu\":3,"
		     "\"prev_state\":\"S\",\"prev_comm\":\"b\""));
	put((struct line_switch){ .cpu = -1, .pid = str_of("0") });
	assert(wrote(",\"pid\":0"));
	put((struct line_switch){ .cpu = -1, .prev = str_of("") });
	assert(wrote(",\"prev_comm\":\"\""));
}

static void
a_pid_is_a_number_if_it_is_one(void)
{
	static const char *const text[] = { "", "-", "07", "1.5", "1e3", "x",
		"--1", "7 " };

	put((struct line_switch){ .cpu = -1, .pid = str_of("-7") });
	assert(wrote(",\"pid\":-7"));
	for (size_t i = 0; i < sizeof(text) / sizeof(*text); i++) {
		char want[32] = ",\"pid\":\"";

		strcat(strcat(want, text[i]), "\"");
		put((struct line_switch){ .cpu = -1, .pid = str_of(text[i]) });
		assert(wrote(want));
	}
}

static void
names_hold_any_bytes(void)
{
	put((struct line_switch){ .cpu = -1,
	    .next = str_of("\"\\\xff\xc3\xa9\n"),
	    .prev = { "a name of more than sixteen\0", 28 } });
	assert(wrote(",\"task_name\":\"\\\"\\\\\\\\\\\\xff\xc3\xa9\\n\","
		     "\"prev_comm\":\"a name of more than sixteen\\u0000\""));
}

static void
tails_tell_the_trace(void)
{
	line_put_tail(&out, str_of("w\""), str_of("\xff"));
	assert(wrote(",\"workload_type\":\"w\\\"\","
		     "\"trace_id\":\"\xef\xbf\xbd\"}\n"));
	line_put_tail(&out, str_of(""), (struct str){ NULL, 0 });
	assert(wrote("}\n"));
}

/* Writes a record as a line. */
static void
record(const char *text, const char *category)
{
	struct json rec = { 0 };
	bool own;

	assert(json_parse(&rec, str_of(text)) == NULL);
	own = line_put_record(&out, &rec, str_of(text), str_of("w"),
	    str_of("t"));
	assert(own == (category == NULL));
	line_end_record(&out, own ? (struct str){ NULL, 0 } : str_of(category));
	json_free(&rec);
}

static void
records_keep_their_text(void)
{
	record("{\"type\":\"e\",\"s\":\"}\"}", "c");
	assert(wrote("{\"type\":\"e\",\"s\":\"}\",\"workload_type\":\"w\","
		     "\"trace_id\":\"t\",\"category\":\"c\"}\n"));
	record(" \t{\"type\" : \"e\" }\r", "c");
	assert(wrote("{\"type\" : \"e\" ,\"workload_type\":\"w\","
		     "\"trace_id\":\"t\",\"category\":\"c\"}\n"));
	/* Keys are told apart unescaped; null is an answer. */
	record("{\"trace_\\u0069d\":null,\"workload_type\":1,\"category\":2}",
	    NULL);
	assert(wrote("{\"trace_\\u0069d\":null,\"workload_type\":1,"
		     "\"category\":2}\n"));
}

int
main(void)
{
	output_in_memory(&out);
	what_is_not_known_is_absent();
	a_pid_is_a_number_if_it_is_one();
	names_hold_any_bytes();
	tails_tell_the_trace();
	records_keep_their_text();
	output_close(&out);
	return 0;
}
