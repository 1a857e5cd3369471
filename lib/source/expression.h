/* SPDX-License-Identifier: MIT */
/*
 * expression -- the value of a C expression of integers
 *
 * The texts by which the kernel says how it prints an event hold expressions
 * of constants, and of one field of the event: 1 << 3, REC->flags & ~0xffff,
 * (u32)(((1UL)) << (31)).
 */
#ifndef TK_EXPRESSION_H
#define TK_EXPRESSION_H

#include <stdint.h>

#include "base/str.h"

/* What REC->name stands for. */
struct expression_name {
	struct str name;
	uint64_t value;
};

/*
 * Works out the text: numbers, ( ), casts (which change nothing here), the
 * unary + - ~ and ! and the binary * / % + - << >> & ^ | with C's precedence,
 * in 64 bits without sign.  x may be NULL.  False where there is anything else
 * in it, another name, a division by 0, or more brackets than make sense.
 */
bool expression_value(struct str text, const struct expression_name *x,
    uint64_t *out);

#endif
