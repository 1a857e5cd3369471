/* SPDX-License-Identifier: MIT */
#include "cli/interrupt.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { SIGNAL_STATUS = 128 };

/* What a handler does cannot be passed to it. */
static bool (*clean)(const void *);
static const void *argument;
static const char *message;

static void
put(const char *text)
{
	ssize_t n = write(STDERR_FILENO, text, strlen(text));

	(void)n; /* there is nowhere else to tell it */
}

static void
handle(int number)
{
	if (clean(argument)) {
		put(program_invocation_short_name);
		put(": interrupted: ");
		put(message);
		put("\n");
	}
	raise(number); /* as if there were no handler: it is reset */
}

void
interrupt_clean(bool (*how)(const void *), const void *arg, const char *words)
{
	static const int number[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = handle,
		.sa_flags = (int)(SA_RESETHAND | SA_NODEFER) };
	struct sigaction before;

	clean = how;
	argument = arg;
	message = words;
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof(number) / sizeof(number[0]); i++)
		if (sigaction(number[i], NULL, &before) == 0 &&
		    before.sa_handler != SIG_IGN)
			sigaction(number[i], &action, NULL);
}

void
interrupt_die(int number)
{
	sigset_t set;

	signal(number, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, number);
	raise(number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	_exit(SIGNAL_STATUS + number); /* as a shell would tell of it */
}
