/* SPDX-License-Identifier: MIT */
/*
 * plot -- a stream of energy records as a figure, as tk-energy was asked for it
 *
 *	plot_open(&p, &arguments, operands);
 *	for each line
 *		why = plot_line(&p, line);
 *	plot_end(&p, columns, out);
 *
 * What went wrong is written to errors, a line each, which whoever prints them
 * closes.
 */
#ifndef TK_PLOT_H
#define TK_PLOT_H

#include "energy/arguments.h"
#include "energy/graph.h"
#include "record/frame.h"

struct plot {
	struct output errors; /* in memory */
	bool cut;             /* the end of the records is missing */
	bool incomplete;      /* that, or records were lost */

	/* plot's own: */
	const struct arguments *arguments;
	bool is_input; /* the output is one of the inputs */
	struct graph graph;
	struct frame frame;
	struct sample_reader reader;
};

/*
 * Begins; the arguments must outlive it.  No figure is written over one of the
 * inputs, which end with NULL.
 */
void plot_open(struct plot *, const struct arguments *, char *const *inputs);

/*
 * Takes a line.  Records of other types say nothing here, and are passed over.
 * Returns NULL, or why it is bad.
 */
const char *plot_line(struct plot *, struct str line);

/*
 * Draws what came: to out, in lines of so many columns, or through gnuplot to
 * the output of the arguments.  Frees all but the errors.
 */
void plot_end(struct plot *, unsigned columns, struct output *out);

#endif
