/* SPDX-License-Identifier: MIT */
/*
 * tk-energy -- joules from energy counters
 */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "energy/arguments.h"

static const struct cli_option options[] = {
	{ ARGUMENT_ALL, "all", NULL, "record the zones left out, too" },
	{ ARGUMENT_CLOCK, "clock", "CLOCK", "of the times (mono)" },
	{ ARGUMENT_DURATION, "duration", "TIME", "once: measure for so long" },
	{ ARGUMENT_FORMAT, "format", "FORMAT", "records, csv or text" },
	{ ARGUMENT_INTERVAL, "interval", "TIME", "ts: between samples (1)" },
	{ ARGUMENT_LIST, "list", NULL, "show the zones, and end" },
	{ ARGUMENT_SAMPLES, "samples", "N", "ts: how many (120)" },
	{ ARGUMENT_OUTPUT, "output", "FILE", "write to this, not to stdout" },
	{ ARGUMENT_BY, "by", "FILE", "sum: by the intervals of its records" },
	{ ARGUMENT_FILES, "files", "FILE", "a counter, or a folder of them" },
	{ ARGUMENT_FROM, "from", "TIME", "sum, plot: what is after this" },
	{ ARGUMENT_MANUAL, "manual-stop", NULL, "ts: until Enter or ^C" },
	{ ARGUMENT_WATTS, "max-watts", "W", "of any zone (1000)" },
	{ ARGUMENT_RANGE, "range", "ZONE=UJ", "after which it goes round" },
	{ ARGUMENT_ROOT, "root", "DIR", "look for zones below it" },
	{ ARGUMENT_FIX, "scaphandre-fix", NULL, "mend counters of its 1.0.x" },
	{ ARGUMENT_SEPARATE, "separate-files", NULL, "ts: a CSV of each zone" },
	{ ARGUMENT_SMOOTH, "smooth", "N", "ts: the mean of N powers, too" },
	{ ARGUMENT_TO, "to", "TIME", "sum, plot: what is before this" },
	{ ARGUMENT_UNTIL_ENTER, "until-enter", NULL,
	    "once: until Enter or ^C" },
	{ ARGUMENT_WINDOW, "window", "TIME", "sum: by windows of so long" },
	{ 0, NULL, NULL, NULL },
};

static struct arguments arguments;

/* Reads the options; a verb stands before them, or is the first operand. */
static void
read_options(int argc, char *argv[])
{
	const char *why;
	int letter;

	if (argc > 1)
		arguments.verb = arguments_verb(argv[1]);
	if (arguments.verb != VERB_NONE)
		optind = 2;
	if (arguments.verb == VERB_RUN)
		cli_stop_at_operand();
	while ((letter = cli_getopt()) != -1) {
		why = arguments_take(&arguments, letter, optarg);
		if (why != NULL)
			cli_refuse(letter, why);
	}
	why = arguments_end(&arguments, &letter);
	for (const struct cli_option *o = options; o->letter != 0; o++)
		if (why != NULL && o->letter == letter)
			cli_usage("--%s is not for %s", o->word,
			    arguments.verb == VERB_NONE ? "this" : argv[1]);
	if (why != NULL)
		cli_usage("%s", why);
}

int
main(int argc, char *argv[])
{
	arguments_open(&arguments);
	cli_start(argc, argv, "ts|once|run|sum|plot [FILE ...]", options);
	read_options(argc, argv);
	arguments_close(&arguments);
	return cli_finish();
}
