/* SPDX-License-Identifier: MIT */
/*
 * title: what the user says, what the trace says, what stands beside it, in
 * this order
 */
#include "source/title.h"

#include "point.h"

static char beside_id[] = "beside", beside_type[] = "b_type",
	    beside_category[] = "b_cat", beside_host[] = "b_host",
	    beside_kernel[] = "b_kernel", beside_clock[] = "b_clock";

static const struct metadata nothing = { .cpus = 0 };
static const struct metadata all = { .trace_id = beside_id,
	.workload_type = beside_type,
	.category = beside_category,
	.host = beside_host,
	.kernel = beside_kernel,
	.clock = beside_clock,
	.cpus = 64 };

static void
nothing_is_known(struct output *out)
{
	const struct title title = { NULL, NULL, NULL };
	const struct event ev = { .kind = EVENT_TRACE };

	title_put(out, &title, &ev, &nothing, str_of("tk-parse"));
	wrote(out, "{\"type\":\"trace\",\"version\":1,\"by\":\"tk-parse\"}\n");
}

static void
what_counts_first(struct output *out)
{
	struct title title = { NULL, NULL, NULL };
	struct event ev = { .kind = EVENT_TRACE };

	title_put(out, &title, &ev, &all, str_of("c"));
	wrote(out,
	    "{\"type\":\"trace\",\"version\":1,\"trace_id\":\"beside\","
	    "\"workload_type\":\"b_type\",\"category\":\"b_cat\","
	    "\"clock\":\"b_clock\",\"host\":\"b_host\","
	    "\"kernel\":\"b_kernel\",\"cpus\":64,\"by\":\"c\"}\n");
	ev.about = (struct about){ str_of("mono"), str_of("vm"), str_of("6.18"),
		2 };
	title_put(out, &title, &ev, &all, str_of("c"));
	wrote(out,
	    "{\"type\":\"trace\",\"version\":1,\"trace_id\":\"beside\","
	    "\"workload_type\":\"b_type\",\"category\":\"b_cat\","
	    "\"clock\":\"mono\",\"host\":\"vm\",\"kernel\":\"6.18\","
	    "\"cpus\":2,\"by\":\"c\"}\n");
	title = (struct title){ "mine", "", "cat" };
	title_put(out, &title, &ev, &all, str_of("c"));
	wrote(out,
	    "{\"type\":\"trace\",\"version\":1,\"trace_id\":\"mine\","
	    "\"workload_type\":\"\",\"category\":\"cat\","
	    "\"clock\":\"mono\",\"host\":\"vm\",\"kernel\":\"6.18\","
	    "\"cpus\":2,\"by\":\"c\"}\n");
}

/* A trace that came as records keeps its names, and what nobody knows. */
static void
a_record(struct output *out)
{
	struct title title = { NULL, NULL, NULL };
	struct json rec = { .n = 0 };
	struct event ev = { .kind = EVENT_TRACE, .record = &rec };

	assert(json_parse(&rec,
		   str_of("{\"type\":\"trace\",\"trace_id\":\"old\","
			  "\"more\":null,\"by\":\"a\"}")) == NULL);
	title_put(out, &title, &ev, &all, str_of("b"));
	wrote(out,
	    "{\"type\":\"trace\",\"trace_id\":\"old\",\"more\":null,"
	    "\"by\":\"a | b\"}\n");
	title.trace_id = "new";
	title_put(out, &title, &ev, &all, str_of("b"));
	wrote(out,
	    "{\"type\":\"trace\",\"more\":null,\"trace_id\":\"new\","
	    "\"by\":\"a | b\"}\n");
	json_free(&rec);
}

/* Names of files hold any bytes. */
static void
names_of_any_bytes(struct output *out)
{
	const struct title title = { "\"\n\\", NULL, "\x1b" };
	const struct event ev = { .kind = EVENT_TRACE };

	title_put(out, &title, &ev, &nothing, str_of(""));
	wrote(out,
	    "{\"type\":\"trace\",\"version\":1,"
	    "\"trace_id\":\"\\\"\\n\\\\\",\"category\":\"\\u001b\"}\n");
}

int
main(void)
{
	struct output out;

	output_in_memory(&out);
	nothing_is_known(&out);
	what_counts_first(&out);
	a_record(&out);
	names_of_any_bytes(&out);
	output_close(&out);
	return 0;
}
