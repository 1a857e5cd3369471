/* SPDX-License-Identifier: MIT */
/*
 * inputs -- the files of a command line, opened one after the other
 *
 * Programs include cli.h or trace.h and need no function of this.
 */
#ifndef TK_INPUTS_H
#define TK_INPUTS_H

#include "stream/input.h"

struct inputs {
	char **operand; /* those not opened yet; NULL before inputs_open */

	/* inputs' own: */
	struct output *tie;
	struct input **in; /* the caller's, and perhaps one that is held */
	size_t n, cap;
	bool held; /* the last of them is for the next call */
};

/* Begins with the operands; inputs are tied to an output (input.h). */
void inputs_open(struct inputs *, char **operands, struct output *tie);

/* See cli_inputs. */
struct input **inputs_next(struct inputs *, size_t *n,
    bool (*joins)(struct input *, void *), void *arg);

/* Closes those that are open, and reports what went wrong with them. */
void inputs_close(struct inputs *);

#endif
