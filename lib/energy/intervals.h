/* SPDX-License-Identifier: MIT */
/*
 * intervals -- the energy of each of many ranges of time, which may overlap
 *
 * The energy up to each time at which an interval begins or ends is all that
 * is needed: an interval has the difference of two.  So samples may come in
 * any order, each takes the logarithm of the number of intervals and the
 * times within it, and memory is some 100 bytes an interval and 64 more for
 * each zone.
 *
 *	struct intervals all = { 0 };
 *
 *	for each: intervals_add(&all, &interval);
 *	intervals_ready(&all);
 *	for each sample: intervals_take(&all, zone, &sample, range);
 *	intervals_settle(&all);
 *	for each, and each zone: intervals_account(&all, i, zone, &account);
 */
#ifndef TK_INTERVALS_H
#define TK_INTERVALS_H

#include "energy/account.h"

struct interval {
	struct account_range range;
	bool has_span, has_trace;
	uint64_t span, trace; /* of a span's record */
	uint64_t no;          /* of its line */
};

struct intervals {
	struct interval *interval; /* as they were added */
	size_t n;

	/* intervals' own: */
	size_t cap;
	struct moment *moment; /* in order of time */
	size_t moments;
	struct cell **cell; /* of each zone and moment */
	size_t zones, cell_cap;
	size_t hint; /* near where the last sample was */
};

/* Adds one; before intervals_ready. */
void intervals_add(struct intervals *, const struct interval *);

/* All are added: samples may come. */
void intervals_ready(struct intervals *);

/* Adds what a sample of a zone, of that number, has in the range. */
void intervals_take(struct intervals *, size_t zone, const struct sample *,
    struct account_range);

/* All samples came. */
void intervals_settle(struct intervals *);

/*
 * Sets the account of a zone, by its number, in the interval i: its energy and
 * the time that was measured.  False if there is neither.
 */
bool intervals_account(const struct intervals *, size_t i, size_t zone,
    struct account *);

/* Frees what it holds. */
void intervals_free(struct intervals *);

#endif
