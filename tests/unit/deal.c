/* SPDX-License-Identifier: MIT */
/* deal: the switches of each trace go straight to the file of its set */
#include "dataset/deal.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "scratch.h"

static char path[2][64];
static struct collection traces;

/* Writes a trace of so many switches, a second apart, from second 1 on. */
static void
put_trace(const char *name, int n, const char *more)
{
	FILE *f = fopen(name, "w");
	int closed;

	assert(f != NULL);
	for (int i = 1; i <= n; i++)
		fprintf(f,
		    "            bash-7       [002] d..2.     %d.000000: "
		    "sched_switch: prev_comm=x prev_pid=7 prev_prio=120 "
		    "prev_state=S ==> next_comm=t%d next_pid=8 next_prio=120\n",
		    i, i);
	fputs(more, f);
	closed = fclose(f);
	assert(closed == 0);
}

/* Knows two traces: one of 4 switches and 3 lost events, and one of 3. */
static void
know(void)
{
	static char *file[2][2] = { { path[0], NULL }, { path[1], NULL } };

	for (int i = 0; i < 2; i++) {
		snprintf(path[i], sizeof(path[i]), "/tmp/tk-deal-%d-%ld", i,
		    (long)getpid());
		collection_add(&traces, str_of(i == 0 ? "a" : "b"),
		    str_of("w"));
		traces.trace[i].files = file[i];
		traces.trace[i].path = path[i];
	}
	put_trace(path[0], 4, "CPU:2 [LOST 3 EVENTS]\nnonsense\n");
	put_trace(path[1], 3, "");
}

enum { SETS = SPLIT_UNSEEN + 1 };

/* Reads a trace. */
static void
read_trace(struct deal *d, const struct collected *t)
{
	struct event_reader *r = event_reader_new();
	struct input in;
	struct event ev;

	assert(input_open(&in, t->path) == 0);
	event_want(r, "sched_switch");
	event_open(r, &in);
	do {
		while (deal_pass(d, r, &in))
			;
	} while (event_next(r, &ev) && (deal_take(d, r, &in, &ev), true));
	deal_rest(d);
	input_close(&in);
	event_reader_free(r);
}

/* Deals both, of two categories or of one, to the files. */
static void
deal(struct output *file, const char *categories, double ratio, bool json,
    bool divided)
{
	struct split *split = split_new();
	struct output *out[SETS];
	const struct collected *t;
	struct deal d = { 0 };
	struct mt mt;

	for (int i = 0; i < 2; i++) {
		struct collected *c = &traces.trace[i];

		split_add(split, (struct str){ categories + i, 1 });
		c->rows = c->bytes = c->lost = c->lost_marks = c->bad = 0;
		c->first = c->last = -1;
	}
	assert(mt_seed_text(&mt, str_of("42")));
	split_draw(split, &mt, ratio, true);
	for (int i = 0; i < SETS; i++) {
		file[i] = scratch();
		out[i] = &file[i];
	}
	deal_open(&d, &traces, split, out,
	    (struct switches_form){ .json = json });
	for (size_t i = 0; (t = deal_trace(&d, i)) != NULL; i++)
		read_trace(&d, t);
	assert(deal_good(&d) && deal_end(&d, ratio) == 0);
	assert(d.divided == divided);
	assert(d.count[0] + d.count[1] + d.count[2] == 7);
	deal_close(&d);
	split_free(split);
}

static void
drop(struct output *file)
{
	for (int i = 0; i < SETS; i++)
		output_close(&file[i]);
}

#define HEAD                                                                   \
	"timestamp,time_diff,task_name,pid,cpu,prev_state,prev_comm,"          \
	"workload_type,trace_id\n"

/* Two categories: both train, and give floor(n * 0.5) = 2 and 1 rows. */
static void
last_rows_test(void)
{
	struct output file[SETS];
	const struct collected *t = traces.trace;

	deal(file, "pq", 0.5, false, true);
	assert(scratch_holds(&file[SPLIT_TRAIN],
	    HEAD "1.000000,0.000000,t1,8,2,S,x,w,a\n"
		 "2.000000,1.000000,t2,8,2,S,x,w,a\n"
		 "1.000000,0.000000,t1,8,2,S,x,w,b\n"));
	assert(scratch_holds(&file[SPLIT_SEEN],
	    HEAD "3.000000,1.000000,t3,8,2,S,x,w,a\n"
		 "4.000000,1.000000,t4,8,2,S,x,w,a\n"
		 "2.000000,1.000000,t2,8,2,S,x,w,b\n"
		 "3.000000,1.000000,t3,8,2,S,x,w,b\n"));
	assert(scratch_holds(&file[SPLIT_UNSEEN], HEAD));
	assert(t[0].rows == 4 && t[0].lost == 3 && t[0].lost_marks == 1);
	assert(t[0].bad == 1 && t[1].bad == 0 && t[1].rows == 3);
	assert(t[0].first == 1000000000 && t[0].last == 4000000000);
	drop(file);
}

/*
 * One category: random.seed(42) shuffles [0, 1] to [1, 0] (CPython), so b
 * trains.
 */
static void
traces_stay_whole(void)
{
	struct output file[SETS];

	deal(file, "pp", 0.5, true, false);
	assert(scratch_holds(&file[SPLIT_TRAIN],
	    "{\"type\":\"sched_switch\",\"timestamp\":1.000000,"
	    "\"time_diff\":0.000000,\"task_name\":\"t1\",\"pid\":8,\"cpu\":2,"
	    "\"prev_state\":\"S\",\"prev_comm\":\"x\",\"workload_type\":\"w\","
	    "\"trace_id\":\"b\"}\n"
	    "{\"type\":\"sched_switch\",\"timestamp\":2.000000,"
	    "\"time_diff\":1.000000,\"task_name\":\"t2\",\"pid\":8,\"cpu\":2,"
	    "\"prev_state\":\"S\",\"prev_comm\":\"x\",\"workload_type\":\"w\","
	    "\"trace_id\":\"b\"}\n"
	    "{\"type\":\"sched_switch\",\"timestamp\":3.000000,"
	    "\"time_diff\":1.000000,\"task_name\":\"t3\",\"pid\":8,\"cpu\":2,"
	    "\"prev_state\":\"S\",\"prev_comm\":\"x\",\"workload_type\":\"w\","
	    "\"trace_id\":\"b\"}\n"));
	assert(scratch_holds(&file[SPLIT_UNSEEN], ""));
	drop(file);
}

int
main(void)
{
	know();
	last_rows_test();
	traces_stay_whole();
	for (int i = 0; i < 2; i++) {
		unlink(path[i]);
		traces.trace[i].files = NULL;
	}
	collection_free(&traces);
	return 0;
}
