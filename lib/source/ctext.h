/* SPDX-License-Identifier: MIT */
/*
 * ctext -- steps through the C text of a print fmt
 *
 * Places are offsets into the text, and at most its length.
 */
#ifndef TK_CTEXT_H
#define TK_CTEXT_H

#include "base/str.h"

size_t ctext_skip_blanks(struct str s, size_t i);

/* Returns the place behind the string that begins at i, or the end. */
size_t ctext_skip_string(struct str s, size_t i);

/* Returns the place of the , ) or } that ends the argument at i, or the end. */
size_t ctext_skip_argument(struct str s, size_t i);

struct str ctext_part_of(struct str s, size_t from, size_t to);

/* Takes a word that begins at i. */
struct str ctext_word_at(struct str s, size_t i);

/* Takes z off the end, and the blanks before it; false where it is not. */
bool ctext_take_end(struct str *s, struct str z);

#endif
