/* SPDX-License-Identifier: MIT */
/*
 * part -- the rows of one file, and the row group that is open in it
 *
 * Rows are added column by column; the columns are those of the family, as
 * many as there are by then.
 */
#ifndef TK_PART_H
#define TK_PART_H

#include "parquet/family.h"
#include "parquet/file.h"
#include "parquet/heading.h"
#include "parquet/hoard.h"
#include "parquet/shelf.h"

struct part {
	struct family *family;
	size_t rows;          /* of the open row group */
	size_t bytes;         /* of memory that it takes */
	struct hoard *column; /* those that end before the rows do are null */
	size_t n;
	struct heading common; /* what all its traces say of themselves */
	uint64_t written;      /* rows of row groups that were begun */

	/* Where it goes, from the first row group on: */
	char *path; /* below the type's folder, or NULL */
	struct shelf_file *shelved;
	struct output *out;
	struct parquet_file *file;
};

struct part *part_new(struct family *, struct str path);
void part_free(struct part *);

/* Rows that come: all of a vector's, or some of them. */
struct part_rows {
	const uint32_t *row; /* their numbers, or NULL */
	size_t n;
};

/* Adds the values of a column to the rows that are to be ended next. */
void part_add(struct part *, size_t column, enum kind, const struct vector *,
    const struct part_rows *, struct hoard_room *);

/* Says that the columns have as many rows more; those not added are null. */
void part_end_rows(struct part *, size_t rows);

/* Forgets the open row group, whose columns are taken by the caller. */
void part_release(struct part *);

#endif
