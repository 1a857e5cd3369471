/* SPDX-License-Identifier: MIT */
/*
 * counter_laws: a million counters that are simulated, read by plans of chance
 *
 * A machine has a counter of 32 bits of a unit, which goes round by itself,
 * or one of range + 1; it uses power, is late, sleeps, boots.  An oracle is
 * told what the counter really holds, in nJ of 128 bits since it began, and
 * says what each reading must give.  Where nothing happened that no reader
 * could know of, the sum of all deltas must be what the machine used.
 *
 *	counter_laws [COUNTERS [SEED]]
 */
#undef NDEBUG
#include "energy/counter.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define S UINT64_C(1000000000)

static uint64_t chance;

static uint64_t
draw(void)
{
	chance ^= chance << 13;
	chance ^= chance >> 7;
	chance ^= chance << 17;
	return chance * UINT64_C(0x2545f4914f6cdd1d);
}

static uint64_t
below(uint64_t limit)
{
	return (uint64_t)((wide)draw() * limit >> 64);
}

/* A number of 0 to so many bits, each as likely. */
static uint64_t
of_bits(unsigned bits)
{
	unsigned n = (unsigned)below(bits + 1);

	return n == 0 ? 0 : draw() >> (64 - n);
}

static bool
one_of(unsigned n)
{
	return below(n) == 0;
}

static wide
least(wide a, wide b)
{
	return a < b ? a : b;
}

struct machine {
	uint64_t unit; /* nJ; 0: it counts uJ up to range */
	uint64_t range;
	wide round;
	uint64_t limit_w;
	uint32_t raw;    /* where there is a unit */
	uint64_t uj;     /* where there is none */
	wide used;       /* nJ that were counted since the last value taken */
	wide total;      /* and since the first of this stretch */
	unsigned rounds; /* that it went since the last value taken */
	bool odd;        /* no reader can know what happened */
	bool anew;       /* it began anew since the last value taken */
	bool slept, booted;
};

/* The unit that gives that range, if there is one, by trying. */
static uint64_t
unit_of(uint64_t range)
{
	uint64_t near = (uint64_t)((wide)range * 1000 / UINT32_MAX);

	for (uint64_t u = near; u <= near + 1; u++)
		if (u >= 1000 && (wide)u * UINT32_MAX / 1000 == range)
			return u;
	return 0;
}

static void
build(struct machine *m)
{
	static const uint64_t known[] = { 262143328850, 65532610987,
		65712999613, 4294967295000000, 262143999938, UINT64_MAX - 1 };

	*m = (struct machine){ .limit_w = one_of(3) ? 1000 : of_bits(40) };
	if (one_of(4))
		m->range = known[below(sizeof(known) / sizeof(*known))];
	else if (one_of(2)) /* 2^42 units are more than a range can be */
		m->range = (uint64_t)((wide)(1000 + of_bits(42) % 4294967000) *
		    UINT32_MAX / 1000);
	else
		m->range = of_bits(64);
	m->range += m->range == 0;
	m->range -= m->range == UINT64_MAX;
	m->unit = unit_of(m->range);
	m->round = m->unit == 0 ? ((wide)m->range + 1) * 1000
				: ((wide)1 << 32) * m->unit;
	m->raw = (uint32_t)of_bits(32);
	m->uj = of_bits(64) % (m->range + 1);
	if (one_of(3)) { /* close to the end */
		m->raw = ~m->raw;
		m->uj = m->range - m->uj;
	}
}

/* What it shows, and what that stands for in nJ. */
static uint64_t
shown(const struct machine *m)
{
	return m->unit == 0 ? m->uj : (uint64_t)((wide)m->raw * m->unit / 1000);
}

static wide
held(const struct machine *m)
{
	return m->unit == 0 ? (wide)m->uj * 1000 : (wide)m->raw * m->unit;
}

