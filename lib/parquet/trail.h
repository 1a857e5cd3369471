/* SPDX-License-Identifier: MIT */
/*
 * trail -- back from a row of a slab to the line that it was
 */
#ifndef TK_TRAIL_H
#define TK_TRAIL_H

#include "base/str.h"

/*
 * Finds the row, from 0, of the records of a type in a stretch, from 0, of a
 * block (slab.h).  Returns the number of its line, from 1, and sets *line; 0
 * if there is none.  Reads the block anew: for the few that are quoted.
 */
uint32_t trail_find(struct str block, size_t stretch, struct str type,
    size_t row, struct str *line);

#endif
