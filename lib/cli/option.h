/* SPDX-License-Identifier: MIT */
/*
 * option -- one table of options for the parser and for the usage
 *
 * Programs include cli.h and need no function of this.
 */
#ifndef TK_OPTION_H
#define TK_OPTION_H

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>

/*
 * An option: letter is what cli_getopt returns, and its short form if it is
 * a printable character; word its long form or NULL; argument what it takes
 * or NULL, "[=KIND]" where that may be left out (optarg is NULL then); help a
 * phrase for --help.  A table of them ends with letter 0.
 */
struct cli_option {
	int letter;
	const char *word;
	const char *argument;
	const char *help;
};

struct options {
	struct cli_option *option; /* in the order of the usage */
	size_t n;
	/* The same as getopt_long(3) takes them: */
	struct option *words;
	char *letters;
};

/* Takes the options of a program and then those of own, all terminated. */
void options_init(struct options *, const struct cli_option *table,
    const struct cli_option *own);

/* Lets options end before the first operand. */
void options_stop_at_operand(struct options *);

/* Writes the options, each in a line, aligned. */
void options_print(const struct options *, FILE *to);

/* Returns the option of that letter, or NULL. */
const struct cli_option *options_find(const struct options *, int letter);

#endif
