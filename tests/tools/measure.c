/* SPDX-License-Identifier: MIT */
/*
 * measure -- run a command, and tell what it took
 *
 *	measure FILE COMMAND [ARGUMENT ...]
 *
 * Appends a line to FILE: seconds by the clock, seconds of the CPU in the
 * program and in the kernel, and the most memory that was resident, in KiB.
 * The status is the command's.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static _Noreturn void
fail(const char *what)
{
	fprintf(stderr, "measure: %s: %s\n", what, strerror(errno));
	exit(127);
}

/* Runs the command; returns its status, and the seconds that it took. */
static int
run(char *command[], struct rusage *used, double *took)
{
	double start = now();
	pid_t child = fork();
	int status;

	if (child < 0)
		fail("fork");
	if (child == 0) {
		execvp(command[0], command);
		fail(command[0]);
	}
	while (wait4(child, &status, 0, used) < 0)
		if (errno != EINTR)
			fail("wait4");
	*took = now() - start;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int
main(int argc, char *argv[])
{
	struct rusage used;
	double took;
	FILE *to;
	int status;

	if (argc < 3) {
		fputs("usage: measure FILE COMMAND [ARGUMENT ...]\n", stderr);
		return 2;
	}
	status = run(argv + 2, &used, &took);
	to = fopen(argv[1], "a");
	if (to == NULL)
		fail(argv[1]);
	fprintf(to, "%.6f %.6f %.6f %ld\n", took, seconds(used.ru_utime),
	    seconds(used.ru_stime), used.ru_maxrss);
	if (fclose(to) != 0)
		fail(argv[1]);
	return status;
}
