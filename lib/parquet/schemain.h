/* SPDX-License-Identifier: MIT */
/*
 * schemain -- the columns of a schema as it stands in a footer
 *
 * A schema is a tree, written from its root depth first: each element tells
 * how many children it has (parquet.thrift, SchemaElement).  Here the
 * children of the root are read one after the other, each with all below it.
 */
#ifndef TK_SCHEMAIN_H
#define TK_SCHEMAIN_H

#include "parquet/leaf.h"
#include "parquet/thriftin.h"

struct schemain_column {
	struct leaf leaf;
	const char *why; /* it cannot be read here: a phrase, or NULL */
	unsigned leaves; /* of the tree: 1, but of nested columns */
	/* The greatest levels, and that at which there is an element. */
	unsigned definition, repetition, element;
};

/* Reads the root; *left counts the elements that are still to come. */
void schemain_root(struct thriftin *, const struct thriftin_field *element,
    size_t *left);

/* Reads a column, which takes one element or more from *left. */
void schemain_next(struct thriftin *, const struct thriftin_field *element,
    size_t *left, struct schemain_column *);

#endif
