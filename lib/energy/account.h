/* SPDX-License-Identifier: MIT */
/*
 * account -- the energy of a zone in a range of time, in exact integers
 *
 * The energy of a sample is spread evenly over its time.  What it had used
 * until some time is cut off to a whole uJ, and a range has the difference of
 * two such values: so ranges that tile a time add up to the sample exactly.
 * A range begins behind its first nanosecond: what has no length is in the
 * range that ends there.
 */
#ifndef TK_ACCOUNT_H
#define TK_ACCOUNT_H

#include "base/wide.h"
#include "energy/sample.h"

struct account_range {
	int64_t from, to;
};

struct account {
	wide uj;
	wide measured; /* ns; of several zones the least of theirs */
	bool known;    /* any energy is: else uj says nothing */
	bool timed;    /* of several zones: measured is that of any yet */
	bool has_power;
	uint64_t least_uw, most_uw;
	uint64_t samples, status[ENERGY_STATUSES];
	uint64_t zones; /* of how many zones it is */
	bool has_mean;  /* of several: any of them has a mean power */
	wide mean_uw;   /* their sum */
};

/* Returns the uJ of a sample until t. */
static inline uint64_t
account_until(const struct sample *s, int64_t t)
{
	uint64_t past;

	if (t >= s->ts)
		return s->delta_uj;
	if (t <= s->ts - s->dur)
		return 0;
	past = (uint64_t)t - (uint64_t)(s->ts - s->dur);
	return (uint64_t)((wide)s->delta_uj * past / (uint64_t)s->dur);
}

/* Returns the uJ of a sample in a range. */
static inline uint64_t
account_within(const struct sample *s, struct account_range r)
{
	return account_until(s, r.to) - account_until(s, r.from);
}

/* Returns how many ns of a sample's time are in a range. */
static inline uint64_t
account_time(const struct sample *s, struct account_range r)
{
	int64_t from = s->ts - s->dur;
	int64_t to = s->ts < r.to ? s->ts : r.to;

	if (from < r.from)
		from = r.from;
	return to > from ? (uint64_t)to - (uint64_t)from : 0;
}

/* Tells whether any of a sample is in a range. */
static inline bool
account_reaches(const struct sample *s, struct account_range r)
{
	if (s->ts <= r.from)
		return false;
	return s->dur > 0 ? s->ts - s->dur < r.to : s->ts <= r.to;
}

/*
 * Tells whether a sample measures its time.  One that is stale does not: its
 * time is since the last change, and a later sample has it again.
 */
static inline bool
account_measures(const struct sample *s)
{
	return s->has_delta && (s->status != ENERGY_STALE || s->delta_uj > 0);
}

/* Adds what a sample has in the range. */
static inline void
account_add(struct account *a, const struct sample *s, struct account_range r)
{
	if (account_measures(s)) {
		a->uj += account_within(s, r);
		a->measured += account_time(s, r);
		a->known = true;
	}
	if (!s->has_power)
		return;
	if (!a->has_power || s->power_uw < a->least_uw)
		a->least_uw = s->power_uw;
	if (!a->has_power || s->power_uw > a->most_uw)
		a->most_uw = s->power_uw;
	a->has_power = true;
}

/* Counts a sample. */
static inline void
account_count(struct account *a, const struct sample *s)
{
	a->samples++;
	a->status[s->status]++;
	a->zones = 1;
}

/*
 * Adds a zone's account to that of several.  What was measured is the least
 * of their times then: so long, at the most, all of them were; but for zones
 * that only stood still, of which nothing is missing.  The least and
 * the most power of several zones together are not known.
 */
void account_join(struct account *, const struct account *zone);

/*
 * Sets the mean power in uW: the energy in the time that was measured.  That
 * of several zones is the sum of their mean powers, since each of them may
 * have been measured at other times; one that never was adds nothing.  False
 * if it is not known.
 */
bool account_mean(const struct account *, wide *uw);

#endif
