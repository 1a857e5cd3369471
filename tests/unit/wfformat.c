/* SPDX-License-Identifier: MIT */
/* wfformat: what a task has, who depends on whom, and the way back */
#include "workload/wfformat.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static struct output out;

static const char two[] =
    "{\"name\":\"two steps\",\"schemaVersion\":\"1.5\",\"workflow\":{\n"
    "\"specification\":{\"tasks\":[\n"
    "{\"name\":\"split\",\"id\":\"split_1\",\"parents\":[],"
    "\"children\":[\"join_2\",\"join_3\"]},\n"
    "{\"name\":\"join\",\"id\":\"join_2\",\"parents\":[\"split_1\"],"
    "\"children\":[]},\n"
    "{\"name\":\"join\",\"id\":\"join_3\",\"parents\":[\"split_1\"],"
    "\"children\":[]}]},\n"
    "\"execution\":{\"makespanInSeconds\":14.200,"
    "\"executedAt\":\"2026-08-04T23:20:00.000Z\",\n"
    "\"tasks\":[\n"
    "{\"id\":\"split_1\",\"runtimeInSeconds\":4.200,"
    "\"executedAt\":\"2026-08-04T23:20:00.000Z\","
    "\"command\":{\"program\":\"/bin/split\"},\"coreCount\":1,"
    "\"avgCPU\":93.78,\"readBytes\":1024,\"writtenBytes\":512,"
    "\"memoryInBytes\":4194304,\"energyInKWh\":1.2345e-05,"
    "\"avgPowerInW\":10.581428571428571,\"machines\":[\"node01\"]},\n"
    "{\"id\":\"join_2\",\"runtimeInSeconds\":10.000,"
    "\"executedAt\":\"2026-08-04T23:20:04.200Z\",\"coreCount\":4,"
    "\"avgCPU\":250,\"machines\":[\"node02\"]},\n"
    "{\"id\":\"join_3\",\"runtimeInSeconds\":0.001}],\n"
    "\"machines\":[\n"
    "{\"nodeName\":\"node01\",\"cpu\":{\"speedInMHz\":3600}},\n"
    "{\"nodeName\":\"node02\"}]}}}\n";

static const char *
read_exact(struct wfformat *w, const char *text, struct bag *bag)
{
	size_t n = strlen(text);
	char *exact = malloc(n > 0 ? n : 1);
	const char *why;

	assert(exact != NULL);
	memcpy(exact, text, n);
	why = wfformat_read(w, (struct str){ exact, n }, bag);
	free(exact);
	return why;
}

static struct bag *
read_good(struct wfformat *w, const char *text)
{
	struct bag *bag = bag_new();

	assert(read_exact(w, text, bag) == NULL);
	bag_settle(bag, BAG_BY_SUBMISSION);
	return bag;
}

static void
a_task_has_what_was_executed(void)
{
	struct wfformat w = { .mhz = 2000 };
	struct bag *bag = read_good(&w, two);
	const struct task *t = bag_task(bag, 0);
	struct fragment f;

	assert(bag_length(bag) == 3 && w.tasks == 3 && w.workflows == 1);
	assert(str_is(t->name, "split") && str_is(t->trace_id, "split_1"));
	assert(str_is(t->workflow, "two steps") && str_is(t->node, "node01"));
	/* date -d 2026-08-04T23:20:00Z +%s */
	assert(
	    t->submission_ms == 1785885600000 && t->start_ms == 1785885600000);
	assert(t->duration_ms == 4200 && t->cpu_count == 1);
	assert(t->cpu_mhz == 3600 && t->mem_kb == 4096 && t->assumed == 0);
	/* 0.9378 of 4.2 s; 1.2345e-5 kWh of 3.6e12 uJ. */
	assert(t->cpu_ns == 3938760000 && t->energy_uj == 44442000);
	assert(t->read_bytes == 1024 && t->written_bytes == 512);
	assert(t->children == 2 && t->child[0] == 1 && t->child[1] == 2);
	assert(bag_fragment(bag, 0, &f) && f.kind == FRAGMENT_MEAN);
	assert(f.cpu_mhz > 3376.07 && f.cpu_mhz < 3376.09);
	t = bag_task(bag, 1);
	assert(t->parents == 1 && t->parent[0] == 0 && t->energy_uj == -1);
	assert(t->assumed == (TASK_ASSUMED_MHZ | TASK_ASSUMED_MEMORY));
	/* Two and a half of four cores. */
	assert(bag_fragment(bag, 1, &f) && f.cpu_mhz == 5000);
	t = bag_task(bag, 2);
	assert(t->node.p == NULL && t->cpu_count == 1 && t->cpu_mhz == 2000);
	assert(bag_fragment(bag, 2, &f) && f.kind == FRAGMENT_WHOLE);
	assert(w.no_mhz == 2 && w.no_cpus == 1 && w.no_memory == 2);
	assert(w.no_cpu_time == 1 && w.no_run == 0 && w.wrong == 0);
	bag_free(bag);
}

