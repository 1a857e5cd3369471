/* SPDX-License-Identifier: MIT */
/* counter: what readings say, by values that were worked out by hand */
#undef NDEBUG
#include "energy/counter.h"

#include <assert.h>
#include <string.h>

#define S INT64_C(1000000000)
#define MS INT64_C(1000000)
#define INTEL UINT64_C(262143328850)
#define AMD UINT64_C(65532610987)
#define DRAM UINT64_C(65712999613)
#define PSYS UINT64_C(4294967295000000)

enum { LIMIT_W = 1000 };

static struct counter
counter_of(uint64_t range_uj)
{
	struct counter_law law;
	struct counter c;

	counter_law(&law, range_uj, LIMIT_W);
	counter_begin(&c, &law);
	return c;
}

static struct counter_step
take(struct counter *c, const struct counter_reading *r)
{
	struct counter_step step;

	memset(&step, 0xa5, sizeof(step));
	counter_read(c, r, &step);
	assert(step.has_delta || step.delta_uj == 0);
	assert(step.has_power || step.power_uw == 0);
	return step;
}

static struct counter_step
take_value(struct counter *c, int64_t ts, uint64_t uj)
{
	return take(c, &(struct counter_reading){ .ts = ts, .uj = uj });
}

/* A counter that was at uj at the time 0. */
static struct counter
counter_at(uint64_t range_uj, uint64_t uj)
{
	struct counter c = counter_of(range_uj);
	struct counter_step step = take_value(&c, 0, uj);

	assert(step.begins && !step.has_delta && !step.has_power);
	assert(step.dur == 0);
	return c;
}

/* Tells whether a step is that, with an energy. */
static bool
gives(struct counter_step step, enum energy_status status, uint64_t delta_uj)
{
	return step.status == status && !step.begins && step.has_delta &&
	    step.delta_uj == delta_uj;
}

/* Tells whether a step is that, without an energy. */
static bool
gives_none(struct counter_step step, enum energy_status status)
{
	return step.status == status && !step.begins && !step.has_delta &&
	    !step.has_power;
}

static void
test_words(void)
{
	static const char *const word[] = { "ok", "stale", "missed", "wrap",
		"unknown", "reset", "unreadable" };
	enum energy_status status;

	for (unsigned i = 0; i < ENERGY_STATUSES; i++) {
		assert(strcmp(energy_status_word(i), word[i]) == 0);
		assert(energy_status_find(str_of(word[i]), &status));
		assert(status == i);
	}
	assert(energy_status_word(ENERGY_WRAP) == energy_status_word(3));
	assert(!energy_status_find(str_of(""), &status));
	assert(!energy_status_find(str_of("o"), &status));
	assert(!energy_status_find(str_of("OK"), &status));
	assert(!energy_status_find(str_of("wraps"), &status));
}

static void
test_laws(void)
{
	static const struct {
		uint64_t range, unit;
		wide round;
	} want[] = {
		{ INTEL, 61035, (wide)262143328911360 },
		{ AMD, 15258, (wide)65532611002368 },
		{ DRAM, 15300, (wide)65712999628800 },
		{ PSYS, 1000000000, (wide)4294967296000000000 },
		/* Of older kernels: 61.03515625 uJ, so no whole nJ. */
		{ 262143999938, 0, (wide)262143999939000 },
		{ 4294967295, 1000, (wide)4294967296000 },
		{ 4294967294, 0, (wide)4294967295000 },
		{ 4294967296, 0, (wide)4294967297000 },
		/* 999 nJ a count: two counts may show the same. */
		{ 4290672327, 0, (wide)4290672328000 },
		{ 1, 0, (wide)2000 },
		{ 999, 0, (wide)1000000 },
		{ UINT64_MAX - 1, 0, (wide)UINT64_MAX * 1000 },
	};
	struct counter_law law;

	for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++) {
		counter_law(&law, want[i].range, 7);
		assert(law.known && law.limit_w == 7);
		assert(law.unit == want[i].unit);
		assert(law.round == want[i].round);
	}
	counter_law(&law, 0, 7);
	assert(!law.known && law.round == 0 && law.limit_w == 7);
	counter_law(&law, UINT64_MAX, 7);
	assert(!law.known && law.round == 0);
}

