/* SPDX-License-Identifier: MIT */
#include "energy/meter.h"

#include <stdlib.h>

#include "base/duration.h"
#include "base/mem.h"
#include "energy/watts.h"

/* Powers of shorter times are of how often the counter is written. */
static const int64_t telling_ns = 50 * 1000 * 1000;

size_t
meter_add(struct meter *m, struct str label)
{
	struct meter_zone *z;

	m->zone = mem_grow(m->zone, &m->cap, m->n + 1, sizeof(*m->zone));
	z = &m->zone[m->n];
	*z = (struct meter_zone){ .label = mem_dup(label.p, label.n) };
	meter_set_law(m, m->n, 0, 0);
	if (m->smooth > 0)
		z->power = mem_alloc(m->smooth * sizeof(*z->power));
	return m->n++;
}

void
meter_set_law(struct meter *m, size_t zone, uint64_t range_uj, uint64_t limit_w)
{
	struct meter_zone *z = &m->zone[zone];
	struct counter_law law;

	counter_law(&law, range_uj, limit_w);
	counter_set_law(&z->counter, &law);
	z->round_time = counter_round_time(&law, limit_w);
}

void
meter_set_steps(struct meter *m, size_t zone, bool steps, bool fix)
{
	m->zone[zone].counter.steps = steps;
	m->zone[zone].counter.fix = fix;
}

void
meter_restart(struct meter *m, size_t zone)
{
	struct counter *c = &m->zone[zone].counter;
	bool steps = c->steps, fix = c->fix;

	counter_begin(c, &c->law);
	c->steps = steps;
	c->fix = fix;
}

/* Makes one more power part of the mean, and gives that. */
static void
smooth(const struct meter *m, struct meter_zone *z, struct sample *s)
{
	uint64_t *place;

	s->smooth = m->smooth;
	if (m->smooth == 0)
		return;
	if (s->has_power) {
		/* The oldest goes; as long as there is none, it is 0. */
		place = &z->power[z->power_next++ % m->smooth];
		z->power_sum += s->power_uw;
		z->power_sum -= *place;
		*place = s->power_uw;
		if (z->powers < m->smooth)
			z->powers++;
	}
	s->has_smoothed = z->powers > 0;
	if (s->has_smoothed)
		s->smoothed_uw = (uint64_t)wide_scale(z->power_sum, 1,
		    z->powers);
}

/* Counts a sample that is complete, and completes it with the mean. */
static void
finish(const struct meter *m, struct meter_zone *z, struct sample *s)
{
	s->zone = str_of(z->label);
	z->total.status[s->status]++;
	z->total.late += s->late;
	z->measured |= s->has_delta;
	if (s->has_delta && s->status != ENERGY_STALE) {
		z->total.uj += s->delta_uj;
		z->total.measured += (uint64_t)s->dur;
	}
	if (s->has_power && s->dur >= telling_ns &&
	    s->power_uw > (wide)z->counter.law.limit_w * WATTS_UW)
		z->above++;
	smooth(m, z, s);
}

/* Begins a sample with what one reading says. */
static void
make_sample(struct sample *s, const struct counter_reading *r, int64_t took,
    const struct counter_step *step)
{
	*s = (struct sample){
		.ts = r->ts,
		.has_counter = r->kind == COUNTER_VALUE,
		.counter_uj = r->uj,
		.has_delta = step->has_delta,
		.delta_uj = step->delta_uj,
		.has_dur = step->dur > 0,
		.dur = step->dur,
		.has_power = step->has_power,
		.power_uw = step->power_uw,
		.status = step->status,
		.late = r->late,
		.read = took,
	};
}

