/* SPDX-License-Identifier: MIT */
/*
 * wide -- whole numbers of 128 bits, for sums and products that must be exact
 *
 * An energy in nanojoules, or one in microjoules times a time in nanoseconds,
 * does not fit 64 bits; a decimal number would round it.
 */
#ifndef TK_WIDE_H
#define TK_WIDE_H

#include <stddef.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 wide;

/* Room for the longest of them. */
enum { WIDE_TEXT = 39 };

/* Writes v in decimal, returns how many bytes it wrote; no NUL follows. */
size_t wide_put(char *p, wide v);

/*
 * Writes v, which counts units of which 10^places make one, as a decimal with
 * that many places (1 to 18): 1234567 with six of them is 1.234567.  Returns
 * how many bytes it wrote, at most WIDE_TEXT + 2.
 */
size_t wide_put_decimal(char *p, wide v, unsigned places);

/*
 * Returns a * b / c, rounded to the nearest, halves up; c is not 0, and
 * a * b + c / 2 must fit.
 */
wide wide_scale(wide a, uint64_t b, wide c);

#endif