static void
test_round_time(void)
{
	struct counter_law law;

	/* 65532.611002368 J / 400 W = 163.83152750592 s. */
	counter_law(&law, AMD, LIMIT_W);
	assert(counter_round_time(&law, 400) == 163831527505);
	assert(counter_round_time(&law, 0) == INT64_MAX);
	counter_law(&law, INTEL, LIMIT_W);
	assert(counter_round_time(&law, 400) == 655358322278);
	/* 4294967296 J / 400 W are 124 days. */
	counter_law(&law, PSYS, LIMIT_W);
	assert(counter_round_time(&law, 400) == 10737418240000000);
	counter_law(&law, UINT64_MAX - 1, LIMIT_W);
	assert(counter_round_time(&law, 1) == INT64_MAX);
	counter_law(&law, 0, LIMIT_W);
	assert(counter_round_time(&law, 400) == INT64_MAX);
}

static void
test_ok(void)
{
	struct counter c = counter_at(0, 1000000);
	struct counter_step step = take_value(&c, S, 51000000);

	assert(gives(step, ENERGY_OK, 50000000));
	assert(step.dur == S && step.has_power && step.power_uw == 50000000);
	step = take_value(&c, S + 500 * MS, 51000001);
	assert(gives(step, ENERGY_OK, 1));
	assert(step.dur == 500 * MS && step.power_uw == 2);
	/* 10 uJ in 3 s are 3.33 uW, 20 are 6.67. */
	step = take_value(&c, S + 3500 * MS, 51000011);
	assert(step.has_power && step.power_uw == 3);
	step = take_value(&c, S + 6500 * MS, 51000031);
	assert(step.has_power && step.power_uw == 7);
}

/* Values of 32 bits of u: raw * u / 1000, so 2^32 - 1, 3 and so on. */
static void
test_wrap(void)
{
	struct counter c = counter_at(INTEL, INTEL);

	/* From the last raw to 0 is one count, 61.035 uJ. */
	assert(gives(take_value(&c, S, 0), ENERGY_WRAP, 61));
	/* Raw 2^32 - 3 to 2: five counts, 305.175 uJ. */
	c = counter_at(INTEL, 262143328728);
	assert(gives(take_value(&c, S, 122), ENERGY_WRAP, 305));
	/* The same of 15.258 uJ: 76.290 uJ. */
	c = counter_at(AMD, 65532610956);
	assert(gives(take_value(&c, S, 30), ENERGY_WRAP, 76));
	/* Raw 2^32 - 100 to 1000: 1100 counts of 15.3 uJ. */
	c = counter_at(DRAM, 65712998098);
	assert(gives(take_value(&c, S, 15300), ENERGY_WRAP, 16830));
	/* 1 J a count, raw 2^32 - 2 to 10. */
	c = counter_at(PSYS, 4294967294000000);
	assert(gives(take_value(&c, S, 10000000), ENERGY_WRAP, 12000000));
	/* Range and 1: 999 to 0 is 1, 990 to 20 is 30. */
	c = counter_at(999, 999);
	assert(gives(take_value(&c, S, 0), ENERGY_WRAP, 1));
	c = counter_at(999, 990);
	assert(gives(take_value(&c, S, 20), ENERGY_WRAP, 30));
	/* A range that older kernels show. */
	c = counter_at(262143999938, 262143999900);
	assert(gives(take_value(&c, S, 61), ENERGY_WRAP, 100));
	c = counter_at(1, 1);
	assert(gives(take_value(&c, S, 0), ENERGY_WRAP, 1));
}

/* The power of a wrap, and late ticks, which do not hide it. */
static void
test_wrap_power(void)
{
	struct counter c = counter_at(AMD, 65532610956);
	struct counter_step step = take(&c,
	    &(struct counter_reading){ .ts = S, .uj = 30, .late = 3 });

	assert(gives(step, ENERGY_WRAP, 76));
	assert(step.has_power && step.power_uw == 76 && step.dur == S);
}

