/* SPDX-License-Identifier: MIT */
/*
 * conversion -- a % of a format string of C, and numbers printed by it
 */
#ifndef TK_CONVERSION_H
#define TK_CONVERSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "source/ctype.h"

enum {
	CONVERSION_WIDTH = 256, /* the most that a width or precision may be */
	CONVERSION_ROOM = 2 * CONVERSION_WIDTH + 32,
};

struct conversion {
	char letter;       /* d u x X o c s p, d for i */
	struct ctype type; /* of the integer that it takes */
	struct str kind;   /* behind p: I6c, S, U, ... */
	bool left, zero, plus, blank, alternate;
	bool star_width, star_precision; /* they are arguments */
	int width;                       /* 0: none */
	int precision;                   /* -1: none */
};

/*
 * Reads what stands behind the % off the front of *rest; false where it is
 * none that the kernel has (lib/vsprintf.c).
 */
bool conversion_read(struct str *rest, unsigned long_size,
    struct conversion *out);

/* Tells whether it prints a number with its digits alone. */
bool conversion_is_plain(const struct conversion *);

/*
 * Prints v, of which it takes the bits of its type, to p, which has
 * CONVERSION_ROOM; returns the place behind.
 */
char *conversion_put(const struct conversion *, uint64_t v, char *p);

/*
 * Pads the text from p to end to the width, for which there is room; returns
 * the place behind.
 */
char *conversion_pad(const struct conversion *, char *p, char *end);

#endif
