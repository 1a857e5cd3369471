/* SPDX-License-Identifier: MIT */
/*
 * sum -- what the records of energy counters add up to, for each zone and all
 *
 *	struct sum *sum = sum_new(&arguments, command, out);
 *
 *	for each line of --by
 *		why = sum_line(sum, line);
 *	sum_ready(sum);
 *	for each line
 *		why = sum_line(sum, line);
 *	incomplete = sum_end(sum, bad, notes);
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
 * Takes a line: of the intervals, up to sum_ready, and then of the samples.
 * Records of other types, and intervals without ts or dur, are passed over.
 * Returns NULL, or a phrase that says why it is bad.
 */
const char *sum_line(struct sum *, struct str line);

/* Says that samples follow. */
void sum_ready(struct sum *);

/*
 * Returns NULL, or why the intervals say nothing of these samples: the clocks
 * of both are told, and differ.  The text is sum's.
 */
const char *sum_trouble(const struct sum *);

/*
 * At the end: writes what is left, and a line to notes for each thing that
 * whoever reads it should know.  bad is how many lines were.  Tells whether
 * records were lost, a stream was cut short, or energy was not measured: of a
 * sample, of an interval, or at all.
 */
bool sum_end(struct sum *, uint64_t bad, struct output *notes);

void sum_free(struct sum *);

#endif
