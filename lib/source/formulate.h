/* SPDX-License-Identifier: MIT */
/*
 * formulate -- a C expression of the fields of an event, as a formula
 *
 * Such as (unsigned)(REC->dev >> 20), or REC->ret < 0 ? 0 : REC->ret.
 */
#ifndef TK_FORMULATE_H
#define TK_FORMULATE_H

#include "source/format.h"
#include "source/formula.h"

/*
 * Reads the text into *out, to be freed by formula_free.  False, with nothing
 * to free, where it is none of integers of the event.
 */
bool formulate(struct formula *out, struct str text, const struct format *,
    unsigned long_size);

#endif
