/* SPDX-License-Identifier: MIT */
/* process: this one, its child and its threads, and who descends from whom */
#undef NDEBUG
#include "pids/process.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_barrier_t both;

static void *
stay(void *tid)
{
	*(int32_t *)tid = (int32_t)gettid();
	pthread_barrier_wait(&both);
	pthread_barrier_wait(&both);
	return NULL;
}

static void
threads_are_found(void)
{
	struct numbers list = { 0 };
	int32_t tid = 0;
	pthread_t thread;

	pthread_barrier_init(&both, NULL, 2);
	assert(pthread_create(&thread, NULL, stay, &tid) == 0);
	pthread_barrier_wait(&both);
	assert(process_threads((int32_t)getpid(), &list) == 0);
	assert(list.n == 2 && list.number[0] < list.number[1]);
	assert(list.number[0] == tid || list.number[1] == tid);
	pthread_barrier_wait(&both);
	pthread_join(thread, NULL);
	numbers_free(&list);
	assert(list.n == 0 && list.number == NULL);
}

static void
a_child_descends_from_us(void)
{
	struct processes all = { 0 };
	int32_t self = (int32_t)getpid(), parent = (int32_t)getppid();
	pid_t child = fork();
	int32_t roots[2] = { parent, self };

	if (child == 0)
		for (;;)
			pause();
	assert(child > 0 && processes_read(&all) == 0);
	for (size_t i = 1; i < all.n; i++)
		assert(all.process[i - 1].pid < all.process[i].pid);
	assert(processes_find(&all, self)->parent == parent);
	assert(processes_find(&all, (int32_t)child)->parent == self);
	assert(processes_root(&all, (int32_t)child, roots, 2) == 1);
	assert(processes_root(&all, self, roots, 2) == 1);
	assert(processes_root(&all, self, roots, 1) == 0);
	assert(processes_root(&all, parent, &roots[1], 1) == 1); /* none */
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	processes_free(&all);
}

static void
a_circle_of_parents_ends(void)
{
	struct process of[] = { { 2, 3 }, { 3, 2 }, { 7, 0 } };
	struct processes all = { .process = of, .n = 3 };
	int32_t root = 7;

	assert(processes_root(&all, 2, &root, 1) == 1);
	assert(processes_root(&all, 7, &root, 1) == 0);
	assert(processes_root(&all, 9, &root, 1) == 1);
}

static void
what_has_ended_is_not_there(void)
{
	struct numbers list = { 0 };
	struct output text;
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	assert(child > 0 && waitpid(child, NULL, 0) == child);
	output_in_memory(&text);
	assert(process_threads((int32_t)child, &list) == 0 && list.n == 0);
	assert(process_file((int32_t)child, "status", &text) < 0);
	assert(process_gone(errno));
	assert(process_file((int32_t)getpid(), "status", &text) == 0);
	assert(process_status((struct str){ text.buf, text.n }, "Tgid:") ==
	    (int32_t)getpid());
	output_close(&text);
}

static void
a_status_is_read_strictly(void)
{
	assert(process_status(str_of("Name:\tPPid:\t9\nPPid:\t7\n"), "PPid:") ==
	    7);
	assert(process_status(str_of("PPid:\t7 8\n"), "PPid:") == -1);
	assert(process_status(str_of("PPid:\t-7"), "PPid:") == -1);
	assert(process_status(str_of("PPid:\t2147483648"), "PPid:") == -1);
	assert(process_status(str_of("PPid:"), "PPid:") == -1);
	assert(process_status(str_of(""), "PPid:") == -1);
}

int
main(void)
{
	a_child_descends_from_us(); /* while there is one thread */
	what_has_ended_is_not_there();
	threads_are_found();
	a_circle_of_parents_ends();
	a_status_is_read_strictly();
	return 0;
}
