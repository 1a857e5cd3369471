/* SPDX-License-Identifier: MIT */
/*
 * span -- how long the fields are that text begins with
 *
 * The kinds are those of layout.h that are not of meaning.h; for the latter n
 * is a number in any form, p a pointer, m two numbers with a comma or a colon
 * between, and v text up to what follows it.
 */
#ifndef TK_SPAN_H
#define TK_SPAN_H

#include "base/str.h"

enum {
	SPAN_COMM = 15,   /* bytes that a comm has at most, */
	SPAN_TEXT = 4096, /* and text up to what follows it: an event's */
};

/* Returns how long the number or the word is that s begins with, or 0. */
size_t span_number(struct str s);

static inline size_t
span_word(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != ' ' && s.p[n] != '\n')
		n++;
	return n;
}

/*
 * Returns the longest that the field may be that s begins with; for a
 * number or a word that is its only length, and 0 if it is none.
 */
size_t span_longest(char kind, struct str s);

/*
 * Returns s without the blanks that fill the column of the field before what
 * is next, or of the one behind it; that begins with one at most.
 */
struct str span_skip_padding(struct str next, struct str s);

/*
 * Stores the length of the text in front of the next, or of all of s where
 * that has no bytes; false where there is no such text in one line.
 */
bool span_before(struct str next, struct str s, size_t *out);

#endif
