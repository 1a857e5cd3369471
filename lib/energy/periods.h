/* SPDX-License-Identifier: MIT */
/*
 * periods -- the accounts of all zones in windows of equal length
 *
 * Windows are open while samples may still come for them.  Memory is that of
 * the open ones, at most PERIODS_OPEN from the first to the last, and of the
 * accounts in them, about PERIODS_HELD: what would be more closes the first.
 * What comes for a closed window is handed on in a window of its own.
 */
#ifndef TK_PERIODS_H
#define TK_PERIODS_H

#include "energy/account.h"

enum {
	PERIODS_OPEN = 1 << 18,
	PERIODS_HELD = 1 << 19,
	PERIODS_LONG = 64,      /* windows: a sample of so many is long */
	PERIODS_MOST = 1 << 24, /* that one sample may go through */
};

/* What a zone has in a window. */
struct share {
	size_t zone; /* its number */
	struct account account;
};

/* A window: the shares of the zones that have any, by their numbers. */
struct period {
	struct account_range range;
	struct share *share;
	size_t n;

	/* periods' own: */
	size_t cap;
};

struct periods {
	struct account_range range; /* of all; windows are cut to it */
	int64_t length;
	void (*done)(void *arg, const struct period *); /* takes each window */
	void *arg;
	uint64_t again; /* windows that were handed on once more */

	/* periods' own: */
	uint64_t lead;        /* since the window that INT64_MIN is in begins */
	struct period *ring;  /* the window of number i is at i % cap */
	size_t cap;           /* 0 or a power of two */
	uint64_t first, n;    /* those that are open; some may be empty */
	bool passed;          /* a window of this stream was handed on */
	uint64_t last_passed; /* its number */
	size_t held;          /* shares that there is memory for */
};

/* Says when one of the windows begins, before the first sample. */
void periods_begin(struct periods *, int64_t origin);

/*
 * Returns through how many windows a sample goes that reaches into the range,
 * give or take one.
 */
uint64_t periods_count(const struct periods *, const struct sample *);

/*
 * Adds a sample of a zone that reaches into the range, and goes through no
 * more than PERIODS_MOST windows.  others is the time until which the other
 * zones have no more energy: windows up to there are handed on as soon as the
 * sample has passed them.  O(windows), and the shares of one.
 */
void periods_add(struct periods *, size_t zone, const struct sample *,
    int64_t others);

/* Returns the end of the first open window; INT64_MAX if none is. */
int64_t periods_first(const struct periods *);

/* Hands on the windows that end by then, in order, and closes them. */
void periods_pass(struct periods *, int64_t until);

/* Hands on all of them: what follows has times of its own. */
void periods_turn(struct periods *);

/* Frees what it holds. */
void periods_free(struct periods *);

#endif
