/* SPDX-License-Identifier: MIT */
/*
 * cutter -- an input cut into blocks of whole lines
 *
 * A block is the longest run of whole lines that fits CUTTER_BLOCK bytes, or
 * one line that is longer by itself.  So where the blocks begin depends on the
 * text only, and not on how it comes.
 *
 *	do {
 *		n = input_read(in, cutter_room(&c, &room), room);
 *		cutter_fill(&c, n);
 *		while (cutter_cut(&c, n == 0, &block, &cap, &length))
 *			...
 *	} while (n > 0);
 */
#ifndef TK_CUTTER_H
#define TK_CUTTER_H

#include "base/str.h"

enum { CUTTER_BLOCK = 1 << 20 };

/* Starts zeroed. */
struct cutter {
	char *buf;
	size_t cap, n; /* bytes that are in it */
	size_t seen;   /* so many are known to be within one line */
};

/* Returns a place for *n > 0 bytes, and says how many were put there. */
char *cutter_room(struct cutter *, size_t *n);
void cutter_fill(struct cutter *, size_t n);

/* Takes bytes that are elsewhere. */
void cutter_put(struct cutter *, struct str);

/*
 * Takes the next block, into *block, a buffer of *cap bytes that grows as need
 * be, and its length into *n.  False where more bytes are needed to tell where
 * it ends; end says that there will be none.
 */
bool cutter_cut(struct cutter *, bool end, char **block, size_t *cap,
    size_t *n);

void cutter_free(struct cutter *);

#endif
