/* SPDX-License-Identifier: MIT */
/*
 * sheet: rows under the columns of the first event, and what they cannot hold
 */
#include "source/sheet.h"

#include "point.h"

static void
columns_and_rows(struct output *out, struct fields *f)
{
	struct sheet s = { .strays = 0 };
	struct event ev = point("x", 5, f);

	ev.at.task = str_of("bash");
	ev.at.tid = 7;
	ev.at.tgid = 6;
	ev.at.flags = str_of("d..2.");
	literal(f, "pid", "-3");
	text(f, "comm", "a,\"b\"");
	assert(sheet_put(&s, out, &ev));
	wrote(out,
	    "ts,cpu,task,tid,tgid,flags,pid,comm\n"
	    "5,0,bash,7,6,d..2.,-3,\"a,\"\"b\"\"\"\n");
	ev = point("x", INT64_MAX, f); /* what is not known is empty */
	ev.at.cpu = -1;
	text(f, "comm", ""); /* another order, and one is missing */
	assert(sheet_put(&s, out, &ev));
	wrote(out, "9223372036854775807,,,,,,,\"\"\n");
	ev = point("x", 0, f);
	text(f, "comm", "c");
	literal(f, "pid", "18446744073709551615");
	assert(sheet_put(&s, out, &ev));
	wrote(out, "0,0,,,,,18446744073709551615,c\n");
	assert(s.strays == 0);
	sheet_free(&s);
	sheet_free(&s);
}

static void
keys_that_are_taken(struct output *out, struct fields *f)
{
	struct sheet s = { .strays = 0 };
	struct event ev = point("x", 5, f);

	literal(f, "cpu", "1");
	literal(f, "flags", "2");
	literal(f, "count", "3");
	assert(sheet_put(&s, out, &ev));
	wrote(out,
	    "ts,cpu,task,tid,tgid,flags,arg_cpu,arg_flags,count\n"
	    "5,0,,,,,1,2,3\n");
	sheet_free(&s);
}

static void
another_type_is_refused(struct output *out, struct fields *f)
{
	struct sheet s = { .strays = 0 };
	struct event ev = point("x", 5, f);

	assert(sheet_put(&s, out, &ev));
	wrote(out, "ts,cpu,task,tid,tgid,flags\n5,0,,,,\n");
	ev.at.name = str_of("y");
	assert(!sheet_put(&s, out, &ev));
	wrote(out, "");
	sheet_free(&s);
}

/* Fields without a column are counted, and those that are there twice. */
static void
strays(struct output *out, struct fields *f)
{
	struct sheet s = { .strays = 0 };
	struct event ev = point("x", 5, f);

	literal(f, "a", "1");
	assert(sheet_put(&s, out, &ev));
	ev = point("x", 6, f);
	literal(f, "b", "2");
	literal(f, "a", "1");
	literal(f, "c", "3");
	assert(sheet_put(&s, out, &ev));
	wrote(out, "ts,cpu,task,tid,tgid,flags,a\n5,0,,,,,1\n6,0,,,,,1\n");
	assert(s.strays == 2);
	ev = point("x", 7, f); /* one less, and one that is not known */
	literal(f, "d", "4");
	assert(sheet_put(&s, out, &ev));
	wrote(out, "7,0,,,,,\n");
	assert(s.strays == 3);
	sheet_free(&s);

	ev = point("x", 5, f);
	literal(f, "a", "1");
	literal(f, "a", "2");
	assert(sheet_put(&s, out, &ev));
	wrote(out, "ts,cpu,task,tid,tgid,flags,a\n5,0,,,,,1\n");
	assert(s.strays == 1);
	sheet_free(&s);
}

static void
names_of_any_bytes(struct output *out, struct fields *f)
{
	struct sheet s = { .strays = 0 };
	struct event ev = point("x", 5, f);

	ev.at.task = (struct str){ "\xff\n\0\"", 4 };
	text(f, "comm", "\r");
	assert(sheet_put(&s, out, &ev));
	wrote(out,
	    "ts,cpu,task,tid,tgid,flags,comm\n"
	    "5,0,\"\xff\n\\x00\"\"\",,,,\"\r\"\n");
	sheet_free(&s);
}

int
main(void)
{
	struct fields f = { .n = 0 };
	struct output out;

	output_in_memory(&out);
	columns_and_rows(&out, &f);
	keys_that_are_taken(&out, &f);
	another_type_is_refused(&out, &f);
	strays(&out, &f);
	names_of_any_bytes(&out, &f);
	fields_free(&f);
	output_close(&out);
	return 0;
}
