/* SPDX-License-Identifier: MIT */
/* gwf: 29 columns or those that are named, and who depends on whom */
#include "workload/gwf.h"

#include "bag_of.h"

static const char *
take(void *log, struct str line, struct bag *bag)
{
	return gwf_line(log, line, bag);
}

static struct bag *
read_all(struct gwf *log, const char *text, uint64_t *bad)
{
	struct bag *bag = bag_of(text, take, log, bad);

	gwf_close(log);
	return bag;
}

#define REST " s1 s2 UNITARY -1 -1 -1 -1 -1 -1 -1 -1 -1 -1\n"
#define JOB "7 10 1 4 2 1 50 -1 -1 -1 1 U1 G1 app queue1 -1"

static void
the_standard_has_29_columns(void)
{
	struct gwf g = { .log = { .mhz = 1000, .start_ms = 5 } };
	uint64_t bad;
	struct bag *bag = read_all(&g, "# a comment\n" JOB REST JOB "\n", &bad);
	const struct task *t = bag_task(bag, 0);
	struct fragment f;

	assert(bad == 1 && bag_length(bag) == 1);
	assert(t->submission_ms == 10005 && t->start_ms == 11005);
	assert(t->cpu_count == 2 && t->cpu_mhz == 2000 && t->mem_kb == 100);
	assert(str_is(t->user, "U1") && str_is(t->executable, "app"));
	assert(str_is(t->queue, "queue1") && str_is(t->node, "s2"));
	assert(t->partition.p == NULL && t->workflow.p == NULL);
	assert(t->cpu_ns == 2000000000 && str_is(t->trace_id, "7"));
	/* 1 s on each of two CPUs, of 4 s: a quarter of 2000 MHz. */
	assert(bag_fragment(bag, 0, &f) && f.cpu_mhz == 500);
	bag_free(bag);
}

static void
workflows_have_seven(const char *text)
{
	struct gwf g = { .log = { .mhz = 1000 } };
	uint64_t bad;
	struct bag *bag = read_all(&g, text, &bad);
	const struct task *t;
	struct fragment f;

	assert(bad == 0 && bag_length(bag) == 5);
	/* By submission: 1/1, 1/2, 0/1, 0/2, 0/3. */
	t = bag_task(bag, 0);
	assert(str_is(t->workflow, "1") && t->cpu_count == 4);
	assert(t->assumed & TASK_ASSUMED_CPUS);
	assert(t->parents == 0 && t->children == 1 && t->child[0] == 1);
	t = bag_task(bag, 1);
	assert(t->parents == 1 && t->parent[0] == 0);
	t = bag_task(bag, 2);
	assert(t->children == 2 && t->child[0] == 3 && t->child[1] == 4);
	t = bag_task(bag, 4);
	assert(t->parents == 2 && t->parent[0] == 2 && t->parent[1] == 3);
	assert(bag_task(bag, 3)->duration_ms == 4500);
	assert(bag_fragment(bag, 3, &f) && f.kind == FRAGMENT_WHOLE);
	assert(f.cpu_mhz == 2000);
	assert(bag_counts(bag)->strange == 1); /* 1/9 */
	assert(bag_counts(bag)->circular == 0);
	bag_free(bag);
}

static void
circles_are_counted(void)
{
	struct gwf g = { .log = { .mhz = 1000 } };
	uint64_t bad;
	struct bag *bag = read_all(&g,
	    "JobID,SubmitTime,RunTime,NProcs,Extra,Dependencies\n"
	    "1,0,1,1,x,2\n2,0,1,1,y,1\n3,0,1,1,z,2\n4,0,1,1,z,4\n"
	    "4,0,1,1,z,\n5,0,1,1,\"a,b\",\"4 5\"\n",
	    &bad);

	assert(bad == 0 && bag_length(bag) == 6);
	assert(bag_counts(bag)->circular == 3);
	assert(bag_counts(bag)->strange == 2); /* on themselves */
	assert(bag_counts(bag)->twice == 1);
	assert(bag_task(bag, 5)->parents == 1);
	bag_free(bag);
}

static void
bad_lines_are_told(void)
{
	struct gwf g = { .log = { .mhz = 1000 } };
	uint64_t bad;
	struct bag *bag = read_all(&g,
	    "JobID\tSubmitTime\tRunTime\tNProcs\tDependencies\n"
	    "1\t0\t1\t1\t\n1\t0\t1\n\t0\t1\t1\t\n1\tx\t1\t1\t\n"
	    "2\t0\t1\t1\n\"3\t4\n",
	    &bad);

	assert(bad == 4 && bag_length(bag) == 2);
	bag_free(bag);
}

int
main(void)
{
	the_standard_has_29_columns();
	workflows_have_seven(
	    "WorkflowID, JobID , SubmitTime, RunTime , NProcs , ReqNProcs , "
	    "Dependencies\n"
	    "0, 1, 10, 3, 1, 1, \n0, 2, 10, 4.5, 2, 2, 1\n"
	    "0, 3, 12, 1, 1, 1, 1 2\n1, 1, 0, 2, -1, 4\n"
	    "1, 2, 5, 2, 1, 1, 1 9\n");
	workflows_have_seven(
	    "workflowid JobID SubmitTime RunTime NProcs ReqNProcs "
	    "Dependencies\n"
	    "0 1 10 3 1 1 -1\n0 2 10 4.5 2 2 1\n0 3 12 1 1 1 1 2\n"
	    "1 1 0 2 -1 4\n1 2 5 2 1 1 1 9\n");
	circles_are_counted();
	bad_lines_are_told();
	return 0;
}
