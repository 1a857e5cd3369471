/* SPDX-License-Identifier: MIT */
/*
 * footerin -- what stands at the end of a Parquet file: its columns, its row
 * groups, where their bytes are (parquet.thrift, FileMetaData)
 *
 * The footer is read once for its columns; of the row groups only their
 * places are kept, and each is read when it is asked for.  So memory grows
 * with the bytes of the footer and not with the counts that it tells.
 *
 * A column here is one value a row, or one list of values: a LIST of three
 * levels, as LogicalTypes.md has it, or one of the older forms, a repeated
 * value in a LIST, or alone.  Others are left out, by name: structs, maps and
 * lists of them, INT96, FIXED_LEN_BYTE_ARRAY and DECIMAL.
 */
#ifndef TK_FOOTERIN_H
#define TK_FOOTERIN_H

#include "parquet/leaf.h"
#include "parquet/thriftin.h"

struct footerin_column {
	struct leaf leaf;
	unsigned place; /* among all of the file's, from 0 */
	/* The greatest levels, and that at which there is an element. */
	unsigned definition, repetition, element;
};

/* A column that is left out. */
struct footerin_other {
	struct str name;
	const char *why;
};

struct footerin_group {
	uint64_t rows;
	uint64_t before; /* rows of the groups before it */
	size_t at;       /* where it is in the footer: footer's own */
};

/* A pair of the key-value metadata; value p NULL where there is none. */
struct footerin_fact {
	struct str key, value;
};

/* The bytes of a column in a row group. */
struct footerin_chunk {
	int32_t type, codec; /* as they are numbered in parquet.thrift */
	uint64_t values;     /* and nulls, and empty lists */
	uint64_t at, bytes;  /* in the file, where that is long enough */
};

struct footerin {
	struct footerin_column *column;
	size_t columns;
	struct footerin_other *other;
	size_t others;
	struct footerin_group *group;
	size_t groups;
	struct footerin_fact *fact;
	size_t facts;
	struct str by; /* created_by, or p NULL */
	uint64_t rows;

	/* footer's own: */
	size_t leaves; /* columns in a row group */
	struct footerin_chunk *chunk;
	size_t cap[5];
	struct str bytes;
};

/*
 * Reads the bytes of a footer, which are the caller's and must outlive it,
 * into a zeroed struct.  Returns NULL, or what is wrong: a phrase.  What is
 * there is freed by footerin_free in either case.
 */
const char *footerin_read(struct footerin *, struct str bytes);

/*
 * Reads where the columns of a row group are, in the order of column.  size
 * is that of the file's part with pages; what a chunk tells lies in it.
 * Returns them, good until the next call, or NULL with *why set, and *column
 * to the column's number, or to columns where it is none's.
 */
const struct footerin_chunk *footerin_chunks(struct footerin *, size_t group,
    uint64_t size, const char **why, size_t *column);

void footerin_free(struct footerin *);

#endif
