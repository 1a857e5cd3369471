/* SPDX-License-Identifier: MIT */
/*
 * collected -- a run as Tracekit leaves it
 *
 *	collected DIR TASKS SAMPLES
 *
 * Makes a folder of four nodes, with so many tasks in all, and so many samples
 * of each, a second apart; they are the same each time.  Eight tasks run at
 * once on a node, and the nodes have used the same pids.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/num.h"

enum {
	NODES = 4,
	SECOND = 1000, /* in ms */
	AT_ONCE = 8,
	FIRST_PID = 2000,
	PATH = 4096,
};

static const int64_t epoch_ms = 1757000000000;
static uint64_t state = 1;

struct plan {
	const char *dir;
	uint64_t tasks, samples; /* of a node; of a task */
};

/* Returns a number below n, of Knuth's generator in TAOCP 3.3.4. */
static int64_t
any(uint64_t n)
{
	state = state * 6364136223846793005 + 1442695040888963407;
	return (int64_t)((state >> 33) % n);
}

static _Noreturn void
fail(const char *path)
{
	perror(path);
	exit(1);
}

static FILE *
make(const struct plan *plan, unsigned node, const char *name)
{
	char path[PATH];
	FILE *to;

	snprintf(path, sizeof(path), "%s/run(c%u)/%s", plan->dir, node, name);
	to = fopen(path, "w");
	if (to == NULL)
		fail(path);
	return to;
}

static void
done(FILE *to)
{
	if (fclose(to) != 0)
		fail("collected");
}

/* In ms since the epoch; the same whenever it is asked for. */
static int64_t
start_of(const struct plan *plan, uint64_t task)
{
	uint64_t apart = plan->samples * SECOND / AT_ONCE;

	return epoch_ms + (int64_t)(task * apart + task * 7919 % 997);
}

static void
put_node(const struct plan *plan, unsigned node)
{
	FILE *to = make(plan, node, "node_meta.json");

	fprintf(to,
	    "{\"run_id\": \"run\", \"node\": \"vm0\", \"stage\": \"cloud\", "
	    "\"host\": \"c%u\", \"iface\": \"lo\", \"cpu_cores\": 16, "
	    "\"mem_mb\": 15997, \"cpu_model\": \"model\", "
	    "\"cpu_freq_mhz\": 2399}\n",
	    node);
	done(to);
	to = make(plan, node, "CTS/nodes.json");
	fprintf(to,
	    "[{\"node_id\": \"vm0\", \"stage\": \"cloud\", \"cpu_cores\": 16, "
	    "\"mem_mb\": 16384, \"cpu_model\": \"model\", "
	    "\"cpu_freq_mhz\": 2400}]\n");
	done(to);
}

/* What both files of them have of a task. */
static void
put_times(FILE *to, const struct plan *plan, unsigned node, uint64_t task)
{
	int64_t start = start_of(plan, task);

	fprintf(to,
	    "{\"trace_id\": \"c%u-%" PRIu64 "\", \"pid\": %" PRIu64
	    ", \"ts_enqueue\": %" PRId64 ", \"ts_start\": %" PRId64
	    ", \"ts_end\": %" PRId64,
	    node, task, FIRST_PID + task, start - 500 - (int64_t)(task % 700),
	    start, start + (int64_t)(plan->samples * SECOND) + 400);
}

static void
put_tasks(const struct plan *plan, unsigned node)
{
	FILE *events = make(plan, node, "events.ffmpeg.jsonl");
	FILE *to = make(plan, node, "CTS/invocations.jsonl");

	for (uint64_t task = 0; task < plan->tasks; task++) {
		put_times(to, plan, node, task);
		fprintf(to, "}\n");
		put_times(events, plan, node, task);
		fprintf(events,
		    ", \"module_id\": \"ffmpeg\", \"stage\": \"cloud\", "
		    "\"bytes_in\": %" PRId64 ", \"bytes_out\": %" PRId64
		    ", \"status\": 0}\n",
		    1000000 + any(90000000), 500000 + any(9000000));
	}
	done(to);
	done(events);
}

/* The samples of all tasks that run, in turns; of none before it starts. */
static void
put_samples(const struct plan *plan, unsigned node)
{
	FILE *to = make(plan, node, "CTS/proc_metrics.jsonl");
	int64_t length = (int64_t)plan->samples * SECOND;
	uint64_t first = 0;

	for (int64_t now = epoch_ms + SECOND; first < plan->tasks;
	     now += SECOND) {
		while (
		    first < plan->tasks && start_of(plan, first) + length < now)
			first++;
		for (uint64_t t = first;
		     t < plan->tasks && start_of(plan, t) < now; t++)
			fprintf(to,
			    "{\"ts_ms\": %" PRId64 ", \"pid\": %" PRIu64
			    ", \"dt_ms\": %d, \"cpu_ms\": %" PRId64
			    ", \"rss_kb\": %" PRId64 "}\n",
			    now, FIRST_PID + t,
			    start_of(plan, t) < now - SECOND ? SECOND : 0,
			    start_of(plan, t) < now - SECOND ? any(400) * 10
							     : 0,
			    30000 + any(30000));
	}
	done(to);
}

static void
make_folder(const struct plan *plan, unsigned node, const char *name)
{
	char path[PATH];

	snprintf(path, sizeof(path), "%s/run(c%u)%s", plan->dir, node, name);
	if (mkdir(path, 0777) != 0)
		fail(path);
}

int
main(int argc, char *argv[])
{
	struct plan plan;

	if (argc != 4 || !num_u64(str_of(argv[2]), &plan.tasks) ||
	    !num_u64(str_of(argv[3]), &plan.samples)) {
		fprintf(stderr, "usage: collected DIR TASKS SAMPLES\n");
		return 2;
	}
	plan.dir = argv[1];
	plan.tasks /= NODES;
	if (mkdir(plan.dir, 0777) != 0)
		fail(plan.dir);
	for (unsigned node = 0; node < NODES; node++) {
		make_folder(&plan, node, "");
		make_folder(&plan, node, "/CTS");
		put_node(&plan, node);
		put_tasks(&plan, node);
		put_samples(&plan, node);
	}
	return 0;
}
