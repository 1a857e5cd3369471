/* SPDX-License-Identifier: MIT */
/* command: programs wait to be released, and none is left behind */
#undef NDEBUG
#include "system/command.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const int64_t SECOND = 1000000000;

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * SECOND + t.tv_nsec;
}

static void
moment(void)
{
	poll(NULL, 0, 5);
}

/* Waits as a caller does; a test that hangs is ended from outside. */
static int
status_of(struct command *c)
{
	struct pollfd ended = { .fd = command_fd(c), .events = POLLIN };

	while (!command_reap(c))
		poll(&ended, 1, 20);
	return command_status(c);
}

static int
end_all(struct command *c, int64_t grace)
{
	int left;

	while ((left = command_end(c, now(), grace)) == 0)
		moment();
	return left;
}

/* Starts sh -c with that script; its output goes to the descriptor. */
static void
start_script(struct command *c, const char *script, int output)
{
	char *const argv[] = { (char[]){ "sh" }, (char[]){ "-c" },
		(char *)(uintptr_t)script, NULL };
	const struct command_streams streams = { COMMAND_SAME, output,
		COMMAND_SAME };
	int done = command_start(c, argv, &streams);

	assert(done == 0);
}

/* Runs a script to its end: its status. */
static int
run(const char *script, int output)
{
	struct command c;
	int status, done;

	start_script(&c, script, output);
	done = command_release(&c);
	assert(done == 0);
	status = status_of(&c);
	done = end_all(&c, SECOND);
	assert(done == 1);
	command_close(&c);
	return status;
}

/* Returns a file that has been written to, from its beginning. */
static const char *
text_of(FILE *f)
{
	static char text[4096];
	ssize_t n = pread(fileno(f), text, sizeof(text) - 1, 0);

	assert(n >= 0);
	text[n] = '\0';
	return text;
}

static FILE *
file(void)
{
	FILE *f = tmpfile();

	assert(f != NULL);
	return f;
}

static void
test_status(void)
{
	assert(run("exit 0", COMMAND_SAME) == 0);
	assert(run("exit 1", COMMAND_SAME) == 1);
	assert(run("exit 255", COMMAND_SAME) == 255);
	assert(run("kill -TERM $$", COMMAND_SAME) == 128 + SIGTERM);
	assert(run("kill -KILL $$", COMMAND_SAME) == 128 + SIGKILL);
}

/* It cannot be run, and these tell why. */
static void
check_refused(const char *name, int error, int status)
{
	char *const argv[] = { (char *)(uintptr_t)name, NULL };
	struct command c;
	int done = command_start(&c, argv, NULL);

	assert(done == 0);
	done = command_release(&c);
	assert(done == -1 && errno == error);
	assert(command_reap(&c) && command_status(&c) == status);
	assert(command_end(&c, 0, 0) == 1);
	assert(command_signal(&c, SIGTERM) == -1 && errno == ESRCH);
	command_close(&c);
}

static void
test_refused(void)
{
	check_refused("/nonexistent/program", ENOENT, 127);
	check_refused("no-such-program-anywhere", ENOENT, 127);
	check_refused("", ENOENT, 127);
	check_refused("/etc/passwd", EACCES, 126);
	check_refused("/", EACCES, 126);
}

static void
test_waits(void)
{
	FILE *f = file();
	struct command c;

	start_script(&c, "echo ran", fileno(f));
	for (int i = 0; i < 20; i++)
		moment();
	assert(!command_reap(&c) && command_status(&c) == -1);
	assert(strcmp(text_of(f), "") == 0);
	command_close(&c); /* what was not released never runs */
	assert(strcmp(text_of(f), "") == 0);
	assert(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);

	start_script(&c, "echo ran", fileno(f));
	assert(end_all(&c, SECOND) == 1);
	assert(command_status(&c) == 128 + SIGTERM);
	command_close(&c);
	fclose(f);
}

static void
test_output(void)
{
	const struct command_streams streams = { COMMAND_SAME, STDERR_FILENO,
		STDOUT_FILENO };
	char *const argv[] = { (char[]){ "sh" }, (char[]){ "-c" },
		(char[]){ "echo out; echo err >&2" }, NULL };
	FILE *out = file(), *err = file();
	int was[2] = { dup(STDOUT_FILENO), dup(STDERR_FILENO) };
	struct command c;
	int done;

	assert(run("echo here", fileno(out)) == 0);
	assert(strcmp(text_of(out), "here\n") == 0);

	assert(ftruncate(fileno(out), 0) == 0);
	rewind(out);
	dup2(fileno(out), STDOUT_FILENO);
	dup2(fileno(err), STDERR_FILENO);
	done = run("echo out", STDERR_FILENO);
	done |= command_start(&c, argv, &streams); /* crossed */
	done |= command_release(&c);
	done |= status_of(&c);
	command_close(&c);
	dup2(was[0], STDOUT_FILENO);
	dup2(was[1], STDERR_FILENO);
	assert(done == 0);
	assert(strcmp(text_of(out), "err\n") == 0);
	assert(strcmp(text_of(err), "out\nout\n") == 0);
	close(was[0]);
	close(was[1]);
	fclose(out);
	fclose(err);
}

