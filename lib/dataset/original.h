/* SPDX-License-Identifier: MIT */
/*
 * original -- what collect_traces.py of KernelOracle makes of a trace's text
 *
 * Its data sets are made again to the byte, so a line is read here as its
 * regular expression reads it, and a row written as CPython 3 writes it:
 *
 *	\[(\d+)\] .+? (\d+\.\d+):\s+ sched_switch:\s+ prev_comm=(.+?)\s+
 *	prev_pid=(\d+)\s+ prev_prio=(\d+)\s+ prev_state=(\S+)\s+ ==>\s+
 *	next_comm=(.+?)\s+ next_pid=(\d+)\s+ next_prio=(\d+)
 *
 * (without the blanks), searched for in each line that does not begin with #
 * behind white space.  So a switch of a priority below 0 or of a task without
 * a name is no row, a CPU may be found in the name of a task, and names lose
 * the white space at their ends.  A line ends at \n, \r or both.  \s is white
 * space of Unicode, \d here the digits of ASCII alone.
 *
 * Times are doubles: the second column is the difference of two, with nine
 * places.  Rows end in \r\n.  A NUL is \x00 (csv.h).
 */
#ifndef TK_ORIGINAL_H
#define TK_ORIGINAL_H

#include "stream/output.h"

/* Of one trace; starts zeroed. */
struct original {
	/*
	 * May be set: the row before is somewhere else, so the next leaves the
	 * difference out, at gap of the output's buffer, and its time in first.
	 */
	bool open;
	size_t gap;
	double first;

	/* original's own: */
	double last; /* the time of the row before */
	bool any;    /* there was one */
	char *text;  /* of a time that is of an unusual form */
	size_t cap;
};

/*
 * Writes the rows that the lines are, most often one, each with tail behind
 * it: the cells of the trace and the end of the row.  Returns how many.
 * O(lines.n).
 */
size_t original_put(struct original *, struct output *, struct str lines,
    struct str tail);

/* Frees what it holds; it is all zero then. */
void original_free(struct original *);

/*
 * Writes a double as "%.9f" does, and no NUL; returns how many bytes, at most
 * ORIGINAL_NINE.
 */
enum { ORIGINAL_NINE = 352 };
size_t original_nine(char *p, double v);

#endif
