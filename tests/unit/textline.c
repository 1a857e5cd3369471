/* SPDX-License-Identifier: MIT */
/* textline: lines as the kernel prints them, which the text reader reads */
#include "source/textline.h"

#include "format.h"
#include "source/header.h"
#include "source/mark.h"

static const char text[] = FORMAT("one",
    FIELD("int x", 8, 4, 1) FIELD("__data_loc char[] s", 12, 4, 0),
    "\"x=%d s=%s\", REC->x, __get_str(s)");
static const char strange[] =
    "name: strange\nID: 8\nformat:\n" COMMON FIELD("int x", 8, 4, 1)
	FIELD("__u8 b[2]", 12, 2, 0) "\nprint fmt: \"%d\", jiffies(REC->x)\n";

static const uint8_t event[] = { 7, 0, 0, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff,
	16, 0, 3, 0, 'a', 'b', 0 };
static const uint8_t other[] = { 8, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0, 1, 2 };

static const char stack[] =
    "name: kernel_stack\nID: 9\nformat:\n" COMMON FIELD("int size", 8, 4, 1)
	FIELD("unsigned long caller[]", 16, 0,
	    0) "\nprint fmt: \"%ps\", (void *)REC->caller[0]\n";
static const uint8_t calls[] = { 9, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, [16] = 1,
	0x10, 0, 0, 0x80, 0xff, 0xff, 0xff, 0x34, 0x12, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0 };

static struct formats *all;
static struct textline *lines;
static struct output out;

static void
written(const char *want)
{
	struct str got = { out.buf, out.n };

	if (!str_is(got, want)) {
		fprintf(stderr, "%s not %.*s", want, (int)out.n, out.buf);
		abort();
	}
	out.n = 0;
}

static void
prints(const struct header *h, const char *want)
{
	assert(textline_put(lines, h, formats_find(all, 7), event,
		   sizeof(event), &out) == NULL);
	written(want);
}

static void
test_columns(void)
{
	struct header h = { .task = str_of("bash"),
		.tid = 892,
		.cpu = 1,
		.flags = str_of("d..2."),
		.ts = 1125525591123,
		.nsec = true };

	prints(&h,
	    "            bash-892     [001] d..2.  1125.525591123: one: "
	    "x=-1 s=ab\n");
	h.task = (struct str){ NULL, 0 };
	h.tid = 4194304;
	h.cpu = 4095;
	h.ts = 12345678000000009;
	h.flags.p = NULL;
	h.flags.n = 0;
	prints(&h,
	    "           <...>-4194304 [4095]  12345678.000000009: one: "
	    "x=-1 s=ab\n");
	h.task = str_of("exactly15chars!");
	h.ts = 0;
	h.tid = 0;
	prints(&h,
	    " exactly15chars!-0       [4095]      0.000000000: one: "
	    "x=-1 s=ab\n");
	h.task = str_of("this has more than fifteen");
	prints(&h,
	    " this has more t-0       [4095]      0.000000000: one: "
	    "x=-1 s=ab\n");
	h.nsec = false; /* a clock that counts */
	h.ts = 4711;
	prints(&h,
	    " this has more t-0       [4095]          4711: one: x=-1 s=ab\n");
}

/* What is printed is read back, whatever the name. */
static void
test_names(void)
{
	static const char *const names[] = { "a b", "[003] 1.2: a:", "-5",
		"foo-123", "==>", "#comment", "\xff\xfe", "d...", "x",
		"CPU:1 [LOST 5" };
	struct header h = { .tid = 12,
		.cpu = 3,
		.ts = 5000000001,
		.nsec = true };

	h.flags = str_of(".....");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct header_prefix prefix = { .n = 0 };
		char name[HEADER_NAME_MAX];
		struct header got;

		h.task = str_of(names[i]);
		assert(textline_put(lines, &h, formats_find(all, 7), event,
			   sizeof(event), &out) == NULL);
		assert(header_parse(&got, &prefix,
		    (struct str){ out.buf, out.n - 1 }, name));
		assert(str_is(got.task, names[i]) && got.tid == 12);
		assert(got.cpu == 3 && got.ts == 5000000001 && got.nsec);
		assert(str_is(got.flags, ".....") && str_is(got.name, "one"));
		assert(str_is(got.body, "x=-1 s=ab"));
		out.n = 0;
	}
}

