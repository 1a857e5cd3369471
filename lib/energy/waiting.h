/* SPDX-License-Identifier: MIT */
/*
 * waiting -- until it is time, or what ends a measurement happens
 *
 * That is a signal, a line on the standard input, or the end of a command, to
 * which signals are passed on instead.
 */
#ifndef TK_WAITING_H
#define TK_WAITING_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "system/command.h"

struct waiting {
	/* To be set before it is opened: */
	bool enter; /* a line on the standard input, or its end, ends it */
	struct command *command; /* its end does, or NULL */

	/* Read these, change none: */
	bool stopped; /* it has been ended */
	int signal; /* by this, but by SIGINT only if enter is not set; or 0 */

	/* waiting's own: */
	int signals;   /* signalfd */
	sigset_t mask; /* as it was before */
	uint64_t passed;
	bool signalled;
};

/*
 * Begins: from here on, signals are blocked as system/signals.h has it.
 * Returns 0, or -1 with errno; it is to be released all the same.
 */
int waiting_open(struct waiting *);

/*
 * Waits until that time of the monotonic clock, in ns, or the end; looks at
 * what has come even if that time is over.
 */
void waiting_until(struct waiting *, int64_t until);

/*
 * Waits until the descriptor can be written to.  False, with signal set, if a
 * signal came and nobody has read for a second since: nothing can be done but
 * to end at once.
 */
bool waiting_to_write(struct waiting *, int fd);

/* Lets signals end the program again, as they did before. */
void waiting_release(struct waiting *);

#endif
