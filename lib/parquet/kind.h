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

#endif