/* 52.4 kJ in 1 s would be 52 kW; in a minute 874 W. */
static void
test_reset_by_power(void)
{
	struct counter c = counter_at(AMD, 13132610987);
	struct counter_step step = take_value(&c, S, 0);

	assert(gives_none(step, ENERGY_RESET) && step.dur == S);
	step = take_value(&c, 2 * S, 50000000);
	assert(gives(step, ENERGY_OK, 50000000) && step.power_uw == 50000000);
	c = counter_at(AMD, 13132610987);
	step = take_value(&c, 60 * S, 0);
	assert(step.status == ENERGY_WRAP);
}

/* 1000 W for 1 s and the 10 ms more are 1010 J. */
static void
test_reset_just_above(void)
{
	const uint64_t at = 1000000000000 - 1010000000;
	struct counter c = counter_at(999999999999, at);

	assert(gives(take_value(&c, S, 0), ENERGY_WRAP, 1010000000));
	c = counter_at(999999999999, at);
	assert(gives_none(take_value(&c, S, 1), ENERGY_RESET));
	c = counter_at(999999999999, at);
	assert(gives_none(take_value(&c, S - 1, 0), ENERGY_RESET));
}

static void
test_sleep(void)
{
	struct counter c = counter_at(AMD, 65532610956);
	struct counter_reading r = { .ts = S, .uj = 30, .slept = true };

	assert(gives_none(take(&c, &r), ENERGY_RESET));
	/* It is forgotten with that. */
	assert(gives(take_value(&c, 2 * S, 45), ENERGY_OK, 15));
	/* What rose counted on: 2 * 15.258 uJ in all. */
	r.ts = 3 * S;
	r.uj = 61;
	assert(gives(take(&c, &r), ENERGY_OK, 15));
	c = counter_at(AMD, 65532610956);
	r.ts = S;
	r.kind = COUNTER_NONE;
	assert(gives_none(take(&c, &r), ENERGY_UNREADABLE));
	assert(gives_none(take_value(&c, 2 * S, 30), ENERGY_RESET));
}

static void
test_boot(void)
{
	struct counter c = counter_at(999999999, 1000);
	struct counter_reading r = { .ts = S, .uj = 5000000, .booted = true };
	struct counter_step step = take(&c, &r);

	assert(gives_none(step, ENERGY_RESET) && step.dur == S);
	assert(gives(take_value(&c, 2 * S, 5000045), ENERGY_OK, 45));
	/* The same value is another one, and what fell did not go round. */
	r.ts = 3 * S;
	r.uj = 5000045;
	assert(gives_none(take(&c, &r), ENERGY_RESET));
	r.ts = 4 * S;
	r.uj = 5000030;
	assert(gives_none(take(&c, &r), ENERGY_RESET));
	r.ts = 5 * S;
	r.kind = COUNTER_EMPTY;
	assert(gives(take(&c, &r), ENERGY_STALE, 0));
	assert(gives_none(take_value(&c, 6 * S, 5000061), ENERGY_RESET));
	/* Even where the range is not known. */
	c = counter_at(0, 1000);
	r = (struct counter_reading){ .ts = S, .uj = 10, .booted = true };
	assert(gives_none(take(&c, &r), ENERGY_RESET));
}

static void
test_unknown(void)
{
	struct counter c = counter_at(0, UINT64_MAX);
	struct counter_step step = take_value(&c, S, UINT64_MAX - 1);

	assert(gives_none(step, ENERGY_UNKNOWN) && step.dur == S);
	assert(gives_none(take_value(&c, 2 * S, 0), ENERGY_UNKNOWN));
	assert(gives(take_value(&c, 3 * S, 7), ENERGY_OK, 7));
	c = counter_at(0, 100);
	assert(gives_none(take(&c,
			      &(struct counter_reading){ .ts = S,
				  .uj = 99,
				  .late = 2 }),
	    ENERGY_UNKNOWN));
}

