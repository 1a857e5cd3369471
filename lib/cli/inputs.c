/* SPDX-License-Identifier: MIT */
#include "cli/inputs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "cli/cli.h"

#define PAGES "per_cpu/cpuN/trace_pipe_raw"

void
inputs_open(struct inputs *s, char **operands, struct output *tie)
{
	static char dash[] = "-";
	static char *standard[] = { dash, NULL };

	s->operand = *operands != NULL ? operands : standard;
	s->tie = tie;
}

/* Reports an input that did not come to its own end. */
static void
report(const struct inputs *s, const struct input *in)
{
	/* If the output failed, that ended the input, and is told later. */
	if (in->why == NULL || s->tie->err != 0)
		return;
	errno = in->err;
	if (in->uncopied != NULL)
		cli_err("%s: cannot be copied to %s", in->name, in->uncopied);
	else if (in->err != 0)
		cli_err("%s", in->name);
	else
		cli_errx("%s: %s", in->name, in->why);
}

/* Closes the inputs but the last keep ones, which are none or one. */
static void
close_all(struct inputs *s, size_t keep)
{
	size_t gone = s->n - keep;

	for (size_t i = 0; i < gone; i++) {
		report(s, s->in[i]);
		input_close(s->in[i]);
		free(s->in[i]);
	}
	if (keep > 0)
		s->in[0] = s->in[gone];
	s->n = keep;
}

/* Tells whether an operand is a folder; one that has pages became its files. */
static bool
is_folder(const char *path)
{
	struct stat st;

	return strcmp(path, "-") != 0 && stat(path, &st) == 0 &&
	    S_ISDIR(st.st_mode);
}

/* Opens the next input behind those that are open; false at the end. */
static bool
open_next(struct inputs *s)
{
	while (s->tie->err == 0 && *s->operand != NULL) {
		const char *path = *s->operand++;
		struct input *in = mem_alloc(sizeof(*in));

		if (is_folder(path)) {
			cli_errx("%s: a folder without " PAGES, path);
			free(in);
			continue;
		}
		if (input_open(in, path) == 0) {
			in->tie = s->tie;
			s->in = mem_grow(s->in, &s->cap, s->n + 1,
			    sizeof(struct input *));
			s->in[s->n++] = in;
			return true;
		}
		cli_err("%s", path);
		free(in);
	}
	return false;
}

struct input **
inputs_next(struct inputs *s, size_t *n, bool (*joins)(struct input *, void *),
    void *arg)
{
	close_all(s, s->held);
	s->held = false;
	if (s->n == 0 && !open_next(s))
		return NULL;
	if (joins != NULL && joins(s->in[0], arg))
		while (!s->held && open_next(s))
			s->held = !joins(s->in[s->n - 1], arg);
	*n = s->n - s->held;
	return s->in;
}

void
inputs_close(struct inputs *s)
{
	close_all(s, 0);
	free(s->in);
	s->in = NULL;
	s->cap = 0;
	s->held = false;
}
