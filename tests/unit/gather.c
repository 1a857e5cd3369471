/* SPDX-License-Identifier: MIT */
/* gather and contained: this process and its child, which are no container's */
#undef NDEBUG
#include "pids/gather.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pids/contained.h"

static pid_t child;

static bool
last_is(const char *path, const char *want)
{
	return str_is(gather_last(path), want);
}

static bool
writes(struct roster *r, size_t lines)
{
	struct output out;
	size_t n = 0;

	output_in_memory(&out);
	roster_put(r, &out, false);
	for (size_t i = 0; i < out.n; i++)
		n += out.buf[i] == '\n';
	output_close(&out);
	return n == lines;
}

/* We are listed where we are named, and not where we only descend. */
static void
named_processes_have_their_threads(void)
{
	const struct named us[] = { { str_of("us"), (int32_t)getpid() },
		{ str_of("child"), (int32_t)child } };
	const struct named above = { str_of("a"), (int32_t)getppid() };
	struct gather g;

	gather_open(&g);
	gather_named(&g, us, 2);
	assert(roster_services(g.roster) == 2 && roster_total(g.roster) == 2);
	assert(roster_count(g.roster, 0) == 1);
	assert(roster_count(g.roster, 1) == 1);
	assert(writes(g.roster, 2) && g.why.n == 0 && g.refused == 0);
	gather_close(&g);

	gather_open(&g);
	gather_named(&g, &above, 1);
	gather_named(&g, us, 2);
	assert(roster_count(g.roster, 0) >= 1);
	assert(roster_count(g.roster, 1) == 1);
	gather_close(&g);
}

static void
what_is_not_there_is_told(void)
{
	const struct named none = { str_of("x"), INT32_MAX };
	char *names[] = { (char *)"no such name", NULL };
	struct gather g;

	gather_open(&g);
	gather_named(&g, &none, 1);
	assert(g.why.n > 0 && roster_total(g.roster) == 0);
	g.why.n = 0;
	gather_spaces(&g, names);
	assert(g.why.n > 0 && roster_total(g.roster) == 0);
	g.why.n = 0;
	gather_groups(&g, names);
	assert(g.why.n > 0 && roster_total(g.roster) == 0);
	gather_close(&g);
}

static void *
stay(void *to)
{
	int32_t tid = (int32_t)gettid();
	ssize_t n = write(*(int *)to, &tid, sizeof(tid));

	assert(n == sizeof(tid));
	for (;;)
		pause();
}

/* Tells whether the first thread of a process has ended. */
static bool
first_has_ended(pid_t pid)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/ns/net", (int)pid);
	return access(path, F_OK) < 0;
}

static void
threads_outlive_the_first(void)
{
	struct named named = { .name = str_of("x") };
	pthread_t thread;
	struct gather g;
	int32_t tid = 0;
	int end[2];
	ssize_t n;
	pid_t pid;

	assert(pipe(end) == 0);
	pid = fork();
	if (pid == 0) {
		assert(pthread_create(&thread, NULL, stay, &end[1]) == 0);
		pthread_exit(NULL);
	}
	n = read(end[0], &tid, sizeof(tid));
	assert(n == sizeof(tid) && tid != pid);
	while (!first_has_ended(pid))
		usleep(1000);
	named.pid = (int32_t)pid;
	gather_open(&g);
	gather_named(&g, &named, 1);
	assert(roster_total(g.roster) == 1 && g.refused == 0);
	gather_close(&g);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	close(end[0]);
	close(end[1]);
}

/* An engine on another machine may tell the number of any process here. */
static void
our_child_is_no_container(void)
{
	char name[] = "c", id[] = "abcdef";
	struct container one = { name, id, (int32_t)child, { .has_v4 = true } };
	struct containers list = { &one, 1, 1 };
	struct processes all = { 0 };
	struct contained *contained;
	struct gather g;

	assert(processes_read(&all) == 0);
	contained = contained_new(&all, &list);
	assert(!contained_here(contained, 0));
	assert(contained_in(contained, (int32_t)child) == 0);
	assert(contained_in(contained, (int32_t)getpid()) == 1);
	contained_free(contained);
	processes_free(&all);

	gather_open(&g);
	gather_containers(&g, &list);
	assert(g.why.n > 0 && roster_total(g.roster) == 0);
	gather_close(&g);
}

int
main(void)
{
	child = fork();
	if (child == 0)
		for (;;)
			pause();
	assert(child > 0);
	assert(last_is("/a/b", "b") && last_is("a", "a"));
	assert(last_is("/a/b//", "b") && last_is("//", ""));
	assert(last_is("", ""));
	named_processes_have_their_threads();
	what_is_not_there_is_told();
	threads_outlive_the_first();
	our_child_is_no_container();
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	return 0;
}
