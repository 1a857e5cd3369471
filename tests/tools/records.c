/* SPDX-License-Identifier: MIT */
/*
 * records -- the scheduler's events, as tk-parse would write them
 *
 *	records NUMBER [SEED]
 *
 * Writes so many records of sched_switch, sched_waking, sched_wakeup and
 * sched_migrate_task, in a frame, which are the same each time.  Four CPUs
 * have a queue each; tasks run, sleep, wake one another, are preempted, and
 * move.  Some tasks do much and many do little, and the time between two
 * events varies by a factor of thousands, as in a recording.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/num.h"

enum {
	CPUS = 4,
	TASKS = 600,
	FIRST_TID = 1204000,
	KERNEL = 24, /* the first of them are threads of the kernel */
	NAME = 16,
};

struct task {
	char name[NAME];
	unsigned tid, tgid, prio, cpu;
	bool sleeps;
};

/* The tasks that wait for a CPU, as a ring; each is in one at most. */
struct cpu {
	struct task *runs; /* NULL: idle */
	struct task *queue[TASKS];
	size_t first, queued;
	char idle[NAME];
};

static struct task tasks[TASKS];
static struct cpu cpus[CPUS];
static uint64_t state;
static int64_t now = 954242000000000;
static uint64_t left;

/* Returns a number below n, of Knuth's generator in TAOCP 3.3.4. */
static uint64_t
any(uint64_t n)
{
	state = state * 6364136223846793005 + 1442695040888963407;
	return (state >> 33) % n;
}

/* Most events follow one another closely, some after a long rest. */
static void
pass_time(void)
{
	uint64_t most = (uint64_t)200 << any(10);

	now += (int64_t)(300 + any(most));
}

static void
name_tasks(void)
{
	static const char *const names[] = { "hackbench", "nginx",
		"redis-server", "memtier_benchma", "sysbench",
		"containerd-shim", "python3.11", "postgres", "java",
		"GC Thread#0", "node", "ffmpeg", "sshd", "systemd-journal",
		"dockerd", "bash" };
	const size_t n = sizeof(names) / sizeof(*names);

	for (unsigned i = 0; i < TASKS; i++) {
		struct task *t = &tasks[i];

		if (i < KERNEL)
			snprintf(t->name, NAME, "kworker/%u:%u", i % CPUS, i);
		else
			snprintf(t->name, NAME, "%s", names[any(n)]);
		t->tid = FIRST_TID + i * 3;
		t->tgid = i < KERNEL ? t->tid : t->tid - 3 * (i % 8);
		t->prio = any(20) == 0 ? 100 : 120;
		t->cpu = (unsigned)any(CPUS);
		t->sleeps = true;
	}
	for (unsigned i = 0; i < CPUS; i++)
		snprintf(cpus[i].idle, NAME, "swapper/%u", i);
}

/* Writes what all events begin with; false where no more are wanted. */
static bool
begin(const char *type, unsigned cpu, const char *flags)
{
	const struct task *t = cpus[cpu].runs;

	if (left == 0)
		return false;
	left--;
	printf("{\"type\":\"%s\",\"ts\":%" PRId64 ",\"cpu\":%u,\"task\":\"%s\","
	       "\"tid\":%u,\"tgid\":%u,\"flags\":\"%s\"",
	    type, now, cpu, t != NULL ? t->name : "<idle>",
	    t != NULL ? t->tid : 0, t != NULL ? t->tgid : 0, flags);
	return true;
}

static const char *
state_of(const struct task *t)
{
	uint64_t kind = any(100);

	if (t < tasks + KERNEL)
		return "I";
	return kind < 92 ? "S" : kind < 99 ? "D" : "T";
}

/* The CPU takes the next of its queue, or none. */
static void
do_switch(unsigned at)
{
	struct cpu *c = &cpus[at];
	struct task *before = c->runs, *next = NULL;
	const char *why = "R";

	if (c->queued > 0) {
		next = c->queue[c->first];
		c->first = (c->first + 1) % TASKS;
		c->queued--;
	}
	if (before == NULL && next == NULL)
		return;
	if (before != NULL && next != NULL && any(6) == 0) {
		why = any(4) == 0 ? "R" : "R+";
		c->queue[(c->first + c->queued++) % TASKS] = before;
	} else if (before != NULL) {
		why = state_of(before);
		before->sleeps = true;
	}
	if (begin("sched_switch", at, "d..2."))
		printf(",\"prev_comm\":\"%s\",\"prev_pid\":%u,\"prev_prio\":%u,"
		       "\"prev_state\":\"%s\",\"next_comm\":\"%s\","
		       "\"next_pid\":%u,\"next_prio\":%u}\n",
		    before != NULL ? before->name : c->idle,
		    before != NULL ? before->tid : 0,
		    before != NULL ? before->prio : 120, why,
		    next != NULL ? next->name : c->idle,
		    next != NULL ? next->tid : 0,
		    next != NULL ? next->prio : 120);
	c->runs = next;
}

static void
put_woken(const char *type, unsigned at, const char *flags,
    const struct task *t)
{
	if (begin(type, at, flags))
		printf(",\"comm\":\"%s\",\"pid\":%u,\"prio\":%u,"
		       "\"target_cpu\":%u}\n",
		    t->name, t->tid, t->prio, t->cpu);
}

/* Something on the CPU wakes a task, which may go to another. */
static void
do_wake(unsigned at)
{
	/* The lower its number, the more a task does. */
	struct task *t = &tasks[any(1 + any(1 + any(TASKS)))];
	struct cpu *to;

	if (!t->sleeps)
		return;
	t->sleeps = false;
	put_woken("sched_waking", at, any(3) == 0 ? "d.h5." : "d..4.", t);
	if (any(16) == 0) {
		unsigned cpu = (unsigned)any(CPUS);

		now += (int64_t)(200 + any(900));
		if (begin("sched_migrate_task", at, "d..5."))
			printf(",\"comm\":\"%s\",\"pid\":%u,\"prio\":%u,"
			       "\"orig_cpu\":%u,\"dest_cpu\":%u}\n",
			    t->name, t->tid, t->prio, t->cpu, cpu);
		t->cpu = cpu;
	}
	now += (int64_t)(400 + any(2500));
	put_woken("sched_wakeup", at, "dN.5.", t);
	to = &cpus[t->cpu];
	to->queue[(to->first + to->queued++) % TASKS] = t;
}

int
main(int argc, char *argv[])
{
	uint64_t n, seed = 1;

	if (argc < 2 || argc > 3 || !num_u64(str_of(argv[1]), &n) ||
	    (argc == 3 && !num_u64(str_of(argv[2]), &seed))) {
		fprintf(stderr, "usage: records NUMBER [SEED]\n");
		return 2;
	}
	state = seed;
	left = n;
	name_tasks();
	printf("{\"type\":\"trace\",\"version\":1,\"trace_id\":\"mixed_run0\","
	       "\"workload_type\":\"mixed\",\"category\":\"mixed\","
	       "\"clock\":\"mono\",\"cpus\":%d,\"by\":\"records\"}\n",
	    CPUS);
	while (left > 0) {
		unsigned at = (unsigned)any(CPUS);

		pass_time();
		if (any(2) == 0)
			do_wake(at);
		else
			do_switch(at);
	}
	printf("{\"type\":\"end\",\"records\":%" PRIu64 ",\"lost\":0,"
	       "\"lost_marks\":0,\"bad\":0}\n",
	    n);
	return fclose(stdout) == 0 ? 0 : 1;
}
