/* SPDX-License-Identifier: MIT */
#include "pids/client.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	AT_ONCE = 1 << 16,
	ANSWER_MAX = 64 << 20, /* bytes; a container takes about 10,000 */
	WORDS_MAX = 5,         /* lines of its standard error that are told */
	TICK = 5,              /* ms */
};

/* A client that runs: out, err and failed are our ends of pipes, or -1. */
struct running {
	pid_t pid;
	int out, err, failed;
	int status;
};

static _Noreturn void
become(char *const argv[], pid_t parent, int out, int err, int failed)
{
	int null = open("/dev/null", O_RDONLY), why;
	sigset_t none;

	/* It must not outlive us, whatever ends us. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setpgid(0, 0);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (null >= 0 && getppid() == parent && dup2(null, STDIN_FILENO) >= 0 &&
	    dup2(out, STDOUT_FILENO) >= 0 && dup2(err, STDERR_FILENO) >= 0)
		execvp(argv[0], argv);
	why = errno;
	(void)!write(failed, &why, sizeof(why));
	_exit(127);
}

static void
close_pipes(int end[3][2])
{
	for (int i = 0; i < 3; i++)
		for (int side = 0; side < 2; side++)
			if (end[i][side] >= 0)
				close(end[i][side]);
}

/* Starts it.  Returns 0, or an errno. */
static int
start(struct running *run, char *const argv[])
{
	int end[3][2] = { { -1, -1 }, { -1, -1 }, { -1, -1 } }, err;
	pid_t self = getpid();

	for (int i = 0; i < 3; i++)
		if (pipe2(end[i], O_CLOEXEC) < 0)
			goto failed;
	run->pid = fork();
	if (run->pid < 0)
		goto failed;
	if (run->pid == 0)
		become(argv, self, end[0][1], end[1][1], end[2][1]);
	for (int i = 0; i < 3; i++)
		close(end[i][1]);
	run->out = end[0][0];
	run->err = end[1][0];
	run->failed = end[2][0];
	fcntl(run->out, F_SETFL, O_NONBLOCK);
	fcntl(run->err, F_SETFL, O_NONBLOCK);
	return 0;
failed:
	err = errno;
	close_pipes(end);
	return err;
}

/* Reads what is there; closes the pipe at its end. */
static void
take(int *fd, struct output *into)
{
	ssize_t n = 1;

	while (*fd >= 0 && n > 0 && into->n <= ANSWER_MAX) {
		n = read(*fd, output_room(into, AT_ONCE), AT_ONCE);
		if (n > 0)
			output_used(into, (size_t)n);
	}
	if (*fd >= 0 &&
	    (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))) {
		close(*fd);
		*fd = -1;
	}
}

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/*
 * Takes what it prints until it has ended: what it left running may keep its
 * pipes open.  Returns NULL, or why it was made to end.
 */
static const char *
follow(struct running *run, unsigned seconds, struct output *out,
    struct output *words)
{
	int64_t end = now() + (int64_t)seconds * 1000;
	const char *why = NULL;

	while (why == NULL) {
		struct pollfd pipes[] = { { run->out, POLLIN, 0 },
			{ run->err, POLLIN, 0 } };
		pid_t ended;

		poll(pipes, 2, TICK);
		ended = waitpid(run->pid, &run->status, WNOHANG);
		take(&run->out, out);
		take(&run->err, words);
		if (ended == run->pid || (ended < 0 && errno != EINTR))
			return NULL;
		if (out->n > ANSWER_MAX || words->n > ANSWER_MAX)
			why = "its answer is too long";
		else if (now() >= end)
			why = "it did not answer in time";
	}
	kill(-run->pid, SIGKILL);
	kill(run->pid, SIGKILL); /* it may not have its group yet */
	while (waitpid(run->pid, &run->status, 0) < 0 && errno == EINTR)
		;
	return why;
}

static void
put_command(struct output *why, char *const argv[])
{
	enum { SHOWN = 6 }; /* there may be many operands */

	for (size_t i = 0; i < SHOWN && argv[i] != NULL; i++) {
		output_text(why, i > 0 ? " " : "");
		output_in_line(why, str_of(argv[i]));
	}
	output_text(why, ": ");
}

static void
put_why(struct output *why, char *const argv[], const char *text)
{
	put_command(why, argv);
	output_text(why, text);
	output_byte(why, '\n');
}

/* Tells what it said; or else how it ended. */
static void
put_words(struct output *why, char *const argv[], const struct output *words,
    int status)
{
	struct str rest = { words->buf, words->n }, line;
	int told = 0;

	while (told < WORDS_MAX && str_line(&rest, &line)) {
		line = str_trim(line);
		if (line.n == 0)
			continue;
		put_command(why, argv);
		output_str(why, line);
		output_byte(why, '\n');
		told++;
	}
	if (told > 0)
		return;
	put_command(why, argv);
	if (WIFSIGNALED(status))
		output_printf(why, "ended by signal %d\n", WTERMSIG(status));
	else
		output_printf(why, "ended with status %d\n",
		    WEXITSTATUS(status));
}

static void
finish(struct running *run, int *exec_err)
{
	if (read(run->failed, exec_err, sizeof(*exec_err)) != sizeof(*exec_err))
		*exec_err = 0;
	close(run->failed);
	if (run->out >= 0)
		close(run->out);
	if (run->err >= 0)
		close(run->err);
}

enum client_result
client_run(char *const argv[], unsigned seconds, struct output *out,
    struct output *why)
{
	enum client_result result = CLIENT_FAILED;
	struct running run = { .status = 0 };
	const char *stopped = NULL;
	struct output words;
	int err;

	out->n = 0;
	output_in_memory(&words);
	if ((err = start(&run, argv)) == 0) {
		stopped = follow(&run, seconds, out, &words);
		finish(&run, &err);
	}
	if (err == 0 && stopped == NULL && WIFEXITED(run.status) &&
	    WEXITSTATUS(run.status) == 0)
		result = CLIENT_DONE;
	else if (stopped != NULL)
		put_why(why, argv, stopped);
	else if (err != 0)
		put_why(why, argv, strerror(err));
	else
		put_words(why, argv, &words, run.status);
	output_close(&words);
	return err == ENOENT ? CLIENT_ABSENT : result;
}
