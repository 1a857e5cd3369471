/* SPDX-License-Identifier: MIT */
/*
 * merge -- take apart what the loss of events has merged
 *
 * Where an answer and the next request on the same connection were both
 * missed, one span has the calls of two requests or more.
 */
#ifndef TK_MERGE_H
#define TK_MERGE_H

#include "flow/span.h"

/*
 * Gives the children of first that belong to second to it.  since is when
 * the second request came, or -1 where that was missed; then a request is
 * taken to end where a service is called that it has called before: what
 * comes before the first such place is kept, what comes after the last is
 * second's, and what is between, or all if there is no such place, belongs to
 * nobody who could be named.  A child that second is, or is below, stays.
 * Returns how many became orphans.
 */
size_t merge_undo(struct spans *, struct span *first, struct span *second,
    int64_t since);

#endif
