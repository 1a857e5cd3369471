/* SPDX-License-Identifier: MIT */
/*
 * threads -- a process of so many threads, which wait until it is ended
 *
 *	threads N >tids &
 *
 * It writes the numbers of its threads as they tell them themselves, a line
 * each, the first being that of the process; then it closes its output.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "base/num.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t all;

static void *
wait_here(void *unused)
{
	pthread_mutex_lock(&lock);
	printf("%ld\n", (long)gettid());
	pthread_mutex_unlock(&lock);
	pthread_barrier_wait(&all);
	for (;;)
		pause();
	return unused;
}

int
main(int argc, char *argv[])
{
	pthread_t thread;
	uint64_t n;

	if (argc != 2 || !num_u64(str_of(argv[1]), &n) || n < 1 || n > 1000) {
		fputs("usage: threads N\n", stderr);
		return 2;
	}
	printf("%ld\n", (long)getpid());
	pthread_barrier_init(&all, NULL, (unsigned)n);
	for (uint64_t i = 1; i < n; i++)
		if (pthread_create(&thread, NULL, wait_here, NULL) != 0)
			return 1;
	pthread_barrier_wait(&all);
	fclose(stdout);
	for (;;)
		pause();
}
