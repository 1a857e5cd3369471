/* SPDX-License-Identifier: MIT */
/* arguments: what each option does, for whom it is, and with what it goes */
#undef NDEBUG
#include "energy/arguments.h"

#include <assert.h>
#include <string.h>

static struct arguments a;

static void
begin(enum argument_verb verb)
{
	arguments_close(&a);
	arguments_open(&a);
	a.verb = verb;
}

/* Takes an option that is good. */
static void
take(int letter, const char *text)
{
	const char *why = arguments_take(&a, letter, text);

	assert(why == NULL);
}

static void
is_refused(int letter, const char *text, const char *phrase)
{
	struct arguments before = a;
	const char *why = arguments_take(&a, letter, text);

	assert(why != NULL && strstr(why, phrase) != NULL);
	assert(a.samples == before.samples && a.watts == before.watts);
	assert(a.duration == before.duration && a.interval == before.interval);
	assert(a.window == before.window && a.smooth == before.smooth);
	assert(a.from == before.from && a.to == before.to);
	assert(a.ranges == before.ranges && a.clock == before.clock);
}

static bool
goes(void)
{
	static char file[] = "file";
	char *none[] = { file, NULL }, **operands = none;
	int letter = -1;
	const char *why;

	/* All but a measurement without an end, which is refused. */
	if (a.verb == VERB_ONCE)
		a.until_enter = true;
	why = arguments_end(&a, &operands, &letter);

	assert(letter == 0 || why != NULL);
	return why == NULL;
}

static void
test_verbs(void)
{
	static const char *const words[] = { "ts", "once", "run", "sum",
		"plot" };

	for (int i = 0; i < 5; i++) {
		begin(VERB_NONE);
		assert(arguments_verb(&a, words[i]));
		assert(a.verb == (enum argument_verb)(VERB_TS + i));
		assert(strcmp(a.word, words[i]) == 0);
	}
	begin(VERB_NONE);
	assert(!arguments_verb(&a, "") && !arguments_verb(&a, "TS"));
	assert(!arguments_verb(&a, "tss") && !arguments_verb(&a, "-i"));
	assert(a.verb == VERB_NONE);
}

/*
 * Ends with these operands, which must be good, or wrong with such a phrase;
 * returns what is left of them.
 */
static char **
end(char **operands, const char *phrase)
{
	int letter;
	const char *why = arguments_end(&a, &operands, &letter);

	assert((why == NULL) == (phrase == NULL));
	assert(why == NULL || strstr(why, phrase) != NULL);
	return operands;
}

static void
test_operands(void)
{
	static char ts[] = "ts", once[] = "once", file[] = "z", dash[] = "-";
	char *verb_first[] = { ts, file, NULL }, **left;
	char *recording[] = { dash, NULL }, *both[] = { dash, file, NULL };
	char *none[] = { NULL }, *twice[] = { once, ts, NULL };

	begin(VERB_NONE);
	left = end(verb_first, NULL);
	assert(left == verb_first + 1 && a.verb == VERB_TS && !a.recording);
	begin(VERB_NONE);
	end(none, "what to do");
	begin(VERB_TS);
	end(recording, NULL);
	assert(a.recording);
	begin(VERB_TS);
	end(both, "no other source");
	begin(VERB_TS);
	take(ARGUMENT_SAMPLES, "3");
	end(recording, "ends by itself");
	begin(VERB_TS);
	take(ARGUMENT_CLOCK, "boot");
	end(recording, "times of its own");
	end(none, NULL);
	begin(VERB_ONCE);
	end(none, "needs -d");
	begin(VERB_ONCE);
	end(recording, NULL);
	assert(a.recording);
	begin(VERB_RUN);
	end(none, "needs a command");
	begin(VERB_ONCE);
	take(ARGUMENT_DURATION, "1");
	left = end(twice, NULL);
	assert(left == twice);
}

/* The second file of --files A B would be a command. */
static void
test_files_of_run(void)
{
	static char run[] = "run", file[] = "b", dashes[] = "--";
	static char echo[] = "echo";
	char *bad[] = { run, file, dashes, echo, NULL };
	char *good[] = { dashes, echo, dashes, file, NULL };

	begin(VERB_RUN);
	take(ARGUMENT_FILES, "a");
	end(bad + 1, "right before");
	end(good + 1, NULL);
	begin(VERB_RUN);
	end(bad + 1, NULL);
	begin(VERB_NONE);
	end(bad, "before all options");
}

