/* SPDX-License-Identifier: MIT */
#include "energy/counter.h"

#include <assert.h>
#include <string.h>

#include "base/duration.h"

enum {
	NJ_PER_UJ = 1000,
	/*
	 * How long a counter may stand still between two readings besides the
	 * time between them: the kernel's are written each ms or so.
	 */
	SLACK_NS = 10 * 1000 * 1000,
};

/* For how long a file may be empty as if it was being written: Scaphandre
 * writes each 5 s. */
static const int64_t empty_ns = 10 * NS_PER_S;

static const char *const words[ENERGY_STATUSES] = {
	[ENERGY_OK] = "ok",
	[ENERGY_STALE] = "stale",
	[ENERGY_MISSED] = "missed",
	[ENERGY_WRAP] = "wrap",
	[ENERGY_UNKNOWN] = "unknown",
	[ENERGY_RESET] = "reset",
	[ENERGY_UNREADABLE] = "unreadable",
};

const char *
energy_status_word(enum energy_status status)
{
	return words[status];
}

bool
energy_status_find(struct str word, enum energy_status *status)
{
	for (unsigned i = 0; i < ENERGY_STATUSES; i++)
		if (str_is(word, words[i])) {
			*status = (enum energy_status)i;
			return true;
		}
	return false;
}

void
counter_law(struct counter_law *law, uint64_t range_uj, uint64_t limit_w)
{
	const wide raws = UINT32_MAX;
	wide unit = ((wide)range_uj * NJ_PER_UJ + raws / 2) / raws;

	*law = (struct counter_law){ .known = range_uj > 0 &&
		    range_uj < UINT64_MAX,
		.limit_w = limit_w };
	if (!law->known)
		return;
	if (unit >= NJ_PER_UJ && unit * raws / NJ_PER_UJ == range_uj) {
		law->unit = (uint64_t)unit;
		law->round = unit * (raws + 1);
	} else {
		law->round = ((wide)range_uj + 1) * NJ_PER_UJ;
	}
}

int64_t
counter_round_time(const struct counter_law *law, uint64_t watts)
{
	wide ns;

	if (!law->known || watts == 0)
		return INT64_MAX;
	ns = law->round / watts; /* a W is a nJ in a ns */
	return ns > INT64_MAX ? INT64_MAX : (int64_t)ns;
}

void
counter_begin(struct counter *c, const struct counter_law *law)
{
	*c = (struct counter){ .law = *law };
}

/*
 * Returns what the value stands for, in nJ: the kernel cuts off what is below
 * 1 uJ, but only one raw count can have given it.
 */
static wide
place_of(const struct counter_law *law, uint64_t uj)
{
	wide nj = (wide)uj * NJ_PER_UJ, exact;

	if (law->unit == 0)
		return nj;
	exact = (nj + law->unit - 1) / law->unit * law->unit;
	return exact / NJ_PER_UJ == uj ? exact : nj;
}

void
counter_set_law(struct counter *c, const struct counter_law *law)
{
	c->law = *law;
	c->place = place_of(law, c->uj);
}

/* Keeps a value to compare the next ones with. */
static void
keep(struct counter *c, const struct counter_reading *r)
{
	c->begun = true;
	c->uj = r->uj;
	c->place = place_of(&c->law, r->uj);
	c->changed = c->seen = r->ts;
	c->written = r->written;
	c->slept = c->booted = false;
}

/* Tells whether such an energy can have come since the last change. */
static bool
is_plausible(const struct counter *c, wide nj, int64_t ts)
{
	uint64_t ns = (uint64_t)(ts - c->changed) + SLACK_NS;

	return nj <= (wide)c->law.limit_w * ns;
}

/*
 * Sets the energy since the last value, in nJ, and tells how it was found.
 * Without an energy it is 0.
 */
static enum energy_status
compare(const struct counter *c, const struct counter_reading *r, wide *nj)
{
	wide now = place_of(&c->law, r->uj);

	*nj = 0;
	if (c->booted)
		return ENERGY_RESET;
	if (r->uj >= c->uj) {
		*nj = now - c->place;
		return ENERGY_OK;
	}
	if (!c->law.known)
		return ENERGY_UNKNOWN;
	/* A value above its range is not of this law. */
	if (c->slept || c->place >= c->law.round)
		return ENERGY_RESET;
	*nj = c->law.round - c->place + now;
	if (is_plausible(c, *nj, r->ts))
		return ENERGY_WRAP;
	*nj = 0;
	return ENERGY_RESET;
}

/*
 * Adds the rounds to an energy that are in what is told of it, if the rest is
 * just that; tells whether there were any.
 */
