/* SPDX-License-Identifier: MIT */
#include "system/command.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_FOUND = 127, NOT_EXECUTABLE = 126 };

/* A status as wait(2) has it, of a process that exits with code. */
static int
exited(int code)
{
	return code << 8;
}

/* ---- the child ---- */

static void
reset_signals(void)
{
	struct sigaction action = { .sa_handler = SIG_DFL };
	sigset_t none;

	sigemptyset(&action.sa_mask);
	for (int i = 1; i < NSIG; i++) /* some cannot be set */
		sigaction(i, &action, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Returns a copy of fd above the standard streams, or -1. */
static int
lift(int fd)
{
	return fd == COMMAND_SAME ? fd : fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

/*
 * Puts the streams in their places: first copies of all, since one may be in
 * the place of another.
 */
static bool
set_streams(const struct command_streams *s)
{
	const int given[] = { s->input, s->output, s->errors };
	int copy[3];

	for (int i = 0; i < 3; i++) {
		copy[i] = lift(given[i]);
		if (given[i] != COMMAND_SAME && copy[i] == -1)
			return false;
	}
	for (int i = 0; i < 3; i++)
		if (copy[i] != COMMAND_SAME && dup2(copy[i], i) == -1)
			return false;
	return true;
}

/*
 * Closes all but the standard streams and gate at once: as long as the child
 * waits, a pipe of ours would have another end there.
 */
static void
close_others(int gate)
{
	if (gate > 3)
		close_range(3, (unsigned)gate - 1, 0);
	close_range((unsigned)gate + 1, ~0u, 0);
}

/* The child: waits at its gate, and becomes argv or says why not. */
static _Noreturn void
become(char *const argv[], const struct command_streams *streams,
    const int gates[2])
{
	const int gate = lift(gates[1]);
	bool ready;
	char byte;
	int error;

	setpgid(0, 0);
	close(gates[0]);
	ready = set_streams(streams);
	error = errno;
	close_others(gate);
	reset_signals();
	if (read(gate, &byte, 1) != 1) /* the parent is gone */
		_exit(NOT_FOUND);
	if (ready) {
		execvp(argv[0], argv);
		error = errno;
	}
	send(gate, &error, sizeof(error), MSG_NOSIGNAL);
	_exit(error == ENOENT ? NOT_FOUND : NOT_EXECUTABLE);
}

/* ---- the parent ---- */

static void
be_a_parent(void)
{
	struct sigaction action;

	/* Where it is ignored, no child leaves a status. */
	if (sigaction(SIGCHLD, NULL, &action) == 0 &&
	    action.sa_handler == SIG_IGN) {
		action.sa_handler = SIG_DFL;
		sigaction(SIGCHLD, &action, NULL);
	}
	prctl(PR_SET_CHILD_SUBREAPER, 1);
}

/* Waits for the child, which ends or is killed. */
static void
wait_for(struct command *c)
{
	while (waitpid(c->pid, &c->status, 0) == -1 && errno == EINTR)
		;
	c->reaped = c->gone = true;
}

/*
 * Forks without signals: a handler of ours must not run in the child.
 * Returns what fork(2) does.
 */
static pid_t
fork_child(char *const argv[], const struct command_streams *streams,
    const int gates[2])
{
	sigset_t all, was;
	pid_t pid;
	int error;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &was);
	pid = fork();
	if (pid == 0)
		become(argv, streams, gates);
	error = errno;
	pthread_sigmask(SIG_SETMASK, &was, NULL);
	errno = error;
	return pid;
}

int
command_start(struct command *c, char *const argv[],
    const struct command_streams *streams)
{
	static const struct command_streams same = { COMMAND_SAME, COMMAND_SAME,
		COMMAND_SAME };
	int gate[2], error;

	assert(argv[0] != NULL);
	if (streams == NULL)
		streams = &same;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, gate) == -1)
		return -1;
	be_a_parent();
	*c = (struct command){ .fd = -1, .gate = gate[0] };
	c->may_read = streams->input == COMMAND_SAME;
	c->pid = fork_child(argv, streams, gate);
	error = errno;
	close(gate[1]);
	if (c->pid == -1) {
		close(gate[0]);
		errno = error;
		return -1;
	}
	setpgid(c->pid, c->pid); /* here too: whoever is first */
	c->fd = (int)syscall(SYS_pidfd_open, c->pid, 0);
	if (c->fd == -1) {
		error = errno;
		command_close(c);
		errno = error;
		return -1;
	}
	return 0;
}

/* Gives the terminal away, where it is ours to give; false where not. */
static bool
give_terminal(struct command *c)
{
	if (!c->may_read || tcgetpgrp(STDIN_FILENO) != getpgrp() ||
	    tcgetattr(STDIN_FILENO, &c->modes) == -1)
		return false;
	c->foreground = tcsetpgrp(STDIN_FILENO, c->pid) == 0;
	return c->foreground;
}

