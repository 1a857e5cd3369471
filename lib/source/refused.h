/* SPDX-License-Identifier: MIT */
/*
 * refused -- trace text that says too little to be read
 *
 * Some options of tracefs (Documentation/trace/ftrace.rst, trace_options)
 * leave out of each line what makes it an event: its time, its task, or all
 * names.  Such text is known by what all of its lines look like.
 */
#ifndef TK_REFUSED_H
#define TK_REFUSED_H

#include "base/str.h"

enum refused {
	REFUSED_NOT,
	REFUSED_LATENCY, /* the option latency-format is on, or */
	REFUSED_RAW,     /* raw, */
	REFUSED_HEX,     /* hex, */
	REFUSED_BINARY,  /* bin, */
	REFUSED_BARE,    /* or context-info is off */
	REFUSED_GRAPH,   /* it is of the tracer function_graph */
};

/* Tells what a line that is no event and no mark looks like. */
enum refused refused_line(struct str line);

/* The same for a comment: whether it stands before such text. */
enum refused refused_comment(struct str line);

/* Returns a phrase that says what it is, and what to do. */
const char *refused_why(enum refused);

#endif
