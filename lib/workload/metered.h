/* SPDX-License-Identifier: MIT */
/*
 * metered -- the energy of nodes, from tk-energy's records
 *
 * Those of type "energy" with a delta and a time count, of zones that their
 * "energy_zone" record does not say to be none of the sum.  Times of a clock
 * that begins at a boot are since 1970 with zero added, those that are about
 * now are so already.
 */
#ifndef TK_METERED_H
#define TK_METERED_H

#include "base/intern.h"
#include "record/frame.h"
#include "workload/areas.h"

struct metered_interval {
	double from, to; /* ms since 1970 */
	double uj;
	size_t zone;
};

struct metered {
	struct metered_interval *interval;
	size_t n;
	struct intern *zones;

	/* metered's own: */
	struct frame frame;
	size_t cap;
	double zero_ms;
	bool *left_out; /* of each zone */
	size_t left_out_cap;
};

/* zero_ms is when the clock of the records was 0, since 1970. */
void metered_open(struct metered *, double zero_ms);
void metered_close(struct metered *);

/* Takes a record of any type.  Returns NULL, or what is wrong with it. */
const char *metered_read(struct metered *, const struct json *);

/* Says that all were taken; tells whether their end is missing. */
bool metered_end(struct metered *);

/* Tells whether a zone is part of the sum of all. */
bool metered_counts(const struct metered *, size_t zone);

#endif