static void
test_format_of_name(void)
{
	begin(VERB_TS);
	take(ARGUMENT_OUTPUT, "a/power.csv");
	assert(goes() && a.format == FORMAT_CSV);
	begin(VERB_TS);
	take(ARGUMENT_OUTPUT, "a/.csv");
	assert(goes() && a.format == FORMAT_NONE);
	begin(VERB_TS);
	take(ARGUMENT_OUTPUT, "power.csv");
	take(ARGUMENT_FORMAT, "records");
	assert(goes() && a.format == FORMAT_RECORDS);
	begin(VERB_TS);
	take(ARGUMENT_OUTPUT, "power");
	take(ARGUMENT_SEPARATE, NULL);
	assert(goes() && a.format == FORMAT_CSV);
}

static void
test_defaults(void)
{
	begin(VERB_TS);
	assert(a.watts == 1000 && a.samples == 0 && a.interval == 0);
	assert(a.from == INT64_MIN && a.to == INT64_MAX && a.window == 0);
	assert(a.clock->id == CLOCK_MONOTONIC && a.format == FORMAT_NONE);
	assert(a.output == NULL && a.by == NULL && a.files == 0);
	assert(arguments_range(&a, "x") == 0);
	for (int verb = VERB_TS; verb <= VERB_PLOT; verb++) {
		begin((enum argument_verb)verb);
		assert(goes());
	}
}

static void
test_numbers(void)
{
	begin(VERB_TS);
	take(ARGUMENT_SAMPLES, "120");
	take(ARGUMENT_WATTS, "4294967295");
	take(ARGUMENT_SMOOTH, "1000000");
	assert(a.samples == 120 && a.watts == UINT32_MAX);
	assert(a.smooth == 1000000);
	take(ARGUMENT_SAMPLES, "9223372036854775807");
	assert(a.samples == INT64_MAX);
	is_refused(ARGUMENT_SAMPLES, "9223372036854775808", "too large");
	is_refused(ARGUMENT_WATTS, "4294967296", "too large");
	is_refused(ARGUMENT_SMOOTH, "1000001", "too large");
	for (const char *const *bad = (const char *const[]){ "", "0", "-1",
		 "1.5", "x", "1 ", "18446744073709551616", NULL };
	     *bad != NULL; bad++) {
		is_refused(ARGUMENT_SAMPLES, *bad, "whole number above 0");
		is_refused(ARGUMENT_WATTS, *bad, "whole number above 0");
		is_refused(ARGUMENT_SMOOTH, *bad, "whole number above 0");
	}
}

static void
test_times(void)
{
	begin(VERB_TS);
	take(ARGUMENT_INTERVAL, "0.001");
	take(ARGUMENT_DURATION, "2h");
	take(ARGUMENT_WINDOW, "250ms");
	take(ARGUMENT_FROM, "0");
	take(ARGUMENT_TO, "1.000000001");
	assert(a.interval == 1000000 && a.duration == 7200000000000);
	assert(a.window == 250000000 && a.from == 0 && a.to == 1000000001);
	is_refused(ARGUMENT_INTERVAL, "0", "above 0");
	is_refused(ARGUMENT_INTERVAL, "0.5ns", "above 0");
	is_refused(ARGUMENT_DURATION, "-1", "no time");
	is_refused(ARGUMENT_WINDOW, "", "no time");
	is_refused(ARGUMENT_FROM, "x", "no time");
	is_refused(ARGUMENT_TO, "300y", "no time");
}

