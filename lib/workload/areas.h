/* SPDX-License-Identifier: MIT */
/*
 * areas -- amounts that were used in stretches of time, evenly
 *
 * CPU time of samples and energy of meters come in stretches that begin and
 * end at other times; this tells how much of all of them falls between two
 * times.  Memory: 32 bytes a stretch.
 */
#ifndef TK_AREAS_H
#define TK_AREAS_H

#include <stddef.h>

struct edge {
	double at;
	double rate;  /* what it changes; once sorted: from here on */
	double until; /* all that was used before */
};

/* Starts zeroed. */
struct areas {
	struct edge *edge;
	size_t n, cap;
};
void areas_free(struct areas *);

/* Adds an amount from one time to a later one. */
void areas_add(struct areas *, double from, double to, double amount);

/* Says that all were added.  O(n log n). */
void areas_sort(struct areas *);

/* Returns what falls between two times.  O(log n). */
double areas_between(const struct areas *, double from, double to);

#endif
