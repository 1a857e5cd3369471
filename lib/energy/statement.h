/* SPDX-License-Identifier: MIT */
/*
 * statement -- accounts as records, as CSV, or as a table for people
 *
 *	{"type":"energy_sum","ts":0,"zone":"intel-rapl:0","dur":10000000000,
 *	 "measured":9990000000,"unmeasured":10000000,"energy_uj":499500000,
 *	 "mean_w":50.000000,"min_w":49.100000,"max_w":51.000000,
 *	 "samples":1000,"wrap":1,"reset":0,"stale":0,"missed":1,
 *	 "unreadable":0,"unknown":0}
 *
 * zone is null for all that are summed; a value is null if nothing tells it.
 * For an interval interval, span and trace take the place of what begins
 * with min_w.
 */
#ifndef TK_STATEMENT_H
#define TK_STATEMENT_H

#include "energy/account.h"
#include "energy/arguments.h"
#include "energy/intervals.h"

struct statement {
	struct output *out;
	enum argument_format format;
	bool times;    /* of the table: when each row begins */
	uint64_t rows; /* that were written */
};

/* What a row says; p of zone is NULL for the sum. */
struct statement_row {
	int64_t ts;
	struct str zone;
	wide dur;
	const struct account *account;
	const struct interval *interval; /* or NULL: in all rows or in none */
};

/* Writes a row, and before the first one the header, if there is one. */
void statement_put(struct statement *, const struct statement_row *);

/*
 * After the last: CSV without a row has its header all the same, of intervals
 * or not.
 */
void statement_end(const struct statement *, bool intervals);

#endif