static void
test_words(void)
{
	begin(VERB_ONCE);
	take(ARGUMENT_FORMAT, "records");
	assert(a.format == FORMAT_RECORDS);
	take(ARGUMENT_FORMAT, "csv");
	assert(a.format == FORMAT_CSV);
	take(ARGUMENT_FORMAT, "text");
	assert(a.format == FORMAT_TEXT);
	is_refused(ARGUMENT_FORMAT, "json", "none of");
	is_refused(ARGUMENT_FORMAT, "", "none of");
	take(ARGUMENT_CLOCK, "mono_raw");
	assert(a.clock->id == CLOCK_MONOTONIC_RAW);
	assert(strcmp(a.clock->name, "mono_raw") == 0);
	take(ARGUMENT_CLOCK, "boot");
	assert(a.clock->id == CLOCK_BOOTTIME);
	take(ARGUMENT_CLOCK, "mono");
	assert(a.clock->id == CLOCK_MONOTONIC);
	is_refused(ARGUMENT_CLOCK, "local", "none of");
	take(ARGUMENT_OUTPUT, "a");
	take(ARGUMENT_OUTPUT, "b");
	take(ARGUMENT_BY, "c");
	assert(strcmp(a.output, "b") == 0 && strcmp(a.by, "c") == 0);
}

static void
test_lists(void)
{
	begin(VERB_TS);
	for (int i = 0; i < 100; i++) {
		take(ARGUMENT_FILES, i % 2 ? "odd" : "even");
		take(ARGUMENT_ROOT, "/sys");
	}
	assert(a.files == 100 && a.roots == 100);
	assert(strcmp(a.file[98], "even") == 0);
	assert(strcmp(a.file[99], "odd") == 0 && a.root[0][1] == 's');
}

static void
test_ranges(void)
{
	begin(VERB_TS);
	take(ARGUMENT_RANGE, "intel-rapl:0=65532610987");
	take(ARGUMENT_RANGE, "a=b=7");
	take(ARGUMENT_RANGE, "a=8");
	take(ARGUMENT_RANGE, "big=18446744073709551614");
	assert(arguments_range(&a, "intel-rapl:0") == 65532610987);
	assert(arguments_range(&a, "a=b") == 7);
	assert(arguments_range(&a, "a") == 8);
	take(ARGUMENT_RANGE, "a=9"); /* the last one holds */
	assert(arguments_range(&a, "a") == 9);
	assert(arguments_range(&a, "big") == UINT64_MAX - 1);
	assert(arguments_range(&a, "bi") == 0 && arguments_range(&a, "") == 0);
	is_refused(ARGUMENT_RANGE, "a", "ZONE=MICROJOULES");
	is_refused(ARGUMENT_RANGE, "=5", "ZONE=MICROJOULES");
	is_refused(ARGUMENT_RANGE, "", "ZONE=MICROJOULES");
	is_refused(ARGUMENT_RANGE, "a=", "whole number");
	is_refused(ARGUMENT_RANGE, "a=0", "whole number");
	is_refused(ARGUMENT_RANGE, "a=-5", "whole number");
	is_refused(ARGUMENT_RANGE, "a=18446744073709551615", "too large");
	assert(arguments_range(&a, "a") == 9);
}

/* Each option and the verbs it is for: none, ts, once, run, sum, plot. */
static const struct {
	int letter;
	const char *text, *verbs;
} scopes[] = {
	{ ARGUMENT_ALL, NULL, "-tor" },
	{ ARGUMENT_CLOCK, "mono", "tor" },
	{ ARGUMENT_DURATION, "1", "o" },
	{ ARGUMENT_FORMAT, "records", "tors" },
	{ ARGUMENT_INTERVAL, "1", "t" },
	{ ARGUMENT_LIST, NULL, "-tor" },
	{ ARGUMENT_SAMPLES, "1", "t" },
	{ ARGUMENT_OUTPUT, "x.svg", "torsp" },
	{ ARGUMENT_BY, "x", "s" },
	{ ARGUMENT_FILES, "x", "-tor" },
	{ ARGUMENT_FIX, NULL, "tor" },
	{ ARGUMENT_FROM, "1", "sp" },
	{ ARGUMENT_MANUAL, NULL, "t" },
	{ ARGUMENT_RANGE, "a=1", "-tor" },
	{ ARGUMENT_ROOT, "x", "-tor" },
	{ ARGUMENT_SMOOTH, "1", "t" },
	{ ARGUMENT_TO, "1", "sp" },
	{ ARGUMENT_UNTIL_ENTER, NULL, "o" },
	{ ARGUMENT_WATTS, "1", "-tor" },
	{ ARGUMENT_WINDOW, "1", "s" },
};

