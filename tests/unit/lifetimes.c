/* SPDX-License-Identifier: MIT */
/*
 * lifetimes: traces of which all was computed by hand, and the law that no
 * time on a CPU is lost, on a recording
 */
#include "workload/lifetimes.h"

#include <math.h>

#include "bag_of.h"
#include "source.h"
#include "workload/traced.h"

static struct output out;
static const struct recording_options reading = { .tmp = "/tmp" };

static const struct lifetimes_rules rules = {
	.form = { .out = &out, .mhz = 1000, .window_ns = 10000000 },
	.epoch_ms = 5000,
};

#define MS(x) ((x)*1000000ll)

static void
go(struct lifetimes *l, int64_t ts, int cpu, int64_t prev, int64_t next,
    char state)
{
	const struct lifetimes_switch s = {
		.ts = ts,
		.cpu = cpu,
		.prev = prev,
		.next = next,
		.prev_name = prev == 0 ? str_of("swapper") : str_of("a"),
		.next_name = next == 0 ? str_of("swapper") : str_of("a"),
		.runnable = state == 'R',
		.dead = state == 'X',
	};

	lifetimes_switch(l, &s);
}

static struct lifetimes *
begin(struct lifetimes_rules r)
{
	struct lifetimes *l = lifetimes_new(&r);

	out.n = 0;
	lifetimes_begin(l, str_of("t1"), (struct str){ NULL, 0 });
	return l;
}

/* Ends the trace and writes the tasks behind the fragments. */
static void
ends(struct lifetimes *l, int64_t ts, const char *text)
{
	struct bag *bag = bag_new();

	lifetimes_end(l, ts);
	lifetimes_give(l, bag);
	bag_settle(bag, BAG_AS_ADDED);
	bag_put(bag, &out);
	has_text(&out, text);
	bag_free(bag);
}

#define FRAGMENT(id, ms, mhz)                                                  \
	"{\"type\":\"fragment\",\"id\":" #id ",\"duration\":" #ms              \
	",\"cpu_count\":1,\"cpu_usage\":" #mhz ",\"kind\":\"sample\"}\n"
#define TASK(id, at, ms, tid, start, cpu)                                      \
	"{\"type\":\"task\",\"id\":" #id ",\"name\":\"a\","                    \
	"\"submission_time\":" #at ",\"duration\":" #ms                        \
	",\"cpu_count\":1,\"cpu_capacity\":1000.0,\"mem_capacity\":0,"         \
	"\"trace_id\":\"t1\",\"pid\":" #tid ",\"start\":" #start               \
	",\"cpu_time\":" #cpu ",\"assumed\":\"mem_capacity\"}\n"

/* Made at 1 ms, on a CPU from 3 to 8 and from 25 to 45.5, then gone. */
static void
a_life_is_cut_into_windows(void)
{
	struct lifetimes *l = begin(rules);

	go(l, MS(0), 0, 0, 0, 'R');
	lifetimes_wake(l, MS(1), 7, str_of("a"), true);
	go(l, MS(3), 0, 0, 7, 'R');
	go(l, MS(8), 0, 7, 0, 'S');
	go(l, MS(25), 0, 0, 7, 'R');
	go(l, MS(45) + 500000, 0, 7, 0, 'X');
	/* 1-11: 5 of 10; 11-21: 0; 21-31: 6; 31-41: 10; 41-46: 4.5 of 5. */
	ends(l, MS(100),
	    FRAGMENT(0, 10, 500.0) FRAGMENT(0, 10, 0.0) FRAGMENT(0, 10, 600.0)
		FRAGMENT(0, 10, 1000.0) FRAGMENT(0, 5, 900.0)
		    TASK(0, 5001, 45, 7, 5003, 25500000));
	assert(lifetimes_counts(l)->unborn == 0);
	assert(lifetimes_counts(l)->unended == 0);
	assert(lifetimes_counts(l)->unknown_ns == 0);
	lifetimes_free(l);
}

