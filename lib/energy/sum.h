/* SPDX-License-Identifier: MIT */
/*
 * sum -- what the records of energy counters add up to, for each zone and all
 *
 *	struct sum *sum = sum_new(&arguments, command, out);
 *
 *	for each line of --by
 *		why = sum_by(sum, line);
 *	for each line
 *		why = sum_line(sum, line);
 *	counts = sum_end(sum, bad);
 *	sum_free(sum);
 *
 * One of three things is written: a row for each zone and one for all that
 * are summed; the same for each window (--window), as soon as all zones have
 * passed it; or a row for each interval of --by, all zones together.
 *
 * Streams may follow each other.  A zone that is in several of them goes on;
 * energy, time measured and counts add up, and so do the spans from the first
 * time to the last of each stream.  Where the time of a zone goes back, a new
 * stream begins, even if nothing says so.  Windows are closed where a stream
 * ends: two streams of the same time have their windows one after the other.
 *
 * Memory is that of zones, open windows and intervals.  A window stays open
 * as long as a zone stands still or cannot be read, since the record that ends
 * this has the energy of all that time.
 */
#ifndef TK_SUM_H
#define TK_SUM_H

#include "energy/account.h"
#include "energy/arguments.h"

struct sum; /* opaque */

/* The arguments are not kept; command and out must outlive it. */
struct sum *sum_new(const struct arguments *, struct str command,
    struct output *out);

/*
 * Takes a line of the intervals, all of them before the first sample.  A
 * record without ts and dur is passed over.  NULL, or a phrase that says why
 * it is bad.
 */
const char *sum_by(struct sum *, struct str line);

/* Takes a line of the samples; the same. */
const char *sum_line(struct sum *, struct str line);

/*
 * Returns NULL, or why the intervals say nothing of these samples: the clocks
 * of both are told, and differ.  The text is sum's.
 */
const char *sum_trouble(const struct sum *);

struct sum_counts {
	uint64_t samples;   /* in the range */
	uint64_t no_time;   /* records of --by without ts or dur */
	uint64_t intervals; /* those with them */
	bool incomplete;    /* records were lost, or a stream was cut short */
};

/* At the end: writes what is left.  bad is how many lines were. */
struct sum_counts sum_end(struct sum *, uint64_t bad);

void sum_free(struct sum *);

#endif