static void
test_scopes(void)
{
	static char file[] = "file";
	char *argv[] = { file, file, NULL }, **left = argv + 1;

	for (size_t i = 0; i < sizeof(scopes) / sizeof(scopes[0]); i++)
		for (int verb = VERB_NONE; verb <= VERB_PLOT; verb++) {
			bool is = strchr(scopes[i].verbs, "-torsp"[verb]) !=
			    NULL;
			int letter;
			const char *why;

			begin((enum argument_verb)verb);
			a.list = verb == VERB_NONE;
			a.until_enter = verb == VERB_ONCE;
			take(scopes[i].letter, scopes[i].text);
			why = arguments_end(&a, &left, &letter);
			assert((why == NULL) == is);
			assert(letter == (is ? 0 : scopes[i].letter));
		}
	/* Without a verb there is something else to say. */
	begin(VERB_NONE);
	take(ARGUMENT_INTERVAL, "1");
	assert(strstr(arguments_end(&a, &left, &(int){ 0 }), "what to do") !=
	    NULL);
	begin(VERB_NONE);
	assert(!goes());
	take(ARGUMENT_LIST, NULL);
	assert(goes() && a.list);
}

static void
test_text(void)
{
	for (int verb = VERB_TS; verb <= VERB_PLOT; verb++) {
		begin((enum argument_verb)verb);
		take(ARGUMENT_FORMAT, "text");
		assert(goes() == (verb != VERB_TS && verb != VERB_PLOT));
	}
}

static void
test_separate(void)
{
	begin(VERB_TS);
	take(ARGUMENT_SEPARATE, NULL);
	assert(!goes());
	take(ARGUMENT_OUTPUT, "x");
	assert(goes() && a.separate && a.format == FORMAT_CSV);
	take(ARGUMENT_FORMAT, "records");
	assert(!goes());
	take(ARGUMENT_FORMAT, "csv");
	assert(goes());
	a.output = NULL;
	assert(!goes());
	begin(VERB_ONCE);
	take(ARGUMENT_FORMAT, "csv");
	take(ARGUMENT_OUTPUT, "x");
	take(ARGUMENT_SEPARATE, NULL);
	assert(!goes());
}

static void
test_together(void)
{
	begin(VERB_TS);
	take(ARGUMENT_MANUAL, NULL);
	assert(goes() && a.manual);
	take(ARGUMENT_SAMPLES, "5");
	assert(!goes());
	begin(VERB_SUM);
	take(ARGUMENT_BY, "x");
	assert(goes());
	take(ARGUMENT_WINDOW, "1");
	assert(!goes());
	begin(VERB_SUM);
	take(ARGUMENT_FROM, "5");
	assert(goes());
	take(ARGUMENT_TO, "5");
	assert(!goes());
	take(ARGUMENT_TO, "5.000000001");
	assert(goes());
	begin(VERB_SUM);
	take(ARGUMENT_TO, "0");
	assert(!goes());
	begin(VERB_ONCE);
	take(ARGUMENT_DURATION, "1");
	take(ARGUMENT_UNTIL_ENTER, NULL);
	assert(goes() && a.until_enter);
	begin(VERB_RUN);
	take(ARGUMENT_FIX, NULL);
	take(ARGUMENT_ALL, NULL);
	assert(goes() && a.fix && a.all);
	begin(VERB_TS);
	take(ARGUMENT_LIST, NULL);
	assert(goes());
	take(ARGUMENT_FORMAT, "csv");
	assert(!goes());
	begin(VERB_TS);
	take(ARGUMENT_LIST, NULL);
	take(ARGUMENT_OUTPUT, "x");
	assert(!goes());
}

int
main(void)
{
	arguments_open(&a);
	test_verbs();
	test_operands();
	test_files_of_run();
	test_format_of_name();
	test_defaults();
	test_numbers();
	test_times();
	test_words();
	test_lists();
	test_ranges();
	test_scopes();
	test_text();
	test_separate();
	test_together();
	arguments_close(&a);
	return 0;
}
