/* SPDX-License-Identifier: MIT */
/* meter: samples of readings, where ticks are and where counters begin anew */
#undef NDEBUG
#include "energy/meter.h"

#include <assert.h>
#include <stdlib.h>

#define S INT64_C(1000000000)
#define MS INT64_C(1000000)

enum { LIMIT_W = 1000, RANGE = 999999 };

static struct sample out[METER_SAMPLES];

/* A meter with a zone that goes round after 1 J. */
static struct meter
meter_of(unsigned smooth)
{
	struct meter m = { .smooth = smooth };

	assert(meter_add(&m, (struct str){ "zone!", 4 }) == 0);
	meter_set_law(&m, 0, RANGE, LIMIT_W);
	return m;
}

static size_t
take(struct meter *m, bool tick, const struct counter_reading *r)
{
	bool begins;
	size_t n = meter_read(m, 0, r, 7, tick, out, &begins);

	for (size_t i = 0; i < n; i++)
		assert(str_is(out[i].zone, "zone"));
	assert(!begins || n == 0);
	return n;
}

static size_t
take_value(struct meter *m, bool tick, int64_t ts, uint64_t uj)
{
	return take(m, tick, &(struct counter_reading){ .ts = ts, .uj = uj });
}

static bool
gives(const struct sample *s, enum energy_status status, int64_t ts,
    uint64_t delta_uj, int64_t dur)
{
	return s->status == status && s->ts == ts && s->has_delta &&
	    s->delta_uj == delta_uj && s->has_dur && s->dur == dur;
}

static bool
gives_none(const struct sample *s, enum energy_status status, int64_t ts)
{
	return s->status == status && s->ts == ts && !s->has_delta &&
	    !s->has_power;
}

static void
test_begins(void)
{
	struct meter m = { 0 };
	struct sample s;
	bool begins;

	for (size_t i = 0; i < 9; i++)
		assert(meter_add(&m, str_of("z")) == i && m.n == i + 1);
	assert(
	    meter_read(&m, 8, &(struct counter_reading){ .kind = COUNTER_NONE },
		0, true, out, &begins) == 1);
	assert(!begins && gives_none(&out[0], ENERGY_UNREADABLE, 0));
	assert(!out[0].has_counter && !out[0].has_dur);
	assert(meter_read(&m, 8, &(struct counter_reading){ .ts = 1 }, 0, true,
		   out, &begins) == 0);
	assert(begins && !meter_flush(&m, 8, &s));
	assert(!m.zone[8].measured && m.zone[8].total.uj == 0);
	meter_close(&m);
	assert(m.n == 0 && m.zone == NULL);
}

static void
test_joins(void)
{
	struct meter m = meter_of(0);
	struct sample s;

	take_value(&m, false, 0, 999000);
	assert(take_value(&m, false, S, 999500) == 0);
	assert(take_value(&m, false, 2 * S, 200) == 0); /* went round: 700 */
	assert(take_value(&m, true, 4 * S, 1000) == 1);
	assert(gives(&out[0], ENERGY_WRAP, 4 * S, 2000, 4 * S));
	assert(out[0].has_counter && out[0].counter_uj == 1000);
	assert(out[0].has_power && out[0].power_uw == 500);
	assert(out[0].read == 7 && out[0].late == 0);
	assert(!meter_flush(&m, 0, &s));
	assert(take_value(&m, false, 5 * S, 1001) == 0);
	assert(meter_flush(&m, 0, &s) && !meter_flush(&m, 0, &s));
	assert(gives(&s, ENERGY_OK, 5 * S, 1, S));
	assert(m.zone[0].total.uj == 2001);
	assert(m.zone[0].total.measured == (wide)(5 * S));
	assert(m.zone[0].total.status[ENERGY_WRAP] == 1);
	assert(m.zone[0].total.status[ENERGY_OK] == 1);
	assert(m.zone[0].has_power && m.zone[0].power_uw == 1);
	meter_close(&m);
}

/* What was before a counter began anew is a sample of its own. */
static void
test_splits(void)
{
	struct meter m = meter_of(0);

	take_value(&m, false, 0, 100);
	assert(take_value(&m, false, S, 400) == 0);
	assert(take(&m, false,
		   &(struct counter_reading){ .ts = 2 * S,
		       .uj = 50,
		       .booted = true }) == 2);
	assert(gives(&out[0], ENERGY_OK, S, 300, S));
	assert(gives_none(&out[1], ENERGY_RESET, 2 * S));
	assert(out[1].counter_uj == 50 && out[1].dur == S);
	assert(take_value(&m, true, 3 * S, 60) == 1);
	assert(gives(&out[0], ENERGY_OK, 3 * S, 10, S));
	assert(m.zone[0].total.uj == 310);
	assert(m.zone[0].total.measured == (wide)(2 * S));
	/* The same of a fall, where the range is not known. */
	meter_set_law(&m, 0, 0, LIMIT_W);
	assert(take_value(&m, false, 4 * S, 65) == 0);
	assert(take_value(&m, true, 5 * S, 1) == 2);
	assert(gives(&out[0], ENERGY_OK, 4 * S, 5, S));
	assert(gives_none(&out[1], ENERGY_UNKNOWN, 5 * S));
	assert(m.zone[0].total.uj == 315);
	meter_close(&m);
}

