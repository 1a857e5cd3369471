/* SPDX-License-Identifier: MIT */
/*
 * figure -- a graph as a script for gnuplot(1), which makes it an SVG
 *
 * A line for each zone, over one pair of axes, that breaks off where nothing
 * was measured.  The script has the data in it, takes nothing from a file,
 * and depends on no setting and no locale.  Names are zones' own, and gnuplot
 * runs commands in backquotes and in whatever ends a string before its time:
 * so every byte of theirs that is no letter is written as \ooo.
 */
#ifndef TK_FIGURE_H
#define TK_FIGURE_H

#include "energy/graph.h"

/* Writes the script.  There must be a time that was measured. */
void figure_script(const struct graph *, struct output *);

#endif
