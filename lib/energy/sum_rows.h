/* SPDX-License-Identifier: MIT */
/*
 * sum_rows -- the rows of a sum: of zones, of windows, or of intervals
 */
#ifndef TK_SUM_ROWS_H
#define TK_SUM_ROWS_H

#include "energy/ledger.h"
#include "energy/periods.h"
#include "energy/statement.h"

/* Writes a row for each zone that has samples, and one for what is summed. */
void rows_put(struct statement *, const struct ledger *);

/*
 * The same of a window.  Its rows are of as much of it as is within what was
 * seen of its stream.
 */
void rows_put_window(struct statement *, const struct ledger *,
    const struct period *, const struct extent *seen);

/*
 * Writes for each interval a row for each zone that was measured in it, and
 * one for what is summed.  Returns how many of them have no energy.
 */
uint64_t rows_put_intervals(struct statement *, const struct ledger *,
    struct intervals *);

#endif
