/* SPDX-License-Identifier: MIT */
/* replay: recordings in both forms, the bad lines in them, and joined ones */
#undef NDEBUG
#include "energy/replay.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static struct arguments arguments;
static struct meter meter;
static struct replay replay;

/* Begins with these options; the rest as they stand. */
static void
begin(const char *range, int64_t interval, bool fix)
{
	static bool open;

	if (open) {
		replay_close(&replay);
		meter_close(&meter);
		arguments_close(&arguments);
	}
	open = true;
	arguments_open(&arguments);
	arguments.interval = interval;
	arguments.fix = fix;
	if (range != NULL)
		assert(
		    arguments_take(&arguments, ARGUMENT_RANGE, range) == NULL);
	replay_open(&replay, &meter, &arguments);
}

static struct replay_line
line(const char *text)
{
	struct replay_line l;
	const char *why = replay_read(&replay, str_of(text), &l);

	if (why != NULL)
		fprintf(stderr, "%s: %s\n", text, why != NULL ? why : "good");
	assert(why == NULL);
	return l;
}

static void
is_bad(const char *text, const char *phrase)
{
	size_t zones = meter.n;
	struct replay_line l;
	const char *why = replay_read(&replay, str_of(text), &l);

	if (why == NULL || strstr(why, phrase) == NULL)
		fprintf(stderr, "%s: %s\n", text, why != NULL ? why : "good");
	assert(why != NULL && strstr(why, phrase) != NULL);
	assert(!l.has_reading && meter.n == zones);
}

static bool
is_reading(const struct replay_line *l, size_t zone, int64_t ts, uint64_t uj)
{
	return l->has_reading && !l->is_trace && l->zone == zone &&
	    l->reading.kind == COUNTER_VALUE && l->reading.ts == ts &&
	    l->reading.uj == uj;
}

/* Reads a line and what a sample at it is; it must be one. */
static struct sample
sample(const char *text)
{
	struct replay_line l = line(text);
	struct sample out[METER_SAMPLES];
	bool begins;
	size_t n;

	assert(l.has_reading);
	n = meter_read(&meter, l.zone, &l.reading, -1, true, out, &begins);
	assert(n == 1 && !begins);
	return out[0];
}

/* Reads a line that a zone begins with. */
static void
first(const char *text)
{
	struct replay_line l = line(text);
	struct sample out[METER_SAMPLES];
	bool begins;

	assert(l.has_reading);
	meter_read(&meter, l.zone, &l.reading, -1, true, out, &begins);
	assert(begins);
}

static void
test_lines(void)
{
	struct replay_line l;

	begin(NULL, 0, false);
	l = line("5 package-0 7");
	assert(is_reading(&l, 0, 5, 7) && l.reading.late == 0);
	l = line(" \t6  dram\t18446744073709551615  99 \r");
	assert(is_reading(&l, 1, 6, UINT64_MAX));
	assert(replay.zone[1].range_uj == 99);
	l = line("9223372036854775807 package-0 -\r");
	assert(l.has_reading && l.reading.kind == COUNTER_NONE);
	assert(meter.n == 2 && strcmp(meter.zone[1].label, "dram") == 0);
	assert(replay_is_summed(&replay, 0) && replay_is_summed(&replay, 1));
	for (const char *const *none = (const char *const[]){ "", "\r", "  ",
		 "#", "  # 5 x 7", "#\xff", NULL };
	     *none != NULL; none++) {
		l = line(*none);
		assert(!l.is_trace && !l.has_reading);
	}
	assert(meter.n == 2);
}

static void
test_bad_lines(void)
{
	begin(NULL, 0, false);
	line("100 a 5");
	is_bad("x a 5", "begin with a time");
	is_bad("-1 a 5", "begin with a time");
	is_bad("1.5 a 5", "begin with a time");
	is_bad("9223372036854775808 a 5", "begin with a time");
	is_bad("200", "nanoseconds, zone, microjoules");
	is_bad("200 a", "nanoseconds, zone, microjoules");
	is_bad("200 b x", "no number of microjoules");
	is_bad("200 b -5", "no number of microjoules");
	is_bad("200 b 1.5", "no number of microjoules");
	is_bad("200 b 18446744073709551616", "no number of microjoules");
	is_bad("200 b 5 0", "range is no number");
	is_bad("200 b 5 x", "range is no number");
	is_bad("200 b 5 -", "range is no number");
	is_bad("200 b 5 6 7", "more than a range");
	is_bad("{", "");
	is_bad("{\"type\":\"energy\"}", "");
	is_bad("{\"type\":\"energy\",\"ts\":-1,\"zone\":\"b\","
	       "\"status\":\"ok\"}",
	    "below 0");
	is_bad("{\"type\":\"energy\",\"ts\":-9223372036854775808,"
	       "\"zone\":\"b\",\"status\":\"ok\"}",
	    "below 0");
	is_bad("{\"type\":\"energy_zone\",\"ts\":-1,\"zone\":\"b\"}",
	    "below 0");
	is_bad("{\"type\":\"energy_zone\",\"ts\":1}", "zone");
	is_bad("{\"type\":\"energy\",\"ts\":1,\"zone\":\"a\\\\x00\","
	       "\"status\":\"ok\"}",
	    "byte of 0");
}