/*
 * 32 and 33 are glibc's own, which nobody else can set; make(1) leaves them
 * ignored.
 */
#define LIBC_SIGNALS 0x180000000UL

static void
test_signals(void)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	const struct sigaction usual = { .sa_handler = SIG_DFL };
	FILE *f = file();
	sigset_t all, was;
	unsigned long blocked, ignored;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &was);
	sigaction(SIGPIPE, &ignore, NULL);
	sigaction(SIGINT, &ignore, NULL);
	sigaction(SIGCHLD, &ignore, NULL);
	assert(run("exec grep -E '^Sig(Blk|Ign)' /proc/self/status",
		   fileno(f)) == 0);
	assert(sscanf(text_of(f), "SigBlk: %lx SigIgn: %lx", &blocked,
		   &ignored) == 2);
	assert(blocked == 0 && (ignored & ~LIBC_SIGNALS) == 0);
	sigaction(SIGPIPE, &usual, NULL);
	sigaction(SIGINT, &usual, NULL);
	sigprocmask(SIG_SETMASK, &was, NULL);
	fclose(f);
}

/* ls has the standard streams, and 3 for the folder that it reads. */
static void
test_descriptors(void)
{
	FILE *f = file();
	int leaky = open("/dev/null", O_RDONLY), high = dup2(leaky, 200);

	assert(leaky > 2 && high == 200);
	assert(run("exec ls /proc/self/fd", fileno(f)) == 0);
	assert(strcmp(text_of(f), "0\n1\n2\n3\n") == 0);
	close(leaky);
	close(high);
	fclose(f);
}

static int
open_descriptors(void)
{
	int n = 0;

	for (int fd = 0; fd < 1024; fd++)
		n += fcntl(fd, F_GETFD) != -1;
	return n;
}

