/* SPDX-License-Identifier: MIT */
/* build: a data set in a folder, of switches, of other events, of streams */
#include "dataset/build.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct event_reader *reader;

static void
put(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");
	int closed;

	assert(f != NULL);
	fputs(text, f);
	closed = fclose(f);
	assert(closed == 0);
}

/* Tells whether a file of the data set is just that, and removes it. */
static bool
made(const char *name, const char *want)
{
	char path[64], got[4096];
	FILE *f;
	size_t n;

	snprintf(path, sizeof(path), "set/%s", name);
	f = fopen(path, "r");
	if (f == NULL)
		return want == NULL;
	n = fread(got, 1, sizeof(got), f);
	fclose(f);
	unlink(path);
	return want != NULL && n == strlen(want) && memcmp(got, want, n) == 0;
}

static void
read_files(struct build *b, char **files)
{
	static const struct metadata none;

	for (; *files != NULL; files++) {
		struct event ev;
		struct input in;

		assert(input_open(&in, *files) == 0);
		event_open(reader, &in);
		do {
			while (build_pass(b, reader, &in))
				;
		} while (event_next(reader, &ev) &&
		    (build_take(b, reader, &in, &none, &ev), true));
		deal_rest(&b->deal);
		input_close(&in);
	}
}

/* Begins a data set in the folder "set", of records of a type, or NULL. */
static void
begin(struct build *b, const char *type, char **operands)
{
	char *where;

	reader = event_reader_new();
	*b = (struct build){ .meta = { .ratio = 0.5,
				 .seed = str_of("42"),
				 .version = str_of("0"),
				 .command = str_of("unit") } };
	assert(mt_seed_text(&b->mt, b->meta.seed));
	b->type = type;
	assert(build_settle(b) == NULL);
	assert(build_open(b, "set", "/tmp") == 0);
	assert(build_plan(b, operands, event_is_raw, reader, &where) == NULL);
	free(where);
	build_want(b, reader);
}

/* Reads all, and ends it. */
static void
run(struct build *b)
{
	char **files;

	while (build_good(b) && (files = build_next(b)) != NULL)
		read_files(b, files);
	assert(build_good(b) && build_any(b));
	assert(build_end(b) == 0);
}

/* Frees all; the names of operands are the program's until its end. */
static void
drop(struct build *b)
{
	free(b->operands);
	event_reader_free(reader);
	build_free(b);
}

static void
end(struct build *b)
{
	drop(b);
	unlink("set/dataset_meta.json");
	assert(rmdir("set") == 0);
}

/* A switch and a wakeup, of each of two traces of two categories. */
static const char text[] =
    "    bash-7       [002] d..2.     1.000000: sched_switch: prev_comm=x "
    "prev_pid=7 prev_prio=120 prev_state=S ==> next_comm=t next_pid=8 "
    "next_prio=120\n"
    "    bash-7       [002] d..2.     2.000000: sched_wakeup: comm=t pid=8 "
    "prio=120 target_cpu=001\n"
    "    bash-7       [002] d..2.     3.000000: sched_wakeup: comm=u pid=9 "
    "prio=120 target_cpu=000\n";

static char a[] = "a_run0.txt", b_[] = "b_run0.txt", stream[] = "in.jsonl";
static char *traces[] = { a, b_, NULL }, *streams[] = { stream, NULL };

#define SWITCHES                                                               \
	"timestamp,time_diff,task_name,pid,cpu,prev_state,prev_comm,"          \
	"workload_type,trace_id\n"
#define WAKEUPS                                                                \
	"ts,cpu,task,tid,flags,comm,pid,prio,target_cpu,workload_type,"        \
	"trace_id,category\n"

/* Both train, and floor(1 * 0.5) = 0 of the switches of each. */
static void
switches_are_dealt(void)
{
	struct build b;

	begin(&b, NULL, traces);
	assert(b.traces.n == 2 && b.dealing);
	run(&b);
	assert(b.meta.divided && !b.meta.streamed);
	assert(made("train.csv", SWITCHES));
	assert(made("test_seen.csv",
	    SWITCHES "1.000000,0.000000,t,8,2,S,x,a,a_run0\n"
		     "1.000000,0.000000,t,8,2,S,x,b,b_run0\n"));
	assert(made("test_unseen.csv", SWITCHES) && made("all.csv", NULL) == 0);
	end(&b);
}