/* What stands above its range has another law than that. */
static void
test_above_range(void)
{
	struct counter c = counter_at(999, 1000);

	assert(gives_none(take_value(&c, S, 5), ENERGY_RESET));
	assert(gives(take_value(&c, 2 * S, 1005), ENERGY_OK, 1000));
	c = counter_at(AMD, AMD + 100);
	assert(gives_none(take_value(&c, S, 0), ENERGY_RESET));
}

static void
test_stale(void)
{
	struct counter c = counter_at(AMD, 1000);
	struct counter_step step = take_value(&c, S, 1000);

	assert(gives(step, ENERGY_STALE, 0) && !step.has_power);
	assert(step.dur == S);
	step = take(&c,
	    &(struct counter_reading){ .ts = 2 * S, .uj = 1000, .late = 9 });
	assert(gives(step, ENERGY_STALE, 0) && step.dur == 2 * S);
	/* The power is that of all the time since the change. */
	step = take_value(&c, 4 * S, 5000);
	assert(gives(step, ENERGY_OK, 4000));
	assert(step.dur == 4 * S && step.has_power && step.power_uw == 1000);
	/* And so is the time for which 1000 W are plausible. */
	c = counter_at(999999999999, 995000000000);
	assert(gives(take_value(&c, 4 * S, 995000000000), ENERGY_STALE, 0));
	step = take_value(&c, 5 * S, 0);
	assert(gives(step, ENERGY_WRAP, 5000000000));
	assert(step.power_uw == 1000000000);
}

static void
test_missed(void)
{
	struct counter c = counter_at(AMD, 0);
	struct counter_step step = take(&c,
	    &(struct counter_reading){ .ts = 4 * S, .uj = 400, .late = 3 });

	assert(gives(step, ENERGY_MISSED, 400));
	assert(step.dur == 4 * S && step.has_power && step.power_uw == 100);
	assert(gives(take_value(&c, 5 * S, 500), ENERGY_OK, 100));
}

static void
test_unreadable(void)
{
	struct counter c = counter_of(AMD);
	struct counter_reading none = { .kind = COUNTER_NONE,
		.ts = S,
		.uj = 77 };
	struct counter_step step = take(&c, &none);

	assert(gives_none(step, ENERGY_UNREADABLE) && step.dur == 0);
	assert(take_value(&c, 2 * S, 100).begins);
	none.ts = 3 * S;
	step = take(&c, &none);
	assert(gives_none(step, ENERGY_UNREADABLE) && step.dur == S);
	none.ts = 300 * S;
	step = take(&c, &none);
	assert(gives_none(step, ENERGY_UNREADABLE) && step.dur == 298 * S);
	/* The next value has the energy of all that time. */
	step = take_value(&c, 302 * S, 600);
	assert(gives(step, ENERGY_OK, 500) && step.dur == 300 * S);
}

static void
test_empty(void)
{
	struct counter_reading r = { .kind = COUNTER_EMPTY, .ts = S, .uj = 77 };
	struct counter c = counter_of(0);
	struct counter_step step = take(&c, &r);

	assert(gives_none(step, ENERGY_UNREADABLE));
	assert(take_value(&c, 2 * S, 100).begins);
	r.ts = 12 * S;
	step = take(&c, &r);
	assert(gives(step, ENERGY_STALE, 0));
	assert(step.dur == 10 * S && !step.has_power);
	r.ts++;
	assert(gives_none(take(&c, &r), ENERGY_UNREADABLE));
	/* The ten seconds begin with any value, were it the same. */
	assert(gives(take_value(&c, 13 * S, 100), ENERGY_STALE, 0));
	r.ts = 23 * S;
	assert(gives(take(&c, &r), ENERGY_STALE, 0));
	r.ts++;
	assert(gives_none(take(&c, &r), ENERGY_UNREADABLE));
	step = take_value(&c, 24 * S, 144);
	assert(gives(step, ENERGY_OK, 44) && step.power_uw == 2);
}

