/* SPDX-License-Identifier: MIT */
/*
 * crew -- threads that turn the blocks of a file of trace text into records
 *
 *	struct crew *crew = crew_new(&filter, NULL);
 *
 *	event_open(r, in);
 *	do {
 *		while (crew_pass(crew, r, in, out, &records))
 *			...
 *	} while (event_next(r, &ev) && ...);
 *	crew_rest(crew);
 *
 * The crew reads ahead, each of its threads a block (block.h) in the manner in
 * which the reader last saw the text, and the blocks are taken in the order
 * of the file.  A block counts only where the reader comes to its first line,
 * and in that manner; else it is dropped, and the reader itself reads those
 * lines.  So what comes out is the same, to the byte, as without a crew: it is
 * there only sooner.
 *
 * There is a thread for each processor that the process may use, up to four;
 * with one processor, a short file, a pipe, packed text or another form of
 * trace, there is none, and crew_pass does nothing.
 */
#ifndef TK_CREW_H
#define TK_CREW_H

#include "source/event.h"
#include "source/filter.h"
#include "stream/output.h"

/* How large a crew is, and its blocks. */
struct crew_shape {
	unsigned threads;
	size_t block, beyond; /* see struct block_source */
	uint64_t least;       /* bytes of a file for which it begins */
};

struct crew; /* opaque */

/*
 * Returns a crew that keeps what the filter does, which must outlive it, to be
 * freed by crew_free; shape NULL is the usual one.
 */
struct crew *crew_new(const struct filter *, const struct crew_shape *);
void crew_free(struct crew *);

/* Lets it write by writer, which must outlive it, before the first input. */
struct block_writer;
void crew_set_writer(struct crew *, const struct block_writer *);

/*
 * Takes the block that begins with the next line of in, which r reads, if
 * there is one: writes its records, adds their number to *records, and moves
 * in and r behind it.  False where that line is for event_next.  Waits for the
 * block where it is not yet read.  O(1) where there is none.
 */
bool crew_pass(struct crew *, struct event_reader *r, struct input *in,
    struct output *out, uint64_t *records);

/* Lets the crew drop what it read: the input is at its end. */
void crew_rest(struct crew *);

#endif