/* floor(2 * 0.5) = 1 of the wakeups of each. */
static void
other_events_wait(void)
{
	struct build b;

	begin(&b, "sched_wakeup", traces);
	assert(b.traces.n == 2 && !b.dealing);
	run(&b);
	assert(b.meta.divided && !b.meta.streamed && b.meta.other == 2);
	assert(b.meta.groups == 2 && b.meta.traces == &b.traces);
	assert(b.traces.trace[0].rows == 2 &&
	    b.traces.trace[0].first == 1000000000);
	assert(made("train.csv",
	    WAKEUPS "2000000000,2,bash,7,d..2.,t,8,120,1,a,a_run0,a\n"
		    "2000000000,2,bash,7,d..2.,t,8,120,1,b,b_run0,b\n"));
	assert(made("test_seen.csv",
	    WAKEUPS "3000000000,2,bash,7,d..2.,u,9,120,0,a,a_run0,a\n"
		    "3000000000,2,bash,7,d..2.,u,9,120,0,b,b_run0,b\n"));
	assert(made("test_unseen.csv", WAKEUPS) && made("all.csv", NULL) == 0);
	end(&b);
}

static void
streams_are_found(void)
{
	struct build b;

	put(stream,
	    "{\"type\":\"trace\",\"trace_id\":\"x\",\"category\":\"c\"}\n"
	    "{\"type\":\"e\",\"ts\":1}\n{\"type\":\"e\",\"ts\":2}\n"
	    "{\"type\":\"end\",\"records\":2,\"lost\":0,\"lost_marks\":0,"
	    "\"bad\":4}\n");
	begin(&b, NULL, streams);
	assert(b.traces.n == 0 && !b.dealing);
	run(&b);
	assert(b.meta.streamed && b.meta.divided && b.meta.bad == 4);
	assert(b.meta.inputs == 1 && strlen(b.input[0].sha256) == 64);
	assert(b.meta.traces->n == 1 && b.meta.traces->trace[0].rows == 2);
	assert(made("train.csv", "ts,trace_id,category\n1,x,c\n"));
	assert(made("test_seen.csv", "ts,trace_id,category\n2,x,c\n"));
	assert(made("test_unseen.csv", "ts,trace_id,category\n"));
	assert(made("all.csv", "ts,trace_id,category\n1,x,c\n2,x,c\n"));
	end(&b);
}

/* What is abandoned leaves no folder that was not there before. */
static void
nothing_is_left_behind(void)
{
	struct build b;

	begin(&b, "nothing", streams);
	while (build_next(&b) != NULL)
		;
	assert(build_good(&b) && !build_any(&b));
	build_abandon(&b);
	drop(&b);
	assert(access("set", F_OK) < 0);
}

static void
options_that_do_not_go_together_are_refused(void)
{
	struct build compat = { .meta = { .compat = true } }, b;

	b = compat;
	assert(build_settle(&b) == NULL && b.meta.windows.stride == 1);
	b.folds = 2;
	assert(build_settle(&b) != NULL);
	b = compat;
	b.meta.json = true;
	assert(build_settle(&b) != NULL);
	b = compat;
	b.meta.field = "f";
	assert(build_settle(&b) != NULL);
	b = (struct build){ .baseline = BASELINE_TIME };
	assert(build_settle(&b) == NULL);
	assert(strcmp(b.type, "sched_switch") == 0);
	b.type = "sched_wakeup";
	assert(build_settle(&b) != NULL);
	b = (struct build){ .meta = { .windows = { .stride = 2 } } };
	assert(build_settle(&b) != NULL);
}

int
main(void)
{
	char dir[] = "/tmp/tk-build-XXXXXX";

	assert(mkdtemp(dir) != NULL && chdir(dir) == 0);
	put(a, text);
	put(b_, text);
	switches_are_dealt();
	other_events_wait();
	streams_are_found();
	nothing_is_left_behind();
	options_that_do_not_go_together_are_refused();
	unlink(a);
	unlink(b_);
	unlink(stream);
	assert(chdir("/") == 0 && rmdir(dir) == 0);
	return 0;
}
