/* SPDX-License-Identifier: MIT */
/* perf: the fronts of perf script, with any choice of fields */
#include "source/perf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source/text.h"

#include "input_of.h"

/* As perf 6.1 prints one event with -F and these fields. */
static const struct {
	const char *line, *task;
	int64_t tid, tgid;
	int cpu;
	int64_t ts;
	bool nsec;
} fronts[] = {
	{ "            perf 13692 [001] 12807.942492:     sched:sched_wakeup: ",
	    "perf", 13692, -1, 1, 12807942492000, false },
	{ "            perf 13692 [001] 12807.942492159:      "
	  "sched:sched_wakeup: ",
	    "perf", 13692, -1, 1, 12807942492159, true },
	{ "            perf 13692/13700 [001] 12807.942492: "
	  "sched:sched_wakeup: ",
	    "perf", 13700, 13692, 1, 12807942492000, false },
	{ "            perf     7/7     [001]    12.942492: "
	  "sched:sched_wakeup: ",
	    "perf", 7, 7, 1, 12942492000, false },
	{ "13692 12807.942492:      sched:sched_wakeup: ", NULL, 13692, -1, -1,
	    12807942492000, false },
	{ "12807.942492:      sched:sched_wakeup: ", NULL, -1, -1, -1,
	    12807942492000, false },
	{ "[000] 12807.942492:      sched:sched_wakeup: ", NULL, -1, -1, 0,
	    12807942492000, false },
	{ "            perf 12807.942492:      sched:sched_wakeup: ", "perf",
	    -1, -1, -1, 12807942492000, false },
	{ "            perf 13692 12807.942492: sched:sched_wakeup: ", "perf",
	    13692, -1, -1, 12807942492000, false },
	{ "            perf 13692 [000] 12807.942492:          1      "
	  "sched:sched_wakeup: ",
	    "perf", 13692, -1, 0, 12807942492000, false },
	{ "            perf 13692 [000] 12807.942492:      "
	  "sched:sched_wakeup:                         ",
	    "perf", 13692, -1, 0, 12807942492000, false },
	{ "             :-1    -1 [000] 12807.942492: sched:sched_wakeup: ",
	    ":-1", -1, -1, 0, 12807942492000, false },
	/* Padded, any comm is known, and here the last blank tells. */
	{ " a 5 [000] 1.5:  13692 [001] 12807.942492: sched:sched_wakeup: ",
	    "a 5 [000] 1.5: ", 13692, -1, 1, 12807942492000, false },
	{ "             a   13692 [001] 12807.942492: sched:sched_wakeup: ",
	    "a  ", 13692, -1, 1, 12807942492000, false },
	{ "                 13692 [001] 12807.942492: sched:sched_wakeup: ", "",
	    13692, -1, 1, 12807942492000, false },
	{ "C1 Compiler 5 13692 [001] 12807.942492: sched:sched_wakeup: ",
	    "C1 Compiler 5", 13692, -1, 1, 12807942492000, false },
	/* With -g no comm is padded, but each thread is, to five columns. */
	{ "perf  8062 [000] 13777.950550: sched:sched_wakeup: ", "perf", 8062,
	    -1, 0, 13777950550000, false },
	{ "migration/0    18 [000] 15372.715008: sched:sched_wakeup: ",
	    "migration/0", 18, -1, 0, 15372715008000, false },
	{ "migration/0    18/18    [000] 15372.715008: sched:sched_wakeup: ",
	    "migration/0", 18, 18, 0, 15372715008000, false },
	{ "a   123456 [000] 15372.715008: sched:sched_wakeup: ", "a  ", 123456,
	    -1, 0, 15372715008000, false },
	{ "a 5  8062 [000] 13777.950550: sched:sched_wakeup: ", "a 5", 8062, -1,
	    0, 13777950550000, false },
	{ "perf  8062 13777.950550: sched:sched_wakeup: ", "perf", 8062, -1, -1,
	    13777950550000, false },
};

/* Parses a copy whose end is the end of its memory. */
static bool
parses(const char *line, struct header *h, char **copy)
{
	size_t n = strlen(line);

	*copy = malloc(n > 0 ? n : 1);
	memcpy(*copy, line, n);
	return perf_parse(h, (struct str){ *copy, n });
}

static void
each_front(void)
{
	static const char wakeup[] = "comm=a b pid=18 prio=0 target_cpu=000";

	for (size_t i = 0; i < sizeof(fronts) / sizeof(fronts[0]); i++) {
		char line[300], *copy;
		struct header h;
		bool is;

		snprintf(line, sizeof(line), "%s%s", fronts[i].line, wakeup);
		is = parses(line, &h, &copy);
		if (!is || h.tid != fronts[i].tid || h.cpu != fronts[i].cpu)
			fprintf(stderr, "%s\n", line);
		assert(is);
		assert(h.tid == fronts[i].tid && h.tgid == fronts[i].tgid);
		assert(h.cpu == fronts[i].cpu && h.ts == fronts[i].ts);
		assert(h.nsec == fronts[i].nsec);
		assert(fronts[i].task == NULL ? h.task.n == 0
					      : str_is(h.task, fronts[i].task));
		assert(str_is(h.name, "sched_wakeup"));
		assert(str_is(h.body, wakeup));
		free(copy);
	}
}