static void
test_no_leak(void)
{
	int before = open_descriptors();

	for (int i = 0; i < 8; i++) {
		run("exit 0", COMMAND_SAME);
		check_refused("/nonexistent/program", ENOENT, 127);
	}
	assert(open_descriptors() == before);
	assert(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
}

/* Its first process ends; what it began ignores SIGTERM and begins more. */
static void
test_stubborn(void)
{
	FILE *f = file();
	struct command c;
	int done;

	start_script(&c,
	    "for i in 1 2 3; do"
	    "  sh -c 'trap \"\" TERM; sh -c \"trap : TERM; echo up;"
	    "    while :; do sleep 0.1; done\" &"
	    "    while :; do sleep 0.1; done' & "
	    "done; exit 5",
	    fileno(f));
	done = command_release(&c);
	assert(done == 0);
	assert(status_of(&c) == 5);
	while (strlen(text_of(f)) < 9) /* three that are up */
		moment();
	assert(command_signal(&c, 0) == 0);
	assert(end_all(&c, SECOND / 10) == 1);
	assert(kill(-c.pid, 0) == -1 && errno == ESRCH);
	assert(command_signal(&c, SIGTERM) == -1 && errno == ESRCH);
	assert(command_status(&c) == 5);
	command_close(&c);
	assert(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
	fclose(f);
}

/* A long grace is not waited for, and one that is stopped can act. */
static void
test_obedient(void)
{
	FILE *f = file();
	struct command c;
	int done;

	start_script(&c, "trap 'exit 7' TERM; echo up; kill -STOP $$",
	    fileno(f));
	done = command_release(&c);
	assert(done == 0);
	while (strlen(text_of(f)) < 3)
		moment();
	assert(command_status(&c) == -1);
	assert(end_all(&c, 1000 * SECOND) == 1);
	assert(command_status(&c) == 7);
	command_close(&c);
	fclose(f);
}

/* Makes a new terminal our controlling one and our input: its other end. */
static int
take_new_terminal(void)
{
	int other = posix_openpt(O_RDWR | O_NOCTTY), terminal;

	assert(other >= 0 && grantpt(other) == 0 && unlockpt(other) == 0);
	assert(setsid() != -1);
	terminal = open(ptsname(other), O_RDWR);
	assert(terminal >= 0);
	ioctl(terminal, TIOCSCTTY, 0);
	dup2(terminal, STDIN_FILENO);
	assert(tcgetpgrp(STDIN_FILENO) == getpgrp());
	return other;
}

/* ^Z does not stop it, ^C ends it, and the terminal is ours again. */
static void
on_terminal(void)
{
	int other = take_new_terminal(), done;
	FILE *f = file();
	struct command c;

	assert(run("set -- $(cat /proc/$$/stat); [ $5 = $$ ] && [ $8 = $$ ]",
		   COMMAND_SAME) == 0);
	assert(tcgetpgrp(STDIN_FILENO) == getpgrp());

	start_script(&c, "stty -echo; echo up; read line; echo $line; cat",
	    fileno(f));
	assert(tcgetpgrp(STDIN_FILENO) == getpgrp()); /* not released yet */
	done = command_release(&c);
	assert(done == 0 && tcgetpgrp(STDIN_FILENO) == c.pid);
	while (strlen(text_of(f)) < 3)
		moment();
	assert(write(other, "\032hi\n", 4) == 4);
	while (strlen(text_of(f)) < 6) {
		assert(!command_reap(&c));
		moment();
	}
	assert(strcmp(text_of(f), "up\nhi\n") == 0);
	assert(write(other, "\003", 1) == 1);
	assert(status_of(&c) == 128 + SIGINT);
	assert(tcgetpgrp(STDIN_FILENO) == getpgrp());
	assert(tcgetattr(STDIN_FILENO, &c.modes) == 0);
	assert((c.modes.c_lflag & ECHO) != 0); /* as it was */
	assert(end_all(&c, SECOND) == 1);
	command_close(&c);
	fclose(f);
}

/* The letter of the state of a process, as proc(5) has it. */
static char
state_of(pid_t pid)
{
	char path[64], text[256];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	fd = open(path, O_RDONLY);
	n = fd >= 0 ? read(fd, text, sizeof(text) - 1) : -1;
	assert(n > 0);
	text[n] = '\0';
	close(fd);
	return strrchr(text, ')')[2];
}

/* Another group has the terminal, as a shell and its other jobs would. */
static pid_t
be_in_background(void)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	pid_t pid = fork();

	assert(pid != -1);
	if (pid == 0) {
		setpgid(0, 0);
		for (;;)
			pause();
	}
	setpgid(pid, pid);
	sigaction(SIGTTOU, &ignore, NULL);
	assert(tcsetpgrp(STDIN_FILENO, pid) == 0);
	return pid;
}

/*
 * In the background the terminal stays whose it is, and who reads from it
 * stops; when we come to the foreground, the command has it and goes on.
 */
static void
in_background(void)
{
	int other = take_new_terminal(), done;
	pid_t shell = be_in_background();
	FILE *f = file();
	struct command c;

	start_script(&c, "read line; echo $line", fileno(f));
	done = command_release(&c);
	assert(done == 0 && tcgetpgrp(STDIN_FILENO) == shell);
	while (state_of(c.pid) != 'T') {
		assert(!command_reap(&c));
		moment();
	}
	for (int i = 0; i < 20; i++) { /* nor is it woken up in vain */
		assert(!command_reap(&c) && state_of(c.pid) == 'T');
		moment();
	}
	assert(tcgetpgrp(STDIN_FILENO) == shell);
	assert(tcsetpgrp(STDIN_FILENO, getpgrp()) == 0);
	assert(write(other, "hi\n", 3) == 3);
	assert(status_of(&c) == 0);
	assert(strcmp(text_of(f), "hi\n") == 0);
	assert(tcgetpgrp(STDIN_FILENO) == getpgrp());
	assert(end_all(&c, SECOND) == 1);
	command_close(&c);
	assert(kill(shell, SIGKILL) == 0);
	assert(waitpid(shell, NULL, 0) == shell);
	fclose(f);
}

/* Each has a session of its own. */
static void
test_terminal(void (*test)(void))
{
	int status;
	pid_t pid = fork();

	assert(pid != -1);
	if (pid == 0) {
		test();
		_exit(0);
	}
	assert(waitpid(pid, &status, 0) == pid);
	assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* A command ends with its input if that is not ours. */
static void
test_input(void)
{
	char *const argv[] = { (char[]){ "cat" }, NULL };
	struct command_streams streams = { -1, -1, -1 };
	struct command c;
	int done;

	streams.input = open("/dev/null", O_RDONLY | O_CLOEXEC);
	done = command_start(&c, argv, &streams);
	assert(done == 0);
	done = command_release(&c);
	assert(done == 0);
	assert(status_of(&c) == 0);
	command_close(&c);
	close(streams.input);
}

int
main(void)
{
	test_status();
	test_refused();
	test_waits();
	test_output();
	test_signals();
	test_descriptors();
	test_no_leak();
	test_stubborn();
	test_obedient();
	test_terminal(on_terminal);
	test_terminal(in_background);
	test_input();
	return 0;
}