/* Counts what fits into so many nJ. */
static void
use(struct machine *m, wide nj)
{
	wide before = held(m), counts;

	if (m->unit == 0) {
		counts = nj / 1000;
		m->uj = (uint64_t)((m->uj + counts) % ((wide)m->range + 1));
		counts *= 1000;
	} else {
		counts = nj / m->unit;
		m->raw += (uint32_t)counts;
		counts *= m->unit;
	}
	m->used += counts;
	m->total += counts;
	m->rounds += counts >= m->round || held(m) < before;
}

static void
begin_anew(struct machine *m)
{
	m->anew = true;
	m->raw = (uint32_t)of_bits(one_of(2) ? 10 : 32);
	m->uj = of_bits(one_of(2) ? 10 : 64) % (m->range + 1);
}

/* Lets ns pass. */
static void
live(struct machine *m, uint64_t ns, bool wild)
{
	wide most = (wide)m->limit_w * ns, room = m->round - m->used;

	if (one_of(6))
		return;
	if (wild && one_of(4)) {
		use(m, (wide)of_bits(40) * m->limit_w * 1000);
		m->odd = true;
	} else {
		room -= least(room, m->unit == 0 ? 1000 : m->unit);
		most = least(most, room);
		use(m, one_of(8) ? most : most / 1000 * below(1001));
	}
	m->odd |= m->used >= m->round;
	if (one_of(24) || (wild && one_of(6)))
		begin_anew(m);
}

/* What a reader remembers. */
struct oracle {
	bool known, steps, fix, begun, moved, slept, booted;
	uint64_t uj;
	wide place;
	int64_t changed, seen, written;
	wide total; /* nJ of this stretch, and */
	wide told;  /* the sum of all deltas of it, in uJ */
};

/* Who does not know the law takes what it shows. */
static wide
place(const struct oracle *o, const struct machine *m)
{
	return o->known ? held(m) : (wide)shown(m) * 1000;
}

/* A counter that steps was written since, and the time of that is told. */
static bool
is_dated_anew(const struct oracle *o, const struct counter_reading *r)
{
	return (o->steps || o->fix) && o->written > 0 &&
	    r->written > o->written;
}

static enum energy_status
say(const struct oracle *o, const struct machine *m,
    const struct counter_reading *r, wide *nj)
{
	uint64_t ns = (uint64_t)(r->ts - o->changed) + S / 100;

	*nj = 0;
	if (o->booted)
		return ENERGY_RESET;
	if (r->uj == o->uj && !is_dated_anew(o, r))
		return ENERGY_STALE;
	if (r->uj == o->uj) /* so nothing was used */
		return r->late > 0 ? ENERGY_MISSED : ENERGY_OK;
	*nj = place(o, m) - o->place; /* below 0, where it fell */
	if (r->uj > o->uj)
		return r->late > 0 ? ENERGY_MISSED : ENERGY_OK;
	if (!o->known)
		return ENERGY_UNKNOWN;
	*nj += m->round;
	if (o->slept || *nj > (wide)m->limit_w * ns)
		return ENERGY_RESET;
	return ENERGY_WRAP;
}

/* The time that the power is of; 0 if that is not known. */
static uint64_t
time_of(const struct oracle *o, const struct counter_reading *r)
{
	if (is_dated_anew(o, r))
		return (uint64_t)(r->written - o->written);
	if ((o->steps || o->fix) && !o->moved)
		return 0;
	return (uint64_t)(r->ts - o->changed);
}

/* What an energy in nJ gives. */
static void
tell(struct oracle *o, const struct counter_reading *r, wide nj,
    struct counter_step *want)
{
	uint64_t ns = time_of(o, r);
	wide uj, uw;

	if (o->fix)
		nj = (2 * nj * ns + S) / (2 * S);
	uj = (o->total + nj) / 1000 - o->total / 1000;
	if ((o->fix && ns == 0) || uj > UINT64_MAX) {
		want->status = ENERGY_UNKNOWN;
		o->total = o->told = 0;
		return;
	}
	o->total += nj;
	o->told += uj;
	want->has_delta = true;
	want->delta_uj = (uint64_t)uj;
	uw = ns == 0 ? 0 : (2 * uj * S + ns) / (2 * (wide)ns);
	want->has_power = ns > 0 && uw <= UINT64_MAX;
	want->power_uw = want->has_power ? (uint64_t)uw : 0;
}

