/* SPDX-License-Identifier: MIT */
/*
 * quick -- a sample, and its record in the one form in which it is written
 *
 * Recordings hold millions of them, so that form is read without looking for
 * its keys.  Everyone but sample.c uses this through sample.h.
 */
#ifndef TK_QUICK_H
#define TK_QUICK_H

#include "energy/counter.h"
#include "stream/output.h"

struct sample {
	int64_t ts;
	struct str zone; /* its name; a view into the line if it was read */
	bool has_counter, has_delta, has_dur, has_power;
	uint64_t counter_uj, delta_uj;
	int64_t dur;
	uint64_t power_uw;
	enum energy_status status;
	uint64_t late;
	/* Not read again, but set to what says that they are absent: */
	int64_t read;    /* ns that the reading took; below 0: not known */
	unsigned smooth; /* of how many powers the mean is; 0: none */
	bool has_smoothed;
	uint64_t smoothed_uw;
};

/* Writes an "energy" record. */
void quick_put(struct output *, const struct sample *);

/*
 * Reads a line that is just as quick_put would write it, and whose zone has
 * plain bytes only.  False, with *s in any state, if it is not such a line,
 * which may well be a good record.
 */
bool quick_read(struct str line, struct sample *s);

#endif
