/* SPDX-License-Identifier: MIT */
/*
 * hackbench -- tasks that wake each other, for traces full of switches
 *
 *	hackbench GROUPS LOOPS
 *
 * In each group ten tasks send LOOPS messages of 100 bytes to each of ten
 * others, through a pipe for each of those: the load of the program that the
 * scheduler's developers use under this name.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/num.h"

enum { TASKS = 10, MESSAGE = 100 };

static _Noreturn void
fail(const char *what)
{
	fprintf(stderr, "hackbench: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* Forks; true in the child. */
static bool
fork_task(void)
{
	pid_t child = fork();

	if (child < 0)
		fail("fork");
	return child == 0;
}

static _Noreturn void
receive(int from)
{
	char message[MESSAGE];

	while (read(from, message, sizeof(message)) > 0)
		;
	_exit(0);
}

static _Noreturn void
send_all(const int to[TASKS], uint64_t loops)
{
	static const char message[MESSAGE];

	for (uint64_t i = 0; i < loops; i++)
		for (int task = 0; task < TASKS; task++)
			if (write(to[task], message, MESSAGE) != MESSAGE)
				_exit(1);
	_exit(0);
}

/* Starts a group; its pipes are open nowhere else afterwards. */
static void
start_group(uint64_t loops)
{
	int to[TASKS], ends[2];

	for (int task = 0; task < TASKS; task++) {
		if (pipe(ends) != 0)
			fail("pipe");
		if (fork_task()) {
			close(ends[1]);
			for (int other = 0; other < task; other++)
				close(to[other]);
			receive(ends[0]);
		}
		close(ends[0]);
		to[task] = ends[1];
	}
	for (int task = 0; task < TASKS; task++)
		if (fork_task())
			send_all(to, loops);
	for (int task = 0; task < TASKS; task++)
		close(to[task]);
}

int
main(int argc, char *argv[])
{
	uint64_t groups, loops;
	int status, bad = 0;

	if (argc != 3 || !num_u64(str_of(argv[1]), &groups) ||
	    !num_u64(str_of(argv[2]), &loops)) {
		fputs("usage: hackbench GROUPS LOOPS\n", stderr);
		return 2;
	}
	for (uint64_t i = 0; i < groups; i++)
		start_group(loops);
	while (wait(&status) > 0)
		bad |= status != 0;
	return bad;
}
