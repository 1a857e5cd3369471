/* SPDX-License-Identifier: MIT */
/*
 * similar -- which name was meant by one that is not there
 */
#ifndef TK_SIMILAR_H
#define TK_SIMILAR_H

#include <stddef.h>

/*
 * Returns how far a name is from what was typed: 0 is the same in any case of
 * letters, then come names with a few other letters (Levenshtein's distance,
 * up to a quarter of what was typed), then those that have it as a part, the
 * shortest first; SIZE_MAX is everything else, and what has more than 63
 * bytes.
 */
size_t similar_distance(const char *typed, const char *name);

#endif
