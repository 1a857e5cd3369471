/* SPDX-License-Identifier: MIT */
/*
 * replay: of any recording, what is measured is the same wherever ticks are;
 * a line that is bad changes nothing; no late tick is lost
 *
 * The first byte tells whether Scaphandre's counters are mended, whether ticks
 * are told by an interval, whether a range is, and where the samples are.
 */
#include "energy/replay.h"

#include "check.h"

enum { FIX = 1, INTERVAL = 2, RANGE = 4, SMOOTH = 8, OFTEN_SHIFT = 4 };

/* A recording, and all that was measured of it. */
struct run {
	struct arguments arguments;
	struct meter meter;
	struct replay replay;
	uint64_t late; /* of all readings */
};

static void
open_run(struct run *run, unsigned how)
{
	*run = (struct run){ .late = 0 };
	arguments_open(&run->arguments);
	run->arguments.fix = how & FIX;
	run->arguments.interval = how & INTERVAL ? 1000000000 : 0;
	run->meter.smooth = how & SMOOTH ? 3 : 0;
	if (how & RANGE)
		CHECK(arguments_take(&run->arguments, ARGUMENT_RANGE, "a=99") ==
		    NULL);
	replay_open(&run->replay, &run->meter, &run->arguments);
}

static void
close_run(struct run *run)
{
	replay_close(&run->replay);
	meter_close(&run->meter);
	arguments_close(&run->arguments);
}

static void
check_sample(const struct meter *m, const struct sample *s)
{
	CHECK(s->has_delta || s->delta_uj == 0);
	CHECK(s->has_power || s->power_uw == 0);
	CHECK(s->dur >= 0 && s->has_dur == (s->dur > 0) && s->ts >= s->dur);
	CHECK(s->late == 0 || s->status != ENERGY_OK);
	CHECK(s->status != ENERGY_STALE || s->delta_uj == 0);
	CHECK(s->smooth == m->smooth);
}

/* Takes what is in no sample yet. */
static void
flush(struct run *run)
{
	struct sample s;

	for (size_t i = 0; i < run->meter.n; i++)
		while (meter_flush(&run->meter, i, &s))
			check_sample(&run->meter, &s);
}

/* Takes a line; a tick, or none, is at its reading. */
static void
take_line(struct run *run, struct str line, bool tick)
{
	struct sample out[METER_SAMPLES];
	size_t zones = run->meter.n, n;
	struct replay_line l;
	bool begins;

	if (replay_read(&run->replay, line, &l) != NULL) {
		CHECK(run->meter.n == zones && !l.has_reading);
		return;
	}
	if (l.is_trace)
		flush(run);
	if (!l.has_reading)
		return;
	CHECK(l.zone < run->meter.n && l.reading.ts >= 0);
	run->late += l.reading.late;
	n = meter_read(&run->meter, l.zone, &l.reading, -1, tick, out, &begins);
	CHECK(n <= METER_SAMPLES && (!begins || n == 0));
	for (size_t i = 0; i < n; i++)
		check_sample(&run->meter, &out[i]);
}

/* Ends it: all that is late is in a sample, or before the first of them. */
static void
end(struct run *run)
{
	uint64_t late = 0;

	flush(run);
	for (size_t i = 0; i < run->meter.n; i++) {
		const struct meter_zone *z = &run->meter.zone[i];

		late += z->total.late + z->late;
		CHECK(z->total.uj == 0 || z->measured);
	}
	CHECK(late == run->late);
}

static void
take_all(struct run *run, struct str text, unsigned how, bool always)
{
	struct str line;
	unsigned k = 0;

	open_run(run, how);
	while (str_line(&text, &line)) {
		char *exact = malloc(line.n > 0 ? line.n : 1);
		bool tick = always || k++ % 16 < how >> OFTEN_SHIFT;

		if (line.n > 0)
			memcpy(exact, line.p, line.n);
		take_line(run, (struct str){ exact, line.n }, tick);
		free(exact);
	}
	end(run);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct run run, all;
	struct str text;

	if (size == 0)
		return 0;
	text = (struct str){ (const char *)data + 1, size - 1 };
	take_all(&run, text, data[0], false);
	take_all(&all, text, data[0], true);
	CHECK(run.meter.n == all.meter.n);
	for (size_t i = 0; i < run.meter.n; i++) {
		const struct meter_total *a = &run.meter.zone[i].total;
		const struct meter_total *b = &all.meter.zone[i].total;

		CHECK(a->uj == b->uj && a->measured == b->measured);
		CHECK(a->status[ENERGY_RESET] == b->status[ENERGY_RESET]);
		CHECK(a->status[ENERGY_UNKNOWN] == b->status[ENERGY_UNKNOWN]);
	}
	close_run(&run);
	close_run(&all);
	return 0;
}
