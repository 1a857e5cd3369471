/* SPDX-License-Identifier: MIT */
/*
 * branch -- the types of records, and the files of each
 */
#ifndef TK_BRANCH_H
#define TK_BRANCH_H

#include "parquet/press.h"
#include "parquet/shelf.h"

/* A type, and its files by the numbers of their paths. */
struct branch {
	struct family *family;
	struct intern *paths; /* below the type's folder; "" is none */
	struct part **part;   /* by number, or NULL */
	size_t n, cap;
};

/* Where it goes: to one of the two, or, to learn the columns, to neither. */
struct branch_options {
	struct press_options press;
	const struct schema *schema; /* or NULL */
	struct str only;             /* the one type to take, or p NULL */
	size_t row_group;            /* bytes in memory */
	struct str command;
	struct shelf *shelf;
	struct output *out;
	const char *file; /* the shelf's only one, or NULL */
	bool partitioned;
};

/* All of them, in order of first sight. */
struct branches {
	const struct branch_options *options;
	struct branch **branch;
	size_t n;

	/* branches' own: */
	struct press *press;
	struct intern *types;
	size_t cap;
	size_t bytes; /* of all rows in memory */
	/* What went wrong: */
	int err;
};

/* The gang and the options must outlive them. */
void branches_init(struct branches *, struct gang *,
    const struct branch_options *);
void branches_free(struct branches *);

/* Tells whether records of a type are to be taken. */
bool branches_want(const struct branches *, struct str type);

/* Returns that of a type, which is new if it was not there. */
struct branch *branches_of(struct branches *, struct str type);

/* Returns the file of a path by its number; a new one if it was not there. */
struct part *branch_part(struct branch *, size_t path);

/*
 * Says that rows were added to a part, which had so many bytes before; lets
 * what is full be written.  False if that fails: err is its errno, of what
 * shelf tells.
 */
bool branches_added(struct branches *, struct part *, size_t before);

/* Completes all files, but for their names.  False as above. */
bool branches_end(struct branches *);

#endif