static void
test_stale(void)
{
	struct meter m = meter_of(0);
	struct sample s;

	take_value(&m, false, 0, 100);
	assert(take_value(&m, true, S, 100) == 1);
	assert(gives(&out[0], ENERGY_STALE, S, 0, S) && !out[0].has_power);
	assert(m.zone[0].measured && m.zone[0].total.measured == 0);
	/* The energy that comes is of the whole time without. */
	assert(take_value(&m, true, 3 * S, 400) == 1);
	assert(gives(&out[0], ENERGY_OK, 3 * S, 300, 3 * S));
	assert(out[0].power_uw == 100);
	/* Nothing new at the tick, but before. */
	assert(take_value(&m, false, 4 * S, 500) == 0);
	assert(take_value(&m, true, 5 * S, 500) == 1);
	assert(gives(&out[0], ENERGY_OK, 4 * S, 100, S));
	/* At the end it is told that nothing came. */
	assert(take_value(&m, false, 6 * S, 500) == 0);
	assert(take_value(&m, false, 7 * S, 500) == 0);
	assert(meter_flush(&m, 0, &s) && !meter_flush(&m, 0, &s));
	assert(gives(&s, ENERGY_STALE, 7 * S, 0, 3 * S));
	assert(m.zone[0].total.status[ENERGY_STALE] == 2);
	meter_close(&m);
}

static void
test_unreadable(void)
{
	struct meter m = meter_of(0);
	struct counter_reading none = { .kind = COUNTER_NONE, .ts = 2 * S };
	struct sample s;

	take_value(&m, false, 0, 100);
	take_value(&m, false, S, 200);
	assert(take(&m, true, &none) == 2);
	assert(gives(&out[0], ENERGY_OK, S, 100, S));
	assert(gives_none(&out[1], ENERGY_UNREADABLE, 2 * S));
	assert(out[1].dur == S && !out[1].has_counter);
	/* It comes back: the energy is of the gap. */
	assert(take_value(&m, true, 6 * S, 700) == 1);
	assert(gives(&out[0], ENERGY_OK, 6 * S, 500, 5 * S));
	assert(out[0].power_uw == 100 && m.zone[0].total.uj == 600);
	/* It is gone at the end: that is told, behind what was read. */
	take_value(&m, false, 7 * S, 800);
	none.ts = 8 * S;
	assert(take(&m, false, &none) == 0);
	assert(meter_flush(&m, 0, &s));
	assert(gives(&s, ENERGY_OK, 7 * S, 100, S));
	assert(meter_flush(&m, 0, &s));
	assert(gives_none(&s, ENERGY_UNREADABLE, 8 * S));
	assert(!meter_flush(&m, 0, &s));
	meter_close(&m);
}

/* A file that is being written, and for too long. */
static void
test_empty(void)
{
	struct meter m = meter_of(0);
	struct counter_reading empty = { .kind = COUNTER_EMPTY, .ts = S };

	take_value(&m, false, 0, 100);
	assert(take(&m, true, &empty) == 1);
	assert(gives(&out[0], ENERGY_STALE, S, 0, S) && !out[0].has_counter);
	empty.ts = 11 * S;
	assert(take(&m, true, &empty) == 1);
	assert(gives_none(&out[0], ENERGY_UNREADABLE, 11 * S));
	meter_close(&m);
}

static void
test_late(void)
{
	struct meter m = meter_of(0);
	struct counter_reading r = { .ts = 0, .uj = 5, .late = 1 };

	take(&m, true, &r); /* the first: there is no sample to tell */
	r = (struct counter_reading){ .ts = S, .uj = 5, .late = 2 };
	assert(take(&m, false, &r) == 0);
	r = (struct counter_reading){ .ts = 2 * S, .uj = 9, .late = 3 };
	assert(take(&m, true, &r) == 1);
	assert(gives(&out[0], ENERGY_MISSED, 2 * S, 4, 2 * S));
	assert(out[0].late == 6);
	/* Late where nothing new was: the delta covers it. */
	take_value(&m, false, 3 * S, 10);
	r = (struct counter_reading){ .ts = 4 * S, .uj = 10, .late = 4 };
	assert(take(&m, true, &r) == 1);
	assert(gives(&out[0], ENERGY_MISSED, 3 * S, 1, S) && out[0].late == 4);
	/* Late and without a reading, and no tick that tells it. */
	r = (struct counter_reading){ .kind = COUNTER_NONE,
		.ts = 5 * S,
		.late = 1 };
	assert(take(&m, false, &r) == 0);
	r.ts = 6 * S;
	assert(take(&m, true, &r) == 1 && out[0].late == 2);
	assert(m.zone[0].total.late == 12);
	meter_close(&m);
}

