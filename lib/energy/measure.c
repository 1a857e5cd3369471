/* SPDX-License-Identifier: MIT */
#include "energy/measure.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/mem.h"
#include "energy/remarks.h"
#include "energy/result.h"
#include "energy/search.h"
#include "record/frame.h"

enum { SAMPLES = 120 };

void
measure_open(struct measure *m, const struct arguments *arguments,
    struct output *out, struct str command_line)
{
	*m = (struct measure){ .arguments = arguments,
		.out = out,
		.command_line = command_line,
		.first = -1 };
	measure_new_notes(m);
	output_in_memory(&m->watts);
}

void
measure_new_notes(struct measure *m)
{
	output_in_memory(&m->notes);
	output_in_memory(&m->errors);
}

bool
measure_find(struct measure *m, char *const *operands)
{
	return search_zones(&m->zones, m->arguments, operands, &m->notes,
	    &m->errors);
}

/* Opens what is written to, and begins the journal. */
static bool
open_journal(struct measure *m)
{
	const struct arguments *a = m->arguments;
	enum argument_format format = a->format == FORMAT_NONE ? FORMAT_RECORDS
							       : a->format;
	char **inputs = mem_alloc((m->zones.n + 1) * sizeof(*inputs));
	struct output *out;
	struct owner owner;

	for (size_t i = 0; i < m->zones.n; i++)
		inputs[i] = m->zones.zone[i].path;
	out = result_open(&m->file, a->separate ? NULL : a->output, inputs,
	    NULL, m->out);
	free(inputs);
	if (out == NULL) {
		search_failed(&m->errors, a->output, errno);
		return false;
	}
	journal_open(&m->journal, format, out, a->smooth,
	    a->interval > 0 && a->interval < NS_PER_S);
	m->journal.unsure = a->recording && a->interval == 0;
	if (a->separate) {
		owner_find(&owner);
		columns_separate(&m->journal.columns, a->output, &owner);
	}
	return true;
}

/* Tells of this machine what is told without looking at each of its CPUs. */
static void
tell_machine(struct frame_trace *trace, const struct utsname *names)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	trace->cpus = cpus > 0 ? (uint64_t)cpus : 0;
	trace->host = str_of(names->nodename);
	trace->kernel = str_of(names->release);
}

/* Writes the record that begins the trace; clock is NULL for a recording. */
static void
put_trace(struct measure *m, const char *clock, const char *boot_id)
{
	struct utsname names;
	struct frame_trace trace = { .clock = { NULL, 0 } };

	if (m->journal.format != FORMAT_RECORDS)
		return;
	if (clock != NULL) {
		trace.clock = str_of(clock);
		if (uname(&names) == 0)
			tell_machine(&trace, &names);
		if (*boot_id != '\0')
			trace.boot_id = str_of(boot_id);
	}
	frame_put_trace(m->journal.out, &trace, m->command_line);
	m->framed = true;
}

/* Notes what could be read when it was found, and now cannot be. */
static void
check_first(struct measure *m)
{
	const struct watch_gauge *g = m->watch.gauge;
	size_t n = 0, first = 0;

	for (size_t i = 0; i < m->watch.meter.n; i++)
		if (g[i].reading.kind == COUNTER_NONE && g[i].zone->has_value &&
		    n++ == 0)
			first = i;
	if (n > 0)
		search_failed(&m->errors, g[first].zone->path,
		    g[first].gauge.error);
	if (n > 1)
		output_printf(&m->errors,
		    "counters that cannot be read, too: %zu\n", n - 1);
}

bool
measure_begin(struct measure *m, struct command *command)
{
	const struct arguments *a = m->arguments;
	bool ticks = a->verb == VERB_TS;
	struct watch_plan plan = {
		.interval = ticks ? a->interval : a->duration,
		.samples = a->samples,
		.clock = a->clock->id,
		.watts = a->watts,
		.often = a->show,
		.enter = a->manual || a->until_enter,
		.fix = a->fix,
		.command = command,
	};

	if (ticks && plan.interval == 0)
		plan.interval = NS_PER_S;
	if (ticks && plan.samples == 0 && !a->manual)
		plan.samples = SAMPLES;
	if (!ticks && plan.interval > 0)
		plan.samples = 1;
	if (!open_journal(m))
		return false;
	m->watching = true;
	if (watch_open(&m->watch, &m->zones, &plan, &m->journal) != 0) {
		search_failed(&m->errors, "signals", errno);
		return false;
	}
	put_trace(m, a->clock->name, watch_boot_id(&m->watch));
	watch_begin(&m->watch);
	check_first(m);
	return true;
}

const char *
measure_watts(struct measure *m, size_t columns)
{
	m->watts.n = 0;
	remarks_watts(&m->watch.meter, columns, &m->watts);
	output_byte(&m->watts, '\0');
	return m->watts.buf;
}

bool
measure_replay(struct measure *m)
{
	if (!open_journal(m))
		return false;
	m->meter.smooth = m->arguments->smooth;
	replay_open(&m->replay, &m->meter, m->arguments);
	m->replaying = true;
	return true;
}

