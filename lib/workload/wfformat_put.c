/* SPDX-License-Identifier: MIT */
#include "workload/wfformat.h"

#include <math.h>
#include <stdio.h>

#include "base/intern.h"
#include "base/num.h"
#include "record/quote.h"
#include "workload/moment.h"

/* What is common to the parts of a document. */
struct writing {
	struct output *out;
	const struct bag *bag;
	bool renumbered;
	int64_t first_ms, last_ms; /* of what is executed */
	size_t executed;
};

/* Tells whether every schema lets the characters stand in an id. */
static bool
is_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= '0' && c <= '9') &&
		    !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') &&
		    (c == '\0' || strchr("_.#:/-", c) == NULL))
			return false;
	}
	return s.n > 0;
}

static bool
have_ids(const struct bag *bag)
{
	struct intern *seen = intern_new();
	bool have = true;

	for (size_t i = 0; i < bag_length(bag) && have; i++) {
		struct str id = bag_task(bag, i)->trace_id;

		have = is_id(id) && intern_id(seen, id) == i;
	}
	intern_free(seen);
	return have;
}

static void
put_id(const struct writing *w, size_t i)
{
	if (w->renumbered)
		output_printf(w->out, "\"task_%zu\"", i);
	else
		quote_put(w->out, bag_task(w->bag, i)->trace_id);
}

/* Writes the ids of a list, without those that are left out. */
static void
put_ids(const struct writing *w, const char *key, const int32_t *id, size_t n)
{
	const char *before = "";

	output_printf(w->out, ",\"%s\":[", key);
	for (size_t i = 0; i < n; i++) {
		if (bag_task(w->bag, (size_t)id[i])->failed)
			continue;
		output_text(w->out, before);
		put_id(w, (size_t)id[i]);
		before = ",";
	}
	output_byte(w->out, ']');
}

static void
put_specified(const struct writing *w, size_t i)
{
	const struct task *t = bag_task(w->bag, i);

	output_text(w->out, "{\"name\":");
	if (t->name.n > 0)
		quote_put_name(w->out, t->name);
	else
		put_id(w, i);
	output_text(w->out, ",\"id\":");
	put_id(w, i);
	put_ids(w, "parents", t->parent, t->parents);
	put_ids(w, "children", t->child, t->children);
	output_byte(w->out, '}');
}

static void
put_number(const struct writing *w, const char *key, double v)
{
	if (v < 1e15 && rint(v) == v)
		output_printf(w->out, ",\"%s\":%.0f", key, v);
	else
		output_printf(w->out, ",\"%s\":%.*g", key,
		    (int)num_precision(v), v);
}

static void
put_whole(const struct writing *w, const char *key, int64_t v)
{
	if (v >= 0)
		output_printf(w->out, ",\"%s\":%lld", key, (long long)v);
}

static void
put_amounts(const struct writing *w, const struct task *t)
{
	const double uj_per_kwh = 3.6e12;
	double run_ms = (double)t->duration_ms;

	if (t->cpu_count > 0 && (t->assumed & TASK_ASSUMED_CPUS) == 0)
		put_whole(w, "coreCount", t->cpu_count);
	/* CPU times are nanoseconds: what is behind six places is not known. */
	if (t->cpu_ns >= 0 && t->duration_ms > 0)
		put_number(w, "avgCPU",
		    rint((double)t->cpu_ns * 1e2 / run_ms) / 1e6);
	put_whole(w, "readBytes", t->read_bytes);
	put_whole(w, "writtenBytes", t->written_bytes);
	if (t->mem_kb >= 0 && (t->assumed & TASK_ASSUMED_MEMORY) == 0)
		put_number(w, "memoryInBytes", (double)t->mem_kb * 1024);
	if (t->energy_uj < 0)
		return;
	put_number(w, "energyInKWh", (double)t->energy_uj / uj_per_kwh);
	if (t->duration_ms > 0)
		put_number(w, "avgPowerInW",
		    (double)t->energy_uj / (run_ms * 1e3));
}

static void
put_executed(const struct writing *w, size_t i)
{
	const struct task *t = bag_task(w->bag, i);
	char at[MOMENT_TEXT];
	size_t n;

	output_text(w->out, "{\"id\":");
	put_id(w, i);
	output_printf(w->out, ",\"runtimeInSeconds\":%lld.%03d",
	    (long long)(t->duration_ms / 1000), (int)(t->duration_ms % 1000));
	n = t->start_ms >= 0 ? moment_put(at, t->start_ms) : 0;
	if (n > 0)
		output_printf(w->out, ",\"executedAt\":\"%.*s\"", (int)n, at);
	if (t->executable.n > 0) {
		output_text(w->out, ",\"command\":{\"program\":");
		quote_put_name(w->out, t->executable);
		output_byte(w->out, '}');
	}
	put_amounts(w, t);
	if (t->node.n > 0) {
		output_text(w->out, ",\"machines\":[");
		quote_put(w->out, t->node);
		output_byte(w->out, ']');
	}
	output_byte(w->out, '}');
}