static void
remember(struct oracle *o, const struct machine *m,
    const struct counter_reading *r)
{
	o->begun = true;
	o->uj = r->uj;
	o->place = place(o, m);
	o->changed = r->ts;
	o->written = r->written;
	o->slept = o->booted = false;
}

static void
foretell_value(struct oracle *o, const struct machine *m,
    const struct counter_reading *r, struct counter_step *want)
{
	wide nj;

	want->status = say(o, m, r, &nj);
	o->seen = r->ts;
	switch (want->status) {
	case ENERGY_STALE:
		want->has_delta = true;
		o->slept = false; /* it stands as it stood before the sleep */
		return;
	case ENERGY_OK:
	case ENERGY_MISSED:
	case ENERGY_WRAP:
		tell(o, r, nj, want);
		o->moved = true;
		break;
	default:
		o->total = o->told = 0;
		o->moved = false;
	}
	remember(o, m, r);
}

static struct counter_step
foretell(struct oracle *o, const struct machine *m,
    const struct counter_reading *r)
{
	struct counter_step want = { .status = ENERGY_UNREADABLE };

	o->slept |= r->slept;
	o->booted |= r->booted;
	want.dur = o->begun ? r->ts - o->changed : 0;
	if (r->kind == COUNTER_VALUE && o->begun) {
		foretell_value(o, m, r, &want);
	} else if (r->kind == COUNTER_VALUE) {
		want.status = ENERGY_RESET;
		want.begins = true;
		remember(o, m, r);
		o->seen = r->ts;
	} else if (r->kind == COUNTER_EMPTY && o->begun &&
	    r->ts <= o->seen + 10 * (int64_t)S) {
		want.status = ENERGY_STALE;
		want.has_delta = true;
	}
	return want;
}

/* What a reading must be by what happened, where a reader can know. */
static bool
is_true(const struct machine *m, const struct oracle *o,
    enum energy_status status, bool late)
{
	if (m->booted)
		return status == ENERGY_RESET;
	if (m->anew || m->slept || m->odd)
		return true;
	/* Nothing was used: it was not written, or is known to have been. */
	if (m->used == 0)
		return status == ENERGY_STALE ||
		    ((o->steps || o->fix) &&
			status == (late ? ENERGY_MISSED : ENERGY_OK));
	if (o->fix && status == ENERGY_UNKNOWN)
		return true;
	if (m->rounds > 0)
		return status == (o->known ? ENERGY_WRAP : ENERGY_UNKNOWN);
	return status == (late ? ENERGY_MISSED : ENERGY_OK);
}

/* Compares with what the machine knows, whatever a reader may think. */
static void
compare_with_truth(struct machine *m, const struct oracle *o,
    const struct counter_step *got, bool late)
{
	assert(got->begins || is_true(m, o, got->status, late));
	/* It counts from a new value on, or what nobody could see stays. */
	if (got->begins || got->status == ENERGY_RESET ||
	    got->status == ENERGY_UNKNOWN) {
		m->total = 0;
		m->odd = false;
	} else {
		m->odd |= m->anew;
	}
	m->used = 0;
	m->rounds = 0;
	m->anew = m->booted = m->slept = false;
	if (m->odd || o->fix)
		return;
	if (o->known)
		assert(o->told == m->total / 1000);
	else
		assert(o->told - m->total / 1000 <= 1);
}

static bool
same(const struct counter_step *a, const struct counter_step *b)
{
	return a->status == b->status && a->begins == b->begins &&
	    a->has_delta == b->has_delta && a->delta_uj == b->delta_uj &&
	    a->dur == b->dur && a->has_power == b->has_power &&
	    a->power_uw == b->power_uw;
}