/* 61.035 uJ a count: 61, 61, 61 ..., and each 28th or 29th has one more. */
static void
test_carry(void)
{
	struct counter c = counter_at(INTEL, 0);
	uint64_t sum = 0;

	for (uint64_t raw = 1; raw <= 2000; raw++) {
		struct counter_step step = take_value(&c, (int64_t)raw * MS,
		    raw * 61035 / 1000);

		assert(gives(step, ENERGY_OK, 61 + (raw * 35 % 1000 < 35)));
		sum += step.delta_uj;
	}
	assert(sum == 122070);
	/* It begins in between: from 122.070 to 244.140 are 122.070. */
	c = counter_at(INTEL, 122);
	assert(gives(take_value(&c, S, 244), ENERGY_OK, 122));
	/* A reset leaves nothing over: 4 counts of .035 less than 1. */
	c = counter_at(INTEL, 0);
	for (int i = 1; i <= 28; i++) /* ... and .980 are left */
		take_value(&c, i * S, (uint64_t)i * 61035 / 1000);
	take(&c,
	    &(struct counter_reading){ .ts = 29 * S, .uj = 0, .booted = true });
	assert(gives(take_value(&c, 30 * S, 61), ENERGY_OK, 61));
	/* A value that no raw gives is taken as it stands. */
	c = counter_at(INTEL, 60);
	assert(gives(take_value(&c, S, 62), ENERGY_OK, 2));
	assert(gives(take_value(&c, 2 * S, 122), ENERGY_OK, 60));
}

/* Scaphandre: 50 W, written each 5 s, read each second. */
static void
test_steps(void)
{
	struct counter c = counter_at(0, 1000000);
	struct counter_step step;

	c.steps = true;
	assert(gives(take_value(&c, S, 1000000), ENERGY_STALE, 0));
	/* When the one before was written is not known. */
	step = take_value(&c, 2 * S, 251000000);
	assert(gives(step, ENERGY_OK, 250000000));
	assert(!step.has_power && step.dur == 2 * S);
	for (int i = 3; i < 7; i++)
		assert(
		    gives(take_value(&c, i * S, 251000000), ENERGY_STALE, 0));
	step = take_value(&c, 7 * S, 501000000);
	assert(gives(step, ENERGY_OK, 250000000) && step.dur == 5 * S);
	assert(step.has_power && step.power_uw == 50000000);
	/* It began anew, and so does what is known. */
	step = take_value(&c, 8 * S, 0);
	assert(gives_none(step, ENERGY_UNKNOWN));
	step = take_value(&c, 10 * S, 100000000);
	assert(gives(step, ENERGY_OK, 100000000) && !step.has_power);
	step = take_value(&c, 15 * S, 350000000);
	assert(step.has_power && step.power_uw == 50000000);
}

/* The same, where it is known when the file was written. */
static void
test_written(void)
{
	struct counter c = counter_of(0);
	struct counter_reading r = { .ts = 4 * S,
		.uj = 1000000,
		.written = 1001 * S };
	struct counter_step step;

	c.steps = true;
	take(&c, &r);
	r = (struct counter_reading){ .ts = 6 * S,
		.uj = 251000000,
		.written = 1006 * S };
	step = take(&c, &r);
	assert(gives(step, ENERGY_OK, 250000000) && step.dur == 2 * S);
	assert(step.has_power && step.power_uw == 50000000);
	/* The clock was set back: what was seen tells. */
	r = (struct counter_reading){ .ts = 11 * S,
		.uj = 351000000,
		.written = 500 * S };
	step = take(&c, &r);
	assert(step.has_power && step.power_uw == 20000000);
	r = (struct counter_reading){ .ts = 17 * S,
		.uj = 401000000,
		.written = 505 * S };
	step = take(&c, &r);
	assert(step.has_power && step.power_uw == 10000000);
	/* Of a counter that is no such file nobody asks. */
	c = counter_of(0);
	r = (struct counter_reading){ .ts = 0, .uj = 0, .written = S };
	take(&c, &r);
	r = (struct counter_reading){ .ts = S, .uj = 50, .written = 9 * S };
	assert(take(&c, &r).power_uw == 50);
}

