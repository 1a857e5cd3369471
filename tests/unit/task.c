/* SPDX-License-Identifier: MIT */
/* task: what is written is read back, and what is wrong is told */
#include "workload/task.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "record/json.h"

static struct output out;
static struct json rec;
static struct task_room room;

/* Parses a copy that ends where its memory ends, so that ASan sees more. */
static void
parse(struct str line)
{
	static char *copy;

	free(copy);
	if (line.n > 0 && line.p[line.n - 1] == '\n')
		line.n--;
	copy = malloc(line.n + 1);
	assert(copy != NULL);
	memcpy(copy, line.p, line.n);
	assert(json_parse(&rec, (struct str){ copy, line.n }) == NULL);
}

static void
writes(const struct task *t, const char *line)
{
	out.n = 0;
	task_put(&out, t);
	if (!str_is((struct str){ out.buf, out.n }, line))
		fprintf(stderr, "%.*snot %s", (int)out.n, out.buf, line);
	assert(str_is((struct str){ out.buf, out.n }, line));
}

static void
is_refused(const char *line, const char *why)
{
	struct task t;
	struct fragment f;
	const char *got;

	parse(str_of(line));
	got = strstr(line, "fragment") ? fragment_read(&rec, &f)
				       : task_read(&room, &rec, &t);
	if (got == NULL || strstr(got, why) == NULL)
		fprintf(stderr, "%s\n", line);
	assert(got != NULL && strstr(got, why) != NULL);
}

static void
what_is_not_known_is_absent(void)
{
	struct task t;

	task_clear(&t);
	writes(&t,
	    "{\"type\":\"task\",\"id\":0,\"submission_time\":0,"
	    "\"duration\":0}\n");
	t.cpu_mhz = INFINITY;
	t.failed = true;
	writes(&t,
	    "{\"type\":\"failed_task\",\"id\":0,\"submission_time\":0,"
	    "\"duration\":0}\n");
}

static void
fill(struct task *t)
{
	static const int32_t parent[] = { 1, 2 }, child[] = { INT32_MAX };

	task_clear(t);
	t->id = 7;
	t->name = (struct str){ "a\xff\"\\b", 5 };
	t->submission_ms = 1700000000000;
	t->duration_ms = INT64_MAX;
	t->cpu_count = 4;
	t->cpu_mhz = 9600;
	t->mem_kb = 0;
	t->parent = parent;
	t->parents = 2;
	t->child = child;
	t->children = 1;
	t->trace_id = str_of("\n\xc3\xa9");
	t->node = str_of("");
	t->pid = 12;
	t->start_ms = 1;
	t->has_status = true;
	t->status = -9;
	t->energy_uj = INT64_MAX;
	t->executable = str_of("ls");
	t->user = str_of("3");
	t->assumed = TASK_ASSUMED_MHZ | TASK_ASSUMED_DURATION;
}

static void
what_is_written_is_read_back(void)
{
	static const char line[] =
	    "{\"type\":\"task\",\"id\":7,\"name\":\"a\\\\xff\\\"\\\\\\\\b\","
	    "\"submission_time\":1700000000000,"
	    "\"duration\":9223372036854775807,\"cpu_count\":4,"
	    "\"cpu_capacity\":9600.0,\"mem_capacity\":0,\"parents\":[1,2],"
	    "\"children\":[2147483647],\"trace_id\":\"\\n\xc3\xa9\","
	    "\"node\":\"\",\"pid\":12,\"start\":1,\"status\":-9,"
	    "\"energy_uj\":9223372036854775807,\"user\":\"3\","
	    "\"executable\":\"ls\","
	    "\"assumed\":\"cpu_capacity duration\"}\n";
	struct task t, back;

	fill(&t);
	writes(&t, line);
	parse((struct str){ out.buf, out.n });
	assert(task_read(&room, &rec, &back) == NULL);
	assert(str_eq(back.name, t.name) && str_eq(back.trace_id, t.trace_id));
	assert(back.node.p != NULL && back.node.n == 0);
	assert(back.queue.p == NULL && back.cpu_ns == -1);
	assert(back.parents == 2 && back.parent[1] == 2 && back.children == 1);
	assert(back.assumed == t.assumed && back.status == -9);
	writes(&back, line);
}

