/* SPDX-License-Identifier: MIT */
/*
 * allot -- the set of each row that waited, where groups may have to be cut
 *
 * A row is in the set of its group.  But if that leaves test_seen without
 * rows, and train has some, each trace that trains gives its last rows: the
 * first floor(n * ratio) of its n rows train.  In the original's manner it is
 * the last rows of all that train, as they come.  Groups that are no traces
 * are never cut, nor are those that are dealt to folds.
 */
#ifndef TK_ALLOT_H
#define TK_ALLOT_H

#include "dataset/collection.h"
#include "dataset/split.h"

struct allot {
	bool divided; /* test_seen has rows of what trains; read this */

	/* allot's own: */
	const struct split *split;
	const struct collection *traces;
	uint64_t *left; /* rows of each trace, or of all, that still train */
	bool compat;
};

/*
 * Begins for groups that are these traces, with their rows counted, or for
 * other groups, NULL; compat is the original's manner.  The split was drawn
 * with the ratio.  Both must outlive it; of each trace the rows that it gives
 * are counted in seen.
 */
void allot_open(struct allot *, const struct split *,
    const struct collection *traces, double ratio, bool compat);

/* Returns the set of the next row, one of that group. */
size_t allot_row(struct allot *, size_t group);

void allot_close(struct allot *);

#endif