/* Scaphandre 1.0: each write adds 50 W as 50,000,000. */
static void
test_fix(void)
{
	struct counter c = counter_at(0, 0);
	struct counter_step step;

	c.fix = c.steps = true;
	step = take_value(&c, 2 * S, 50000000);
	assert(gives_none(step, ENERGY_UNKNOWN) && step.dur == 2 * S);
	assert(gives(take_value(&c, 3 * S, 50000000), ENERGY_STALE, 0));
	step = take_value(&c, 7 * S, 100000000);
	assert(gives(step, ENERGY_OK, 250000000));
	assert(step.has_power && step.power_uw == 50000000);
	/* One that came late counts for longer: 40 W in 5.5 s. */
	step = take_value(&c, 12 * S + 500 * MS, 140000000);
	assert(gives(step, ENERGY_OK, 220000000));
	assert(step.power_uw == 40000000);
	step = take(&c,
	    &(struct counter_reading){ .ts = 18 * S,
		.uj = 141000000,
		.late = 1 });
	assert(gives(step, ENERGY_MISSED, 5500000));
	/* 1 uW for 1.5 s and the same once more are 3 uJ: .5 is carried. */
	c = counter_at(0, 0);
	c.fix = true;
	take_value(&c, S, 1);
	assert(gives(take_value(&c, 2500 * MS, 2), ENERGY_OK, 1));
	assert(gives(take_value(&c, 4 * S, 3), ENERGY_OK, 2));
	/* With the times of writing, from the first change on. */
	c = counter_of(0);
	c.fix = c.steps = true;
	take(&c, &(struct counter_reading){ .ts = 0, .written = 90 * S });
	step = take(&c,
	    &(struct counter_reading){ .ts = 2 * S,
		.uj = 50000000,
		.written = 95 * S });
	assert(gives(step, ENERGY_OK, 250000000));
}

/* A power times a time may be no energy that anything could count. */
static void
test_fix_too_much(void)
{
	struct counter c = counter_at(0, 0);
	struct counter_step step;

	c.fix = true;
	take_value(&c, S, 1);
	step = take_value(&c, 3 * S, UINT64_MAX);
	assert(gives_none(step, ENERGY_UNKNOWN) && step.dur == 2 * S);
	c = counter_at(0, 0);
	c.fix = true;
	take_value(&c, 1, 1);
	step = take_value(&c, INT64_MAX, UINT64_MAX);
	assert(gives_none(step, ENERGY_UNKNOWN));
	/* In one second it is just one. */
	c = counter_at(0, 0);
	c.fix = true;
	take_value(&c, S, 1);
	step = take_value(&c, 2 * S, UINT64_MAX);
	assert(gives(step, ENERGY_OK, UINT64_MAX - 1));
	assert(step.has_power && step.power_uw == UINT64_MAX - 1);
	/* And in a tenth a power may be none. */
	c = counter_at(0, 0);
	step = take_value(&c, S / 10, UINT64_MAX);
	assert(gives(step, ENERGY_OK, UINT64_MAX) && !step.has_power);
}

/*
 * A day at 400 W on AMD's range, read once a minute.  The counter holds whole
 * counts of 15.258 uJ: 34560000 J are 2265041289815 of them and 2.730 uJ
 * that it has not counted yet.  It began at 0, and 527 * 2^32 counts fit.
 */
static void
test_day(void)
{
	struct counter c = counter_at(AMD, 0);
	uint64_t wraps = 0, sum = 0;

	for (uint64_t minute = 1; minute <= 24 * 60; minute++) {
		uint64_t count = minute * 60 * 400 * 1000000000 / 15258;
		struct counter_step step = take_value(&c,
		    (int64_t)minute * 60 * S,
		    (uint64_t)(uint32_t)count * 15258 / 1000);

		assert(step.status == ENERGY_OK || step.status == ENERGY_WRAP);
		assert(step.power_uw <= 400000001);
		assert(step.power_uw >= 399999999);
		wraps += step.status == ENERGY_WRAP;
		sum += step.delta_uj;
	}
	assert(wraps == 527);
	assert(sum == 34560000000000 - 3);
}