static void
it_is_written_as_it_was_read(void)
{
	struct wfformat w = { .mhz = 2000 };
	struct bag *bag = read_good(&w, two);
	struct wfformat_written told;

	out.n = 0;
	assert(wfformat_put(&out, bag, str_of("x"), &told) == NULL);
	if (!str_is((struct str){ out.buf, out.n }, two))
		fprintf(stderr, "%.*snot\n%s", (int)out.n, out.buf, two);
	assert(str_is((struct str){ out.buf, out.n }, two));
	assert(!told.renumbered && told.failed == 0);
	bag_free(bag);
}

static void
a_specification_alone_is_one(void)
{
	struct wfformat w = { .mhz = 1, .epoch = 77 };
	struct bag *bag = read_good(&w,
	    "{\"workflow\":{\"specification\":{\"tasks\":[{\"id\":\"a\","
	    "\"name\":\"\",\"parents\":[\"b\",\"nobody\"]},{\"id\":\"b\","
	    "\"parents\":[\"a\"]},{\"name\":\"\"},{},3,{\"id\":\"a\"}]}}}");
	struct wfformat_written told;

	assert(bag_length(bag) == 2 && w.bad == 4 && w.no_time == 1);
	assert(bag_task(bag, 0)->submission_ms == 77 && w.no_run == 2);
	assert(bag_counts(bag)->circular == 2);
	assert(bag_counts(bag)->strange == 1);
	out.n = 0;
	assert(wfformat_put(&out, bag, str_of("x"), &told) == NULL);
	assert(str_is((struct str){ out.buf, out.n },
	    "{\"name\":\"x\",\"schemaVersion\":\"1.5\",\"workflow\":{\n"
	    "\"specification\":{\"tasks\":[\n"
	    "{\"name\":\"a\",\"id\":\"a\",\"parents\":[\"b\"],"
	    "\"children\":[\"b\"]},\n"
	    "{\"name\":\"b\",\"id\":\"b\",\"parents\":[\"a\"],"
	    "\"children\":[\"a\"]}]}}}\n"));
	bag_free(bag);
}

static void
older_ones_have_one_list(void)
{
	struct wfformat w = { .mhz = 1 };
	struct bag *bag = read_good(&w,
	    "{\"name\":\"old\",\"workflow\":{\"executedAt\":"
	    "\"20200316T102314-1000\",\"machines\":[{\"nodeName\":\"m\","
	    "\"cpu\":{\"speedInMHz\":1200}}],\"tasks\":[{\"name\":\"a\","
	    "\"runtimeInSeconds\":0.0001,\"machine\":\"m\","
	    "\"avgPowerInW\":2.5,\"coreCount\":1.5}]}}");
	const struct task *t = bag_task(bag, 0);

	assert(bag_length(bag) == 1 && str_is(t->trace_id, "a"));
	assert(t->submission_ms == 1584390194000);
	assert(t->duration_ms == 1 && t->cpu_count == 2);
	assert(t->cpu_mhz == 1800 && t->energy_uj == 2500);
	bag_free(bag);
}