/*
 * Who is in the background and takes the terminal gets SIGTTOU.  Its modes
 * are put back if the command had no chance to do so.
 */
static void
take_terminal(struct command *c)
{
	sigset_t stop, was;

	if (!c->foreground)
		return;
	c->foreground = false;
	sigemptyset(&stop);
	sigaddset(&stop, SIGTTOU);
	pthread_sigmask(SIG_BLOCK, &stop, &was);
	tcsetpgrp(STDIN_FILENO, getpgrp());
	if (WIFSIGNALED(c->status))
		tcsetattr(STDIN_FILENO, TCSANOW, &c->modes);
	pthread_sigmask(SIG_SETMASK, &was, NULL);
}

int
command_release(struct command *c)
{
	int error = 0;
	ssize_t n;

	assert(c->gate != -1);
	give_terminal(c);
	send(c->gate, "", 1, MSG_NOSIGNAL);
	/* The end of the file: its end of the socket is closed by exec. */
	do
		n = recv(c->gate, &error, sizeof(error), MSG_WAITALL);
	while (n == -1 && errno == EINTR);
	close(c->gate);
	c->gate = -1;
	if (n != (ssize_t)sizeof(error))
		return 0; /* if it was killed instead, its status tells */
	wait_for(c);
	take_terminal(c);
	errno = error;
	return -1;
}

int
command_fd(const struct command *c)
{
	return c->fd;
}

int
command_signal(const struct command *c, int sig)
{
	if (!c->gone)
		return kill(-c->pid, sig);
	errno = ESRCH;
	return -1;
}

static void
first_ended(struct command *c, int status)
{
	c->reaped = true;
	c->status = status;
	take_terminal(c);
	/* From now on others could get the number of an empty group. */
	if (kill(-c->pid, 0) == -1 && errno == ESRCH)
		c->gone = true;
}

/*
 * One that has stopped for the terminal goes on with it when our group is in
 * its foreground (a shell's fg); until then it would only stop again.
 */
static void
wake_in_foreground(struct command *c)
{
	if (!give_terminal(c))
		return;
	c->wants_terminal = false;
	kill(-c->pid, SIGCONT);
}

/* Undoes ^Z, and notes who waits for the terminal. */
static void
first_stopped(struct command *c, int sig)
{
	if (sig == SIGTTIN || sig == SIGTTOU)
		c->wants_terminal = true;
	else if (sig == SIGTSTP && c->foreground)
		kill(-c->pid, SIGCONT);
}

/* Looks after the first process. */
static void
reap_first(struct command *c)
{
	int status;
	pid_t pid = waitpid(c->pid, &status, WNOHANG | WUNTRACED);

	if (pid == -1 && errno == ECHILD) /* somebody took its status */
		first_ended(c, exited(1));
	else if (pid == c->pid && WIFSTOPPED(status))
		first_stopped(c, WSTOPSIG(status));
	else if (pid == c->pid)
		first_ended(c, status);
	if (c->wants_terminal && !c->reaped)
		wake_in_foreground(c);
}

/* Those of its group that were handed to us must not stay as zombies. */
static void
reap_others(const struct command *c)
{
	while (waitpid(-c->pid, NULL, WNOHANG) > 0)
		;
}

bool
command_reap(struct command *c)
{
	if (!c->reaped)
		reap_first(c);
	if (c->reaped && !c->gone)
		reap_others(c);
	return c->reaped;
}

int
command_status(const struct command *c)
{
	if (!c->reaped)
		return -1;
	if (WIFSIGNALED(c->status))
		return 128 + WTERMSIG(c->status);
	return WEXITSTATUS(c->status);
}

int
command_end(struct command *c, int64_t now, int64_t grace)
{
	int sig = 0;

	command_reap(c);
	if (c->gone)
		return 1;
	if (!c->ending) {
		c->ending = true;
		c->kill_at = now + grace;
		sig = SIGTERM;
	} else if (now >= c->kill_at) {
		sig = SIGKILL;
	}
	if (kill(-c->pid, sig) == -1) {
		c->gone = errno == ESRCH;
		return c->gone ? 1 : -1;
	}
	if (sig == SIGTERM) /* what is stopped has to act on it */
		kill(-c->pid, SIGCONT);
	return 0;
}

void
command_close(struct command *c)
{
	if (c->gate != -1) {
		close(c->gate);
		c->gate = -1;
		wait_for(c);
	}
	if (c->fd != -1)
		close(c->fd);
	c->fd = -1;
	take_terminal(c);
}