/* Adds what a later reading says to a sample that is open. */
static void
extend(struct sample *open, const struct sample *s)
{
	wide uw = 0;

	open->ts = s->ts;
	open->counter_uj = s->counter_uj;
	open->delta_uj += s->delta_uj;
	open->dur += s->dur;
	open->late += s->late;
	open->read = s->read;
	if (s->status > open->status)
		open->status = s->status;
	/* A coarse clock may not have gone on. */
	if (open->dur > 0)
		uw = wide_scale(open->delta_uj, NS_PER_S, (wide)open->dur);
	open->has_dur = open->dur > 0;
	open->has_power = open->has_power && s->has_power && uw <= UINT64_MAX;
	open->power_uw = open->has_power ? (uint64_t)uw : 0;
}

/* Tells whether a sample can be joined with those after it. */
static bool
can_join(const struct sample *s)
{
	return s->has_delta && s->status != ENERGY_STALE;
}

/* Tells whether a sum of both fits. */
static bool
fits(const struct sample *a, const struct sample *b)
{
	return a->delta_uj <= UINT64_MAX - b->delta_uj &&
	    a->dur <= INT64_MAX - b->dur;
}

/* Writes the sample that is open; false if none is. */
static bool
write_open(const struct meter *m, struct meter_zone *z, struct sample *out)
{
	if (!z->is_open)
		return false;
	z->is_open = false;
	/* Ticks were late that read nothing new. */
	if (z->open.late > 0 && z->open.status == ENERGY_OK)
		z->open.status = ENERGY_MISSED;
	*out = z->open;
	finish(m, z, out);
	return true;
}

bool
meter_flush(struct meter *m, size_t zone, struct sample *out)
{
	struct meter_zone *z = &m->zone[zone];

	if (write_open(m, z, out))
		return true;
	if (!z->is_idle)
		return false;
	z->is_idle = false;
	z->late = 0;
	*out = z->idle;
	finish(m, z, out);
	return true;
}

/* Joins a sample to the one that is open; returns how many are complete. */
static size_t
join(const struct meter *m, struct meter_zone *z, const struct sample *s,
    bool tick, struct sample *out)
{
	size_t n = 0;

	if (z->is_open && fits(&z->open, s)) {
		extend(&z->open, s);
	} else {
		n += write_open(m, z, out);
		z->open = *s;
	}
	z->is_open = true;
	if (tick)
		n += write_open(m, z, out + n);
	return n;
}

/* Takes a sample that cannot be joined with others. */
static size_t
write_alone(const struct meter *m, struct meter_zone *z, struct sample *s,
    bool tick, struct sample *out)
{
	bool stale = s->status == ENERGY_STALE;
	size_t n = 0;

	if (stale && z->is_open) {
		z->open.late += s->late;
		return tick && write_open(m, z, out);
	}
	/* Nothing new: of no interest but at a tick, or at the end. */
	if (!tick && (stale || s->status == ENERGY_UNREADABLE)) {
		z->idle = *s;
		z->is_idle = true;
		z->late = s->late;
		return 0;
	}
	n += write_open(m, z, out);
	finish(m, z, s);
	out[n++] = *s;
	return n;
}

size_t
meter_read(struct meter *m, size_t zone, const struct counter_reading *reading,
    int64_t took, bool tick, struct sample *out, bool *begins)
{
	struct meter_zone *z = &m->zone[zone];
	struct counter_reading r = *reading;
	struct counter_step step;
	struct sample s;

	r.late += z->late;
	z->late = 0;
	z->is_idle = false;
	counter_read(&z->counter, &r, &step);
	*begins = step.begins;
	if (step.begins) {
		z->late = r.late;
		return 0;
	}
	if (step.status != ENERGY_STALE) {
		z->has_power = step.has_power;
		z->power_uw = step.power_uw;
	}
	z->unsure += step.has_delta && step.status != ENERGY_STALE &&
	    step.dur > z->round_time;
	make_sample(&s, &r, took, &step);
	if (can_join(&s))
		return join(m, z, &s, tick, out);
	return write_alone(m, z, &s, tick, out);
}

void
meter_close(struct meter *m)
{
	for (size_t i = 0; i < m->n; i++) {
		free(m->zone[i].label);
		free(m->zone[i].power);
	}
	free(m->zone);
	*m = (struct meter){ 0 };
}
