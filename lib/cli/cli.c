/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "cli/descriptors.h"
#include "cli/inputs.h"
#include "cli/progress.h"
#include "cli/safe.h"

enum {
	QUOTED_MAX = 60, /* bytes of a bad line that are shown */
	/* The letters of options without one, above any character: */
	HELP = 0x1000,
	VERSION,
	STRICT,
};

static struct cli_option own[] = {
	{ 'h', "help", NULL, "print this help and exit" },
	{ 'V', "version", NULL, "print the version and exit" },
	{ STRICT, "strict", NULL,
	    "exit 3 after bad lines, lost events or cut input" },
	{ 0, NULL, NULL, NULL },
};

static struct {
	int argc;
	char **argv;
	const char *synopsis; /* its end: the operands */
	char *command;        /* the command line */
	struct options options;

	bool strict, failed, incomplete;
	uint64_t bad;

	char **operands; /* of the command line, or those put in their place */
	struct inputs inputs;
	struct progress progress;
	struct output out;
} cli;

static const char *
program(void)
{
	return program_invocation_short_name;
}

bool
cli_stderr_is_terminal(void)
{
	return isatty(STDERR_FILENO) == 1;
}

bool
cli_stdout_is_terminal(void)
{
	return isatty(STDOUT_FILENO) == 1;
}

/*
 * Hands on what was written and takes the line of progress away, so that a
 * message stands behind the output that it is about.
 */
static void
before_message(void)
{
	output_flush(&cli.out);
	progress_clear(&cli.progress);
}

/* Prints one line: stderr is line-buffered, so it is one write, too. */
static void say(const char *fmt, va_list ap, int err) CLI_PRINTF(1, 0);

static void
say(const char *fmt, va_list ap, int err)
{
	char *text;

	before_message();
	if (vasprintf(&text, fmt, ap) < 0)
		text = mem_dup(fmt, strlen(fmt));
	fprintf(stderr, "%s: ", program());
	safe_print(stderr, str_of(text), false);
	if (err != 0)
		fprintf(stderr, ": %s", strerror(err));
	putc('\n', stderr);
	free(text);
}

void
cli_err(const char *fmt, ...)
{
	int err = errno;
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap, err);
	va_end(ap);
	cli.failed = true;
}

void
cli_errx(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap, 0);
	va_end(ap);
	cli.failed = true;
}

bool
cli_failed(void)
{
	return cli.failed;
}

void
cli_note(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap, 0);
	va_end(ap);
}

void
cli_note_lines(struct output *text, const char *before)
{
	struct str rest = { text->buf, text->n }, line;

	while (str_line(&rest, &line))
		cli_note("%s%.*s", before, (int)line.n, line.p);
	output_close(text);
}

static void
print_usage(FILE *to)
{
	fprintf(to, "usage: %s [OPTION ...]%s%s\n", program(),
	    *cli.synopsis != '\0' ? " " : "", cli.synopsis);
	options_print(&cli.options, to);
}

void
cli_usage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap, 0);
	va_end(ap);
	print_usage(stderr);
	exit(2);
}

void
cli_start(int argc, char *argv[], const char *operands,
    const struct cli_option *options)
{
	signal(SIGPIPE, SIG_DFL); /* a parent may have ignored it */
	setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
	descriptors_hold();
	output_on(&cli.out, STDOUT_FILENO, "standard output");
	cli.argc = argc;
	cli.argv = argv;
	cli.synopsis = operands;
	/* Now, since getopt_long brings the arguments into another order. */
	cli.command = safe_command(program(), argc, argv);
	for (const struct cli_option *o = options; o->letter != 0; o++) {
		if (o->letter == 'h')
			own[0].letter = HELP;
		if (o->letter == 'V')
			own[1].letter = VERSION;
	}
	options_init(&cli.options, options, own);
	opterr = 0;
}

/*
 * Refuses what getopt_long refused: c is ':' or '?'.  optopt is the letter,
 * or 0 for an unknown word; a letter that is known was a word's.
 */
static _Noreturn void
refuse(int c)
{
	const char *word = cli.argv[optind - 1];

	if (c == ':' && strncmp(word, "--", 2) == 0)
		cli_usage("%s needs an argument", word);
	if (c == ':')
		cli_usage("-%c needs an argument", optopt);
	if (optopt == 0)
		cli_usage("unknown option %s", word);
	if (options_find(&cli.options, optopt) != NULL)
		cli_usage("%.*s takes no argument", (int)strcspn(word, "="),
		    word);
	cli_usage("unknown option -%c", optopt);
}