static void
wrong_values_are_counted(void)
{
	struct wfformat w = { .mhz = 1000 };
	struct bag *bag = read_good(&w,
	    "{\"workflow\":{\"specification\":{\"tasks\":[{\"id\":\"a\"}]},"
	    "\"execution\":{\"executedAt\":\"now\",\"tasks\":[{\"id\":\"a\","
	    "\"runtimeInSeconds\":-1,\"coreCount\":\"4\",\"avgCPU\":-0.5,"
	    "\"memoryInBytes\":1e300,\"readBytes\":null,"
	    "\"energyInKWh\":1e10,\"executedAt\":\"later\"}]}}}");

	assert(w.wrong == 6 && w.no_time == 1 && w.no_run == 1);
	assert(bag_task(bag, 0)->duration_ms == 0);
	bag_free(bag);
}

static void
other_documents_are_refused(void)
{
	static const char *const bad[] = { "", "{", "[]", "{}",
		"{\"workflow\":3}", "{\"workflow\":{}}",
		"{\"workflow\":{\"tasks\":{}}}",
		"{\"workflow\":{\"specification\":{}}}" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct wfformat w = { .mhz = 1 };
		struct bag *bag = bag_new();

		assert(read_exact(&w, bad[i], bag) != NULL);
		assert(bag_length(bag) == 0);
		bag_free(bag);
	}
}

/* Failed tasks are left out, also of the lists; odd ids are made anew. */
static void
other_tasks_become_a_workflow(void)
{
	struct bag *bag = bag_new();
	struct wfformat_written told;
	struct task t;

	task_clear(&t);
	t.trace_id = str_of("a b");
	t.duration_ms = 500;
	t.start_ms = 1500;
	t.energy_uj = 1000000;
	bag_add(bag, &t, str_of("1"), NULL);
	t.failed = true;
	bag_add(bag, &t, str_of("2"), NULL);
	t.failed = false;
	t.name = str_of("last \"one\"");
	bag_add(bag, &t, str_of("3"), NULL);
	bag_depend(bag, str_of("3"), str_of("2"));
	bag_depend(bag, str_of("3"), str_of("1"));
	bag_settle(bag, BAG_BY_SUBMISSION);
	out.n = 0;
	assert(wfformat_put(&out, bag, str_of(""), &told) == NULL);
	if (!str_is((struct str){ out.buf, out.n },
		"{\"name\":\"workload\",\"schemaVersion\":\"1.5\","
		"\"workflow\":{\n\"specification\":{\"tasks\":[\n"
		"{\"name\":\"task_0\",\"id\":\"task_0\",\"parents\":[],"
		"\"children\":[\"task_2\"]},\n"
		"{\"name\":\"last \\\"one\\\"\",\"id\":\"task_2\","
		"\"parents\":[\"task_0\"],\"children\":[]}]},\n"
		"\"execution\":{\"makespanInSeconds\":2.000,"
		"\"executedAt\":\"1970-01-01T00:00:00.000Z\",\n\"tasks\":[\n"
		"{\"id\":\"task_0\",\"runtimeInSeconds\":0.500,"
		"\"executedAt\":\"1970-01-01T00:00:01.500Z\","
		"\"energyInKWh\":2.7777777777777776e-07,\"avgPowerInW\":2},\n"
		"{\"id\":\"task_2\",\"runtimeInSeconds\":0.500,"
		"\"executedAt\":\"1970-01-01T00:00:01.500Z\","
		"\"energyInKWh\":2.7777777777777776e-07,"
		"\"avgPowerInW\":2}]}}}\n")) {
		fprintf(stderr, "%.*s", (int)out.n, out.buf);
		abort();
	}
	assert(told.failed == 1 && told.renumbered);
	bag_free(bag);
	bag = bag_new();
	bag_settle(bag, BAG_BY_SUBMISSION);
	assert(wfformat_put(&out, bag, str_of("x"), &told) != NULL);
	bag_free(bag);
}

int
main(void)
{
	output_in_memory(&out);
	a_task_has_what_was_executed();
	it_is_written_as_it_was_read();
	a_specification_alone_is_one();
	older_ones_have_one_list();
	wrong_values_are_counted();
	other_documents_are_refused();
	other_tasks_become_a_workflow();
	output_close(&out);
	return 0;
}
