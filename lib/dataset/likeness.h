/* SPDX-License-Identifier: MIT */
/*
 * likeness -- rows of switches as collect_traces.py of KernelOracle writes them
 *
 * Its data sets are made again to the byte: a row is what CPython 3 writes of
 * what was found in a line (original.h).  Times are doubles: the second column
 * is the difference of two, with nine places.  Rows end in \r\n.  But a NUL,
 * which CPython writes as it is and no csv.reader before 3.11 takes, is \x00
 * (csv.h).
 */
#ifndef TK_LIKENESS_H
#define TK_LIKENESS_H

#include "dataset/baseline.h"

/* Of one trace; starts zeroed. */
struct likeness {
	struct baseline *baseline; /* may be set: writes the rows; not owned */
	/*
	 * May be set: the row before is somewhere else, so the next leaves the
	 * difference out, at gap of the output's buffer, and its time in first.
	 */
	bool open;
	size_t gap;
	double first;
	/* May be set: the time of the row before, if there was any. */
	double last;
	bool any;

	/* likeness's own: */
	char *text; /* of a time that is of an unusual form */
	size_t cap;
};

/*
 * Writes the rows that the lines are, most often one, each with tail behind
 * it: the cells of the trace and the end of the row.  Returns how many.
 * O(lines.n).
 */
size_t likeness_put(struct likeness *, struct output *, struct str lines,
    struct str tail);

/* Frees what it holds; it is all zero then. */
void likeness_free(struct likeness *);

/*
 * Writes a double as "%.9f" does, and no NUL; returns how many bytes, at most
 * LIKENESS_NINE.
 */
enum { LIKENESS_NINE = 352 };
size_t likeness_nine(char *p, double v);

#endif