/* Takes the reading of a line. */
static void
take_reading(struct measure *m, const struct replay_line *line)
{
	struct sample samples[METER_SAMPLES];
	struct sample_zone told;
	bool begins, tick = m->arguments->verb == VERB_TS;
	int64_t ts = line->reading.ts;
	size_t n;

	m->read = true;
	if (m->first < 0)
		m->first = ts;
	if (ts > m->last)
		m->last = ts;
	/* Before any sample: their columns have the meter's numbers. */
	for (; m->placed < m->meter.n; m->placed++)
		journal_add(&m->journal,
		    str_of(m->meter.zone[m->placed].label));
	n = meter_read(&m->meter, line->zone, &line->reading, -1, tick, samples,
	    &begins);
	if (begins) {
		replay_tell(&m->replay, line, &told);
		journal_zone(&m->journal, &told);
	}
	for (size_t i = 0; i < n; i++)
		journal_sample(&m->journal, line->zone, &samples[i], ts);
}

/* Writes what was read of the zones of a recording and is not written yet. */
static void
flush_zones(struct measure *m)
{
	struct sample s;

	for (size_t i = 0; i < m->replay.reads; i++)
		while (meter_flush(&m->meter, m->replay.read[i], &s))
			journal_sample(&m->journal, m->replay.read[i], &s,
			    m->last);
}

/* Counts the time of what was replayed since this was called last. */
static void
count_time(struct measure *m)
{
	int64_t dur = m->first < 0 ? 0 : m->last - m->first;

	/* What is cut off here is more than 292 years. */
	if (dur > INT64_MAX - m->replayed)
		dur = INT64_MAX - m->replayed;
	m->replayed += dur;
	m->first = -1;
	m->last = 0;
}

/* Ends the trace that was begun, if one was. */
static void
end_trace(struct measure *m, uint64_t bad)
{
	struct frame *said = &m->replay.frame;

	flush_zones(m);
	journal_row(&m->journal);
	if (m->framed)
		journal_end(&m->journal, m->replaying ? said : NULL, bad);
	m->framed = false;
	m->incomplete |= said->lost_marks > 0 || said->short_cut;
	m->cut |= said->short_cut;
	/* What the next one says is its own. */
	said->lost = said->lost_marks = said->bad = 0;
	said->short_cut = false;
}

const char *
measure_line(struct measure *m, struct str line)
{
	struct replay_line l;
	const char *why = replay_read(&m->replay, line, &l);

	if (why != NULL)
		return why;
	if (l.is_trace) {
		end_trace(m, 0);
		count_time(m);
		if (m->journal.format == FORMAT_RECORDS) {
			frame_pass_trace(m->journal.out, &m->replay.reader.rec,
			    NULL, m->command_line);
			m->framed = true;
		}
	}
	if (!l.has_reading)
		return NULL;
	if (!m->framed)
		put_trace(m, NULL, "");
	take_reading(m, &l);
	return NULL;
}

/* Writes the text of the whole, if that is the format. */
static void
put_text(struct measure *m, const struct meter *meter)
{
	bool *summed = mem_alloc((meter->n + 1) * sizeof(*summed));
	const char **paths = mem_alloc((meter->n + 1) * sizeof(*paths));
	int64_t dur = m->replayed;

	if (m->watching)
		dur = m->watch.end - m->watch.begin;
	for (size_t i = 0; i < meter->n; i++) {
		const struct zone *z = m->watching ? m->watch.gauge[i].zone
						   : NULL;

		summed[i] = z != NULL ? z->summed
				      : replay_is_summed(&m->replay, i);
		paths[i] = z != NULL ? z->path : NULL;
	}
	journal_text(m->journal.out, meter, dur, summed, paths);
	free(summed);
	free(paths);
}

/* Closes what was written to, and notes what went wrong with it. */
static void
close_journal(struct measure *m)
{
	struct columns *c = &m->journal.columns;

	if (m->journal.format == FORMAT_CSV)
		columns_close(c);
	if (c->error != 0)
		search_failed(&m->errors, c->error_path, c->error);
	if (c->unplaced > 0)
		output_printf(&m->errors,
		    "samples of zones that came after the header and are not "
		    "in the CSV: %" PRIu64 "\n",
		    c->unplaced);
	columns_free(c);
	if (m->journal.out == &m->file && output_close(&m->file) != 0)
		search_failed(&m->errors, m->arguments->output, errno);
}

void
measure_end(struct measure *m, uint64_t bad)
{
	const struct meter *meter = m->replaying ? &m->meter : &m->watch.meter;

	if (m->replaying) {
		frame_finish(&m->replay.frame);
		if (!m->framed)
			put_trace(m, NULL, "");
		if (!m->read)
			output_text(&m->notes, "there was no reading\n");
	}
	if (m->watching || m->replaying) {
		end_trace(m, bad);
		count_time(m);
		if (m->replaying) {
			remarks_recorded(meter, m->arguments, &m->notes);
			replay_explain(&m->replay,
			    m->journal.format == FORMAT_TEXT, &m->notes);
		}
		if (m->journal.format == FORMAT_TEXT)
			put_text(m, meter);
		remarks_after(meter, m->arguments->watts, &m->notes);
		m->incomplete |= remarks_incomplete(meter);
		if (m->watching)
			watch_finish(&m->watch);
		close_journal(m);
	}
	if (m->replaying) {
		if (m->cut)
			output_text(&m->notes,
			    "the recording was cut "
			    "short: its end is missing\n");
		replay_close(&m->replay);
		meter_close(&m->meter);
	}
	if (m->watching)
		watch_close(&m->watch);
	zones_free(&m->zones);
	output_close(&m->watts);
}
