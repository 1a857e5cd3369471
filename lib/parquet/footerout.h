/* SPDX-License-Identifier: MIT */
/*
 * footerout -- the metadata at the end of a file (parquet.thrift, FileMetaData)
 */
#ifndef TK_FOOTEROUT_H
#define TK_FOOTEROUT_H

#include "parquet/chunk.h"

/* A pair of the file's key-value metadata. */
struct file_fact {
	struct str key, value;
};

/* Where the parts of a chunk are in the file; those of 0 bytes are not. */
struct footerout_chunk {
	struct chunk chunk; /* without its bytes */
	uint64_t at, bytes;
	uint64_t columns_at, columns_bytes; /* ColumnIndex */
	uint64_t offsets_at, offsets_bytes; /* OffsetIndex */
	uint64_t bloom_at, bloom_bytes;
};

struct footerout_group {
	struct footerout_chunk *chunk; /* one for each leaf */
	size_t n;
	uint64_t rows;
};

struct footerout {
	const struct leaf *leaf;
	size_t leaves;
	const struct footerout_group *group;
	size_t groups;
	const struct file_fact *fact;
	size_t facts;
};

/* Writes the metadata, and what is behind it to the file's last byte. */
void footerout_put(struct output *, const struct footerout *);

#endif
