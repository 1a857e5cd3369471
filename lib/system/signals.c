/* SPDX-License-Identifier: MIT */
#include "system/signals.h"

#include <signal.h>
#include <stddef.h>
#include <sys/signalfd.h>

int
signals_take(void)
{
	static const int number[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT,
		SIGUSR1 };
	struct sigaction action;
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(number) / sizeof(number[0]); i++)
		if (sigaction(number[i], NULL, &action) == 0 &&
		    action.sa_handler != SIG_IGN)
			sigaddset(&set, number[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}