static void
test_restart(void)
{
	struct meter m = meter_of(0);
	struct sample s;

	meter_set_steps(&m, 0, true, true);
	take_value(&m, false, 0, 5);
	meter_restart(&m, 0);
	assert(m.zone[0].counter.steps && m.zone[0].counter.fix);
	meter_set_steps(&m, 0, false, false);
	take_value(&m, false, 10, 100);
	take_value(&m, false, S, 103);
	meter_restart(&m, 0);
	assert(take_value(&m, true, 5, 50) == 0); /* compares with nothing */
	assert(meter_flush(&m, 0, &s) && s.delta_uj == 3);
	assert(take_value(&m, true, S, 51) == 1 && out[0].delta_uj == 1);
	meter_close(&m);
}

/* Sums that would not fit are not made. */
static void
test_largest(void)
{
	struct meter m = { 0 };
	struct counter_reading r = { .ts = 0 };

	meter_add(&m, str_of("zone"));
	meter_set_law(&m, 0, UINT64_MAX - 1, UINT32_MAX);
	take(&m, false, &r);
	r = (struct counter_reading){ .ts = INT64_MAX - 1, .uj = UINT64_MAX };
	r.late = UINT64_MAX;
	assert(take(&m, false, &r) == 0);
	r = (struct counter_reading){ .ts = INT64_MAX, .uj = UINT64_MAX - 1 };
	r.booted = true;
	assert(take(&m, true, &r) == 2);
	assert(gives(&out[0], ENERGY_MISSED, INT64_MAX - 1, UINT64_MAX,
	    INT64_MAX - 1));
	assert(m.zone[0].total.uj == UINT64_MAX);
	/* Another 2^64 - 2 uJ do not fit beside so many. */
	meter_restart(&m, 0);
	take_value(&m, false, 0, 0);
	assert(take_value(&m, false, S, UINT64_MAX - 1) == 0);
	assert(take_value(&m, true, 20000 * S, UINT64_MAX - 3) == 2);
	assert(out[0].delta_uj == UINT64_MAX - 1);
	assert(
	    gives(&out[1], ENERGY_WRAP, 20000 * S, UINT64_MAX - 2, 19999 * S));
	assert(m.zone[0].total.uj == (wide)UINT64_MAX * 3 - 3);
	meter_close(&m);
}

/* The power of a first step is not known, nor that of what it is part of. */
static void
test_first_step(void)
{
	struct meter m = meter_of(0);

	meter_set_steps(&m, 0, true, false);
	take_value(&m, false, 0, 0);
	assert(take_value(&m, false, S, 300) == 0);
	assert(take_value(&m, true, 6 * S, 800) == 1);
	assert(gives(&out[0], ENERGY_OK, 6 * S, 800, 6 * S));
	assert(!out[0].has_power && out[0].power_uw == 0);
	assert(take_value(&m, true, 11 * S, 1300) == 1);
	assert(out[0].has_power && out[0].power_uw == 100);
	meter_close(&m);
}

/* Where the clock stands still there is no power, and no division. */
static void
test_coarse_clock(void)
{
	struct meter m = meter_of(0);

	take_value(&m, false, S, 1);
	assert(take_value(&m, false, S, 2) == 0);
	assert(take_value(&m, true, S, 4) == 1);
	assert(out[0].delta_uj == 3 && !out[0].has_power && !out[0].has_dur);
	meter_close(&m);
}

static void
test_remarkable(void)
{
	struct meter m = meter_of(0);

	take_value(&m, true, 0, 0);
	take_value(&m, true, MS, 50); /* 1 J is gone in 1 ms at 1000 W */
	assert(m.zone[0].unsure == 0);
	take_value(&m, true, 2 * MS + 1, 100);
	assert(m.zone[0].unsure == 1 && m.zone[0].above == 0);
	meter_set_law(&m, 0, UINT64_MAX - 1, LIMIT_W);
	take_value(&m, true, S, 101);
	take_value(&m, true, 2 * S, 1000000101); /* just the limit */
	assert(m.zone[0].above == 0);
	take_value(&m, true, 3 * S, 2000000102);
	assert(m.zone[0].above == 1 && m.zone[0].unsure == 1);
	meter_close(&m);
}

