/* SPDX-License-Identifier: MIT */
/*
 * fitting -- a value as one of another type, if that can be
 */
#ifndef TK_FITTING_H
#define TK_FITTING_H

#include "parquet/schema.h"

/*
 * Makes a value, a word of a kind or a text, a word of the type.  Returns
 * NULL, or what is wrong: a phrase.  Neither is of lists, nor the type of
 * strings.
 */
const char *fitting_word(const struct schema_kind *, enum kind, uint64_t word,
    struct str text, uint64_t *out);

/*
 * Reads the next integer of a list in brackets, from *rest on, which is moved
 * behind it.  False at its end, where *rest is empty, or where it is none.
 */
bool fitting_element(struct str *rest, uint64_t *out);

#endif
