/* SPDX-License-Identifier: MIT */
/*
 * periods -- the accounts of all zones in windows of equal length
 *
 * Windows are open while samples may still come for them.  Memory is that of
 * the open ones, and so many may be open that there is a bound to it.
 */
#ifndef TK_PERIODS_H
#define TK_PERIODS_H

#include "energy/account.h"

enum { PERIODS_MAX = 1 << 18 };

/* A window: the accounts of zones by their numbers; samples 0 where none. */
struct period {
	struct account_range range;
	struct account *zone;
	size_t zones;

	/* periods' own: */
	size_t cap;
};

struct periods {
	struct account_range range; /* of all; windows are cut to it */
	int64_t length, origin;
	void (*done)(void *arg, const struct period *); /* takes each window */
	void *arg;

	/* periods' own: */
	struct period *open; /* by their beginning, and behind them spare */
	size_t n, cap;
};

/*
 * Adds a sample of a zone that reaches into the range.  NULL, or a phrase if
 * it goes through more than PERIODS_MAX windows: nothing is added then.
 */
const char *periods_add(struct periods *, size_t zone, const struct sample *);

/* Returns the end of the first open window; INT64_MAX if none is. */
int64_t periods_first(const struct periods *);

/* Hands on the windows that end by then, in order, and closes them. */
void periods_pass(struct periods *, int64_t until);

/* Frees what it holds. */
void periods_free(struct periods *);

#endif
