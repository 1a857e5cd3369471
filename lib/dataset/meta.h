/* SPDX-License-Identifier: MIT */
/*
 * meta -- the document that says what a data set is and how it was made
 *
 * It is a JSON object, indented, its keys always in the same order.
 */
#ifndef TK_META_H
#define TK_META_H

#include "dataset/rows.h"

/* What rows and split do not know of themselves. */
struct meta {
	double ratio;
	struct str seed;     /* in decimal digits */
	int64_t created_at;  /* seconds since 1970 */
	uint64_t lost;       /* events */
	uint64_t lost_marks; /* places where events were lost */
	uint64_t bad;        /* lines */
	bool cut_short;
	struct str version, command; /* of the program that made it */
};

/*
 * Writes the document, when the rows were written.  A seed that does not fit
 * a signed 64-bit integer is written as a string; bytes that are no UTF-8 as
 * U+FFFD.
 */
void meta_put(struct output *, const struct meta *, const struct rows *,
    const struct split *);

#endif