static void
print_step(const char *who, const struct counter_step *s)
{
	fprintf(stderr,
	    "%s: %s%s, delta %d %" PRIu64 ", dur %" PRId64 ", power %d %" PRIu64
	    "\n",
	    who, energy_status_word(s->status), s->begins ? " begins" : "",
	    s->has_delta, s->delta_uj, s->dur, s->has_power, s->power_uw);
}

/* The next reading, after some time. */
static struct counter_reading
read_next(struct machine *m, int64_t *now, bool wild, bool written)
{
	uint64_t ns = 1 + of_bits(42);
	struct counter_reading r = { .kind = COUNTER_VALUE };

	*now += (int64_t)ns;
	live(m, ns, wild);
	r.ts = *now;
	r.slept = one_of(20);
	r.booted = one_of(40);
	if (r.booted || (r.slept && one_of(2)))
		begin_anew(m);
	m->slept |= r.slept;
	m->booted |= r.booted;
	r.late = one_of(6) ? of_bits(64) : 0;
	if (one_of(8))
		r.kind = one_of(2) ? COUNTER_EMPTY : COUNTER_NONE;
	r.uj = shown(m);
	if (written)
		r.written = *now - (int64_t)below(ns) - (int64_t)of_bits(33);
	return r;
}

static void
run(unsigned *statuses)
{
	bool wild = one_of(2), written = one_of(8);
	struct oracle o = { .known = !one_of(6) };
	struct counter_law law;
	struct counter c;
	struct machine m;
	int64_t now = (int64_t)of_bits(60);

	build(&m);
	counter_law(&law, o.known ? m.range : one_of(2) * UINT64_MAX,
	    m.limit_w);
	counter_begin(&c, &law);
	c.steps = o.steps = one_of(5);
	c.fix = o.fix = one_of(6);
	for (uint64_t n = 3 + below(40); n > 0; n--) {
		struct counter_reading r = read_next(&m, &now, wild, written);
		struct counter_step got, want;

		want = foretell(&o, &m, &r);
		counter_read(&c, &r, &got);
		if (!same(&got, &want)) {
			print_step("got", &got);
			print_step("want", &want);
			abort();
		}
		if (r.kind == COUNTER_VALUE)
			compare_with_truth(&m, &o, &got, r.late > 0);
		statuses[got.status]++;
	}
}

/* Some 16,000 rounds, each read about twice. */
static void
go_round_often(uint64_t range)
{
	struct machine m = { .range = range, .unit = unit_of(range) };
	struct counter_reading r = { .ts = 0 };
	struct counter_law law;
	struct counter_step step;
	struct counter c;
	uint64_t wraps = 0;
	wide told = 0;

	m.round = m.unit == 0 ? ((wide)range + 1) * 1000
			      : ((wide)1 << 32) * m.unit;
	counter_law(&law, range, UINT64_MAX);
	counter_begin(&c, &law);
	counter_read(&c, &r, &step);
	for (unsigned i = 0; i < 32768; i++) {
		use(&m, (m.round - m.unit - 1000) / 1000 * below(1001));
		r.ts += (int64_t)(10 * S);
		r.uj = shown(&m);
		counter_read(&c, &r, &step);
		assert(step.has_delta);
		told += step.delta_uj;
		wraps += step.status == ENERGY_WRAP;
		assert(told == m.total / 1000);
	}
	assert(wraps >= 10000 && wraps == m.total / m.round);
}

int
main(int argc, char *argv[])
{
	unsigned statuses[ENERGY_STATUSES] = { 0 };
	uint64_t counters = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;

	chance = seed * UINT64_C(0x9e3779b97f4a7c15) | 1;
	for (uint64_t i = 0; i < counters; i++)
		run(statuses);
	for (unsigned i = 0; i < ENERGY_STATUSES; i++)
		assert(statuses[i] > counters / 20);
	go_round_often(262143328850);
	go_round_often(65532610987);
	go_round_often(65712999613);
	go_round_often(4294967295000000);
	go_round_often(262143999938);
	go_round_often(UINT64_MAX - 1);
	go_round_often(999);
	return 0;
}
