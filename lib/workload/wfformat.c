/* SPDX-License-Identifier: MIT */
#include "workload/wfformat.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/intern.h"
#include "base/mem.h"
#include "workload/moment.h"

/* Things that have a name, to be found by it. */
struct directory {
	struct intern *names;
	const json_t **thing;
	size_t cap;
};

/* A document that is read. */
struct reading {
	struct wfformat *w;
	struct bag *bag;
	struct directory executions, machines, seen;
	struct str workflow;
	int64_t submission_ms;
};

static struct str
text_of(const json_t *v)
{
	if (!json_is_string(v) || json_string_length(v) == 0)
		return (struct str){ NULL, 0 };
	return (struct str){ json_string_value(v), json_string_length(v) };
}

static struct str
text_in(const json_t *object, const char *key)
{
	return text_of(json_object_get(object, key));
}

/* Adds a thing; false where there is one of that name. */
static bool
enter(struct directory *d, struct str name, const json_t *thing)
{
	size_t before, id;

	if (d->names == NULL)
		d->names = intern_new();
	before = intern_count(d->names);
	id = intern_id(d->names, name);
	if (id < before)
		return false;
	d->thing = mem_grow(d->thing, &d->cap, id + 1, sizeof(*d->thing));
	d->thing[id] = thing;
	return true;
}

static const json_t *
look_up(const struct directory *d, struct str name)
{
	size_t id;

	if (name.p == NULL || d->names == NULL ||
	    !intern_find(d->names, name, &id))
		return NULL;
	return d->thing[id];
}

static void
directory_free(struct directory *d)
{
	intern_free(d->names);
	free(d->thing);
}

/* Enters all objects of a list by the value of a key. */
static void
enter_all(struct directory *d, const json_t *list, const char *key)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *thing = json_array_get(list, i);
		struct str name = text_in(thing, key);

		if (name.p == NULL) /* as a task of before 1.4 */
			name = text_in(thing, "name");
		if (name.p != NULL)
			enter(d, name, thing);
	}
}

/*
 * Reads a number from 0 on; false where there is none.  One that is wrong is
 * counted.
 */
static bool
number_in(struct reading *r, const json_t *object, const char *key, double *v)
{
	const json_t *number = json_object_get(object, key);

	*v = 0;
	if (number == NULL || json_is_null(number))
		return false;
	if (json_is_number(number)) {
		*v = json_number_value(number);
		if (isfinite(*v) && *v >= 0)
			return true;
	}
	r->w->wrong++;
	*v = 0;
	return false;
}

/* Rounds to a whole number, unless it is too large. */
static bool
whole(struct reading *r, double v, int64_t *to)
{
	const double most = 9e18;

	if (v > most) {
		r->w->wrong++;
		return false;
	}
	*to = (int64_t)rint(v);
	return true;
}

static void
read_whole(struct reading *r, const json_t *object, const char *key,
    double unit, int64_t *to)
{
	double v;

	if (number_in(r, object, key, &v))
		whole(r, v * unit, to);
}

static void
read_run(struct reading *r, const json_t *execution, struct task *t)
{
	double seconds;

	t->duration_ms = 0;
	if (!number_in(r, execution, "runtimeInSeconds", &seconds) ||
	    !whole(r, seconds * 1e3, &t->duration_ms)) {
		t->assumed |= TASK_ASSUMED_DURATION;
		r->w->no_run++;
	} else if (seconds > 0 && t->duration_ms == 0) {
		t->duration_ms = 1;
	}
}

/* Reads the machine or machines; returns the clock of their cores. */
static double
read_machine(struct reading *r, const json_t *execution, struct task *t)
{
	const json_t *list = json_object_get(execution, "machines");
	const json_t *machine;
	double mhz;

	t->node = text_of(json_array_get(list, 0));
	r->w->several += json_array_size(list) > 1;
	if (t->node.p == NULL)
		t->node = text_in(execution, "machine");
	machine = look_up(&r->machines, t->node);
	if (number_in(r, json_object_get(machine, "cpu"), "speedInMHz", &mhz) &&
	    mhz > 0)
		return mhz;
	t->assumed |= TASK_ASSUMED_MHZ;
	r->w->no_mhz++;
	return r->w->mhz;
}

static void
read_cpus(struct reading *r, const json_t *execution, struct task *t)
{
	double mhz = read_machine(r, execution, t), cores, percent;

	if (!number_in(r, execution, "coreCount", &cores) || cores <= 0 ||
	    cores > INT32_MAX) {
		cores = 1;
		t->assumed |= TASK_ASSUMED_CPUS;
		r->w->no_cpus++;
	}
	t->cpu_count = (int32_t)ceil(cores);
	t->cpu_mhz = cores * mhz;
	if (number_in(r, execution, "avgCPU", &percent))
		whole(r, percent * 1e4 * (double)t->duration_ms, &t->cpu_ns);
}

static void
read_memory(struct reading *r, const json_t *execution, struct task *t)
{
	double bytes;

	t->mem_kb = 0;
	if (number_in(r, execution, "memoryInBytes", &bytes) &&
	    whole(r, ceil(bytes / 1024), &t->mem_kb))
		return;
	t->assumed |= TASK_ASSUMED_MEMORY;
	r->w->no_memory++;
}

