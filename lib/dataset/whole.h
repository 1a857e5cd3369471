/* SPDX-License-Identifier: MIT */
/*
 * whole -- all sets one after the other in one more file
 *
 * It is copied together while the sets are being written, one after the
 * other, by a thread of its own; the names of the columns, with which each set
 * begins, it has once.  On the way the digests of all files are computed.
 *
 *	w = whole_new(set, n, all, head, digests);
 *	whole_until(w, 0);		when rows of set 0 were written
 *	...
 *	if (whole_end(w, sum) < 0)
 *		...
 */
#ifndef TK_WHOLE_H
#define TK_WHOLE_H

#include <stdbool.h>

#include "dataset/digest.h"
#include "stream/output.h"

/* What a file is. */
struct whole_sum {
	uint64_t bytes;
	char sha256[DIGEST_TEXT]; /* "" where no digests are wanted */
};

struct whole; /* opaque */

/*
 * Begins to copy the n files of set to all, but of those behind the first not
 * the first head bytes.  They must be readable, and outlive it; nobody else
 * may write to all.
 */
struct whole *whole_new(struct output *const *set, size_t n, struct output *all,
    uint64_t head, bool digests);

/*
 * Says that rows are being written to a set; those before it are complete.
 * What has left the buffers is copied, without waiting for it.
 */
void whole_until(struct whole *, size_t set);

/*
 * When all sets are complete: waits until they are copied and frees it.  sum
 * gets n + 1 entries, the last for all.  Returns 0, or -1 with errno set, and
 * the name of the file of which that tells in *where.
 */
int whole_end(struct whole *, struct whole_sum *sum, const char **where);

/*
 * Frees it at once, to begin anew perhaps: all has no bytes again.  w may be
 * NULL.
 */
void whole_drop(struct whole *w);

#endif
