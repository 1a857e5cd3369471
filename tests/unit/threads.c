/* SPDX-License-Identifier: MIT */
/* threads: ids of a made-up /proc, and those of this process */
#include "tracefs/threads.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char dir[] = "/tmp/tk-threads-XXXXXX";

/* A thread that belongs to a process; its /proc/ID/task lists all of them. */
static void
make(int id, int process)
{
	char text[256];
	FILE *f;

	snprintf(text, sizeof(text), "%s/%d", dir, id);
	assert(mkdir(text, 0777) == 0);
	snprintf(text, sizeof(text), "%s/%d/status", dir, id);
	f = fopen(text, "w");
	assert(f != NULL);
	fprintf(f, "Name:\tTgid: 5\nUmask:\t0022\nTgid:\t%d\nPid:\t%d\n",
	    process, id);
	fclose(f);
	snprintf(text, sizeof(text), "%s/%d/task", dir, id);
	assert(mkdir(text, 0777) == 0);
	for (int i = 0; i < 3; i++) {
		snprintf(text, sizeof(text), "%s/%d/task/%d", dir, id,
		    process + i);
		assert(mkdir(text, 0777) == 0);
	}
}

static bool
holds(struct threads *t, const char *want)
{
	struct output out;
	bool right;

	output_in_memory(&out);
	threads_end(t);
	threads_write(t, &out);
	right = str_is((struct str){ out.buf, out.n }, want);
	output_close(&out);
	return right;
}

static void
a_process_is_all_its_threads(void)
{
	struct threads t;
	struct str word;

	threads_open(&t, dir);
	assert(threads_add(&t, str_of("300, 101"), &word) == NULL);
	assert(threads_add(&t, str_of("300,77"), &word) == NULL);
	assert(holds(&t, "101 300 301 302\n") && t.n == 4 && t.gone == 1);
	threads_close(&t);
}

static void
words_that_are_no_ids_are_told(void)
{
	static const char *const bad[] = { "", "x", "0", "-1", "100,,101",
		"100,", "4194305", "18446744073709551617", "1 2", "../1",
		"self" };
	struct threads t;
	struct str word;

	threads_open(&t, dir);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert(threads_add(&t, str_of(bad[i]), &word) != NULL);
	assert(threads_add(&t, str_of("100,x1,y"), &word) != NULL);
	assert(str_is(word, "x1"));
	threads_close(&t);
}

static void
rows_of_a_table_are_single_threads(void)
{
	struct threads t;

	threads_open(&t, dir);
	assert(threads_add_row(&t, str_of("")) == NULL);
	assert(threads_add_row(&t, str_of(" \t\r")) == NULL);
	assert(threads_add_row(&t, str_of("# 100 a b c")) == NULL);
	assert(threads_add_row(&t, str_of("301\tweb\t10.0.0.1\tab")) == NULL);
	assert(threads_add_row(&t, str_of("  300 web 10.0.0.1 ab\r")) == NULL);
	assert(threads_add_row(&t, str_of("301 web 10.0.0.1 ab")) == NULL);
	assert(threads_add_row(&t, str_of("100")) == NULL);
	assert(threads_add_row(&t, str_of("88 gone 10.0.0.1 ab")) == NULL);
	assert(threads_add_row(&t, str_of("PID NAME IP HASH")) != NULL);
	assert(threads_add_row(&t, str_of("100x a b c")) != NULL);
	assert(holds(&t, "100 300 301\n") && t.gone == 1);
	threads_close(&t);
}

static void
none_is_an_empty_line(void)
{
	struct threads t;

	threads_open(&t, dir);
	assert(holds(&t, "\n") && t.n == 0);
	threads_close(&t);
}

static pthread_barrier_t met;

static void *
wait_twice(void *id)
{
	*(int *)id = (int)syscall(SYS_gettid);
	pthread_barrier_wait(&met);
	pthread_barrier_wait(&met);
	return NULL;
}

static void
the_kernel_lists_them_alike(void)
{
	int self = (int)getpid(), other;
	char text[64], want[64];
	pthread_t thread;
	struct threads t;
	struct str word;

	pthread_barrier_init(&met, NULL, 2);
	assert(pthread_create(&thread, NULL, wait_twice, &other) == 0);
	pthread_barrier_wait(&met);
	snprintf(text, sizeof(text), "%d", self);
	threads_open(&t, "/proc");
	assert(threads_add(&t, str_of(text), &word) == NULL);
	snprintf(want, sizeof(want), "%d %d\n", self < other ? self : other,
	    self < other ? other : self);
	assert(holds(&t, want));
	threads_close(&t);
	/* A thread that leads none stands for itself. */
	snprintf(text, sizeof(text), "%d", other);
	snprintf(want, sizeof(want), "%d\n", other);
	threads_open(&t, "/proc");
	assert(threads_add(&t, str_of(text), &word) == NULL);
	assert(holds(&t, want));
	threads_close(&t);
	pthread_barrier_wait(&met);
	pthread_join(thread, NULL);
}

int
main(void)
{
	char command[64];

	assert(mkdtemp(dir) != NULL);
	make(100, 100);
	make(101, 100);
	make(300, 300);
	make(301, 300);
	a_process_is_all_its_threads();
	words_that_are_no_ids_are_told();
	rows_of_a_table_are_single_threads();
	none_is_an_empty_line();
	the_kernel_lists_them_alike();
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command) == 0 ? 0 : 1;
}
