/* SPDX-License-Identifier: MIT */
/* mark: lines that are no events, and what they tell */
#include "source/mark.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
	const char *line;
	enum mark_kind kind;
	uint64_t cpus;
	int cpu;
	int64_t count;
} marks[] = {
	{ "", MARK_COMMENT, 0, -1, 0 },
	{ "  \t\r", MARK_COMMENT, 0, -1, 0 },
	{ "#", MARK_COMMENT, 0, -1, 0 },
	{ "#comment", MARK_COMMENT, 0, -1, 0 },
	{ "##### CPU 1 buffer started ####", MARK_COMMENT, 0, -1, 0 },
	{ "#           TASK-PID     CPU#", MARK_COMMENT, 0, -1, 0 },
	{ "# tracer: nop", MARK_OPENING, 0, -1, 0 },
	{ "# entries-in-buffer/entries-written: 12/12   #P:2", MARK_OPENING, 2,
	    -1, 0 },
	{ "# entries-in-buffer/entries-written: 2678/36000   #P:128", MARK_LOST,
	    128, -1, 33322 },
	{ "# entries-in-buffer/entries-written: 5/4   #P:1", MARK_OPENING, 1,
	    -1, 0 },
	{ "# entries-in-buffer/entries-written: 0/18446744073709551615",
	    MARK_OPENING, 0, -1, 0 },
	{ "# entries-in-buffer/entries-written: ", MARK_COMMENT, 0, -1, 0 },
	{ "cpus=2", MARK_OPENING, 2, -1, 0 },
	{ "cpus=2\r", MARK_OPENING, 2, -1, 0 },
	{ "version = 6", MARK_OPENING, 0, -1, 0 },
	{ " small.dat: cpus=2", MARK_OPENING, 2, -1, 0 },
	{ "small.dat: cpus=x", MARK_NONE, 0, -1, 0 },
	{ "Processed 16503 samples and lost 51.08%!", MARK_LOST, 0, -1, -1 },
	{ "Processed 9 events and lost 2 chunks!", MARK_LOST, 0, -1, -1 },
	{ "\tffffffff821facd8 __schedule+0x618 ([kernel.kallsyms])",
	    MARK_COMMENT, 0, -1, 0 },
	{ "\t    7f544c1ec2ad [unknown] ([unknown])", MARK_COMMENT, 0, -1, 0 },
	{ "\tgarbage", MARK_NONE, 0, -1, 0 },
	{ " => do_syscall_64", MARK_COMMENT, 0, -1, 0 },
	{ "=> do_exit (ffffffff8135fa50)", MARK_COMMENT, 0, -1, 0 },
	{ " =>  <00007f544c1ec2ad>", MARK_COMMENT, 0, -1, 0 },
	{ "=>x", MARK_NONE, 0, -1, 0 },
	{ "==> x", MARK_NONE, 0, -1, 0 },
	{ "CPU 1 is empty", MARK_COMMENT, 0, -1, 0 },
	{ "foo: CPU 1 is empty", MARK_COMMENT, 0, -1, 0 },
	{ "CPU:0 [SUBBUFFER START]", MARK_COMMENT, 0, -1, 0 },
	{ "CPU:0 [LOST 5051 EVENTS]", MARK_LOST, 0, 0, 5051 },
	{ "CPU:17 [LOST 1 EVENTS]\r", MARK_LOST, 0, 17, 1 },
	{ "CPU:1 [LOST EVENTS]", MARK_LOST, 0, 1, -1 },
	{ "CPU:1 [350 EVENTS DROPPED]", MARK_LOST, 0, 1, 350 },
	{ "CPU:1 [EVENTS DROPPED]", MARK_LOST, 0, 1, -1 },
	{ "  a.dat: CPU:3 [EVENTS DROPPED]", MARK_LOST, 0, 3, -1 },
	{ "CPU:1 [LOST 99999999999999999999 EVENTS]", MARK_LOST, 0, 1, -1 },
	{ "CPU:99999999999 [LOST 1 EVENTS]", MARK_NONE, 0, -1, 0 },
	{ "CPU:1 [LOST 5", MARK_NONE, 0, -1, 0 },
	{ "CPU:1 [LOST 5 EVENTS", MARK_NONE, 0, -1, 0 },
	{ "CPU", MARK_NONE, 0, -1, 0 },
	{ "CPU:", MARK_NONE, 0, -1, 0 },
	{ "xCPU:1 [LOST 5 EVENTS]", MARK_NONE, 0, -1, 0 },
	{ "garbage", MARK_NONE, 0, -1, 0 },
	{ "version 6", MARK_NONE, 0, -1, 0 },
};

static void
each_mark_is_told(void)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		size_t n = strlen(marks[i].line);
		char *copy = malloc(n + 1);
		struct mark m;

		memcpy(copy, marks[i].line, n);
		m = mark_read((struct str){ copy, n });
		if (m.kind != marks[i].kind)
			fprintf(stderr, "%s\n", marks[i].line);
		assert(m.kind == marks[i].kind);
		assert(m.cpus == marks[i].cpus);
		if (m.kind == MARK_LOST)
			assert(
			    m.cpu == marks[i].cpu && m.count == marks[i].count);
		free(copy);
	}
}

/* It was taken for the kernel's line, which is longer. */
static void
a_short_comment_with_entries_written(void)
{
	const char *text = "#entries-written: 0";
	char *copy = malloc(strlen(text));

	memcpy(copy, text, strlen(text));
	assert(
	    mark_read((struct str){ copy, strlen(text) }).kind == MARK_COMMENT);
	free(copy);
}

int
main(void)
{
	a_short_comment_with_entries_written();
	each_mark_is_told();
	return 0;
}