/* A window of 1 ms: one fragment for each change, neighbours joined. */
static void
equal_neighbours_are_one(void)
{
	struct lifetimes_rules r = rules;
	struct lifetimes *l;

	r.form.window_ns = MS(1);
	l = begin(r);
	go(l, MS(0), 0, 0, 7, 'R');
	go(l, MS(20) + 250000, 0, 7, 0, 'S');
	go(l, MS(3600000), 0, 0, 7, 'R');
	go(l, MS(3600002), 0, 7, 0, 'X');
	ends(l, MS(3600002),
	    FRAGMENT(0, 20, 1000.0) FRAGMENT(0, 1, 250.0)
		FRAGMENT(0, 3599979, 0.0) FRAGMENT(0, 2, 1000.0)
		    TASK(0, 5000, 3600002, 7, 5000, 22250000));
	assert(lifetimes_counts(l)->unborn == 1);
	lifetimes_free(l);
}

/* A time that no trace lasts for takes no time. */
static void
long_sleep_is_one_fragment(void)
{
	struct lifetimes_rules r = rules;
	struct lifetimes *l;

	r.form.window_ns = MS(1);
	l = begin(r);
	go(l, 0, 0, 0, 7, 'R');
	go(l, INT64_MAX - 1, 0, 7, 8, 'R');
	go(l, 5, 0, 8, 7, 'R'); /* a clock that goes back */
	lifetimes_end(l, INT64_MAX);
	lifetimes_free(l);
}

/* Two CPUs; 7 goes from one to the other while 8 is preempted at the end. */
static void
threads_move_between_cpus(void)
{
	struct lifetimes *l = begin(rules);

	go(l, MS(0), 0, 0, 7, 'R');
	go(l, MS(0), 1, 0, 8, 'R');
	go(l, MS(10), 0, 7, 0, 'R');
	go(l, MS(10), 1, 8, 7, 'R');
	ends(l, MS(20),
	    FRAGMENT(0, 20, 1000.0) FRAGMENT(1, 10, 1000.0) FRAGMENT(1, 10, 0.0)
		TASK(0, 5000, 20, 7, 5000, 20000000)
		    TASK(1, 5000, 20, 8, 5000, 10000000));
	assert(lifetimes_counts(l)->unended == 2);
	lifetimes_free(l);
}

/* Who was there before a CPU's first switch did not run for all we know. */
static void
what_nobody_saw_is_not_made_up(void)
{
	struct lifetimes *l = begin(rules);

	go(l, MS(50), 0, 7, 8, 'R');
	lifetimes_lost(l, MS(60), 0);
	go(l, MS(80), 0, 8, 9, 'S');
	/* 9 is on the CPU; that 8 leaves it does not fit. */
	go(l, MS(90), 0, 8, 0, 'S');
	lifetimes_end(l, MS(100));
	/* 8 ran from 50 to 60; 60 to 80 is not known, nor is 80 to 90. */
	assert(lifetimes_counts(l)->unknown_ns == MS(30));
	assert(lifetimes_counts(l)->losses == 1);
	assert(lifetimes_counts(l)->broken == 1);
	assert(lifetimes_counts(l)->threads == 3);
	lifetimes_free(l);
}

static void
tids_are_used_again(void)
{
	struct lifetimes *l = begin(rules);

	go(l, MS(0), 0, 0, 7, 'R');
	go(l, MS(10), 0, 7, 0, 'X');
	lifetimes_wake(l, MS(20), 7, str_of("a"), true);
	go(l, MS(20), 0, 0, 7, 'R');
	go(l, MS(25), 0, 7, 0, 'S');
	/* Its end is missing. */
	lifetimes_wake(l, MS(30), 7, str_of("a"), true);
	lifetimes_wake(l, MS(30), 7, str_of("a"), true);
	go(l, MS(30), 0, 0, 7, 'R');
	lifetimes_exit(l, MS(32), 7);
	go(l, MS(33), 0, 7, 0, 'R');
	go(l, MS(34), 0, 0, 7, 'R');
	go(l, MS(35), 0, 7, 0, 'S');
	ends(l, MS(99),
	    FRAGMENT(0, 10, 1000.0) FRAGMENT(1, 5, 1000.0) FRAGMENT(2, 5, 800.0)
		TASK(0, 5000, 10, 7, 5000, 10000000) TASK(1, 5020, 5, 7, 5020,
		    5000000) TASK(2, 5030, 5, 7, 5030, 4000000));
	lifetimes_free(l);
}

