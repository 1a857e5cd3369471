/* SPDX-License-Identifier: MIT */
/*
 * print: an event's record, letter by letter, and that any names make one
 */
#include "source/print.h"

#include "point.h"
#include "record/json.h"

static void
all_that_an_event_may_have(struct output *out, struct fields *f)
{
	struct event ev = point("sched_switch", 1125525591000, f);

	print_point(out, &ev);
	wrote(out,
	    "{\"type\":\"sched_switch\",\"ts\":1125525591000,"
	    "\"cpu\":0}\n");
	ev.at.task = str_of("a b");
	ev.at.tid = 12;
	ev.at.tgid = 0;
	ev.at.flags = str_of("d..2.");
	ev.at.cpu = 31;
	literal(f, "prev_prio", "-120");
	text(f, "prev_comm", "");
	literal(f, "list", "[1,2]");
	text(f, "next_comm", "a name of more than sixteen bytes");
	print_point(out, &ev);
	wrote(out,
	    "{\"type\":\"sched_switch\",\"ts\":1125525591000,"
	    "\"cpu\":31,\"task\":\"a b\",\"tid\":12,\"tgid\":0,"
	    "\"flags\":\"d..2.\",\"prev_prio\":-120,\"prev_comm\":\"\","
	    "\"list\":[1,2],\"next_comm\":"
	    "\"a name of more than sixteen bytes\"}\n");
	ev = point("x", 0, f); /* what is not known is absent */
	ev.at.cpu = -1;
	print_point(out, &ev);
	wrote(out, "{\"type\":\"x\",\"ts\":0}\n");
}

static void
a_key_that_is_taken(struct output *out, struct fields *f)
{
	static const char *const taken[] = { "type", "ts", "cpu", "task", "tid",
		"tgid", "flags" };
	static const char *const not [] = { "", "t", "TS", "typ", "types",
		"cpus", "flag", "pid", "arg_ts", "tasks", "flagz", "tgi" };
	struct event ev = point("x", 1, f);
	char record[128];

	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++) {
		assert(field_is_taken(str_of(taken[i])));
		fields_clear(f);
		text(f, taken[i], "v");
		print_point(out, &ev);
		snprintf(record, sizeof(record),
		    "{\"type\":\"x\",\"ts\":1,\"cpu\":0,\"arg_%s\":\"v\"}\n",
		    taken[i]);
		wrote(out, record);
	}
	for (size_t i = 0; i < sizeof(not ) / sizeof(not [0]); i++)
		assert(!field_is_taken(str_of(not [i])));
}

static void
names_of_any_bytes(struct output *out, struct fields *f)
{
	struct event ev = point("x", 1, f);

	ev.at.task = (struct str){ "\xff\\\"\n\0\xc3\xa4", 7 };
	text(f, "comm", "\x80\x1b[0m");
	text(f, "file", "\\\\ \xed\xa0\x80");
	print_point(out, &ev);
	wrote(out,
	    "{\"type\":\"x\",\"ts\":1,\"cpu\":0,"
	    "\"task\":\"\\\\xff\\\\\\\\\\\"\\n\\u0000\xc3\xa4\","
	    "\"comm\":\"\\\\x80\\u001b[0m\","
	    "\"file\":\"\\\\\\\\\\\\\\\\ \\\\xed\\\\xa0\\\\x80\"}\n");
}

static void
numbers_at_their_ends(struct output *out, struct fields *f)
{
	struct event ev = point("x", INT64_MAX, f);

	ev.at.tid = INT64_MAX;
	ev.at.tgid = INT64_MAX;
	ev.at.cpu = INT32_MAX;
	literal(f, "a", "-9223372036854775808");
	literal(f, "b", "18446744073709551615");
	print_point(out, &ev);
	wrote(out,
	    "{\"type\":\"x\",\"ts\":9223372036854775807,"
	    "\"cpu\":2147483647,\"tid\":9223372036854775807,"
	    "\"tgid\":9223372036854775807,\"a\":-9223372036854775808,"
	    "\"b\":18446744073709551615}\n");
}

static void
a_record_as_it_came(struct output *out, struct fields *f)
{
	struct event ev = point("x", 1, f);

	ev.line = str_of("{ \"ts\" : 1, \"type\":\"y\" }");
	print_point(out, &ev);
	wrote(out, "{ \"ts\" : 1, \"type\":\"y\" }\n");
}

/* Any bytes, of any length, in all places: a record with the same in it. */
static void
any_text(struct output *out, struct fields *f)
{
	struct json rec = { .n = 0 };
	uint64_t x = 1;
	char in[600], back[6 * sizeof(in)];

	for (size_t n = 0; n < sizeof(in); n += n < 40 ? 1 : 37) {
		struct str s = { in, n };
		struct event ev = point("sched_process_exec_and_more", 1, f);
		size_t size;

		for (size_t i = 0; i < n; i++) {
			x = x * 6364136223846793005u + 1442695040888963407u;
			in[i] = (char)(n % 3 == 0 ? 'a' : x >> 56);
		}
		ev.at.task = ev.at.flags = s;
		for (int i = 0; i < 3; i++)
			fields_add_kind(f, str_of(i == 0 ? "one" : "two"), s,
			    FIELD_TEXT);
		print_point(out, &ev);
		assert(json_parse(&rec, (struct str){ out->buf, out->n - 1 }) ==
		    NULL);
		assert(rec.n == 8 && out->buf[out->n - 1] == '\n');
		for (size_t i = 3; i < 8; i++) {
			size = json_unescape_name(rec.field[i].value, back);
			assert(str_eq((struct str){ back, size }, s));
		}
		out->n = 0;
	}
	json_free(&rec);
}

int
main(void)
{
	struct fields f = { .n = 0 };
	struct output out;

	output_in_memory(&out);
	all_that_an_event_may_have(&out, &f);
	a_key_that_is_taken(&out, &f);
	names_of_any_bytes(&out, &f);
	numbers_at_their_ends(&out, &f);
	a_record_as_it_came(&out, &f);
	any_text(&out, &f);
	fields_free(&f);
	output_close(&out);
	return 0;
}
