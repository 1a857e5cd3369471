/* SPDX-License-Identifier: MIT */
/*
 * sets -- the files of a data set
 *
 * train.csv, test_seen.csv and test_unseen.csv hold a set each, all.csv the
 * three one after the other, dataset_meta.json says what they are.  They
 * come into being all at once (files.h).
 */
#ifndef TK_SETS_H
#define TK_SETS_H

#include "dataset/files.h"
#include "dataset/meta.h"
#include "dataset/rows.h"

struct sets {
	struct files files; /* its where tells what failed */

	/* sets' own: */
	struct output *set[SPLIT_SETS], *all, *meta;
};

/* Returns the name of the file of a set. */
const char *sets_name(enum split_set);

/*
 * Opens the files in the directory path, which is made if it is not there.
 * 0, or -1 with errno set.
 */
int sets_open(struct sets *, const char *path);

/*
 * Writes and names them.  0, or -1: then spool.err of the rows is set, or
 * errno and where tell what failed.
 */
int sets_write(struct sets *, struct rows *, const struct split *,
    const struct meta *);

/* Drops them, if sets_open or sets_write failed or was not called. */
void sets_abandon(struct sets *);

#endif
