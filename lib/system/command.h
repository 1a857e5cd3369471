/* SPDX-License-Identifier: MIT */
/*
 * command -- a program to be recorded, which waits until it is released
 *
 * A command is forked first and executed when it is told to, so that tracing
 * can be switched on in between and sees all of it and nothing before.
 *
 *	command_start(&c, argv, &streams);
 *	(switch tracing on)
 *	if (command_release(&c) == -1)
 *		(it cannot be started: errno tells why)
 *	while (!command_reap(&c))
 *		poll(command_fd(&c) and what else there is, 100 ms);
 *	while (command_end(&c, now, grace) == 0)
 *		poll(what else there is, 20 ms);
 *	status = command_status(&c);
 *	command_close(&c);
 *
 * It runs as it would from a shell: in a process group of its own, with
 * default actions for all signals, none of them blocked, and no descriptor
 * but the three standard ones.  Where it has our standard input, that is the
 * controlling terminal, and our process group is in its foreground, then the
 * command's group is while it runs: ^C is for the command, whose status tells
 * of it.  ^Z is undone by the next command_reap, for a recording does not
 * pause.  A command that stopped since it is in the background gets the
 * terminal and goes on when our group has come to the foreground, as by fg of
 * a shell; until then it stays stopped.  A caller that writes to the terminal
 * meanwhile ignores SIGTTOU ("stty tostop").
 *
 * No function of this waits for the command to end.
 */
#ifndef TK_COMMAND_H
#define TK_COMMAND_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

/*
 * What its standard streams are: a descriptor of ours, or COMMAND_SAME for
 * the same as ours.  An output of STDERR_FILENO is our standard error.
 */
enum { COMMAND_SAME = -1 };
struct command_streams {
	int input, output, errors;
};

struct command {
	pid_t pid; /* of its first process, the number of its group too */

	/* command's own: */
	int fd, gate;        /* pidfd; a socket to the waiting child, or -1 */
	bool may_read;       /* it has our standard input */
	bool foreground;     /* its group has our terminal */
	bool wants_terminal; /* it has stopped for lack of it */
	struct termios modes;
	bool reaped, gone; /* the first process; the whole group */
	int status;        /* as wait(2) has it */
	bool ending;
	int64_t kill_at;
};

/*
 * Forks a child that waits to become argv, which ends with NULL and is looked
 * for in PATH if it has no slash.  streams may be NULL: all are ours.
 * Returns 0, or -1 with errno and nothing to close.
 *
 * From here on this process is the one that orphans in it are handed to
 * (PR_SET_CHILD_SUBREAPER), so that command_end can tell that none is left
 * wherever process 1 does not wait for its children; and SIGCHLD is not
 * ignored.
 */
int command_start(struct command *, char *const argv[],
    const struct command_streams *streams);

/*
 * Lets the child go.  Returns 0 when it has become argv, or -1 with errno if
 * it cannot: there is no child then, and command_status is what env(1) and
 * shells say, 127 if there is no such program and else 126.
 */
int command_release(struct command *);

/* Returns a descriptor that poll(2) finds readable when it has ended. */
int command_fd(const struct command *);

/* Sends the signal to the whole group: 0, or -1 with errno. */
int command_signal(const struct command *, int signal);

/*
 * Tells whether the first process has ended, and takes the terminal back when
 * it has.  To be called several times a second, for the sake of ^Z and fg.
 */
bool command_reap(struct command *);

/*
 * Returns the exit status as a shell has it, 128 and the signal's number if
 * one ended it, or -1 as long as it runs.
 */
int command_status(const struct command *);

/*
 * Ends the whole group, whether or not its first process still runs: sends
 * SIGTERM at the first call and SIGKILL from grace ns behind that call on.
 * now is in ns of a clock that does not go back.
 *
 * Returns 1 when none of the group is left, 0 when it is to be called again
 * in a moment, or -1 with errno if none of those left may be signalled
 * (EPERM).  Processes that have left the group are not ended.  One that the
 * kernel holds in an uninterruptible wait keeps the answer 0.
 */
int command_end(struct command *, int64_t now, int64_t grace);

/*
 * Frees what start made.  A child that was not released ends; a command that
 * runs goes on.
 */
void command_close(struct command *);

#endif
