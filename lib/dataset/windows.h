/* SPDX-License-Identifier: MIT */
/*
 * windows -- how many stretches of so many rows a data set has to train with
 *
 * A model takes a window of consecutive rows at a time, each begins stride
 * rows behind the one before, and none reaches beyond the rows of a group: n
 * rows have floor((n - size) / stride) + 1 windows, or none if n < size.
 *
 *	windows_open(w, 64, 1);
 *	windows_row(w, group, set);		for each row, in order, or
 *	windows_add(w, set, rows);		for the rows of a group at once
 *	windows_end(w);
 */
#ifndef TK_WINDOWS_H
#define TK_WINDOWS_H

#include "dataset/split.h"

struct windows {
	uint64_t size, stride; /* in rows; 0: nobody asks */
	uint64_t count[SPLIT_SETS];

	/* windows' own: */
	struct windows_group *group;
	size_t n, cap;
};

void windows_open(struct windows *, uint64_t size, uint64_t stride);

/*
 * Counts a row of a group, that stands in a set.  The rows of a group may be in
 * several sets one after the other.
 */
void windows_row(struct windows *, size_t group, size_t set);

/* Adds the windows of so many rows of a group that stand in a set. */
void windows_add(struct windows *, size_t set, uint64_t rows);

/* Adds those of all rows that were counted, and frees them. */
void windows_end(struct windows *);

#endif