static bool
add_rounds(const struct counter *c, const struct counter_reading *r, wide *nj)
{
	wide told = (wide)r->told_uj * NJ_PER_UJ, more, rest;

	if (!r->told || !c->law.known || told <= *nj)
		return false;
	more = (told - *nj + NJ_PER_UJ) / c->law.round * c->law.round;
	rest = *nj + more > told ? *nj + more - told : told - *nj - more;
	if (more == 0 || rest > NJ_PER_UJ)
		return false;
	*nj += more;
	return true;
}

/*
 * Returns the time between the last change and this one, or 0 if the last is
 * not known: of a file, the times when it was written tell.
 */
static int64_t
between_changes(const struct counter *c, const struct counter_reading *r)
{
	if (!c->steps && !c->fix)
		return r->ts - c->changed;
	if (r->written > c->written && c->written > 0)
		return r->written - c->written;
	return c->moved ? r->ts - c->changed : 0;
}

/*
 * Makes a delta of the energy, with what was left below 1 uJ; false if that is
 * more than a delta can be.
 */
static bool
set_delta(struct counter *c, wide nj, struct counter_step *step)
{
	wide uj = (nj + c->carry) / NJ_PER_UJ;

	if (uj > UINT64_MAX)
		return false;
	c->carry = (uint64_t)((nj + c->carry) % NJ_PER_UJ);
	step->has_delta = true;
	step->delta_uj = (uint64_t)uj;
	return true;
}

/* Makes an energy of a power in nW; 0 for a time that is not known. */
static wide
energy_of(wide nw, int64_t ns)
{
	/* What is far more than any delta would not fit on the way. */
	if (ns > 0 && nw > (~(wide)0 - NS_PER_S) / (uint64_t)ns)
		return (wide)UINT64_MAX * UINT64_MAX;
	return wide_scale(nw, (uint64_t)ns, NS_PER_S);
}

/* Sets the energy of a change, and its power if that is known. */
static void
set_energy(struct counter *c, const struct counter_reading *r, wide nj,
    struct counter_step *step)
{
	int64_t between = between_changes(c, r);
	wide uw;

	if (c->fix)
		nj = energy_of(nj, between);
	if ((c->fix && between == 0) || !set_delta(c, nj, step)) {
		step->status = ENERGY_UNKNOWN;
		c->carry = 0;
		return;
	}
	if (between == 0)
		return;
	uw = wide_scale(step->delta_uj, NS_PER_S, (wide)between);
	step->has_power = uw <= UINT64_MAX;
	if (step->has_power)
		step->power_uw = (uint64_t)uw;
}

/* Tells whether the file of a counter that steps was written anew. */
static bool
is_rewritten(const struct counter *c, const struct counter_reading *r)
{
	return (c->steps || c->fix) && c->written > 0 &&
	    r->written > c->written;
}

static void
read_value(struct counter *c, const struct counter_reading *r,
    struct counter_step *step)
{
	wide nj;

	step->status = compare(c, r, &nj);
	step->dur = r->ts - c->changed;
	if ((step->status == ENERGY_OK || step->status == ENERGY_WRAP) &&
	    add_rounds(c, r, &nj))
		step->status = ENERGY_WRAP;
	if (step->status == ENERGY_OK && r->uj == c->uj &&
	    !is_rewritten(c, r)) {
		step->status = ENERGY_STALE;
		step->has_delta = true;
		c->seen = r->ts;
		c->slept = false;
		return;
	}
	if (step->status == ENERGY_OK || step->status == ENERGY_WRAP) {
		set_energy(c, r, nj, step);
		c->moved = true;
	} else {
		c->carry = 0;
		c->moved = false;
	}
	if (step->status == ENERGY_OK && r->late > 0)
		step->status = ENERGY_MISSED;
	keep(c, r);
}

void
counter_read(struct counter *c, const struct counter_reading *r,
    struct counter_step *step)
{
	*step = (struct counter_step){ .status = ENERGY_UNREADABLE };
	c->slept |= r->slept;
	c->booted |= r->booted;
	if (c->begun)
		step->dur = r->ts - c->changed;
	if (r->kind == COUNTER_VALUE && !c->begun) {
		keep(c, r);
		step->begins = true;
		step->status = ENERGY_RESET;
	} else if (r->kind == COUNTER_VALUE) {
		read_value(c, r, step);
	} else if (r->kind == COUNTER_EMPTY && c->begun &&
	    r->ts - c->seen <= empty_ns) {
		step->status = ENERGY_STALE;
		step->has_delta = true;
	}
}
