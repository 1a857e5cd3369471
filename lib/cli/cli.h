/* SPDX-License-Identifier: MIT */
/*
 * cli -- what every program does the same way
 *
 * Messages go to the standard error as "tk-NAME: where: what", a line each.
 * cli keeps the exit status: 0 done; 1 something failed; 2 wrong usage; with
 * --strict also 3, done but lines were bad, events lost or the input cut
 * short.
 *
 * This is the only module with state of its own: a program has one command
 * line, one standard output, one status.  Only cmd/ includes it.
 *
 *	static const struct cli_option options[] = {
 *		{ 'o', "output", "FORMAT", "records, tree or raw" },
 *		{ 'R', NULL, NULL, "the raw nested form" },
 *		{ 0, NULL, NULL, NULL },
 *	};
 *
 *	cli_start(argc, argv, "[FILE ...]", options);
 *	while ((c = cli_getopt()) != -1)
 *		...
 *	while ((in = cli_inputs(&n, NULL, NULL)) != NULL)
 *		...
 *	return cli_finish();
 *
 * The options are a table of struct cli_option (cli/option.h).
 */
#ifndef TK_CLI_H
#define TK_CLI_H

#include <unistd.h> /* optarg, for the caller */

#include "cli/option.h"
#include "stream/input.h"
#include "stream/output.h"

#define CLI_PRINTF(f, a) __attribute__((format(printf, f, a)))

/*
 * First call of main.  operands is the end of the synopsis.  cli adds
 * --help (-h), --version (-V unless options has a V) and --strict to the
 * table, which must outlive the program.
 */
void cli_start(int argc, char *argv[], const char *operands,
    const struct cli_option *options);

/*
 * Before the first cli_getopt: the operands are a command with options of its
 * own, so that of the program itself end before the first of them.
 */
void cli_stop_at_operand(void);

/* As getopt_long(3): the letter of the next option with optarg set, or -1. */
int cli_getopt(void);

/*
 * Returns the number that the present option was given, which is from least
 * to most, or it is wrong usage; option is how the message names it.
 */
uint64_t cli_number(const char *option, uint64_t least, uint64_t most);

/* Says what is wrong with the argument of the present option: wrong usage. */
_Noreturn void cli_refuse(int letter, const char *why);

/* Says what is wrong with the command line, prints the usage, exits 2. */
_Noreturn void cli_usage(const char *fmt, ...) CLI_PRINTF(1, 2);

/*
 * Opens the next of the inputs that the operands name, the standard input
 * if there are none or one is "-"; closes those before.  Of an input of which
 * joins() says so, those that follow are opened as well, as long as it says
 * the same of them: they are read together.  joins may look at an input, and
 * no more; arg is what it is given besides.
 *
 * Returns them, *n in number, NULL at the end.  Reports an input that cannot
 * be opened and goes on to the next.
 */
struct input **cli_inputs(size_t *n, bool (*joins)(struct input *, void *),
    void *arg);

/* Returns the operands, NULL-terminated, for a program with its own inputs. */
char **cli_operands(void);

/*
 * Puts other operands in the place of the given ones, before the first input
 * or when cli_inputs has returned NULL; they must outlive their inputs.
 */
void cli_set_operands(char **operands);

/* Returns the standard output; inputs are tied to it. */
struct output *cli_output(void);

/* Returns the folder for temporary files: TMPDIR, or /var/tmp. */
const char *cli_tmp(void);

/* Returns this program's command line, as a "trace" record's by has it. */
struct str cli_command(void);

/* Report a failure: status 1.  cli_err adds what errno says. */
void cli_err(const char *fmt, ...) CLI_PRINTF(1, 2);
void cli_errx(const char *fmt, ...) CLI_PRINTF(1, 2);

/* Tells whether a failure was reported. */
bool cli_failed(void);

/* Prints a message that is no failure. */
void cli_note(const char *fmt, ...) CLI_PRINTF(1, 2);

/*
 * Prints a message for each line that was written to text, which is in memory,
 * with words before it; closes text.
 */
void cli_note_lines(struct output *text, const char *before);

/*
 * Reports that the present line of in is bad, quoting its beginning: the
 * first CLI_BAD_MAX of them, the rest are counted.  Status 3 with --strict.
 */
enum { CLI_BAD_MAX = 5 };
void cli_bad(const struct input *in, const char *why);

/*
 * The same of what was read last, which in an input without lines has no
 * number: cpu tells where it was, or is below 0.
 */
void cli_bad_event(const struct input *in, int cpu, const char *why);

/* Returns how many lines these two were told of. */
uint64_t cli_bad_count(void);

/* Says that events were lost, or the input ended early: 3 with --strict. */
void cli_incomplete(void);

/*
 * Tells whether the standard error is a terminal, and so summaries and
 * progress are wanted there; and the same of the standard output.
 */
bool cli_stderr_is_terminal(void);
bool cli_stdout_is_terminal(void);

/*
 * Shows on a terminal how far something of that name has been read (bytes,
 * rate, time left), at most five times a second; cheap enough for every few
 * thousand lines.
 */
void cli_progress(const char *name, uint64_t at, uint64_t size);

/*
 * Shows a line on a terminal, at most five times a second, that the next
 * message or line takes away.
 */
void cli_status(const char *fmt, ...) CLI_PRINTF(1, 2);

/*
 * Last call of main: closes the input and the standard output, reports what
 * went wrong with either, and returns the status to exit with.
 */
int cli_finish(void);

#endif
