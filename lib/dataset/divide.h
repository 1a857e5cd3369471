/* SPDX-License-Identifier: MIT */
/*
 * divide -- take the last rows of stretches of a file of CSV or lines away
 *
 *	divide_begin(d, train, test, head);
 *	divide_stretch(d, bytes, keep);		for one after the other
 *	...
 *	divide_end(d);
 *
 * The rows are counted where they end: at a line feed that stands between no
 * quotes; in lines of JSON none stands there as it is, and quotes may be odd in
 * number.  Nothing is held in memory.
 */
#ifndef TK_DIVIDE_H
#define TK_DIVIDE_H

#include "stream/output.h"

struct divide {
	/* divide's own: */
	struct output *rows, *rest;
	uint64_t at;   /* where the next stretch begins */
	uint64_t kept; /* where what is kept of it goes */
	bool
	    lines; /* no line feed stands between quotes; may be set at first */
	char *piece;
	int err;
};

/*
 * Begins with the file rows, that can be read and written, behind its first
 * bytes; what is taken away is written to rest.
 */
void divide_begin(struct divide *, struct output *rows, struct output *rest,
    uint64_t head);

/* Keeps the first rows of the next bytes. */
void divide_stretch(struct divide *, uint64_t bytes, uint64_t keep);

/* Returns how many of n rows are kept: floor(n * ratio), as CPython has it. */
uint64_t divide_share(uint64_t n, double ratio);

/* Ends the file behind what was kept.  0, or -1 with errno set. */
int divide_end(struct divide *);

#endif
