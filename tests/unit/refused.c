/* SPDX-License-Identifier: MIT */
/*
 * refused: text that says too little is refused at once, and says what to do;
 * tests/data/source/refused was printed by Linux 6.18 under these options
 */
#include "source/refused.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source/text.h"

#include "input_of.h"

#define OPTIONS "/sys/kernel/tracing/options/"
#define REFUSED "tests/data/source/refused/"

static const struct {
	const char *path, *option;
} options[] = {
	{ REFUSED "latency-format.txt.zst",
	    "echo 0 > " OPTIONS "latency-format" },
	{ REFUSED "latency-verbose.txt.zst",
	    "echo 0 > " OPTIONS "latency-format" },
	{ REFUSED "raw.txt.zst", "echo 0 > " OPTIONS "raw" },
	{ REFUSED "hex.txt.zst", "echo 0 > " OPTIONS "hex" },
	{ REFUSED "bin.txt.zst", "echo 0 > " OPTIONS "bin" },
	{ REFUSED "fields.txt.zst", "echo 0 > " OPTIONS "fields" },
	{ REFUSED "nocontext.txt.zst", "echo 1 > " OPTIONS "context-info" },
};

/* What came of the lines before one was refused, or of all. */
struct result {
	const char *why; /* NULL: none was */
	int points, bad;
};

/* Reads an input to its end, or to where it is refused. */
static struct result
read_input(struct input *in, bool comments)
{
	struct wanted *wanted = wanted_new();
	struct text text = { .turn = 0 };
	struct header at;
	struct item item = { .at = &at };
	struct result r = { NULL, 0, 0 };

	while (r.why == NULL && input_line(in)) {
		if (!comments && in->line.n > 0 && in->line.p[0] == '#')
			continue;
		text_read(&text, wanted, in, &item);
		r.points += item.kind == ITEM_POINT;
		r.bad += item.kind == ITEM_BAD;
		if (item.kind == ITEM_REFUSED)
			r.why = item.why;
	}
	wanted_free(wanted);
	fields_free(&item.fields);
	input_close(in);
	return r;
}

static struct result
read_text(const char *z)
{
	struct input in = input_of(z, strlen(z));

	return read_input(&in, true);
}

static void
each_option_is_told(void)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		const char *want = options[i].option;

		for (int comments = 0; comments < 2; comments++) {
			struct result r;
			struct input in;

			if (input_open(&in, options[i].path) < 0)
				abort();
			r = read_input(&in, comments);
			if (r.why == NULL || strstr(r.why, want) == NULL)
				fprintf(stderr, "%s: %s\n", options[i].path,
				    r.why != NULL ? r.why : "read");
			assert(r.why != NULL && strstr(r.why, want) != NULL);
			/* Without what stands before it, it takes two lines. */
			assert(r.points == 0 && r.bad <= !comments);
		}
	}
}

#define EVENT "     a-5     [001] d..2.     1.000001: e: x=1\n"
#define HEX "0000764e 00000000 00000b6d154b6643 type: 190\n"
#define BARE "sched_waking: comm=a pid=1\n"

/* A line that looks so among others is bad, and what was good is kept. */
static void
events_are_not_refused(void)
{
	struct result r = read_text(EVENT HEX HEX BARE BARE EVENT);

	assert(r.why == NULL && r.points == 2 && r.bad == 4);
	r = read_text(HEX EVENT HEX);
	assert(r.why == NULL && r.points == 1 && r.bad == 2);
	r = read_text(HEX BARE "a: b\nc: d\n" EVENT);
	assert(r.why == NULL && r.points == 1 && r.bad == 4);
	r = read_text("1 2 3\n# tracer: nop\n#\n" EVENT);
	assert(r.why == NULL && r.points == 1 && r.bad == 1);
}

/* Of inputs that were joined, each is looked at. */
static void
a_second_trace_is_refused(void)
{
	struct result r = read_text(
	    "# tracer: nop\n" EVENT "# tracer: nop\n" HEX EVENT);

	assert(r.why != NULL && r.points == 1 && r.bad == 0);
	r = read_text(EVENT "# irqsoff latency trace v1.1.5 on 6.18\n" EVENT);
	assert(r.why != NULL && r.points == 1 && r.bad == 0);
}

/* Of function_graph only what says so is refused. */
static void
calls_without_a_task_are_refused(void)
{
	struct result r = read_text("# tracer: function_graph\n#\n"
				    " 0)   0.250 us    |  mutex_unlock();\n");

	assert(r.why != NULL && r.points == 0 && r.bad == 0);
	assert(strstr(r.why, "function_graph") != NULL);
	r = read_text(EVENT " 0)   0.250 us    |  mutex_unlock();\n" EVENT);
	assert(r.why == NULL && r.points == 2 && r.bad == 1);
}

/* By the first bytes that each such file has, and not by fewer. */
static void
files_of_other_programs_are_told(void)
{
	static const char *const magic[] = { "PERFILE2", "2ELIFREP",
		"\177ELF\2\1\1\0", "\3757zXZ\0\0\4", "\4\"M\30\100\0\0" };

	for (size_t i = 0; i < sizeof(magic) / sizeof(magic[0]); i++) {
		assert(refused_file((struct str){ magic[i], 8 }) != NULL);
		assert(refused_file((struct str){ magic[i], 3 }) == NULL);
	}
	assert(strstr(refused_file(str_of("PERFILE2")), "perf script") != NULL);
	assert(refused_file(str_of("PERFILES")) == NULL);
	assert(refused_file(str_of("# tracer: nop")) == NULL);
	assert(refused_file(str_of("")) == NULL);
}

int
main(void)
{
	files_of_other_programs_are_told();
	each_option_is_told();
	events_are_not_refused();
	a_second_trace_is_refused();
	calls_without_a_task_are_refused();
	return 0;
}
