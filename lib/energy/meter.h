/* SPDX-License-Identifier: MIT */
/*
 * meter -- zones and their readings, made into samples
 *
 * A counter may be read more often than a sample is wanted of it, so that it
 * does not go round twice in between.  A sample covers all readings since the
 * one before; but where a counter began anew, what was before and what comes
 * after are samples of their own, and no known energy is lost.
 */
#ifndef TK_METER_H
#define TK_METER_H

#include "energy/counter.h"
#include "energy/sample.h"

/* What was measured of a zone in all. */
struct meter_total {
	wide uj;
	wide measured;                    /* ns that uj is of */
	uint64_t status[ENERGY_STATUSES]; /* how many samples */
	uint64_t late;                    /* ticks */
};

struct meter_zone {
	char *label;
	struct meter_total total;
	bool measured; /* there was an energy, if only 0 */
	/* The last power. */
	bool has_power;
	uint64_t power_uw;
	int error;       /* errno of the last reading that failed, or 0 */
	uint64_t above;  /* powers that were above the limit */
	uint64_t unsure; /* times so long that it may have gone round twice */

	/* meter's own: */
	struct counter counter;
	int64_t round_time;
	struct sample open; /* of the readings since the last sample */
	bool is_open;
	/* The last reading, if it told nothing and no tick was there for it. */
	struct sample idle;
	bool is_idle;
	uint64_t late;   /* ticks that are in no sample yet */
	uint64_t *power; /* the last ones, of which the mean is */
	wide power_sum;
	size_t powers;
	uint64_t power_next;
};

struct meter {
	struct meter_zone *zone;
	size_t n;
	unsigned smooth; /* of how many powers to give the mean; 0: none */

	/* meter's own: */
	size_t cap;
};

/*
 * Adds a zone, with a copy of its label; returns its number.  Its range is not
 * known, and it does not step.
 */
size_t meter_add(struct meter *, struct str label);

/* Sets how a zone counts: see counter_law. */
void meter_set_law(struct meter *, size_t zone, uint64_t range_uj,
    uint64_t limit_w);

/* Sets whether a zone's counter steps, and is to be mended (counter.h). */
void meter_set_steps(struct meter *, size_t zone, bool steps, bool fix);

/*
 * Lets a zone begin anew: the next reading has nothing to compare with.  What
 * is in no sample yet is to be flushed before that reading.
 */
void meter_restart(struct meter *, size_t zone);

/*
 * Takes a reading of a zone, which took so many ns (below 0: not known).  tick
 * says that a sample is wanted.  Writes up to METER_SAMPLES of them, and
 * returns how many; their strings are the meter's.  *begins says that it is
 * the first value of the zone.
 */
enum { METER_SAMPLES = 2 };
size_t meter_read(struct meter *, size_t zone, const struct counter_reading *,
    int64_t took, bool tick, struct sample *out, bool *begins);

/*
 * At the end: writes a sample of what was read and is in none yet, up to two
 * of them one after the other.  False if there is nothing.
 */
bool meter_flush(struct meter *, size_t zone, struct sample *out);

/* Frees what it holds. */
void meter_close(struct meter *);

#endif
