/* SPDX-License-Identifier: MIT */
/* header: every form of the front of a line, and what is none */
#include "source/header.h"

#include "source.h"

#define BODY "prev_comm=a prev_pid=1"

static char name[HEADER_NAME_MAX];

static void
parses(struct header *h, const char *line)
{
	struct header_prefix none = { .n = 0 };
	char *copy = malloc(strlen(line));
	bool is;

	/* The end of the line is that of its memory. */
	memcpy(copy, line, strlen(line));
	is = header_parse(h, &none, (struct str){ copy, strlen(line) }, name);
	if (!is)
		fprintf(stderr, "%s\n", line);
	assert(is);
	free(copy);
	is = header_parse(h, &none, str_of(line), name);
	assert(is);
}

static void
fails(const char *line)
{
	struct header_prefix none = { .n = 0 };
	char *copy = malloc(strlen(line) + 1);
	struct header h;
	bool is;

	memcpy(copy, line, strlen(line));
	is = header_parse(&h, &none, (struct str){ copy, strlen(line) }, name);
	if (is)
		fprintf(stderr, "%s\n", line);
	assert(!is);
	free(copy);
}

static const struct {
	const char *line, *task;
	int64_t tid, tgid;
	int cpu;
	const char *flags; /* NULL: none */
	int64_t ts;
	bool nsec;
} forms[] = {
	/* The kernel's text, by the age of the flags. */
	{ "           comm-1234    [001] d...  1125.525591: e: " BODY, "comm",
	    1234, -1, 1, "d...", 1125525591000, false },
	{ "           comm-1234    [001] d..2.  1125.525591: e: " BODY, "comm",
	    1234, -1, 1, "d..2.", 1125525591000, false },
	{ "           comm-1234    [001] dN.h2..  1125.525591: e: " BODY,
	    "comm", 1234, -1, 1, "dN.h2..", 1125525591000, false },
	{ "           comm-1234    [001]   1125.525591: e: " BODY, "comm", 1234,
	    -1, 1, NULL, 1125525591000, false },
	{ "           comm-1234    (   1230) [001] d..2.  1.000001: e: " BODY,
	    "comm", 1234, 1230, 1, "d..2.", 1000001000, false },
	{ "           comm-1234    (-------) [001] d..2.  1.000001: e: " BODY,
	    "comm", 1234, -1, 1, "d..2.", 1000001000, false },
	{ "           comm-1234  (-----) [001] d..2  1.000001: e: " BODY,
	    "comm", 1234, -1, 1, "d..2", 1000001000, false },
	{ "           comm-1234    ( 1230) [001]  1.000001: e: " BODY, "comm",
	    1234, 1230, 1, NULL, 1000001000, false },
	/* Clocks: a counter, nanoseconds, the time of day. */
	{ "           comm-1234    [000] d..2.            3: e: " BODY, "comm",
	    1234, -1, 0, "d..2.", 3, false },
	{ "           comm-1234    [000] d..2. 1166054503985: e: " BODY, "comm",
	    1234, -1, 0, "d..2.", 1166054503985, false },
	{ "           comm-1234    [000] 1166054503985: e: " BODY, "comm", 1234,
	    -1, 0, NULL, 1166054503985, false },
	{ "           comm-1234  [000]  1218.349841151: e: " BODY, "comm", 1234,
	    -1, 0, NULL, 1218349841151, true },
	{ "           comm-1234    [000] ..... 1763658066.000042: e: " BODY,
	    "comm", 1234, -1, 0, ".....", 1763658066000042000, false },
	{ "           comm-1234  [000] 1763658066.123456789: e: " BODY, "comm",
	    1234, -1, 0, NULL, 1763658066123456789, true },
	/* trace-cmd report -l */
	{ "  <idle>-0       0d..2.  1218.350944: e: " BODY, "<idle>", 0, -1, 0,
	    "d..2.", 1218350944000, false },
	{ "migratio-18     12d..2.  1218.350944: e: " BODY, "migratio", 18, -1,
	    12, "d..2.", 1218350944000, false },
	{ "a-b-1234-5     127dNh4. 1218.350944: e: " BODY, "a-b-1234", 5, -1,
	    127, "dNh4.", 1218350944000, false },
	/* Stripped, and names that look like what is behind them. */
	/* report --raw-ts, with and without -l, and --ts-diff. */
	{ "           comm-1234  [001]1218349841151: e: " BODY, "comm", 1234,
	    -1, 1, NULL, 1218349841151, false },
	{ "    comm-1234   1dN.4.1218349841151: e: " BODY, "comm", 1234, -1, 1,
	    "dN.4.", 1218349841151, false },
	{ "    comm-1234   1d..2121834984115: e: " BODY, "comm", 1234, -1, 1,
	    "d..21", 21834984115, false },
	{ "           comm-1234  [001]  1.000001: (+3)     e: " BODY, "comm",
	    1234, -1, 1, NULL, 1000001000, false },
	{ "           comm-1234  [001]1218349841151: (+10)  e: " BODY, "comm",
	    1234, -1, 1, NULL, 1218349841151, false },
	{ "comm-1234 [001] 1.000001: e: " BODY, "comm", 1234, -1, 1, NULL,
	    1000001000, false },
	{ "exactly15chars!-1234 [001] 1.000001: e: " BODY, "exactly15chars!",
	    1234, -1, 1, NULL, 1000001000, false },
	{ "-1 [0] 1: a:-7 [001] 1.000001: e: " BODY, "-1 [0] 1: a:", 7, -1, 1,
	    NULL, 1000001000, false },
	{ "-7 [001] 1.000001: e: " BODY, "", 7, -1, 1, NULL, 1000001000,
	    false },
	{ "-5-7 [001] 1.000001: e: " BODY, "-5", 7, -1, 1, NULL, 1000001000,
	    false },
	{ "]-[1] 2-3-7 [001] 1.000001: e: " BODY, "]-[1] 2-3", 7, -1, 1, NULL,
	    1000001000, false },
	{ "                -7       [001] 1.000001: e: " BODY, "", 7, -1, 1,
	    NULL, 1000001000, false },
	{ "  [003] 1.2: a:-7       [001] 1.000001: e: " BODY,
	    "[003] 1.2: a:", 7, -1, 1, NULL, 1000001000, false },
	{ " 0123456789abcde-7       [001] 1.000001: e: " BODY,
	    "0123456789abcde", 7, -1, 1, NULL, 1000001000, false },
};