static void
fragments_are_read_back(void)
{
	static const double mhz[] = { 0, 0.1, 2400, 1.0 / 3, 1e300, 5e-324 };
	struct fragment f = { .id = INT32_MAX, .duration_ms = 1 }, back;

	for (size_t i = 0; i < sizeof(mhz) / sizeof(mhz[0]); i++) {
		f.kind = (enum fragment_kind)i;
		f.cpu_mhz = mhz[i];
		f.failed = i % 2 == 1;
		f.cpu_count = (int32_t)i;
		out.n = 0;
		fragment_put(&out, &f);
		parse((struct str){ out.buf, out.n });
		assert(fragment_read(&rec, &back) == NULL);
		assert(back.cpu_mhz == f.cpu_mhz && back.kind == f.kind);
		assert(back.id == f.id && back.duration_ms == 1);
		assert(back.failed == f.failed);
		assert(back.cpu_count == f.cpu_count);
	}
}

#define TASK "{\"type\":\"task\",\"id\":0,\"submission_time\":0,"

static void
what_is_wrong_is_told(void)
{
	is_refused("{\"type\":\"task\"}", "id is no");
	is_refused("{\"id\":2147483648}", "id is no");
	is_refused("{\"id\":\"1\"}", "id is no");
	is_refused("{\"id\":1}", "submission_time");
	is_refused(TASK "\"duration\":-1}", "duration");
	is_refused(TASK "\"x\":1}", "duration");
	is_refused(TASK "\"duration\":1,\"cpu_count\":2147483648}",
	    "cpu_count");
	is_refused(TASK "\"duration\":1,\"cpu_capacity\":-1}", "cpu_capacity");
	is_refused(TASK "\"duration\":1,\"cpu_capacity\":1e999}",
	    "cpu_capacity");
	is_refused(TASK "\"duration\":1,\"cpu_capacity\":\"1\"}",
	    "cpu_capacity");
	is_refused(TASK "\"duration\":1,\"mem_capacity\":-2}", "mem_capacity");
	is_refused(TASK "\"duration\":1,\"name\":1}", "name");
	is_refused(TASK "\"duration\":1,\"node\":[1]}", "string");
	is_refused(TASK "\"duration\":1,\"parents\":[-1]}", "parents");
	is_refused(TASK "\"duration\":1,\"children\":[ 1 ,2147483648]}",
	    "children");
	is_refused(TASK "\"duration\":1,\"children\":\"1\"}", "children");
	is_refused("{\"type\":\"fragment\",\"id\":0,\"duration\":1}",
	    "cpu_usage");
	is_refused("{\"type\":\"fragment\",\"id\":0,\"duration\":1,"
		   "\"cpu_usage\":1,\"kind\":\"x\"}",
	    "kind");
	is_refused("{\"type\":\"fragment\",\"id\":0,\"cpu_usage\":1}",
	    "duration");
}

static void
null_is_absent(void)
{
	struct task t;

	parse(str_of(TASK "\"duration\":1,\"pid\":null,\"name\":null,"
			  "\"parents\":null,\"cpu_capacity\":null,"
			  "\"parents\":[ ],\"new\":1}"));
	assert(task_read(&room, &rec, &t) == NULL);
	assert(t.pid == -1 && t.name.p == NULL && t.cpu_mhz == -1);
	assert(t.parents == 0 && t.children == 0 && !t.failed);
}

int
main(void)
{
	output_in_memory(&out);
	what_is_not_known_is_absent();
	what_is_written_is_read_back();
	fragments_are_read_back();
	what_is_wrong_is_told();
	null_is_absent();
	task_room_free(&room);
	json_free(&rec);
	output_close(&out);
	return 0;
}
