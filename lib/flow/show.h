/* SPDX-License-Identifier: MIT */
/*
 * show -- trees of spans as records, as a tree to read, or nested
 */
#ifndef TK_SHOW_H
#define TK_SHOW_H

#include "flow/link.h"
#include "stream/output.h"

/* Writes a tree as span records, tk-record(5), parents before children. */
void show_records(struct output *, const struct services *,
    const struct tree *);

/*
 * Writes a tree for people: a line for the request, then one for each span,
 * indented below its parent: how long it took, and how long after the request
 * it began.
 */
void show_tree(struct output *, const struct services *, const struct tree *,
    bool colour);

/*
 * Writes a tree in the nested form of KRTrace: a Python literal of
 * dictionaries whose keys are tuples.
 */
void show_raw(struct output *, const struct services *, const struct tree *);

/* Writes a step in the words of KRTrace's log. */
void show_step(struct output *, const struct services *, const struct step *,
    bool colour);

#endif
