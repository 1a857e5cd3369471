/* SPDX-License-Identifier: MIT */
/*
 * tk-energy -- joules from energy counters
 */
#include <errno.h>

#include "cli/cli.h"
#include "cli/interrupt.h"
#include "energy/arguments.h"
#include "energy/measure.h"
#include "energy/plot.h"
#include "energy/result.h"
#include "energy/sum.h"
#include "system/terminal.h"

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

/* Reads the verb, which may stand before the options, and these. */
static void
read_options(int argc, char *argv[])
{
	const char *why;
	char **operands;
	int letter;

	if (argc > 1 && arguments_verb(&arguments, argv[1]))
		optind = 2;
	if (arguments.verb == VERB_RUN)
		cli_stop_at_operand();
	while ((letter = cli_getopt()) != -1) {
		why = arguments_take(&arguments, letter, optarg);
		if (why != NULL)
			cli_refuse(letter, why);
	}
	operands = cli_operands();
	why = arguments_end(&arguments, &operands, &letter);
	for (const struct cli_option *o = options; o->letter != 0; o++)
		if (why != NULL && o->letter == letter)
			cli_usage("--%s is not for %s", o->word,
			    arguments.word);
	if (why != NULL)
		cli_usage("%s", why);
	cli_set_operands(operands);
}

/* Reports each line of errors, and frees them. */
static void
fail_with(struct output *errors)
{
	struct str rest = { errors->buf, errors->n }, line;

	while (str_line(&rest, &line))
		cli_errx("%.*s", (int)line.n, line.p);
	output_close(errors);
}

/* Prints what there is to say. */
static void
say(struct measure *m)
{
	fail_with(&m->errors);
	cli_note_lines(&m->notes, "");
	measure_new_notes(m);
}

/* Measures until it is over; returns the signal that ended it, or 0. */
static int
watch(struct measure *m, struct command *command)
{
	unsigned columns = terminal_columns(STDERR_FILENO);

	if (!measure_begin(m, command))
		return 0;
	say(m);
	if (command != NULL && command_release(command) != 0) {
		cli_err("%s", *cli_operands());
		return 0;
	}
	while (watch_next(&m->watch))
		if (arguments.show && watch_shows(&m->watch))
			cli_status("%s", measure_watts(m, columns));
	if (m->watch.stuck)
		interrupt_die(m->watch.waiting.signal);
	return m->watch.waiting.signal;
}

/* Ends a measurement and says what there is to say of it. */
static void
end(struct measure *m)
{
	measure_end(m, cli_bad_count());
	if (m->watch.stuck)
		interrupt_die(m->watch.waiting.signal);
	fail_with(&m->errors);
	cli_note_lines(&m->notes, "");
	if (m->incomplete)
		cli_incomplete();
}

/* ts and once: of the counters of this machine, or those that were named. */
static int
measure(void)
{
	struct measure m;
	int number = 0, status;
	bool found;

	arguments.show = cli_stderr_is_terminal() &&
	    (arguments.output != NULL || !cli_stdout_is_terminal());
	measure_open(&m, &arguments, cli_output(), cli_command());
	found = measure_find(&m, cli_operands());
	if (found && arguments.list)
		zone_list(&m.zones, cli_output());
	else if (found)
		number = watch(&m, NULL);
	end(&m);
	status = cli_finish();
	if (number != 0)
		interrupt_die(number);
	return status;
}

/* Hands a line to the model that the verb has. */
static const char *
take(void *model, struct str line)
{
	if (arguments.verb == VERB_SUM)
		return sum_line(model, line);
	if (arguments.verb == VERB_PLOT)
		return plot_line(model, line);
	return measure_line(model, line);
}

/* Hands all lines of the inputs to it. */
static void
read_lines(void *model)
{
	struct input **in;
	const char *why;
	size_t n;

	while ((in = cli_inputs(&n, NULL, NULL)) != NULL)
		while (input_line(*in)) {
			why = take(model, (*in)->line);
			if (why != NULL)
				cli_bad(*in, why);
			if ((*in)->no % 4096 == 0)
				cli_progress((*in)->name, input_at(*in),
				    input_size(*in));
		}
}

/* ts and once, of a recording on the standard input. */
static int
replay(void)
{
	struct measure m;

	measure_open(&m, &arguments, cli_output(), cli_command());
	if (measure_replay(&m))
		read_lines(&m);
	end(&m);
	return cli_finish();
}

/* run: of a command, whose exit status is ours unless we have failed. */
static int
run(void)
{
	/* Its output must not come between our records. */
	struct command_streams streams = { COMMAND_SAME,
		arguments.output == NULL ? STDERR_FILENO : COMMAND_SAME,
		COMMAND_SAME };
	char *const *argv = cli_operands();
	struct measure m;
	struct command command;
	bool found;
	int status = -1, ours; /* -1: it was not started */

	measure_open(&m, &arguments, cli_output(), cli_command());
	found = measure_find(&m, argv);
	if (found && command_start(&command, argv, &streams) != 0) {
		cli_err("%s", *argv);
	} else if (found) {
		watch(&m, &command);
		status = command_status(&command);
		command_close(&command);
	}
	end(&m);
	ours = cli_finish();
	return status > 0 ? status : ours;
}

/* plot: of energy records. */
static int
plot(void)
{
	struct plot p;

	plot_open(&p, &arguments, cli_operands());
	read_lines(&p);
	plot_end(&p, terminal_columns(STDOUT_FILENO), cli_output());
	if (p.cut)
		cli_note("the records were cut short: their end is missing");
	if (p.incomplete)
		cli_incomplete();
	fail_with(&p.errors);
	return cli_finish();
}

/* sum: of recordings, and the intervals before them. */
static int
sum(void)
{
	char **operands = cli_operands();
	char *by[] = { (char *)arguments.by, NULL };
	struct output notes, file, *out;
	struct sum *sum;

	out = result_open(&file, arguments.output, operands, by, cli_output());
	if (out == NULL) {
		cli_errx("%s: %s", arguments.output, result_error(errno));
		return cli_finish();
	}
	sum = sum_new(&arguments, cli_command(), out);
	if (arguments.by != NULL) {
		cli_set_operands(by);
		read_lines(sum);
		cli_set_operands(operands);
	}
	sum_ready(sum);
	read_lines(sum);
	output_in_memory(&notes);
	if (sum_end(sum, cli_bad_count(), &notes))
		cli_incomplete();
	if (sum_trouble(sum) != NULL)
		cli_errx("%s", sum_trouble(sum));
	cli_note_lines(&notes, "");
	sum_free(sum);
	if (out == &file && output_close(out) != 0)
		cli_err("%s", arguments.output);
	return cli_finish();
}

int
main(int argc, char *argv[])
{
	arguments_open(&arguments);
	cli_start(argc, argv, "ts|once|run|sum|plot [FILE ...]", options);
	read_options(argc, argv);
	if (arguments.list)
		return measure();
	switch (arguments.verb) {
	case VERB_TS:
	case VERB_ONCE:
		return arguments.recording ? replay() : measure();
	case VERB_RUN:
		return run();
	case VERB_SUM:
		return sum();
	case VERB_PLOT:
		return plot();
	default:
		return cli_finish();
	}
}