/* A line that is refused for its time changes nothing. */
static void
test_time_goes_back(void)
{
	begin(NULL, 0, false);
	line("100 a 5");
	is_bad("100 a 6 999", "not after");
	is_bad("99 a 6 999", "not after");
	is_bad("{\"type\":\"energy_zone\",\"ts\":50,\"zone\":\"a\","
	       "\"range_uj\":999,\"counter_uj\":5,\"summed\":false}",
	    "not after");
	assert(replay.zone[0].range_uj == 0 && replay_is_summed(&replay, 0));
	line("50 b 1"); /* each zone has its own times */
	line("101 a 6");
}

static void
test_range_later(void)
{
	struct sample s;

	begin(NULL, 0, false);
	first("0 a 990");
	s = sample("1000000000 a 10");
	assert(s.status == ENERGY_UNKNOWN && !s.has_delta);
	s = sample("2000000000 a 990");
	assert(s.status == ENERGY_OK && s.delta_uj == 980);
	s = sample("3000000000 a 10 999");
	assert(s.status == ENERGY_WRAP && s.delta_uj == 20);
	s = sample("4000000000 a 5"); /* it need be told once only */
	assert(s.status == ENERGY_WRAP && s.delta_uj == 995);
	s = sample("5000000000 a 1 1999"); /* another one */
	assert(s.status == ENERGY_WRAP && s.delta_uj == 1996);
}

static void
test_told_range(void)
{
	struct sample s;

	begin("a=99", 0, false);
	first("0 a 90 999");
	s = sample("1000000000 a 10 999");
	assert(s.status == ENERGY_WRAP && s.delta_uj == 20);
	line("{\"type\":\"energy_zone\",\"ts\":0,\"zone\":\"a\","
	     "\"range_uj\":999}");
	s = sample("2000000000 a 9");
	assert(s.status == ENERGY_WRAP && s.delta_uj == 99);
	first("0 b 90 999"); /* that of others is as recorded */
	s = sample("1000000000 b 10");
	assert(s.status == ENERGY_WRAP && s.delta_uj == 920);
}

#define RECORD(ts, rest)                                                       \
	"{\"type\":\"energy\",\"ts\":" ts ",\"zone\":\"a\"," rest "}"

static void
test_records(void)
{
	struct replay_line l;
	struct sample s;

	begin(NULL, 0, false);
	l = line("{\"type\":\"energy_zone\",\"ts\":5,\"zone\":\"a\","
		 "\"name\":\"package-0\",\"range_uj\":999,\"counter_uj\":100,"
		 "\"role\":\"package\",\"summed\":false}");
	assert(l.has_reading && l.reading.ts == 5);
	assert(l.reading.kind == COUNTER_VALUE && l.reading.uj == 100);
	assert(!replay_is_summed(&replay, 0));
	first("{\"type\":\"energy_zone\",\"ts\":6,\"zone\":\"a\","
	      "\"range_uj\":999,\"counter_uj\":100}");
	assert(replay_is_summed(&replay, 0));
	/* The counters count, and not the deltas. */
	s = sample(RECORD("1000",
	    "\"counter_uj\":150,\"delta_uj\":7,"
	    "\"dur\":3,\"status\":\"wrap\",\"late\":2"));
	assert(s.status == ENERGY_MISSED && s.delta_uj == 50 && s.late == 2);
	assert(s.dur == 994);
	s = sample(RECORD("2000", "\"counter_uj\":150,\"status\":\"stale\""));
	assert(s.status == ENERGY_STALE && s.has_counter);
	s = sample(RECORD("3000", "\"counter_uj\":null,\"status\":\"stale\""));
	assert(s.status == ENERGY_STALE && !s.has_counter);
	s = sample(RECORD("4000", "\"status\":\"unreadable\""));
	assert(s.status == ENERGY_UNREADABLE && !s.has_delta);
	s = sample(RECORD("5000", "\"counter_uj\":160,\"status\":\"ok\"") "\r");
	assert(s.status == ENERGY_OK && s.delta_uj == 10 && s.dur == 4000);
	/* Whoever recorded a reset knew of it, though the counter rose. */
	s = sample(RECORD("6000", "\"counter_uj\":170,\"status\":\"reset\""));
	assert(s.status == ENERGY_RESET && !s.has_delta);
	s = sample(RECORD("7000", "\"counter_uj\":165,\"status\":\"unknown\""));
	assert(s.status == ENERGY_WRAP && s.delta_uj == 995);
	l = line("{\"type\":\"task\",\"ts\":\"x\"}");
	assert(!l.is_trace && !l.has_reading);
	assert(replay.frame.records == 10);
}

