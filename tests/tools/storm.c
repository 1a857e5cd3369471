/* SPDX-License-Identifier: MIT */
/*
 * storm -- switches and wake-ups at a given rate, on every CPU
 *
 *	storm ROUNDS SECONDS
 *
 * On each CPU that it may use two tasks, which may use no other, wake each
 * other in turn ROUNDS times a second: a round is two switches, and as many
 * wake-ups unless who is woken takes the CPU at once.  The rounds of each
 * millisecond come one after the other, then both tasks sleep.  Who is late
 * makes up for it, so the number of rounds is exact; after twenty times the
 * time it gives up, with status 1.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/num.h"

#define NS_PER_S INT64_C(1000000000)
#define TICK INT64_C(1000000)

struct pair {
	int there, back; /* eventfds */
};

static _Noreturn void
fail(const char *what)
{
	fprintf(stderr, "storm: %s: %s\n", what, strerror(errno));
	_exit(1);
}

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * NS_PER_S + t.tv_nsec;
}

static void
sleep_until(int64_t at)
{
	struct timespec t = { .tv_sec = at / NS_PER_S,
		.tv_nsec = at % NS_PER_S };

	while (
	    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
		;
}

static void
wake(int fd)
{
	const uint64_t one = 1;

	if (write(fd, &one, sizeof(one)) != sizeof(one))
		fail("write");
}

static void
wait_for(int fd)
{
	uint64_t n;

	if (read(fd, &n, sizeof(n)) != sizeof(n))
		fail("read");
}

static _Noreturn void
answer(const struct pair *p)
{
	for (;;) {
		wait_for(p->there);
		wake(p->back);
	}
}

/* Makes the rounds; false where there was no time for all of them. */
static bool
ask(const struct pair *p, uint64_t rounds, uint64_t seconds)
{
	int64_t begin = now(), late = 20 * (int64_t)seconds * NS_PER_S;
	uint64_t done = 0;

	for (int64_t since = 0; done < rounds * seconds;
	     since = now() - begin) {
		uint64_t tick = (uint64_t)(since / TICK) + 1;

		if (since > late)
			return false;
		for (; done < rounds * seconds && done * 1000 < rounds * tick;
		     done++) {
			wake(p->there);
			wait_for(p->back);
		}
		sleep_until(begin + (int64_t)tick * TICK);
	}
	return true;
}

/* The two tasks of a CPU; does not return. */
static _Noreturn void
run_on(int cpu, uint64_t rounds, uint64_t seconds)
{
	struct pair p = { eventfd(0, 0), eventfd(0, 0) };
	cpu_set_t set;
	pid_t other;
	bool good;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set) != 0)
		fail("sched_setaffinity");
	if (p.there < 0 || p.back < 0)
		fail("eventfd");
	other = fork();
	if (other < 0)
		fail("fork");
	if (other == 0)
		answer(&p);
	good = ask(&p, rounds, seconds);
	kill(other, SIGKILL);
	waitpid(other, NULL, 0);
	_exit(good ? 0 : 1);
}

int
main(int argc, char *argv[])
{
	uint64_t rounds, seconds;
	int status, bad = 0;
	cpu_set_t set;

	if (argc != 3 || !num_u64(str_of(argv[1]), &rounds) ||
	    !num_u64(str_of(argv[2]), &seconds) || rounds > 10000000 ||
	    seconds > 3600) {
		fputs("usage: storm ROUNDS SECONDS\n", stderr);
		return 2;
	}
	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		fail("sched_getaffinity");
	for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
		pid_t child = CPU_ISSET(cpu, &set) ? fork() : 1;

		if (child < 0)
			fail("fork");
		if (child == 0)
			run_on(cpu, rounds, seconds);
	}
	while (wait(&status) > 0)
		bad |= status != 0;
	return bad;
}
