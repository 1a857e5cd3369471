/* SPDX-License-Identifier: MIT */
/*
 * chunk -- the values of a column in a row group, as the pages of a file
 *
 * A chunk is made in memory, without regard to where in the file it will
 * stand, so that several threads can each make one, with a coder each.
 */
#ifndef TK_CHUNK_H
#define TK_CHUNK_H

#include "parquet/bounds.h"
#include "parquet/codec.h"
#include "parquet/coding.h"
#include "parquet/leaf.h"
#include "parquet/vector.h"
#include "stream/output.h"

struct chunk_options {
	enum codec codec;
	int level;         /* of the codec's; 0: its usual one */
	unsigned version;  /* of the data pages: 1 or 2 */
	size_t page_bytes; /* of a page before compression, about; 0: 1 MiB */
};

/* A data page, for the page index. */
struct chunk_page {
	uint64_t at;    /* its header's first byte in the chunk */
	uint64_t bytes; /* header and all */
	uint64_t first_row;
	uint64_t nulls;
	struct bounds bounds;
	bool all_null;
};

struct chunk {
	/*
	 * No row has a value.  The type of its column may become known later:
	 * its bytes are the same for all types, but for lists.
	 */
	bool absent;
	bool list; /* it is absent, and a list */
	uint64_t rows;
	uint64_t values;     /* and nulls, and empty lists */
	uint64_t nulls;      /* values that are not there */
	struct output bytes; /* all pages; in memory */
	uint64_t unpacked;   /* bytes of them, had they not been compressed */
	uint64_t data_at;    /* where the first data page begins */
	bool dictionary;     /* a dictionary page stands before it */
	uint32_t encodings;  /* 1 << each that is used */
	enum coding_how how; /* of the data pages' values */
	enum codec codec;
	unsigned version; /* of the data pages */
	/*
	 * 0, or why it could not be encoded: EFBIG, a row is larger than a
	 * page can be, which is 2 GiB; ENOMEM, the codec failed.
	 */
	int err;
	struct bounds bounds;
	struct chunk_page *page;
	size_t pages;
	struct output bloom; /* the filter, if one was asked for */
	char *room;          /* of the bounds; chunk's own */
};

struct chunk_coder; /* opaque: tables and buffers, used again */

struct chunk_coder *chunk_coder_new(const struct chunk_options *);
void chunk_coder_free(struct chunk_coder *);

/*
 * Encodes the rows of n vectors, which follow one another, into a zeroed
 * chunk, to be freed by chunk_free.  The same rows make the same bytes,
 * however they are cut into vectors.  A leaf that is required has no null.
 */
void chunk_encode(struct chunk_coder *, const struct leaf *,
    const struct vector *, size_t n, struct chunk *);

/*
 * The same of so many rows of which none has a value; the leaf's optional, and
 * of all the rest only counts whether it is a list.  There is no bloom filter.
 */
void chunk_encode_absent(struct chunk_coder *, const struct leaf *,
    uint64_t rows, struct chunk *);

/* Frees the bytes alone, of the pages and of the filter. */
void chunk_drop(struct chunk *);

void chunk_free(struct chunk *);

#endif
