/* SPDX-License-Identifier: MIT */
/*
 * schema -- which columns the files of each type of record are to have
 *
 * What is written without one follows what the records show; a schema says it
 * beforehand, and what does not fit it is refused.
 */
#ifndef TK_SCHEMA_H
#define TK_SCHEMA_H

#include <stdint.h>

#include "parquet/kind.h"
#include "parquet/leaf.h"

/* A type that a column may be given. */
struct schema_kind {
	const char *name;
	enum leaf_type type;
	enum leaf_logical logical;
	bool list;
	enum kind kind; /* of its values in memory */
	int64_t least;  /* of integers; of a list, its elements */
	uint64_t most;
};

/* Returns the type of that name, or NULL; all of them end with name NULL. */
const struct schema_kind *schema_kind(struct str name);
extern const struct schema_kind schema_kinds[];

/* The usual type of a column whose values have this kind. */
const struct schema_kind *schema_usual(enum kind);

/* Returns the unit that the name of a column tells, or p NULL. */
struct str schema_unit(struct str name);

struct schema_column {
	struct str name;
	const struct schema_kind *kind;
	struct str unit; /* p NULL: none */
	bool required;
	bool bloom;
	bool of_trace; /* it is what the trace says of itself */
	bool in_path;  /* it is a key of partitions, and in no file */
};

struct schema_type {
	struct str type; /* of the records */
	struct str
	    file; /* the file's name without .parquet, or p NULL: as type */
	struct schema_column *column;
	size_t n, cap;
};

/* Starts zeroed. */
struct schema {
	struct schema_type *type;
	size_t n, cap;
	bool open;   /* records may have more fields, and nobody asks */
	char **kept; /* what its names point into */
	size_t kept_n, kept_cap;
};

/*
 * Add a type, and a column to it, with copies of their names; the places are
 * good until the next one is added.
 */
struct schema_type *schema_add(struct schema *, struct str type);
struct schema_column *schema_add_column(struct schema *, struct schema_type *,
    struct str name, const struct schema_kind *);

/* Returns a copy of s that lives as long as the schema. */
struct str schema_keep(struct schema *, struct str);

/* Says that the columns of this name are keys of partitions. */
void schema_set_key(struct schema *, struct str name);

const struct schema_type *schema_find(const struct schema *, struct str type);

void schema_free(struct schema *);

#endif