/* With -F ip,sym and dso, of the kernel or of a program. */
static void
an_address_is_no_part_of_the_body(void)
{
	static const char *const tails[] = { " ffffffff813aa3e5 ttwu_activate",
		" ffffffff813aa3e5 ttwu_activate ([kernel.kallsyms])",
		" ffffffff813aa3e5",
		"     7f544c1ec2ad read (/usr/lib/libc.so)",
		"           401136 main" };

	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		char line[300], *copy;
		struct header h;
		bool is;

		snprintf(line, sizeof(line), "1.000001: e:f: a=1 b=2%s",
		    tails[i]);
		is = parses(line, &h, &copy);
		assert(is && str_is(h.body, "a=1 b=2"));
		free(copy);
	}
}

/* As perf 6.1 prints samples of cpu-clock, page-faults and the like. */
static void
samples_of_no_tracepoint_have_names_and_no_body(void)
{
	static const struct {
		const char *line, *name;
	} t[] = {
		{ "perf  8672 [000] 15372.715226:   250000 cpu-clock:ppp: ",
		    "cpu-clock:ppp" },
		{ "            perf  8672 [000] 1.5:   250000 cycles:u:  "
		  "ffffffff81b75d98 _copy_to_user+0x28 ([kernel.kallsyms])",
		    "cycles:u" },
		{ "              ls  9500 15375.331045:          3        "
		  "page-faults:      7f8e3e0f1b70 _start+0x0 (/usr/ld-2.so)",
		    "page-faults" },
		{ "ls  9055/9055  15374.036344: cpu_core/cycles,k=1/:      "
		  "7ff30f561f02",
		    "cpu_core/cycles,k=1/" },
	};
	static const char *const none[] = {
		"perf  8672 [000] 1.5: 250000 cycles: some text",
		"perf  8672 [000] 1.5: 250000 cycles ",
		"perf  8672 [000] 1.5: 250000 cy(les: ",
		"perf  8672 [000] 1.5: : ",
		"at 12.5: error: face it",
		"line 5 12.5: error: face it",
		"12.5: error: ",
	};
	struct header h;
	char *copy;
	bool is;

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		is = parses(t[i].line, &h, &copy);
		assert(is && str_is(h.name, t[i].name));
		assert(h.body.n == 0 && h.tid > 0);
		free(copy);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		is = parses(none[i], &h, &copy);
		assert(!is);
		free(copy);
	}
}

static void
others_are_none(void)
{
	static const char *const lines[] = { "", "            ",
		"            perf 13692 [000] 12807.942492: ",
		"            perf 13692 [000] 12807.942492: sched_switch: a=1",
		"            perf 13692 [000] sched:sched_switch: a=1",
		"            perf 13692 [x] 1.5: sched:sched_switch: a=1",
		"\tffffffff821facd8 __schedule+0x618 ([kernel.kallsyms])" };

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct header h;
		char *copy;
		bool is = parses(lines[i], &h, &copy);

		assert(!is);
		free(copy);
	}
}

/* A recording with --show-lost-events, --show-task-events, and calls. */
static const char recording[] =
    "# ========\n"
    "         swapper     0 [000]     0.000000: PERF_RECORD_FORK(1:1):(0:0)\n"
    "            perf    14 [001]   126.394522: PERF_RECORD_LOST lost 23\n"
    "a b 15067 [000] 839.534826: sched:sched_wakeup: comm=a\nb pid=1 prio=0 "
    "target_cpu=000\n"
    "\tffffffff821facd8 __schedule+0x618 ([kernel.kallsyms])\n"
    "\t    7f544c1ec2ad read\n"
    "\n"
    "Processed 16503 samples and lost 51.08%!\n"
    "perf 15067 [000] 839.534827: sched:sched_wakeup: comm=c pid=1 prio=0 "
    "target_cpu=000\n";

static void
a_recording(void)
{
	struct input in = input_of(recording, sizeof(recording) - 1);
	struct wanted *wanted = wanted_new();
	struct text text = { .turn = 0 };
	struct header at;
	struct item item = { .at = &at };
	int points = 0, lost = 0;

	while (input_line(&in)) {
		text_read(&text, wanted, &in, &item);
		assert(item.kind != ITEM_BAD && item.kind != ITEM_REFUSED);
		points += item.kind == ITEM_POINT;
		if (item.kind == ITEM_LOST && lost++ == 0)
			assert(item.count == 23 && item.at->cpu == 1 &&
			    item.at->ts == 126394522000);
		if (item.kind == ITEM_POINT)
			assert(item.fields.n == 4 &&
			    str_is(item.fields.field[0].value,
				points == 1 ? "a\nb" : "c"));
	}
	assert(points == 2 && lost == 2 && item.at->ts == 839534827000);
	wanted_free(wanted);
	fields_free(&item.fields);
	input_close(&in);
}

int
main(void)
{
	each_front();
	an_address_is_no_part_of_the_body();
	samples_of_no_tracepoint_have_names_and_no_body();
	others_are_none();
	a_recording();
	return 0;
}
