/* SPDX-License-Identifier: MIT */
#include "energy/waiting.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/now.h"
#include "system/signals.h"

enum {
	GRACE_MS = 1000,         /* for who reads, after a signal */
	REAP_NS = NS_PER_S / 10, /* how often a command is looked after */
};

int
waiting_open(struct waiting *w)
{
	sigprocmask(SIG_SETMASK, NULL, &w->mask);
	w->signals = signals_take();
	return w->signals < 0 ? -1 : 0;
}

/* Passes a signal on to the command, or notes that it ends the watch. */
static void
take_signal(struct waiting *w)
{
	struct signalfd_siginfo info;

	if (read(w->signals, &info, sizeof(info)) != sizeof(info))
		return;
	w->signalled = true;
	if (w->command == NULL) {
		w->stopped = true;
		/* Whoever was to stop it has stopped it. */
		if (!w->enter || info.ssi_signo != SIGINT)
			w->signal = (int)info.ssi_signo;
		return;
	}
	/* It was asked before, and is still there. */
	if (w->passed++ > 0)
		command_signal(w->command, SIGKILL);
	else
		command_signal(w->command, (int)info.ssi_signo);
}

/* Takes what was typed, or was in the input: a line or the end stops. */
static void
take_input(struct waiting *w)
{
	char text[256];
	ssize_t n = read(STDIN_FILENO, text, sizeof(text));

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0 || memchr(text, '\n', (size_t)n) != NULL)
		w->stopped = true;
}

/* Waits for what may happen before until; tells whether to go on waiting. */
static bool
wait_once(struct waiting *w, int64_t until)
{
	struct command *c = w->command;
	struct pollfd fds[] = {
		{ .fd = w->signals, .events = POLLIN },
		{ .fd = w->enter ? STDIN_FILENO : -1, .events = POLLIN },
		{ .fd = c != NULL ? command_fd(c) : -1, .events = POLLIN },
	};
	int64_t left = until - now_of(CLOCK_MONOTONIC);
	bool over = left <= 0, whole;
	struct timespec t;
	int n;

	/* What has come meanwhile is looked at all the same. */
	if (over)
		left = 0;
	whole = c == NULL || left <= REAP_NS;
	if (!whole)
		left = REAP_NS;
	t.tv_sec = left / NS_PER_S;
	t.tv_nsec = left % NS_PER_S;
	n = ppoll(fds, sizeof(fds) / sizeof(fds[0]), &t, NULL);
	if (n > 0 && fds[0].revents != 0)
		take_signal(w);
	if (n > 0 && fds[1].revents != 0)
		take_input(w);
	if (c != NULL && command_reap(c))
		w->stopped = true;
	/* Nothing came in all the time: it is over. */
	return !w->stopped && !over && !(whole && n == 0);
}

void
waiting_until(struct waiting *w, int64_t until)
{
	while (!w->stopped && wait_once(w, until))
		;
}

bool
waiting_to_write(struct waiting *w, int fd)
{
	struct pollfd fds[] = {
		{ .fd = fd, .events = POLLOUT },
		{ .fd = w->signals, .events = POLLIN },
	};

	for (;;) {
		int n = poll(fds, 2, w->signalled ? GRACE_MS : -1);

		if (n < 0 && errno != EINTR)
			return true;
		if (n > 0 && fds[0].revents != 0)
			return true;
		if (n > 0)
			take_signal(w);
		if (n != 0)
			continue;
		if (w->signal == 0)
			w->signal = SIGINT;
		return false;
	}
}

void
waiting_release(struct waiting *w)
{
	if (w->signals < 0)
		return;
	close(w->signals);
	w->signals = -1;
	sigprocmask(SIG_SETMASK, &w->mask, NULL);
}
