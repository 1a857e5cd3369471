/* SPDX-License-Identifier: MIT */
/*
 * counter -- what the readings of an energy counter say, one after the other
 *
 * A counter counts microjoules up to its range and then begins anew.  The
 * kernel's are 32 bits of a unit of u nJ, shown as raw * u / 1000 uJ, and the
 * range that it shows is that of the largest raw: so u is the range * 1000 /
 * (2^32 - 1), rounded, and once round is 2^32 * u nJ, which is no whole number
 * of uJ (drivers/powercap/intel_rapl_common.c: rapl_unit_xlate).  Where such
 * a unit does not give that range, once round is the range and 1 uJ.
 *
 *	counter_begin(&c, &law);
 *	for each reading
 *		counter_read(&c, &reading, &step);
 *
 * The sum of all deltas is exact to 1 uJ however often the counter went round,
 * as long as it is read at least once a round: what is below 1 uJ is carried
 * from step to step.
 */
#ifndef TK_COUNTER_H
#define TK_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/wide.h"

enum energy_status {
	ENERGY_OK,
	ENERGY_STALE,      /* no new value was to be had: delta is 0 */
	ENERGY_MISSED,     /* ticks were late: delta covers them */
	ENERGY_WRAP,       /* it went round: delta is exact */
	ENERGY_UNKNOWN,    /* it fell, and its range is not known: no delta */
	ENERGY_RESET,      /* it began anew: no delta */
	ENERGY_UNREADABLE, /* there was no reading: no delta */
	ENERGY_STATUSES,
};

/* Returns the word of a status, as records have it. */
const char *energy_status_word(enum energy_status);

/* Finds the status of a word; false if it is none. */
bool energy_status_find(struct str word, enum energy_status *);

/* How a counter counts.  All in nJ. */
struct counter_law {
	bool known;       /* its range is: round is not 0 */
	wide round;       /* how much once round is */
	uint64_t unit;    /* of the kernel's counter; 0: it counts uJ */
	uint64_t limit_w; /* no zone draws more power: see counter_read */
};

/* Sets the law of a range in uJ; 0 is a range that is not known. */
void counter_law(struct counter_law *, uint64_t range_uj, uint64_t limit_w);

/*
 * Returns the longest time in ns in which a counter cannot go round at watts;
 * INT64_MAX if that is longer, or the range is not known.
 */
int64_t counter_round_time(const struct counter_law *, uint64_t watts);

enum counter_kind {
	COUNTER_VALUE,
	COUNTER_EMPTY, /* the file is being written: no new value yet */
	COUNTER_NONE,  /* it could not be read */
};

struct counter_reading {
	enum counter_kind kind;
	int64_t ts;      /* ns, just before it was read */
	uint64_t uj;     /* of a COUNTER_VALUE */
	uint64_t late;   /* ticks that passed since the reading before */
	int64_t written; /* when the file was written, in ns, or 0 */
	bool slept;      /* the machine did, since the reading before */
	bool booted;     /* the same: so it began anew in any case */
	bool told;       /* who recorded it knows the energy since the last */
	uint64_t told_uj;
};

/* What one reading, and what was read before, say. */
struct counter_step {
	enum energy_status status;
	bool begins; /* the first value: nothing to compare it with */
	bool has_delta;
	uint64_t delta_uj;
	/*
	 * The time that delta_uj is of: from the value before, or where that
	 * was seen more than once from the first time, to this reading.  Where
	 * there is no delta, the time since.  0: there was no value.
	 */
	int64_t dur;
	/* Between changes of the counter; false if it did not change. */
	bool has_power;
	uint64_t power_uw;
};

struct counter {
	struct counter_law law;
	bool steps; /* it is written every few seconds: see counter_read */
	bool fix;   /* it adds up uW, once each time that it is written */

	/* counter's own: */
	bool begun;
	uint64_t uj;        /* the last value */
	wide place;         /* of it in the round, in nJ */
	uint64_t carry;     /* nJ below 1 uJ, not part of any delta yet */
	int64_t changed;    /* when that value was first seen */
	int64_t written;    /* when it was written, or 0 */
	int64_t seen;       /* when there was any value last */
	bool moved;         /* it has changed since it began */
	bool slept, booted; /* the machine, since the last value */
};

/* Begins with no value. */
void counter_begin(struct counter *, const struct counter_law *);

/* Changes the law, as when a range gets known after the first value. */
void counter_set_law(struct counter *, const struct counter_law *);

/*
 * Takes a reading, whose ts is behind that of the one before.
 *
 * A value below the last one has gone round if the power that this takes is
 * not above the limit, for the time since the last change and ten ms more: the
 * counter is not written all the time.  If the machine slept or booted, or the
 * power is higher, it began anew.
 *
 * A recording may know of an energy, since its counter was read more often
 * than is recorded: as many rounds as are in that are taken to have been.
 *
 * Of a counter that steps, only the time from one change to the next is known
 * to be that of the energy between: the power of the first change is not
 * known, unless it is known when the file was written; one that was written
 * anew with the same value has used nothing.  With fix, a change is
 * a power in uW and becomes an energy by the time between changes (Scaphandre
 * 1.0.0 to 1.0.3: src/exporters/qemu.rs); a change is unknown if that time is
 * not known.
 *
 * A file that stays empty for ten s cannot be read.
 */
void counter_read(struct counter *, const struct counter_reading *,
    struct counter_step *);

#endif