static void
read_energy(struct reading *r, const json_t *execution, struct task *t)
{
	const double uj_per_kwh = 3.6e12;
	double watts;

	read_whole(r, execution, "energyInKWh", uj_per_kwh, &t->energy_uj);
	if (t->energy_uj < 0 && (t->assumed & TASK_ASSUMED_DURATION) == 0 &&
	    number_in(r, execution, "avgPowerInW", &watts))
		whole(r, watts * 1e3 * (double)t->duration_ms, &t->energy_uj);
}

static void
read_execution(struct reading *r, const json_t *execution, struct task *t)
{
	struct str at = text_in(execution, "executedAt");
	struct str program = text_in(json_object_get(execution, "command"),
	    "program");

	read_run(r, execution, t);
	read_cpus(r, execution, t);
	read_memory(r, execution, t);
	read_energy(r, execution, t);
	read_whole(r, execution, "readBytes", 1, &t->read_bytes);
	read_whole(r, execution, "writtenBytes", 1, &t->written_bytes);
	t->executable = program;
	if (at.p != NULL && !moment_read(at, &t->start_ms))
		r->w->wrong++;
}

/* Says how much of its cores the task used, as far as that is known. */
static struct fragment
use(struct wfformat *w, const struct task *t)
{
	struct fragment f = { .cpu_mhz = t->cpu_mhz, .kind = FRAGMENT_WHOLE };
	double run = (double)t->duration_ms * 1e6, mhz;

	w->no_cpu_time += t->cpu_ns < 0;
	if (t->cpu_ns < 0 || t->duration_ms == 0)
		return f;
	f.kind = FRAGMENT_MEAN;
	/* The capacity may be of part of a core. */
	mhz = (double)t->cpu_ns / run * (t->cpu_mhz / t->cpu_count);
	w->too_much += mhz > t->cpu_mhz;
	if (mhz < t->cpu_mhz)
		f.cpu_mhz = mhz;
	return f;
}

/* Makes a key of the workflow's number and an id, to be freed. */
static struct str
key_of(const struct reading *r, struct str id)
{
	char *p = mem_alloc(id.n + 24);
	int n = snprintf(p, 24, "%llu/", (unsigned long long)r->w->workflows);

	str_copy(p + n, id);
	return (struct str){ p, (size_t)n + id.n };
}

/* Says that tasks of a list are before a task, or after it. */
static void
depend(struct reading *r, struct str key, const json_t *list, bool before)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct str id = text_of(json_array_get(list, i));
		struct str other = key_of(r, id);

		if (before)
			bag_depend(r->bag, key, other);
		else
			bag_depend(r->bag, other, key);
		free((char *)(uintptr_t)other.p);
	}
}

static void
read_task(struct reading *r, const json_t *specified)
{
	struct str id = text_in(specified, "id"), key;
	struct fragment f;
	struct task t;

	task_clear(&t);
	t.name = text_in(specified, "name");
	if (id.p == NULL)
		id = t.name;
	if (id.p == NULL || !enter(&r->seen, id, specified)) {
		r->w->bad++;
		return;
	}
	t.trace_id = id;
	t.workflow = r->workflow;
	t.submission_ms = r->submission_ms;
	read_execution(r, look_up(&r->executions, id), &t);
	f = use(r->w, &t);
	key = key_of(r, id);
	bag_add(r->bag, &t, key, &f);
	depend(r, key, json_object_get(specified, "parents"), true);
	depend(r, key, json_object_get(specified, "children"), false);
	free((char *)(uintptr_t)key.p);
	r->w->tasks++;
}

/* Reads when the workflow began. */
static void
read_time(struct reading *r, const json_t *execution)
{
	struct str at = text_in(execution, "executedAt");

	r->submission_ms = r->w->epoch;
	if (at.p == NULL || !moment_read(at, &r->submission_ms)) {
		r->submission_ms = r->w->epoch;
		r->w->no_time++;
	}
}

static const char *
read_document(struct reading *r, const json_t *doc)
{
	const json_t *workflow = json_object_get(doc, "workflow");
	const json_t *specification = json_object_get(workflow,
	    "specification");
	const json_t *execution = json_object_get(workflow, "execution");
	const json_t *tasks;

	/* Before 1.5 one list had both. */
	if (specification == NULL)
		specification = execution = workflow;
	tasks = json_object_get(specification, "tasks");
	if (!json_is_array(tasks))
		return "it has no workflow with a list of tasks";
	r->w->workflows++;
	r->workflow = text_in(doc, "name");
	enter_all(&r->executions, json_object_get(execution, "tasks"), "id");
	enter_all(&r->machines, json_object_get(execution, "machines"),
	    "nodeName");
	read_time(r, execution);
	for (size_t i = 0; i < json_array_size(tasks); i++)
		read_task(r, json_array_get(tasks, i));
	return NULL;
}

const char *
wfformat_read(struct wfformat *w, struct str document, struct bag *bag)
{
	struct reading r = { .w = w, .bag = bag };
	const char *why = "it is no JSON";
	json_t *doc;

	json_set_alloc_funcs(mem_alloc, free);
	doc = json_loadb(document.n > 0 ? document.p : "", document.n,
	    JSON_ALLOW_NUL, NULL);
	if (doc != NULL)
		why = read_document(&r, doc);
	json_decref(doc);
	directory_free(&r.executions);
	directory_free(&r.machines);
	directory_free(&r.seen);
	return why;
}
