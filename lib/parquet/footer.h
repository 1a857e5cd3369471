/* SPDX-License-Identifier: MIT */
/*
 * footer -- the metadata at the end of a file (parquet.thrift, FileMetaData)
 */
#ifndef TK_FOOTER_H
#define TK_FOOTER_H

#include "parquet/chunk.h"

/* A pair of the file's key-value metadata. */
struct file_fact {
	struct str key, value;
};

/* Where the parts of a chunk are in the file; those of 0 bytes are not. */
struct footer_chunk {
	struct chunk chunk; /* without its bytes */
	uint64_t at, bytes;
	uint64_t columns_at, columns_bytes; /* ColumnIndex */
	uint64_t offsets_at, offsets_bytes; /* OffsetIndex */
	uint64_t bloom_at, bloom_bytes;
};

struct footer_group {
	struct footer_chunk *chunk; /* one for each leaf */
	size_t n;
	uint64_t rows;
};

struct footer {
	const struct leaf *leaf;
	size_t leaves;
	const struct footer_group *group;
	size_t groups;
	const struct file_fact *fact;
	size_t facts;
};

/* Writes the metadata, and what is behind it to the file's last byte. */
void footer_put(struct output *, const struct footer *);

#endif
