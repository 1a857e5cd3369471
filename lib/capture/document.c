/* SPDX-License-Identifier: MIT */
#include "capture/document.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <jansson.h>

#include "base/mem.h"
#include "record/quote.h"

/* With these digits seconds since 1970 have their microseconds, no more. */
enum { DIGITS = 16, MICRO = 1000000 };

static void
set(json_t *doc, const char *key, json_t *value)
{
	int failed = json_object_set_new(doc, key, value);

	assert(failed == 0);
	(void)failed;
}

static void
set_count(json_t *doc, const char *key, int64_t v)
{
	if (v >= 0)
		set(doc, key, json_integer(v));
}

static void
set_seconds(json_t *doc, const char *key, int64_t us)
{
	if (us >= 0)
		set(doc, key, json_real((double)us / MICRO));
}

/* Sets a text, unless it is none or JSON cannot have it. */
static void
set_text(json_t *doc, const char *key, const char *text)
{
	json_t *value = text != NULL ? json_string(text) : NULL;

	if (value != NULL)
		set(doc, key, value);
}

/*
 * Returns a string of any bytes, as records have names.  Not by json.h, which
 * has names in common with jansson.h.
 */
static json_t *
name(const char *text)
{
	struct output out;
	json_t *value;

	output_in_memory(&out);
	quote_put_name(&out, str_of(text));
	value = json_loadb(out.buf, out.n, JSON_DECODE_ANY, NULL);
	output_close(&out);
	assert(value != NULL);
	return value;
}

/* Offsets are told so that no reader takes it for its own local time. */
static void
set_moment(json_t *doc, const char *key, int64_t us)
{
	time_t t = (time_t)(us / MICRO);
	char text[64], all[96];
	struct tm tm;

	if (us < 0 || gmtime_r(&t, &tm) == NULL ||
	    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm) == 0)
		return;
	snprintf(all, sizeof(all), "%s.%06d+00:00", text, (int)(us % MICRO));
	set(doc, key, json_string(all));
}

/* Sets what the original's documents have. */
static void
set_known(json_t *doc, const struct document *d)
{
	set_text(doc, "trace_id", d->trace_id);
	set_text(doc, "workload_name", d->workload);
	set_text(doc, "category", d->category);
	set_text(doc, "description", d->description);
	set_seconds(doc, "start_time", d->start_us);
	set_seconds(doc, "end_time", d->end_us);
	if (d->duration_us >= 0) {
		int64_t hundredths = d->duration_us / 10000 +
		    (d->duration_us % 10000 >= 5000);

		set(doc, "duration_seconds",
		    json_real((double)hundredths / 100));
	}
	set_count(doc, "sched_switch_events", d->switches);
	set_count(doc, "buffer_size_kb", d->buffer_kb);
	set_moment(doc, "collected_at", d->collected_us);
	if (d->machine == NULL)
		return;
	set_text(doc, "hostname", d->machine->host);
	set_text(doc, "kernel", d->machine->kernel);
	if (d->machine->cpus > 0)
		set_count(doc, "num_cpus", (int64_t)d->machine->cpus);
	set_text(doc, "architecture", d->machine->architecture);
	set_text(doc, "cpu_model", d->machine->model);
}

static json_t *
number_or_null(int v)
{
	return v >= 0 ? json_integer(v) : json_null();
}

static void
set_command(json_t *doc, const struct document *d)
{
	json_t *words = json_array();

	for (size_t i = 0; d->command != NULL && d->command[i] != NULL; i++)
		json_array_append_new(words, name(d->command[i]));
	if (d->command == NULL) {
		json_decref(words);
		set(doc, "command", json_null());
		set(doc, "exit_status", json_null());
		set(doc, "signal", json_null());
		set(doc, "timed_out", json_null());
		return;
	}
	set(doc, "command", words);
	set(doc, "exit_status", number_or_null(d->exit_status));
	set(doc, "signal", number_or_null(d->signal));
	set(doc, "timed_out", json_boolean(d->timed_out));
}

static void
set_events(json_t *doc, const struct document *d)
{
	json_t *events = json_array(), *filters = json_object();

	for (size_t i = 0; i < d->event_n; i++) {
		const struct choice_event *e = &d->event[i];
		json_t *event = json_sprintf("%s:%s", e->system, e->name);

		if (event == NULL)
			continue;
		if (e->filter != NULL)
			set(filters, json_string_value(event), name(e->filter));
		json_array_append_new(events, event);
	}
	set(doc, "events", events);
	set(doc, "filters", filters);
}

static json_t *
stats(const struct document *d)
{
	json_t *all = json_array();

	for (size_t i = 0; i < d->stats_n; i++) {
		const struct document_stats *s = &d->stats[i];
		json_t *one = json_object();

		set_count(one, "cpu", s->cpu);
		set_count(one, "entries", s->entries);
		set_count(one, "overrun", s->overrun);
		set_count(one, "commit_overrun", s->commit_overrun);
		set_count(one, "dropped_events", s->dropped);
		set_count(one, "read_events", s->read);
		json_array_append_new(all, one);
	}
	return all;
}

static json_t *
topology(const struct machine *m)
{
	json_t *all = json_array();

	for (size_t i = 0; i < m->cpus; i++) {
		const struct machine_cpu *c = &m->cpu[i];
		json_t *one = json_object();

		set_count(one, "cpu", c->cpu);
		set_count(one, "core", c->core);
		set_count(one, "cluster", c->cluster);
		set_count(one, "die", c->die);
		set_count(one, "package", c->package);
		set_count(one, "node", c->node);
		set_count(one, "max_khz", c->max_khz);
		json_array_append_new(all, one);
	}
	return all;
}

static json_t *
versions(const struct document *d)
{
	json_t *all = json_object();

	set(all, "tracekit", json_string(TK_VERSION));
	for (size_t i = 0; i < d->version_n; i++)
		set_text(all, d->version[i].program, d->version[i].version);
	return all;
}

static int
take(const char *text, size_t n, void *out)
{
	output_put(out, text, n);
	return 0;
}

void
document_init(struct document *d)
{
	*d = (struct document){
		.start_us = -1,
		.end_us = -1,
		.collected_us = -1,
		.duration_us = -1,
		.switches = -1,
		.events = -1,
		.lost = -1,
		.buffer_kb = -1,
		.exit_status = -1,
		.signal = -1,
		.last_us = -1,
		.threads = -1,
	};
}

void
document_put(struct output *out, const struct document *d)
{
	json_t *doc;

	json_set_alloc_funcs(mem_alloc, free);
	doc = json_object();
	set_known(doc, d);
	set_command(doc, d);
	set_text(doc, "clock", d->clock);
	set(doc, "overwrite", json_boolean(d->overwrite));
	if (d->last_us >= 0)
		set(doc, "last_seconds", json_real((double)d->last_us / MICRO));
	set_text(doc, "cpus", d->cpus);
	set_count(doc, "threads", d->threads);
	set_events(doc, d);
	set_count(doc, "event_count", d->events);
	set_count(doc, "lost", d->lost);
	if (d->stats_n > 0)
		set(doc, "stats", stats(d));
	if (d->machine != NULL && d->machine->cpus > 0)
		set(doc, "topology", topology(d->machine));
	set(doc, "versions", versions(d));
	set(doc, "tracer", json_string("tk-capture " TK_VERSION));
	if (d->by.p != NULL)
		set(doc, "by", name(d->by.p));
	json_dump_callback(doc, take, out,
	    JSON_INDENT(2) | JSON_REAL_PRECISION(DIGITS));
	output_byte(out, '\n');
	json_decref(doc);
}