/* The mean of the last powers there were, by adding them up. */
static void
test_smoothing(void)
{
	enum { POWERS = 300 };

	srand(3);
	for (unsigned n = 1; n < 12; n++) {
		struct meter m = meter_of(n);
		uint64_t power[POWERS];
		size_t powers = 0;
		uint64_t uj = 0;

		take_value(&m, true, 0, 0);
		for (int64_t k = 1; k < POWERS; k++) {
			uint64_t sum = 0, most = 0;
			bool still = rand() % 4 == 0;

			uj += still ? 0 : 1 + (uint64_t)rand() % 500;
			assert(take_value(&m, true, k * S, uj) == 1);
			assert(out[0].has_power == !still);
			if (!still)
				power[powers++] = out[0].power_uw;
			for (; most < n && most < powers; most++)
				sum += power[powers - 1 - most];
			assert(out[0].smooth == n);
			assert(out[0].has_smoothed == (powers > 0));
			assert(powers == 0 ||
			    out[0].smoothed_uw == (sum + most / 2) / most);
		}
		meter_close(&m);
	}
}

/* Sums over samples. */
struct sums {
	uint64_t uj, late, gaps;
	int64_t dur;
};

static void
add(struct sums *sums, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct sample *s = &out[i];

		sums->late += s->late;
		sums->gaps += s->status == ENERGY_RESET ||
		    s->status == ENERGY_UNKNOWN;
		assert(s->late == 0 || s->status != ENERGY_OK);
		if (s->has_delta && s->status != ENERGY_STALE) {
			sums->uj += s->delta_uj;
			sums->dur += s->dur;
		}
	}
}

/* Readings by chance, and what can be known of them. */
enum { READINGS = 40 };
struct plan {
	struct counter_reading r[READINGS];
	struct sums truth;
};

static void
plan_readings(struct plan *p)
{
	uint64_t uj = (uint64_t)rand() % (RANGE + 1);
	/* What was last read, and what came since. */
	uint64_t since = 0;
	int64_t ts = 0, last = 0;
	bool begun = false, booted = false;

	*p = (struct plan){ 0 };
	for (size_t i = 0; i < READINGS; i++) {
		uint64_t delta = rand() % 3 == 0 ? 0 : (uint64_t)rand() % 20000;
		struct counter_reading *r = &p->r[i];

		ts += MS + rand() % MS;
		since += delta;
		uj = (uj + delta) % (RANGE + 1);
		*r = (struct counter_reading){ .ts = ts, .uj = uj };
		r->late = rand() % 5 == 0 ? (uint64_t)rand() % 4 : 0;
		p->truth.late += r->late;
		r->booted = rand() % 20 == 0;
		booted |= r->booted;
		if (i < READINGS - 1 && rand() % 5 == 0) {
			r->kind = rand() % 2 ? COUNTER_EMPTY : COUNTER_NONE;
			continue;
		}
		if (begun && booted)
			p->truth.gaps++;
		else if (begun && since > 0) {
			p->truth.uj += since;
			p->truth.dur += ts - last;
		}
		if (!begun || booted || since > 0)
			last = ts;
		begun = true;
		booted = false;
		since = 0;
	}
}

/* Where ticks are makes no difference to what is measured. */
static void
test_any_ticks(void)
{
	static struct plan p;

	srand(11);
	for (int round = 0; round < 20000; round++) {
		struct meter m = meter_of((unsigned)rand() % 3);
		int often = rand() % 8;
		struct sums sums = { 0 };

		plan_readings(&p);
		for (size_t i = 0; i < READINGS; i++)
			add(&sums, take(&m, rand() % 8 <= often, &p.r[i]));
		while (meter_flush(&m, 0, out))
			add(&sums, 1);
		assert(sums.uj == p.truth.uj && sums.dur == p.truth.dur);
		assert(sums.gaps == p.truth.gaps);
		assert(sums.late == p.truth.late || p.truth.uj == 0);
		assert(m.zone[0].total.uj == sums.uj);
		assert(m.zone[0].total.measured == (wide)sums.dur);
		assert(m.zone[0].total.late == sums.late);
		meter_close(&m);
	}
}

int
main(void)
{
	test_begins();
	test_joins();
	test_splits();
	test_stale();
	test_unreadable();
	test_empty();
	test_late();
	test_restart();
	test_largest();
	test_first_step();
	test_coarse_clock();
	test_remarkable();
	test_smoothing();
	test_any_ticks();
	return 0;
}
