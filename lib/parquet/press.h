/* SPDX-License-Identifier: MIT */
/*
 * press -- row groups that a gang encodes, and that are written in their order
 */
#ifndef TK_PRESS_H
#define TK_PRESS_H

#include "parquet/gang.h"
#include "parquet/part.h"

struct press; /* opaque */

/* What is to be done, and with it. */
struct press_options {
	struct chunk_options chunk;
	size_t most;             /* bytes of rows that may be under way */
	const struct str *bloom; /* names of columns with a bloom filter */
	size_t blooms;
};

/* The gang and the options must outlive it. */
struct press *press_new(struct gang *, const struct press_options *);
void press_free(struct press *);

/*
 * Takes the open row group of a part, which is then empty.  Writes those that
 * are encoded; waits where too much is under way.
 */
void press_take(struct press *, struct part *);

/* Writes what is encoded, without a wait; waits for all. */
void press_poll(struct press *);
void press_finish(struct press *);

/* Ends the file of a part, when all is written, with those facts. */
void press_end(struct press *, struct part *, const struct file_fact *,
    size_t facts);

#endif