void
cli_stop_at_operand(void)
{
	options_stop_at_operand(&cli.options);
}

void
cli_refuse(int letter, const char *why)
{
	cli_usage("--%s %s: %s", options_find(&cli.options, letter)->word,
	    optarg, why);
}

int
cli_getopt(void)
{
	int c;

	for (;;) {
		c = getopt_long(cli.argc, cli.argv, cli.options.letters,
		    cli.options.words, NULL);
		if (c == ':' || c == '?')
			refuse(c);
		if (c == own[0].letter) {
			print_usage(stdout);
			exit(cli_finish());
		}
		if (c == own[1].letter) {
			printf("%s %s\n", program(), TK_VERSION);
			exit(cli_finish());
		}
		if (c != STRICT)
			return c;
		cli.strict = true;
	}
}

uint64_t
cli_number(const char *option, uint64_t least, uint64_t most)
{
	uint64_t v;

	if (!num_u64(str_of(optarg), &v) || v < least || v > most)
		cli_usage("%s %s: not from %" PRIu64 " to %" PRIu64, option,
		    optarg, least, most);
	return v;
}

char **
cli_operands(void)
{
	return cli.operands != NULL ? cli.operands : cli.argv + optind;
}

void
cli_set_operands(char **operands)
{
	assert(cli.inputs.operand == NULL || *cli.inputs.operand == NULL);
	cli.inputs.operand = NULL;
	cli.operands = operands;
}

struct output *
cli_output(void)
{
	return &cli.out;
}

const char *
cli_tmp(void)
{
	const char *tmp = getenv("TMPDIR");

	return tmp != NULL && *tmp != '\0' ? tmp : "/var/tmp";
}

struct str
cli_command(void)
{
	return str_of(cli.command);
}

struct input **
cli_inputs(size_t *n, bool (*joins)(struct input *, void *), void *arg)
{
	cli.progress.name = NULL;
	if (cli.inputs.operand == NULL)
		inputs_open(&cli.inputs, cli_operands(), &cli.out);
	return inputs_next(&cli.inputs, n, joins, arg);
}

/* Counts what is bad; begins a message, if it is to be shown. */
static bool
begin_bad(const struct input *in)
{
	if (++cli.bad > CLI_BAD_MAX)
		return false;
	before_message();
	fprintf(stderr, "%s: ", program());
	safe_print(stderr, str_of(in->name), false);
	return true;
}

void
cli_bad(const struct input *in, const char *why)
{
	struct str quoted = in->line;

	if (!begin_bad(in))
		return;
	if (quoted.n > QUOTED_MAX)
		quoted.n = QUOTED_MAX;
	fprintf(stderr, ":%" PRIu64 ": %s: `", in->no, why);
	safe_print(stderr, quoted, true);
	fputs("'\n", stderr);
}

void
cli_bad_event(const struct input *in, int cpu, const char *why)
{
	if (in->no > 0)
		cli_bad(in, why);
	else if (begin_bad(in) && cpu >= 0)
		fprintf(stderr, ": CPU %d: %s\n", cpu, why);
	else if (cli.bad <= CLI_BAD_MAX)
		fprintf(stderr, ": %s\n", why);
}

uint64_t
cli_bad_count(void)
{
	return cli.bad;
}

void
cli_incomplete(void)
{
	cli.incomplete = true;
}

void
cli_progress(const char *name, uint64_t at, uint64_t size)
{
	/* Where the records go to the terminal as well, they are enough. */
	if (size > 0 && cli_stderr_is_terminal() && !cli_stdout_is_terminal())
		progress_show(&cli.progress, name, at, size);
}

void
cli_status(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	if (cli_stderr_is_terminal())
		progress_say(&cli.progress, fmt, ap);
	va_end(ap);
}

/* Hands on the rest of the output, and reports it if any of it failed. */
static void
close_output(void)
{
	int err = 0;

	if (fflush(stdout) != 0) /* what --help prints goes through stdio */
		err = errno;
	if (output_close(&cli.out) < 0 && err == 0)
		err = errno;
	if (err != 0) {
		errno = err;
		cli_err("standard output");
	}
}

int
cli_finish(void)
{
	cli.progress.name = NULL;
	inputs_close(&cli.inputs);
	before_message();
	if (cli.bad > CLI_BAD_MAX)
		cli_note("%" PRIu64 " more bad lines", cli.bad - CLI_BAD_MAX);
	close_output();
	if (cli.failed)
		return 1;
	return cli.strict && (cli.bad > 0 || cli.incomplete) ? 3 : 0;
}