static bool
is_specified(const struct task *t)
{
	return !t->failed;
}

static bool
is_executed(const struct task *t)
{
	return !t->failed && (t->assumed & TASK_ASSUMED_DURATION) == 0;
}

/* Writes those tasks of which something is true, a line each. */
static void
put_all(const struct writing *w, bool (*is)(const struct task *),
    void (*put)(const struct writing *, size_t))
{
	const char *before = "\n";

	output_text(w->out, "\"tasks\":[");
	for (size_t i = 0; i < bag_length(w->bag); i++) {
		if (!is(bag_task(w->bag, i)))
			continue;
		output_text(w->out, before);
		put(w, i);
		before = ",\n";
	}
	output_byte(w->out, ']');
}

/* Writes the machines; the first task of each tells its clock. */
static void
put_machines(const struct writing *w)
{
	struct intern *seen = intern_new();
	const char *before = ",\n\"machines\":[\n";

	for (size_t i = 0; i < bag_length(w->bag); i++) {
		const struct task *t = bag_task(w->bag, i);
		size_t known = intern_count(seen);

		if (!is_executed(t) || t->node.n == 0 ||
		    intern_id(seen, t->node) < known)
			continue;
		output_text(w->out, before);
		output_text(w->out, "{\"nodeName\":");
		quote_put(w->out, t->node);
		if (t->cpu_count > 0 && t->cpu_mhz >= 1 && t->cpu_mhz < 1e15 &&
		    (t->assumed & TASK_ASSUMED_MHZ) == 0)
			output_printf(w->out, ",\"cpu\":{\"speedInMHz\":%.0f}",
			    t->cpu_mhz < t->cpu_count
				? 1
				: t->cpu_mhz / t->cpu_count);
		output_byte(w->out, '}');
		before = ",\n";
	}
	if (intern_count(seen) > 0)
		output_text(w->out, "]");
	intern_free(seen);
}

/* Finds when what is executed began and ended. */
static void
measure(struct writing *w)
{
	for (size_t i = 0; i < bag_length(w->bag); i++) {
		const struct task *t = bag_task(w->bag, i);
		int64_t from = t->submission_ms, to;

		if (!is_executed(t))
			continue;
		if (t->start_ms > from)
			from = t->start_ms;
		if (__builtin_add_overflow(from, t->duration_ms, &to))
			to = INT64_MAX;
		if (w->executed == 0 || t->submission_ms < w->first_ms)
			w->first_ms = t->submission_ms;
		if (w->executed == 0 || to > w->last_ms)
			w->last_ms = to;
		w->executed++;
	}
}

static void
put_execution(const struct writing *w)
{
	uint64_t span = (uint64_t)w->last_ms - (uint64_t)w->first_ms;
	char at[MOMENT_TEXT];
	size_t n = moment_put(at, w->first_ms);

	if (n == 0)
		return;
	output_printf(w->out,
	    ",\n\"execution\":{\"makespanInSeconds\":%llu.%03u,"
	    "\"executedAt\":\"%.*s\",\n",
	    (unsigned long long)(span / 1000), (unsigned)(span % 1000), (int)n,
	    at);
	put_all(w, is_executed, put_executed);
	put_machines(w);
	output_byte(w->out, '}');
}

/* Returns the name that all tasks give their workflow, or the other one. */
static struct str
name_of(const struct bag *bag, struct str other)
{
	struct str name = bag_task(bag, 0)->workflow;

	for (size_t i = 0; i < bag_length(bag); i++) {
		struct str its = bag_task(bag, i)->workflow;

		if (its.n == 0 || !str_eq(its, name))
			return other;
	}
	return name;
}

const char *
wfformat_put(struct output *out, const struct bag *bag, struct str name,
    struct wfformat_written *told)
{
	struct writing w = { .out = out, .bag = bag };
	const struct basis *n = &bag_counts(bag)->basis;

	told->failed = n->failed;
	told->renumbered = w.renumbered = !have_ids(bag);
	if (n->tasks == n->failed)
		return "a workflow must have a task";
	measure(&w);
	output_text(out, "{\"name\":");
	name = name_of(bag, name);
	quote_put_name(out, name.n > 0 ? name : str_of("workload"));
	output_text(out,
	    ",\"schemaVersion\":\"1.5\",\"workflow\":{\n"
	    "\"specification\":{");
	put_all(&w, is_specified, put_specified);
	output_byte(out, '}');
	if (w.executed > 0)
		put_execution(&w);
	output_text(out, "}}\n");
	return NULL;
}
