/* SPDX-License-Identifier: MIT */
/* swf: each field of a job, what is assumed, and the way back */
#include "workload/swf.h"

#include "bag_of.h"

static struct output out;

static const char *
take(void *log, struct str line, struct bag *bag)
{
	return swf_line(log, line, bag);
}

static struct bag *
read_all(struct swf *log, const char *text, uint64_t *bad)
{
	return bag_of(text, take, log, bad);
}

/* Reads lines, which all are good, and writes their records. */
static void
gives(const char *text, const char *records)
{
	struct swf s = { .log = { .mhz = 2000 } };
	uint64_t bad;
	struct bag *bag = read_all(&s, text, &bad);

	assert(bad == 0);
	out.n = 0;
	bag_put(bag, &out);
	has_text(&out, records);
	bag_free(bag);
}

static void
each_field_is_used(void)
{
	/* 4 CPUs of 2000 MHz, half used: 4000 MHz; 50 s of each: 200 s. */
	gives("; UnixStartTime: 1000000000\n"
	      "1 0 5 100 4 50 1024 4 120 2048 1 3 1 7 2 6 -1 -1\n",
	    "{\"type\":\"task\",\"id\":0,\"name\":\"1\","
	    "\"submission_time\":1000000000000,\"duration\":100000,"
	    "\"cpu_count\":4,\"cpu_capacity\":8000.0,\"mem_capacity\":4096,"
	    "\"trace_id\":\"1\",\"start\":1000000005000,"
	    "\"cpu_time\":200000000000,\"requested_cpus\":4,"
	    "\"requested_time\":120000,\"requested_mem\":8192,"
	    "\"outcome\":\"completed\",\"user\":\"3\",\"group\":\"1\","
	    "\"queue\":\"2\",\"partition\":\"6\",\"executable\":\"7\","
	    "\"assumed\":\"cpu_capacity\"}\n"
	    "{\"type\":\"fragment\",\"id\":0,\"duration\":100000,"
	    "\"cpu_count\":4,\"cpu_usage\":4000.0,\"kind\":\"mean\"}\n");
}

static void
what_is_not_known_is_assumed(void)
{
	gives("9 0 -1 2.5 -1 -1 -1 2 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1\n",
	    "{\"type\":\"task\",\"id\":0,\"name\":\"9\","
	    "\"submission_time\":0,\"duration\":2500,"
	    "\"cpu_count\":2,\"cpu_capacity\":4000.0,\"mem_capacity\":0,"
	    "\"trace_id\":\"9\",\"requested_cpus\":2,"
	    "\"assumed\":\"cpu_count cpu_capacity mem_capacity\"}\n"
	    "{\"type\":\"fragment\",\"id\":0,\"duration\":2500,"
	    "\"cpu_count\":2,\"cpu_usage\":4000.0,\"kind\":\"whole\"}\n");
	gives("9 0 -1 -1 1 -1 5 -1 -1 -1 5 -1 -1 -1 -1 -1 -1 -1\n",
	    "{\"type\":\"failed_task\",\"id\":0,\"name\":\"9\","
	    "\"submission_time\":0,\"duration\":0,"
	    "\"cpu_count\":1,\"cpu_capacity\":2000.0,\"mem_capacity\":5,"
	    "\"trace_id\":\"9\",\"outcome\":\"cancelled\","
	    "\"assumed\":\"cpu_capacity duration\"}\n");
}

/* A job cannot use more than it has; times are rounded, never to nothing. */
static void
impossible_times_are_bounded(void)
{
	struct swf s = { .log = { .mhz = 1000 } };
	struct fragment f;
	uint64_t bad;
	struct bag *bag = read_all(&s,
	    "1 0 -1 10 2 11 -1 -1 -1 -1 1 -1 -1 -1 -1 -1 -1 -1\n"
	    "2 0.0014999999999999 0 0.0001 1 -1 -1 -1 -1 -1 1 -1 -1 -1 -1 -1 "
	    "-1 -1\n"
	    "3 1 0 0 1 0 -1 -1 -1 -1 1 -1 -1 -1 -1 -1 -1 -1\n",
	    &bad);

	assert(bad == 0 && s.log.too_much == 1);
	assert(bag_fragment(bag, 0, &f) && f.cpu_mhz == 2000);
	assert(bag_fragment(bag, 1, &f) && f.duration_ms == 1);
	assert(bag_task(bag, 1)->submission_ms == 1);
	assert(!bag_fragment(bag, 2, &f));
	assert(bag_counts(bag)->empty == 1);
	bag_free(bag);
}

static const char archive[] =
    "; Version: 2.2\n; MaxJobs: 6\n; MaxRecords: 6\n"
    "; UnixStartTime: 1000000000\n; TimeZoneString: UTC\n"
    "1 0 5 100 4 50 1024 4 120 2048 1 3 1 7 1 -1 -1 -1\n"
    "2 0.5 0 10.25 1 10.25 -1 1 -1 -1 0 3 1 7 1 -1 -1 -1\n"
    "3 20 -1 60 -1 -1 -1 8 60 -1 1 4 1 -1 2 1 1 30.5\n"
    "4 30 0 -1 -1 -1 -1 2 3600 512 5 5 2 -1 2 1 -1 -1\n"
    "5 31 1 0 2 0 100 2 60 -1 1 5 2 8 1 -1 3 0\n"
    "7 40.001 0 10 3 20.000000001 64 2 10 64 -1 -1 -1 -1 -1 -1 -1 -1\n";

