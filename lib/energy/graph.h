/* SPDX-License-Identifier: MIT */
/*
 * graph -- the power of zones over time, out of any number of energy records
 *
 * Time is cut into buckets of 2^shift ns, counted from 0, each with the energy
 * that was used in it and the time of it that was measured; what was not
 * measured is a gap, and no 0 W.  There are at most GRAPH_BUCKETS of them from
 * the first that holds anything to the last: where that is not enough, each
 * two neighbours are joined and shift grows.  So memory is flat, the length of
 * the input need not be known, and records may come in any order: what is in
 * the buckets in the end depends only on which they were.
 *
 * The energy of a record is spread evenly over its dur.  What of it was used
 * up to a time is rounded down to uJ, so a bucket has a difference of two
 * whole numbers, and the sum of all buckets is that of all deltas.
 *
 *	graph_open(&g, INT64_MIN, INT64_MAX);
 *	for each record
 *		graph_add(&g, &sample);
 *	for each zone and part
 *		bucket = graph_part(&g, zone, part, parts);
 */
#ifndef TK_GRAPH_H
#define TK_GRAPH_H

#include "base/intern.h"
#include "energy/sample.h"

enum {
	GRAPH_BUCKETS = 2048, /* a power of two */
	GRAPH_ZONES = 256,
};

struct graph_bucket {
	wide uj;
	wide time; /* ns that were measured; overlapping records count twice */
};

struct graph_zone {
	struct str name;           /* the graph's */
	struct graph_bucket *ring; /* bucket i is at i % GRAPH_BUCKETS */
	struct graph_bucket all;   /* their sum */
	/* The record of the highest power; dur is 0 if there is none. */
	uint64_t most_uj;
	int64_t most_dur;
};

struct graph {
	struct graph_zone zone[GRAPH_ZONES]; /* in order of appearance */
	size_t zones;
	uint64_t left_out;  /* records, of zones beyond that number */
	bool any;           /* a record came, even one without an energy */
	int64_t begin, end; /* of all of them, once any is set */

	/* graph's own: */
	int64_t from, to;
	struct intern *names;
	bool used; /* there are buckets with something in them */
	unsigned shift;
	int64_t first, last; /* those buckets */
	struct graph_bucket *spare;
};

/* Begins empty; only what is in from <= time < to is to count. */
void graph_open(struct graph *, int64_t from, int64_t to);

/*
 * Takes a record, as sample_read gives it.  One without a delta is a gap, and
 * so is a stale one without energy unless a later record covers it.  Returns
 * NULL, or a phrase that says why it is bad.  O(buckets that it covers).
 */
const char *graph_add(struct graph *, const struct sample *);

/* Tells whether there is any time that was measured. */
bool graph_measured(const struct graph *);

/*
 * Returns the sum of a zone's buckets that begin in one of so many equal parts
 * of the time from begin to end, or the one that it lies in if none does.
 */
struct graph_bucket graph_part(const struct graph *, size_t zone, size_t part,
    size_t parts);

/* Returns the power in uW, rounded; of a bucket with a time. */
wide graph_power(const struct graph_bucket *);

/* Returns the highest power in uW of all parts of a zone, or 0. */
wide graph_top(const struct graph *, size_t zone, size_t parts);

/* Frees what it holds. */
void graph_close(struct graph *);

#endif