/* Adds up what the fragments and the tasks of an output say. */
static void
add_up(double *fragments_ns, int64_t *fragments_ms, int64_t *tasks_ns,
    int64_t *tasks_ms, size_t *tasks)
{
	struct str rest = { out.buf, out.n }, line;
	struct json rec = { 0 };
	struct task_room room = { 0 };
	struct fragment f;
	struct task t;

	while (str_line(&rest, &line)) {
		assert(json_parse(&rec, line) == NULL);
		if (str_is(json_get(&rec, "type")->value, "fragment")) {
			assert(fragment_read(&rec, &f) == NULL);
			assert(f.duration_ms >= 1 && f.cpu_mhz <= 1000);
			*fragments_ns += f.cpu_mhz / 1000 *
			    (double)f.duration_ms * 1e6;
			*fragments_ms += f.duration_ms;
		} else {
			assert(task_read(&room, &rec, &t) == NULL);
			assert(t.cpu_ns >= 0);
			*tasks_ns += t.cpu_ns;
			*tasks_ms += t.duration_ms;
			++*tasks;
		}
	}
	json_free(&rec);
	task_room_free(&room);
}

/*
 * Adds up, of a trace that is read again, the time from each switch of a CPU
 * to the next one, if the thread that came leaves there, or to the end; but
 * for that of the idle thread.  These recordings lack some switches.
 */
static int64_t
busy_time(const char *path)
{
	struct event_reader *r = event_reader_new();
	struct event_slot next = { str_of("next_pid"), 0 };
	struct event_slot prev = { str_of("prev_pid"), 0 };
	int64_t since[64] = { 0 }, on[64] = { 0 }, tid, busy = 0;
	struct input in;
	struct event ev;

	event_want(r, "sched_switch");
	assert(input_open(&in, path) == 0);
	event_set_options(r, &reading);
	event_open(r, &in);
	while (event_next(r, &ev)) {
		int cpu = ev.at.cpu;

		for (int i = 0; ev.kind == EVENT_END && i < 64; i++)
			if (on[i] != 0)
				busy += event_counts(r)->last - since[i];
		if (ev.kind != EVENT_POINT)
			continue;
		assert(cpu < 64);
		tid = on[cpu] - 1;
		num_s64(event_field(&ev, &prev), &tid);
		if (on[cpu] != 0 && on[cpu] == tid)
			busy += ev.at.ts - since[cpu];
		since[cpu] = ev.at.ts;
		on[cpu] = 0;
		num_s64(event_field(&ev, &next), &on[cpu]);
	}
	input_close(&in);
	event_reader_free(r);
	return busy;
}

static void
no_time_is_lost(const char *path, int64_t window_ns)
{
	struct lifetimes_rules r = rules;
	struct event_reader *reader = event_reader_new();
	struct traced traced;
	struct bag *bag = bag_new();
	struct input in;
	struct event ev;
	double fragments_ns = 0;
	int64_t fragments_ms = 0, tasks_ns = 0, tasks_ms = 0;
	size_t tasks = 0;

	r.form.window_ns = window_ns;
	out.n = 0;
	traced_open(&traced, reader, &r);
	assert(input_open(&in, path) == 0);
	event_set_options(reader, &reading);
	event_open(reader, &in);
	while (event_next(reader, &ev))
		assert(traced_take(&traced, reader, &ev, str_of("x")) == NULL);
	input_close(&in);
	lifetimes_give(traced.lives, bag);
	bag_settle(bag, BAG_AS_ADDED);
	bag_put(bag, &out);
	add_up(&fragments_ns, &fragments_ms, &tasks_ns, &tasks_ms, &tasks);
	assert(tasks > 1 && tasks == bag_length(bag));
	assert(tasks_ns == busy_time(path));
	assert(fragments_ms == tasks_ms);
	assert(fabs(fragments_ns - (double)tasks_ns) < 1);
	bag_free(bag);
	traced_close(&traced);
	event_reader_free(reader);
}

int
main(void)
{
	output_in_memory(&out);
	a_life_is_cut_into_windows();
	equal_neighbours_are_one();
	long_sleep_is_one_fragment();
	threads_move_between_cpus();
	what_nobody_saw_is_not_made_up();
	tids_are_used_again();
	no_time_is_lost(SOURCE "small/trace.default.txt.zst", MS(10));
	no_time_is_lost(SOURCE "small/trace.default.txt.zst", MS(1));
	no_time_is_lost(SOURCE "small/small.dat.zst", MS(1000));
	no_time_is_lost(SOURCE "clocks/trace.mono.txt.zst", MS(3));
	output_close(&out);
	return 0;
}
