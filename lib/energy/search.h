/* SPDX-License-Identifier: MIT */
/*
 * search -- the zones that a measurement is to be of
 */
#ifndef TK_SEARCH_H
#define TK_SEARCH_H

#include "energy/arguments.h"
#include "energy/zone.h"

/*
 * Finds the zones of the files of the arguments and of operands, which end
 * with NULL (but of run, whose are a command), or else below the roots; and
 * chooses of them.  Writes a line to notes or errors for each thing that
 * people should know.  False if nothing can be measured.
 */
bool search_zones(struct zones *, const struct arguments *,
    char *const *operands, struct output *notes, struct output *errors);

/* Writes that something of that name failed, and why: errno. */
void search_failed(struct output *errors, const char *name, int error);

#endif
