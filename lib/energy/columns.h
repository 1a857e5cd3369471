/* SPDX-License-Identifier: MIT */
/*
 * columns -- samples as CSV: a row for each tick, columns for each zone
 *
 *	ts,L_energy_uj,L_power_w,M_energy_uj,M_power_w
 *	1789977600,73456,50.000000,8231,3.250000
 *
 * of zones L and M, or a file for each zone.  ts is in whole seconds, or
 * with six places; energy is the counter as it was read; behind each power
 * stands L_power_w_smaN, if the mean of N powers is wanted.  What was not
 * measured is an empty cell.
 */
#ifndef TK_COLUMNS_H
#define TK_COLUMNS_H

#include "energy/sample.h"
#include "stream/output.h"
#include "system/owner.h"

struct column {
	char *label;
	bool has_counter, has_power, has_smoothed, filled;
	uint64_t counter_uj, power_uw, smoothed_uw;
	struct output out; /* a file of its own */
	char *path;
};

struct columns {
	struct column *column;
	size_t n, cap;
	struct output *out; /* NULL: a file for each zone */
	unsigned smooth;
	bool fine; /* rows may be less than 1 s apart: ts has six places */
	uint64_t unplaced; /* samples of zones that came after the header */
	int error;         /* errno, and the path that it is of */
	const char *error_path;

	/* columns' own: */
	const char *base;
	struct owner owner;
	bool headed; /* the header is written */
};

/* Begins with rows of all zones in one output. */
void columns_open(struct columns *, struct output *, unsigned smooth,
    bool fine);

/*
 * Begins with a file for each zone: BASE_ZONE.csv, where base is the path
 * without a .csv at its end; what cannot be part of a file's name in a zone's
 * is "_".  Where two of these would be the same, a number tells them apart.
 */
void columns_separate(struct columns *, const char *path, const struct owner *);

/* Adds a zone: before the first row only. */
void columns_add(struct columns *, struct str label);

/* Fills the cells of a zone, by its number. */
void columns_put(struct columns *, size_t zone, const struct sample *);

/* Tells whether a zone has its cells in the present row. */
bool columns_filled(const struct columns *, size_t zone);

/*
 * Writes the row if any cell was filled, and empties all.  ts is in ns of the
 * wall clock.
 */
void columns_row(struct columns *, int64_t ts);

/* Hands on what was written to files.  False if error is set. */
bool columns_flush(struct columns *);

/* Closes its files, and sets error if anything of them ever failed. */
void columns_close(struct columns *);

/* Frees what it holds, and what error_path points to. */
void columns_free(struct columns *);

#endif
