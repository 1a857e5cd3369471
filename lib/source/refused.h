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

/*
 * Tells by the first bytes of an input whether it is a known file that is no
 * trace, such as what perf record writes: a phrase that says what it is, and
 * what to do, or NULL.
 */
const char *refused_file(struct str beginning);

enum refused {
	REFUSED_NOT,
	REFUSED_LATENCY, /* the option latency-format is on, or */
	REFUSED_RAW,     /* raw, */
	REFUSED_HEX,     /* hex, */
	REFUSED_BINARY,  /* bin, */
	REFUSED_BARE,    /* or context-info is off */
	REFUSED_FIELDS,  /* the option fields is on */
	REFUSED_GRAPH,   /* it is of the tracer function_graph */
};

/* Tells what a line that is no event and no mark looks like. */
enum refused refused_line(struct str line);

/*
 * The same for the body of an event: the option fields prints a number as
 * "pid=0x5f64 (24420)", but gives neither addresses, nor arrays, nor what has
 * a sign, as they are.
 */
enum refused refused_body(struct str body);

/* The same for a comment: whether it stands before such text. */
enum refused refused_comment(struct str line);

/* Returns a phrase that says what it is, and what to do. */
const char *refused_why(enum refused);

#endif