static void
every_column_is_read(void)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct header h;

		parses(&h, forms[i].line);
		assert(str_is(h.task, forms[i].task) && h.tid == forms[i].tid);
		assert(h.tgid == forms[i].tgid && h.cpu == forms[i].cpu);
		assert(h.ts == forms[i].ts && h.nsec == forms[i].nsec);
		assert((h.flags.p == NULL) == (forms[i].flags == NULL));
		assert(h.flags.p == NULL || str_is(h.flags, forms[i].flags));
		assert(str_is(h.name, "e") && str_is(h.body, BODY));
		assert(h.gap == 1);
	}
}

static void
each_beginning_of_a_header_is_none(void)
{
	const char *line = "           comm-1234    (   1230) [001] d..2.  "
			   "1125.525591: sched_switch:";
	char part[100];

	for (size_t n = 0; n < strlen(line); n++) {
		memcpy(part, line, n);
		part[n] = '\0';
		fails(part);
		fails(part + strspn(part, " "));
	}
}

static void
what_is_no_header(void)
{
	static const char *const lines[] = {
		"comm-12x [001] 1.000001: e: b",
		"comm- 12 [001] 1.000001: e: b",
		"comm--12 [001 1.000001: e: b",
		"comm-12 001] 1.000001: e: b",
		"comm-12 [] 1.000001: e: b",
		"comm-12 [-1] 1.000001: e: b",
		"comm-12 [001]1.000001: e: b",
		"comm-12 [001]1x: e: b",
		"comm-12 [001] 1.000001: (+) e: b",
		"comm-12 [001] 1.000001: (3) e: b",
		"comm-12 [001] d. 1.000001: e: b",
		"comm-12 [001] d..2.d..2. 1.000001: e: b",
		"comm-12 [001] d?.2. 1.000001: e: b",
		"comm-12 [001] 1.: e: b",
		"comm-12 [001] .000001: e: b",
		"comm-12 [001] 1.0000000001: e: b",
		"comm-12 [001] 1.000001 e: b",
		"comm-12 [001] 1.000001: : b",
		"comm-12 [001] 1.000001: two words: b",
		"comm-12 (12 [001] 1.000001: e: b",
		"comm-12 (x) [001] 1.000001: e: b",
		"comm-12 () [001] 1.000001: e: b",
		"comm-12 ( ) [001] 1.000001: e: b",
		"comm-12 [001] 1.000001: sysx_a(fd: 1)",
		"comm-12 [001] 1.000001: vfs_read -> 0x1",
		"0123456789abcdefg-12 [001] 1.000001: e: b",
		/* Numbers that fit nowhere. */
		"comm-99999999999999999999 [001] 1.000001: e: b",
		"comm-9223372036854775808 [001] 1.000001: e: b",
		"comm-12 [4294967296] 1.000001: e: b",
		"comm-12 [99999999999999999999] 1.000001: e: b",
		"comm-12 [001] 99999999999999999999.000001: e: b",
		"comm-12 [001] 9223372036.854775808: e: b",
		"comm-12 [001] 9223372037.000000: e: b",
		"comm-12 [001] 9223372036854775808: e: b",
		"comm-12 (99999999999999999999) [001] 1.000001: e: b",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		fails(lines[i]);
}

static void
the_longest_times_are_read(void)
{
	struct header h;

	parses(&h, "comm-12 [001] 9223372036.854775807: e: b");
	assert(h.ts == INT64_MAX);
	parses(&h, "comm-12 [001] 9223372035.999999: e: b");
	assert(h.ts == 9223372035999999000);
}

/* The kernel's own text has system calls without their events' names. */
static void
system_calls_come_as_their_events(void)
{
	struct header h;
	char line[300];

	parses(&h,
	    "   python3-12   [000] ..... 1.5: sys_sendto(fd: 4, len: 31)");
	assert(str_is(h.name, "sys_enter_sendto"));
	assert(str_is(h.body, "fd: 4, len: 31)"));
	parses(&h, "   python3-12   [000] ..... 1.5: sys_sendto -> 0x5");
	assert(str_is(h.name, "sys_exit_sendto") && str_is(h.body, "0x5"));
	parses(&h, "   python3-12   [000] ..... 1.5: sys_getpid()");
	assert(str_is(h.name, "sys_enter_getpid") && str_is(h.body, ")"));
	parses(&h, "   python3-12   [000] 1.5: sys_enter_sendto: fd: 0x04");
	assert(str_is(h.name, "sys_enter_sendto"));
	for (size_t n = 1; n < 200; n++) {
		struct header_prefix none = { .n = 0 };

		snprintf(line, sizeof(line), "a-1 [000] 1.5: sys_%.*s(", (int)n,
		    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
		    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
		    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
		    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz");
		assert(header_parse(&h, &none, str_of(line), name) ==
		    (n + strlen("sys_enter_") <= HEADER_NAME_MAX));
	}
}

static void
a_prefix_is_found_and_remembered(void)
{
	struct header_prefix prefix = { .n = 0 };
	struct header h;

	assert(header_parse(&h, &prefix,
	    str_of("foo:            comm-1234    [001] 1.000001: e: b"), name));
	assert(str_is(h.task, "comm") && prefix.n == 5);
	assert(header_parse(&h, &prefix,
	    str_of("foo:     a-b: c d-7-1234    [001] 1.000001: e: b"), name));
	assert(str_is(h.task, "a-b: c d-7"));
	assert(header_parse(&h, &prefix,
	    str_of("            comm-1234    [001] 1.000001: e: b"), name));
	assert(str_is(h.task, "comm"));
	assert(header_parse(&h, &prefix,
	    str_of("a file.dat:            <...>-1234  [001] 1.000001: e: b"),
	    name));
	assert(str_is(h.task, "<...>") && prefix.n == 12);
	assert(!header_parse(&h, &prefix, str_of("a file.dat: "), name));
	assert(!header_parse(&h, &prefix, str_of(""), name));
	/* One that is too long is none. */
	for (size_t n = 100; n < 200; n++) {
		char line[300];

		memset(line, 'x', n);
		strcpy(line + n, ": comm-1234 [001] 1.000001: e: b");
		prefix.n = 0;
		assert(header_parse(&h, &prefix, str_of(line), name) ==
		    (n + 2 <= sizeof(prefix.bytes)));
	}
}

/* What the kernel prints of other tracers, and trace-cmd of the same. */
static void
other_tracers_come_as_their_events(void)
{
#define FRONT "            bash-1     [000] ..... 12.300000: "
	static const struct {
		const char *line, *name, *body;
	} t[] = {
		{ FRONT "schedule <-do_wait", "function",
		    "schedule <-do_wait" },
		{ FRONT "a.isra.0 [m] <-b", "function", "a.isra.0 [m] <-b" },
		{ FRONT "read(fd=1, 2) <-b", "function", "read(fd=1, 2) <-b" },
		{ FRONT "function:    a <-- b", "function", "a <-- b" },
		{ FRONT "<stack trace>", "kernel_stack", "" },
		{ FRONT "<user stack trace>", "user_stack", "" },
		{ FRONT "tracing_mark_write: a: b ", "print", "a: b " },
		{ FRONT "tracing_mark_write:  a", "print", " a" },
		{ FRONT "tracing_mark_write: ", "print", "" },
		{ FRONT "tracing_mark_write:", "print", "" },
		{ FRONT "print:        tracing_mark_write: a: b", "print",
		    "a: b" },
		{ FRONT "print:        tracing_mark_write:  a", "print", " a" },
		{ FRONT "print:        tracing_mark_write: ", "print", "" },
		{ FRONT "print:        ip=tracing_mark_write buf=a: b", "print",
		    "ip=tracing_mark_write buf=a: b" },
	};
	struct header h;

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		parses(&h, t[i].line);
		if (!str_is(h.body, t[i].body))
			fprintf(stderr, "%s\n", t[i].line);
		assert(str_is(h.name, t[i].name) && str_is(h.body, t[i].body));
	}
	fails(FRONT "<idle>");
	fails(FRONT "schedule <");
	fails(FRONT " <-do_wait");
}

static void
only_a_padded_comm_is_one(void)
{
	static const char *const padded[] = {
		"           a b c-5     [001] 1.000001: e: " BODY,
		"\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
		"-5     [001] 1.000001: e: " BODY,
	};
	static const char *const none[] = { "", "                ",
		"                -",
		"            a b c-5     [001] 1.000001: e: " BODY,
		"a-5     [001] 1.000001: e: x=1-2" };
	struct header h;

	for (size_t i = 0; i < 2; i++) {
		assert(header_parse_padded(&h, str_of(padded[i]), name));
		assert(h.task.p + h.task.n == padded[i] + 16 && h.tid == 5);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert(!header_parse_padded(&h, str_of(none[i]), name));
}

int
main(void)
{
	every_column_is_read();
	each_beginning_of_a_header_is_none();
	what_is_no_header();
	the_longest_times_are_read();
	system_calls_come_as_their_events();
	a_prefix_is_found_and_remembered();
	other_tracers_come_as_their_events();
	only_a_padded_comm_is_one();
	return 0;
}
