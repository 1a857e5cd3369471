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

#include "dataset/deal.h"
#include "dataset/files.h"
#include "dataset/meta.h"
#include "dataset/rows.h"
#include "dataset/whole.h"

struct sets {
	struct files files;             /* its where tells what failed */
	struct output *set[SPLIT_SETS]; /* where their rows go */
	bool gone[SPLIT_SETS];          /* an old file was taken away */

	/* sets' own: */
	struct output *all, *meta;
	struct whole *whole; /* copies the sets to all */
};

/* Returns the name of the file of a set. */
const char *sets_name(enum split_set);

/*
 * Opens the files in the directory path, which is made if it is not there.
 * 0, or -1 with errno set.
 */
int sets_open(struct sets *, const char *path);

/*
 * Writes what the rows are in, and ends as sets_end does.  0, or -1: then
 * spool.err of the rows is set, or errno and where tell what failed.  Sets of
 * meta what the rows tell.
 */
int sets_write(struct sets *, struct rows *, struct meta *);

/*
 * The same for rows that are in their files.  In the original's manner a set
 * without rows has no file, and one that was there before is gone.
 */
int sets_deal(struct sets *, const struct deal *, struct meta *);

/*
 * Says that the deal has gone on: what it wrote may be copied to all.csv
 * meanwhile.  Not needed, but saves time.
 */
void sets_follow(struct sets *, const struct deal *);

/* Drops them, if sets_open or sets_write failed or was not called. */
void sets_abandon(struct sets *);

#endif