static void
it_is_written_as_it_was_read(void)
{
	struct swf s = { .log = { .mhz = 2400 } };
	struct swf_written w;
	uint64_t bad;
	struct bag *bag = read_all(&s, archive, &bad);

	assert(bad == 0);
	out.n = 0;
	swf_put(&out, bag, INT64_MAX, &w);
	has_text(&out, archive);
	assert(w.texts == 0 && w.parents == 0 && !w.renumbered);
	assert(bag_counts(bag)->strange == 0);
	assert(bag_task(bag, 2)->parents == 1);
	assert(bag_task(bag, 0)->children == 1);
	bag_free(bag);
}

static void
bad_lines_are_told(void)
{
	static const char *const bad[] = {
		"1 2 3",
		"x 0 5 100 4 50 1024 4 120 2048 1 3 1 7 1 -1 -1 -1",
		"1 0 5 100 4 50 1024 4 120 2048 1 3 1 7 1 -1 -1 -1 -1",
		"1 -1 5 100 4 50 1024 4 120 2048 1 3 1 7 1 -1 -1 -1",
		"1 0 5 1h 4 50 1024 4 120 2048 1 3 1 7 1 -1 -1 -1",
		"1 0 5 1e3 4 50 1024 4 120 2048 1 3 1 7 1 -1 -1 -1",
		"1 0 5 . 4 50 1024 4 120 2048 1 3 1 7 1 -1 -1 -1",
		"1 0 - 1 4 50 1024 4 120 2048 1 3 1 7 1 -1 -1 -1",
		"1 0 5 1 2147483648 5 1 4 1 20 1 3 1 7 1 -1 -1 -1",
		"1 0 5 1 4 99999999999 1024 4 1 20 1 3 1 7 1 -1 -1 -1",
		"1 0 5 1 400000 9999999999 1 4 1 20 1 3 1 7 1 -1 -1 -1",
		"1 0 5 1 4 5 1024 4 1 20 1 root 1 7 1 -1 -1 -1",
		"1 0 5 1.1234567890x 4 5 1024 4 1 20 1 3 1 7 1 -1 -1 -1",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct swf s = { .log = { .mhz = 1 } };
		uint64_t n;
		struct bag *bag = read_all(&s, bad[i], &n);

		if (n != 1)
			fprintf(stderr, "%s\n", bad[i]);
		assert(n == 1 && bag_length(bag) == 0);
		bag_free(bag);
	}
}

static void
partial_bursts_are_left_out(void)
{
	struct swf s = { .log = { .mhz = 1 } };
	uint64_t bad;
	struct bag *bag = read_all(&s,
	    "1 0 5 9 4 5 10 4 12 20 1 3 1 7 1 -1 -1 -1\n"
	    "1 0 5 4 4 5 10 4 12 20 2 3 1 7 1 -1 -1 -1\n"
	    "1 0 5 5 4 5 10 4 12 20 3 3 1 7 1 -1 -1 -1\n",
	    &bad);

	assert(bad == 0 && bag_length(bag) == 1 && s.log.partial == 2);
	bag_free(bag);
}

/* Jobs that have no numbers of their own get some; texts are no numbers. */
static void
other_tasks_become_jobs(void)
{
	struct bag *bag = bag_new();
	struct swf_written w;
	struct task t;

	task_clear(&t);
	t.submission_ms = 1999;
	t.duration_ms = 10;
	t.user = str_of("root");
	t.cpu_count = 2;
	t.cpu_ns = 3;
	t.mem_kb = 5;
	bag_add(bag, &t, str_of("a"), NULL);
	t.failed = true;
	t.submission_ms = -500;
	bag_add(bag, &t, str_of("b"), NULL);
	t.trace_id = str_of("-7");
	t.submission_ms = 2000;
	t.failed = false;
	t.has_status = true;
	bag_add(bag, &t, str_of("c"), NULL);
	bag_depend(bag, str_of("c"), str_of("a"));
	bag_depend(bag, str_of("c"), str_of("b"));
	bag_settle(bag, BAG_BY_SUBMISSION);
	out.n = 0;
	swf_put(&out, bag, INT64_MAX, &w);
	has_text(&out,
	    "; Version: 2.2\n; MaxJobs: 3\n; MaxRecords: 3\n"
	    "; UnixStartTime: -1\n; TimeZoneString: UTC\n"
	    "1 0.5 -1 0.01 2 0.000000002 3 -1 -1 -1 0 -1 -1 -1 -1 -1 "
	    "-1 -1\n"
	    "2 2.999 -1 0.01 2 0.000000002 3 -1 -1 -1 -1 -1 -1 -1 -1 -1 "
	    "-1 -1\n"
	    "3 3 -1 0.01 2 0.000000002 3 -1 -1 -1 1 -1 -1 -1 -1 -1 1 "
	    "-1\n");
	assert(w.texts == 3 && w.parents == 1 && w.renumbered);
	out.n = 0;
	swf_put(&out, bag, -10500, &w);
	assert(memmem(out.buf, out.n, "UnixStartTime: -11\n", 19) != NULL);
	assert(memmem(out.buf, out.n, "\n1 10.5 -1 ", 11) != NULL);
	bag_free(bag);
}

int
main(void)
{
	output_in_memory(&out);
	each_field_is_used();
	what_is_not_known_is_assumed();
	impossible_times_are_bounded();
	it_is_written_as_it_was_read();
	bad_lines_are_told();
	partial_bursts_are_left_out();
	other_tasks_become_jobs();
	output_close(&out);
	return 0;
}
