/* SPDX-License-Identifier: MIT */
/*
 * kind -- what the values of a column of records are, and how it widens
 *
 * Records do not say of what type a field is; each value shows it.  A column
 * begins with nothing, and takes the narrowest kind that holds all of its
 * values without a change:
 *
 *	nothing, then any other
 *	integer, unsigned	unsigned, unless one is below 0; then text
 *	integers, decimals	decimal, if all integers are of up to 53 bits;
 *				else text
 *	all else that differs	text, as it is written in JSON
 */
#ifndef TK_KIND_H
#define TK_KIND_H

#include <stdint.h>

struct json_field; /* record/json.h */

enum kind {
	KIND_NOTHING, /* null only */
	KIND_BOOLEAN,
	KIND_INTEGER,  /* of 64 bits, signed */
	KIND_UNSIGNED, /* one of them is above INT64_MAX, and none below 0 */
	KIND_DECIMAL,
	KIND_TEXT, /* a string, or a number that no word holds */
	KIND_LIST, /* of integers of 64 bits, signed */
	KINDS,
};

/* What decides how integers widen; the facts of a column are those of all. */
enum {
	KIND_BELOW = 1, /* one is below 0 */
	KIND_WIDE = 2, /* one has more than 53 bits, so that no double has it */
};

/* A value as a record has it. */
struct kind_value {
	enum kind kind;
	unsigned facts;
	uint64_t word; /* but of texts and lists, see vector.h */
};

/*
 * Reads a value.  An integer that no word of 64 bits holds, a decimal beyond
 * every double and an array of what is no INTEGER are texts; -0 is 0.
 */
struct kind_value kind_read(const struct json_field *);

/*
 * Returns the kind of a column that has values of both.  The facts are those
 * of both, joined by |.  In whatever order values come, the end is the same.
 */
enum kind kind_join(enum kind, enum kind, unsigned facts);

/* Returns the facts of an INTEGER, or of an UNSIGNED. */
static inline unsigned
kind_facts(int64_t v)
{
	const uint64_t bits = (uint64_t)1 << 53;

	return (v < 0) * (unsigned)KIND_BELOW |
	    ((uint64_t)v + bits - 1 > 2 * bits - 2) * (unsigned)KIND_WIDE;
}

#endif