/* Whatever a task calls itself, its event is one line with its own columns. */
static void
test_controls(void)
{
	struct header h = { .tid = 12, .cpu = 3, .nsec = true };
	char name[15], want[128];

	for (size_t at = 0; at < sizeof(name); at++)
		for (unsigned c = 0; c < 256; c++) {
			bool control = c < 0x20 || c == 0x7f;

			memset(name, 'x', sizeof(name));
			name[at] = (char)c;
			h.task = (struct str){ name, sizeof(name) };
			assert(textline_put(lines, &h, formats_find(all, 7),
				   event, sizeof(event), &out) == NULL);
			snprintf(want, sizeof(want),
			    " xxxxxxxxxxxxxxx-12      [003]  "
			    "    0.000000000: one: x=-1 s=ab\n");
			want[1 + at] = control ? '?' : (char)c;
			written(want);
		}
	h.task = str_of("a\nb\x1b[2J\x7f");
	prints(&h,
	    "        a?b?[2J?-12      [003]      0.000000000: one: "
	    "x=-1 s=ab\n");
	h.task = str_of("\xc3\xbc\x80\xff");
	prints(&h,
	    "            \xc3\xbc\x80\xff-12      [003]      0.000000000: one: "
	    "x=-1 s=ab\n");
}

static void
test_fields(void)
{
	struct header h = { .task = str_of("a"), .tid = 1, .nsec = true };

	assert(textline_put(lines, &h, formats_find(all, 8), other,
		   sizeof(other), &out) == NULL);
	written("               a-1       [000]      0.000000000: strange: x=5 "
		"b=[1,2]\n");
	assert(textline_put(lines, &h, formats_find(all, 8), other, 13, &out) !=
	    NULL);
	assert(out.n == 0);
}

static void
test_stacks(void)
{
	struct header h = { .task = str_of("a"), .tid = 1, .nsec = true };

	assert(textline_put(lines, &h, formats_find(all, 9), calls,
		   sizeof(calls), &out) == NULL);
	written(
	    "               a-1       [000]      0.000000000: <stack trace>\n"
	    " => 0xffffff8000001001\n => 0x1234\n");
}

static void
test_short(void)
{
	struct header h = { .task = str_of("a"), .tid = 1, .nsec = true };

	for (size_t n = 0; n + 1 < sizeof(event); n++)
		assert(textline_put(lines, &h, formats_find(all, 7), event, n,
			   &out) != NULL);
	assert(out.n == 0);
}

static void
test_losses(void)
{
	struct mark m;

	textline_lost(&out, 3, 5051);
	m = mark_read((struct str){ out.buf, out.n - 1 });
	assert(m.kind == MARK_LOST && m.cpu == 3 && m.count == 5051);
	written("CPU:3 [LOST 5051 EVENTS]\n");
	textline_lost(&out, 0, -1);
	m = mark_read((struct str){ out.buf, out.n - 1 });
	assert(m.kind == MARK_LOST && m.cpu == 0 && m.count == -1);
	written("CPU:0 [EVENTS DROPPED]\n");
}

int
main(void)
{
	all = formats_new(false, 8, false);
	assert(formats_add(all, str_of("s"), str_of(text)) == NULL);
	assert(formats_add(all, str_of("s"), str_of(strange)) == NULL);
	assert(formats_add(all, str_of("s"), str_of(stack)) == NULL);
	lines = textline_new(false, 8);
	output_in_memory(&out);
	test_columns();
	test_names();
	test_controls();
	test_fields();
	test_stacks();
	test_short();
	test_losses();
	output_close(&out);
	textline_free(lines);
	formats_free(all);
	return 0;
}
