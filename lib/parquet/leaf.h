/* SPDX-License-Identifier: MIT */
/*
 * leaf -- a column of a Parquet file: its name, and what its values are
 *
 * Tables here are flat: a column is one value a row, or one list of values.
 * The words are those of the format's specification, apache/parquet-format:
 * parquet.thrift and LogicalTypes.md.
 */
#ifndef TK_LEAF_H
#define TK_LEAF_H

#include <stdbool.h>

#include "base/str.h"

/* The physical types, under their numbers in parquet.thrift. */
enum leaf_type {
	LEAF_BOOLEAN = 0,
	LEAF_INT32 = 1,
	LEAF_INT64 = 2,
	LEAF_FLOAT = 4,
	LEAF_DOUBLE = 5,
	LEAF_BYTES = 6, /* BYTE_ARRAY */
};

/*
 * What is meant by them.  Timestamps are since 1970, in UTC; those of ns are
 * not said to be so in the file (isAdjustedToUTC), for the sake of engines.
 */
enum leaf_logical {
	LEAF_AS_IT_IS,
	LEAF_STRING,
	LEAF_TIMESTAMP_MS,
	LEAF_TIMESTAMP_US,
	LEAF_TIMESTAMP_NS,
	LEAF_INT8,
	LEAF_INT16,
	LEAF_INT32_LOGICAL,
	LEAF_INT64_LOGICAL,
	LEAF_UINT8,
	LEAF_UINT16,
	LEAF_UINT32,
	LEAF_UINT64,
};

struct leaf {
	struct str name; /* UTF-8; the caller's */
	enum leaf_type type;
	enum leaf_logical logical;
	bool required; /* no row is null; else OPTIONAL */
	/*
	 * Rows are lists of such values: a group (LIST) of a repeated group
	 * "list" of an optional "element" (LogicalTypes.md, Lists).
	 */
	bool list;
	bool bloom; /* a bloom filter is written */
};

/* The greatest definition and repetition levels of a leaf's values. */
static inline unsigned
leaf_defined(const struct leaf *l)
{
	return (l->required ? 0 : 1) + (l->list ? 2 : 0);
}

static inline unsigned
leaf_repeated(const struct leaf *l)
{
	return l->list ? 1 : 0;
}

/* The bytes of a value as it is; 0 of those that have no fixed size. */
static inline unsigned
leaf_width(const struct leaf *l)
{
	switch (l->type) {
	case LEAF_INT32:
	case LEAF_FLOAT:
		return 4;
	case LEAF_INT64:
	case LEAF_DOUBLE:
		return 8;
	default:
		return 0;
	}
}

static inline bool
leaf_unsigned(const struct leaf *l)
{
	return l->logical >= LEAF_UINT8 && l->logical <= LEAF_UINT64;
}

#endif
