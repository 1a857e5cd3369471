/* SPDX-License-Identifier: MIT */
/*
 * draw -- a graph as text: a block of lines for each zone
 *
 *	intel-rapl:0: mean 30.000 W, max 50.000 W, 600.000000 J in 20.000 s
 *	50 W |         ::::::::
 *	     |         ::::::::
 *	...
 *	 0 W +---------+-------
 *	      0         10
 *
 *	time in s since 1000.000000000
 *
 * The area below the power is filled, with dots of Braille, eight to a
 * character (U+2800 to U+28FF, in UTF-8 whatever the locale is).  What was
 * measured has at least the lowest dot: a column without any is a gap.
 *
 * max is of one record; the dots are means over the time of a column.
 */
#ifndef TK_DRAW_H
#define TK_DRAW_H

#include "energy/graph.h"

/* The least and the most columns of a terminal that are made use of. */
enum { DRAW_LEAST = 40, DRAW_MOST = 1000 };

/*
 * Draws all zones, so many columns wide; only a title, with a long name, may be
 * wider.
 */
void draw_graph(const struct graph *, unsigned columns, struct output *);

#endif
