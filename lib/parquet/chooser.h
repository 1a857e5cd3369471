/* SPDX-License-Identifier: MIT */
/*
 * chooser -- which encoding makes a chunk the smallest
 *
 * One encoding is chosen for all pages of a chunk.  Some of the values are
 * encoded in each way that comes into question, and compressed.  The choice
 * depends on the values alone, so that the same ones make the same bytes.
 */
#ifndef TK_CHOOSER_H
#define TK_CHOOSER_H

#include "parquet/codec.h"
#include "parquet/coding.h"

struct chooser; /* opaque: tables and buffers, used again */

struct chooser *chooser_new(void);
void chooser_free(struct chooser *);

/* What a chunk is for. */
struct chooser_for {
	const struct leaf *leaf;
	struct codec_room *codecs;
	enum codec codec;
	int level;
	unsigned version; /* of the data pages */
};

/*
 * Returns how to encode what the gathering holds: spread, unless there is a
 * dictionary, and with an index then.  It is good until the next call.
 */
struct coding chooser_pick(struct chooser *, const struct chooser_for *,
    struct gathering *, const struct gathered *);

#endif