/*
 * Once a second at 50 W, over the end of the range, while the file was empty:
 * 400 J, of which the program that tk-energy replaces lost 100.
 */
static void
test_eight_seconds(void)
{
	const uint64_t begin = 262143999939 - 190000000;
	struct counter c = counter_at(262143999938, begin);
	uint64_t sum = 0;

	for (uint64_t i = 1; i <= 8; i++) {
		struct counter_reading r = { .ts = (int64_t)i * S,
			.uj = (begin + i * 50000000) % 262143999939 };
		struct counter_step step;

		r.kind = i == 4 ? COUNTER_EMPTY : COUNTER_VALUE;
		step = take(&c, &r);
		sum += step.delta_uj;
		if (i == 4)
			assert(gives(step, ENERGY_STALE, 0));
		else if (i == 5)
			assert(gives(step, ENERGY_WRAP, 100000000));
		else
			assert(gives(step, ENERGY_OK, 50000000));
		assert(i == 4 || step.power_uw == 50000000);
	}
	assert(sum == 400000000);
}

/* A machine that did nothing for 5 s: 0 W, and not part of the next time. */
static void
test_idle_is_written(void)
{
	struct counter c = counter_of(0);
	struct counter_reading r = { .ts = S, .uj = 1000, .written = S };
	struct counter_step step;

	c.steps = true;
	take(&c, &r);
	r.ts = 6 * S;
	r.written = 6 * S;
	step = take(&c, &r);
	assert(gives(step, ENERGY_OK, 0));
	assert(step.has_power && step.power_uw == 0);
	r.ts = 11 * S;
	r.written = 11 * S;
	r.uj = 5001000;
	step = take(&c, &r);
	assert(gives(step, ENERGY_OK, 5000000));
	assert(step.power_uw == 1000000 && step.dur == 5 * S);
}

/* What still has its value after a sleep was not set back by it. */
static void
test_sleep_that_changed_nothing(void)
{
	struct counter c = counter_of(AMD);
	struct counter_reading r = { .ts = S, .uj = AMD };

	take(&c, &r);
	r.ts = 2 * S;
	r.slept = true;
	assert(gives(take(&c, &r), ENERGY_STALE, 0));
	/* Once round is 65532611002.368: this is 1015.368 behind it. */
	assert(gives(take_value(&c, 3 * S, 1000), ENERGY_WRAP, 1015));
}

/* Who recorded it saw ten rounds, of 1000 uJ each, and 5 uJ. */
static void
test_told_rounds(void)
{
	struct counter c = counter_of(999);
	struct counter_reading r = { .ts = S, .uj = 100 };

	take(&c, &r);
	r.ts = 2 * S;
	r.uj = 105;
	r.told = true;
	r.told_uj = 10005;
	assert(gives(take(&c, &r), ENERGY_WRAP, 10005));
	/* No number of rounds is this. */
	r.ts = 3 * S;
	r.uj = 106;
	r.told_uj = 10500;
	assert(gives(take(&c, &r), ENERGY_OK, 1));
	r.ts = 4 * S;
	r.told_uj = 3000;
	assert(gives(take(&c, &r), ENERGY_WRAP, 3000));
}

int
main(void)
{
	test_words();
	test_laws();
	test_round_time();
	test_ok();
	test_wrap();
	test_wrap_power();
	test_reset_by_power();
	test_reset_just_above();
	test_sleep();
	test_boot();
	test_unknown();
	test_above_range();
	test_stale();
	test_missed();
	test_unreadable();
	test_empty();
	test_carry();
	test_steps();
	test_written();
	test_fix();
	test_fix_too_much();
	test_idle_is_written();
	test_sleep_that_changed_nothing();
	test_told_rounds();
	test_day();
	test_eight_seconds();
	return 0;
}
