/* SPDX-License-Identifier: MIT */
/*
 * measure -- run a command, and tell what it took
 *
 *	measure FILE COMMAND [ARGUMENT ...]
 *
 * Appends a line to FILE: seconds by the clock, seconds of the CPU in the
 * program and in the kernel, the most memory that was resident, in KiB, and
 * seconds of the CPU by the scheduler's clock.  The status is the command's.
 *
 * The second and the third are getrusage's.  Most kernels count them by ticks,
 * of which a program that wakes with each of them always has more than its
 * share.  The last, of the command and all its children, is not sampled; where
 * perf_event_open(2) is not allowed it is the sum of those two.
 */
#include <errno.h>
#include <linux/perf_event.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
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

/* What a command took.  cpu is in seconds, by the scheduler's clock. */
struct cost {
	struct rusage used;
	double took, cpu;
};

/*
 * Opens a clock of this process and of all that it will start, which runs from
 * the next execve(2) on; -1 if that is not allowed.
 */
static int
task_clock(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_SW_TASK_CLOCK,
		.disabled = 1,
		.inherit = 1,
		.exclude_kernel = 1,
		.exclude_hv = 1,
		.enable_on_exec = 1,
	};

	return (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0UL);
}

/* Waits for the child, and reads the clock's seconds or else getrusage's. */
static int
await(pid_t child, int clock, struct cost *cost)
{
	uint64_t ns;
	int status;

	while (wait4(child, &status, 0, &cost->used) < 0)
		if (errno != EINTR)
			fail("wait4");
	if (clock >= 0 && read(clock, &ns, sizeof(ns)) == sizeof(ns))
		cost->cpu = (double)ns / 1e9;
	else
		cost->cpu = seconds(cost->used.ru_utime) +
		    seconds(cost->used.ru_stime);
	return status;
}

/* Runs the command; returns its status, and what it took. */
static int
run(char *command[], struct cost *cost)
{
	double start = now();
	int clock = task_clock();
	pid_t child = fork();
	int status;

	if (child < 0)
		fail("fork");
	if (child == 0) {
		execvp(command[0], command);
		fail(command[0]);
	}
	status = await(child, clock, cost);
	cost->took = now() - start;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int
main(int argc, char *argv[])
{
	struct cost cost;
	FILE *to;
	int status;

	if (argc < 3) {
		fputs("usage: measure FILE COMMAND [ARGUMENT ...]\n", stderr);
		return 2;
	}
	status = run(argv + 2, &cost);
	to = fopen(argv[1], "a");
	if (to == NULL)
		fail(argv[1]);
	fprintf(to, "%.6f %.6f %.6f %ld %.6f\n", cost.took,
	    seconds(cost.used.ru_utime), seconds(cost.used.ru_stime),
	    cost.used.ru_maxrss, cost.cpu);
	if (fclose(to) != 0)
		fail(argv[1]);
	return status;
}
