/* SPDX-License-Identifier: MIT */
/*
 * printarg -- an argument of a print fmt, as steps
 */
#ifndef TK_PRINTARG_H
#define TK_PRINTARG_H

#include "source/format.h"
#include "source/steps.h"

/* Where the steps go, and what the arguments are of. */
struct printarg {
	struct steps *steps;
	const struct format *format;
	unsigned long_size;
};

/*
 * Add the steps that print an argument by its conversion: a number (d u x X o
 * c), text (s), or what a pointer points to (p).  False where it is not
 * understood, or has very many brackets around it; some of the steps may be
 * there then.
 */
bool printarg_number(const struct printarg *, struct str text,
    const struct conversion *);
bool printarg_string(const struct printarg *, struct str text);
bool printarg_pointer(const struct printarg *, struct str text,
    const struct conversion *);

/* Adds the text of the strings that s begins with; how long they are, or 0. */
size_t printarg_literal(struct steps *, struct str s);

#endif
