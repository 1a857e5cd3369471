/* SPDX-License-Identifier: MIT */
#include "cli/option.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { HELP_COLUMN = 24 };

/* Tells whether an option may be given as a dash and its letter. */
static bool
is_short(const struct cli_option *o)
{
	return o->letter > ' ' && o->letter < 0x7f;
}

/* Tells whether an option's argument may be left out. */
static bool
is_optional(const struct cli_option *o)
{
	return o->argument != NULL && o->argument[0] == '[';
}

/* Returns what getopt_long(3) has to know of the argument. */
static int
argument_of(const struct cli_option *o)
{
	if (o->argument == NULL)
		return no_argument;
	return is_optional(o) ? optional_argument : required_argument;
}

static size_t
count(const struct cli_option *table)
{
	size_t n = 0;

	while (table[n].letter != 0)
		n++;
	return n;
}

/* Adds one option; the tables are wide enough, and zeroed. */
static void
add(struct options *all, const struct cli_option *o, char **letter)
{
	int takes = argument_of(o);
	struct option *word = all->words;

	all->option[all->n++] = *o;
	if (is_short(o)) {
		*(*letter)++ = (char)o->letter;
		if (takes != no_argument)
			*(*letter)++ = ':';
		if (takes == optional_argument)
			*(*letter)++ = ':';
	}
	if (o->word == NULL)
		return;
	while (word->name != NULL)
		word++;
	*word = (struct option){
		.name = o->word,
		.has_arg = takes,
		.val = o->letter,
	};
}

void
options_init(struct options *all, const struct cli_option *table,
    const struct cli_option *own)
{
	size_t n = count(table) + count(own);
	char *letter;

	*all = (struct options){ 0 };
	all->option = mem_alloc(n * sizeof(*all->option));
	all->words = mem_alloc((n + 1) * sizeof(*all->words));
	all->letters = letter = mem_alloc(3 * n + 2);
	*letter++ = ':'; /* getopt_long leaves the messages to us */
	for (; table->letter != 0; table++)
		add(all, table, &letter);
	for (; own->letter != 0; own++)
		add(all, own, &letter);
}

/* Returns how many columns the names take. */
static int
print_names(FILE *to, const struct cli_option *o)
{
	int n = fprintf(to, "  ");

	if (is_short(o))
		n += fprintf(to, "-%c", o->letter);
	if (o->word != NULL)
		n += fprintf(to, "%s--%s", is_short(o) ? ", " : "", o->word);
	if (o->argument != NULL)
		n += fprintf(to, "%s%s", is_optional(o) ? "" : " ",
		    o->argument);
	return n;
}

void
options_print(const struct options *all, FILE *to)
{
	for (size_t i = 0; i < all->n; i++) {
		int n = print_names(to, &all->option[i]);

		if (n > HELP_COLUMN - 2) {
			putc('\n', to);
			n = 0;
		}
		fprintf(to, "%*s%s\n", HELP_COLUMN - n, "",
		    all->option[i].help);
	}
}

const struct cli_option *
options_find(const struct options *all, int letter)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->option[i].letter == letter)
			return &all->option[i];
	return NULL;
}

void
options_stop_at_operand(struct options *all)
{
	size_t n = strlen(all->letters);
	char *letters = mem_alloc(n + 2);

	letters[0] = '+'; /* as getopt_long(3) has it */
	memcpy(letters + 1, all->letters, n);
	free(all->letters);
	all->letters = letters;
}
