/* SPDX-License-Identifier: MIT */
/*
 * admit -- tables of records into the files of their types
 */
#ifndef TK_ADMIT_H
#define TK_ADMIT_H

#include "parquet/branch.h"
#include "parquet/fit.h"
#include "parquet/omission.h"
#include "parquet/routing.h"

/* A row that is left out, and what to say of it. */
struct admit_bad {
	uint32_t row;
	struct str column;
	const char *why; /* a phrase */
};

/* To be set: branches, routing's keys; the rest starts zeroed. */
struct admit {
	struct branches *branches;
	struct routing routing;

	/* Read these: */
	struct omission omission;
	struct output error;   /* why it cannot go on, if that has bytes */
	uint64_t line;         /* and where, in the block */
	struct admit_bad *bad; /* rows of the last table */
	size_t bads;

	/* admit's own: */
	size_t bad_cap;
	struct fit fit;
	struct admit_given *given;
	size_t given_n, given_cap;
	struct hoard_room room;
	uint32_t *row, *start; /* by file, and where the rows of each begin */
	size_t row_cap, start_cap;
};

/*
 * Takes a table of records.  False if it cannot go on: error says why, or if
 * that is empty, err of the branches.
 */
bool admit_take(struct admit *, const struct slab_type *,
    const struct heading *);

void admit_free(struct admit *);

#endif
