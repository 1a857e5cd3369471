/* SPDX-License-Identifier: MIT */
/*
 * num -- numbers out of text, strictly
 *
 * All of these take a whole str: a number with something before or behind
 * it is no number.  They return false, and leave *out alone, where the text
 * is no number or does not fit.
 */
#ifndef TK_NUM_H
#define TK_NUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Reads decimal digits. */
bool num_u64(struct str s, uint64_t *out);

/* Reads decimal digits, with or without a minus before them. */
bool num_s64(struct str s, int64_t *out);

/* Reads hexadecimal digits, with or without 0x before them. */
bool num_hex(struct str s, uint64_t *out);

/*
 * Reads a time in seconds with a decimal point and up to nine places, as
 * traces print it, into nanoseconds.  Without a point it is a plain number,
 * as the clocks that count something else than seconds print it.
 */
bool num_time(struct str s, int64_t *ns);

#endif