static void
test_begins_anew(void)
{
	struct sample_zone told;
	struct replay_line l;
	struct sample s;

	begin(NULL, 0, false);
	assert(line("{\"type\":\"trace\",\"version\":1}").is_trace);
	first("{\"type\":\"energy_zone\",\"ts\":5000,\"zone\":\"a\","
	      "\"range_uj\":999,\"counter_uj\":100,\"role\":\"dram\"}");
	s = sample(RECORD("6000", "\"counter_uj\":150,\"status\":\"ok\""));
	assert(s.delta_uj == 50);
	assert(!line("{\"type\":\"end\",\"records\":2}").is_trace);
	/* Joined by cat: earlier times, another counter, no range. */
	assert(line("{\"type\":\"trace\",\"version\":1}").is_trace);
	l = line("{\"type\":\"energy_zone\",\"ts\":7,\"zone\":\"a\","
		 "\"range_uj\":null,\"counter_uj\":900,\"summed\":false}");
	replay_tell(&replay, &l, &told);
	assert(told.ts == 7 && told.counter_uj == 900 && told.has_counter);
	assert(!told.has_range && !told.summed && told.role.p == NULL);
	assert(str_is(told.zone, "a"));
	assert(replay.reads == 1 && replay.read[0] == 0);
	meter_restart(&meter, 0);
	first(RECORD("8", "\"counter_uj\":900,\"status\":\"ok\""));
	s = sample(RECORD("9", "\"counter_uj\":5,\"status\":\"ok\""));
	assert(s.status == ENERGY_UNKNOWN);
	assert(!replay.frame.short_cut);
	frame_finish(&replay.frame);
	assert(replay.frame.short_cut && replay.frame.traces == 2);
}

/* A zone that could not be read when it was told of. */
static void
test_zone_without_counter(void)
{
	struct sample_zone told;
	struct replay_line l;

	begin(NULL, 0, false);
	l = line("{\"type\":\"energy_zone\",\"ts\":50,\"zone\":\"a\","
		 "\"range_uj\":999,\"counter_uj\":null,\"role\":\"psys\","
		 "\"summed\":false}");
	assert(!l.has_reading && l.zone == 0);
	l = line("50 a 7");
	assert(is_reading(&l, 0, 50, 7));
	replay_tell(&replay, &l, &told);
	assert(told.has_range && told.range_uj == 999 && !told.summed);
	assert(str_is(told.role, "psys") && told.counter_uj == 7);
}

static void
test_late(void)
{
	static const struct {
		const char *text;
		uint64_t late;
	} lines[] = {
		{ "0 a 1", 0 },
		{ "1000 a 2", 0 },
		{ "2400 a 3", 0 }, /* somewhat late is not missed */
		{ "4000 a 4", 1 },
		{ "4010 a 5", 0 },
		{ "6510 a 6", 1 }, /* two and a half */
		{ "9011 a 7", 2 }, /* nearer to three */
		{ "9223372036854775807 a 8", 9223372036854766 },
	};
	struct replay_line l;

	begin(NULL, 1000, false);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert(line(lines[i].text).reading.late == lines[i].late);
	l = line("5 b 1"); /* each zone by itself */
	assert(l.reading.late == 0);
	l = line("{\"type\":\"energy\",\"ts\":9005,\"zone\":\"b\","
		 "\"counter_uj\":2,\"status\":\"missed\",\"late\":5}");
	assert(l.reading.late == 5); /* it was counted when it happened */
	l = line("{\"type\":\"trace\",\"version\":1}");
	l = line("999999 b 1");
	assert(l.reading.late == 0);
}

static bool
steps(size_t zone)
{
	return meter.zone[zone].counter.steps;
}

static bool
fixes(size_t zone)
{
	return meter.zone[zone].counter.fix;
}

#define ZONE(ts, name, rest)                                                   \
	"{\"type\":\"energy_zone\",\"ts\":" ts ",\"zone\":\"" name "\"," rest  \
	"}"

static void
test_steps(void)
{
	for (int fix = 0; fix < 2; fix++) {
		begin("told=99", 0, fix);
		line("1 plain 5");
		assert(steps(0) == fix && fixes(0) == fix);
		line("1 ranged 5 999");
		assert(!steps(1) && !fixes(1));
		line("2 plain 5 999"); /* it is the kernel's, then */
		assert(!steps(0) && !fixes(0));
		line(ZONE("1", "vm", "\"role\":\"share\""));
		assert(steps(2) && fixes(2) == fix);
		line(ZONE("1", "told", "\"role\":\"share\""));
		assert(steps(3) && fixes(3) == fix);
		line(ZONE("2", "vm", "\"role\":\"share\",\"range_uj\":5"));
		assert(steps(2) && fixes(2) == fix);
		line(ZONE("3", "vm", "\"role\":\"package\",\"range_uj\":5"));
		assert(!steps(2) && !fixes(2));
		line("{\"type\":\"trace\",\"version\":1}");
		assert(steps(3) && fixes(3) == fix && !steps(2));
	}
}

int
main(void)
{
	test_lines();
	test_bad_lines();
	test_time_goes_back();
	test_range_later();
	test_told_range();
	test_records();
	test_begins_anew();
	test_zone_without_counter();
	test_late();
	test_steps();
	replay_close(&replay);
	meter_close(&meter);
	arguments_close(&arguments);
	return 0;
}
