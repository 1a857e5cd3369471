/* SPDX-License-Identifier: MIT */
#include "energy/sum_rows.h"

/* Writes the row of all zones together. */
static void
put_all(struct statement *st, struct statement_row *row,
    const struct account *all)
{
	row->account = all;
	row->zone = (struct str){ NULL, 0 };
	statement_put(st, row);
}

void
rows_put(struct statement *st, const struct ledger *l)
{
	struct account all = { 0 };
	struct statement_row row = { 0 };

	for (size_t i = 0; i < l->n; i++) {
		const struct entry *z = &l->entry[i];

		if (z->account.zones == 0)
			continue;
		row.account = &z->account;
		row.zone = z->name;
		row.ts = z->extent.first;
		row.dur = extent_length(&z->extent);
		statement_put(st, &row);
		if (z->summed)
			account_join(&all, &z->account);
	}
	row.ts = l->extent.first;
	row.dur = extent_length(&l->extent);
	if (all.zones > 0)
		put_all(st, &row, &all);
}

void
rows_put_window(struct statement *st, const struct ledger *l,
    const struct period *w, const struct extent *seen)
{
	struct account all = { 0 };
	struct statement_row row = { .ts = w->range.from };
	int64_t to = w->range.to < seen->to ? w->range.to : seen->to;

	if (row.ts < seen->from)
		row.ts = seen->from;
	row.dur = to > row.ts ? (uint64_t)to - (uint64_t)row.ts : 0;
	for (size_t i = 0; i < w->n; i++) {
		const struct entry *z = &l->entry[w->share[i].zone];

		row.account = &w->share[i].account;
		row.zone = z->name;
		statement_put(st, &row);
		if (z->summed)
			account_join(&all, row.account);
	}
	if (all.zones > 0)
		put_all(st, &row, &all);
}

/* Tells whether something of a zone was not measured, at any time. */
static bool
has_gaps(const struct entry *zone)
{
	const uint64_t *status = zone->account.status;

	return status[ENERGY_RESET] > 0 || status[ENERGY_UNKNOWN] > 0 ||
	    status[ENERGY_UNREADABLE] > 0;
}

/* Writes the rows of one interval; tells whether it has any energy. */
static bool
put_interval(struct statement *st, const struct ledger *l,
    const struct intervals *all, size_t i)
{
	const struct interval *interval = &all->interval[i];
	struct account sum = { 0 }, one;
	struct statement_row row = { .ts = interval->range.from,
		.account = &one,
		.interval = interval };

	row.dur = (uint64_t)interval->range.to - (uint64_t)interval->range.from;
	for (size_t zone = 0; zone < l->n; zone++) {
		const struct entry *z = &l->entry[zone];

		if (intervals_account(all, i, zone, &one)) {
			row.zone = z->name;
			statement_put(st, &row);
		} else {
			/* Not measured at all, or it only stood still. */
			one = (struct account){ .zones = 1 };
			one.status[ENERGY_UNREADABLE] = has_gaps(z);
		}
		if (z->summed)
			account_join(&sum, &one);
	}
	row.zone = (struct str){ NULL, 0 };
	row.account = &sum;
	statement_put(st, &row);
	return sum.known;
}

uint64_t
rows_put_intervals(struct statement *st, const struct ledger *l,
    struct intervals *all)
{
	uint64_t empty = 0;

	intervals_settle(all);
	for (size_t i = 0; i < all->n; i++)
		empty += !put_interval(st, l, all, i);
	return empty;
}
