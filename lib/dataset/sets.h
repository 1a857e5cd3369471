/* SPDX-License-Identifier: MIT */
/*
 * sets -- the files of a data set
 *
 * train.csv, test_seen.csv and test_unseen.csv hold a set each, or fold1.csv
 * and so on and test_unseen.csv; all.csv holds these one after the other.
 * Lines of JSON are in train.jsonl and so on.  dataset_meta.json says what they
 * are.  They come into being all at once (files.h), and those of an earlier
 * data set of other sets are gone then.
 */
#ifndef TK_DATASET_SETS_H
#define TK_DATASET_SETS_H

#include "dataset/deal.h"
#include "dataset/files.h"
#include "dataset/meta.h"
#include "dataset/naming.h"
#include "dataset/rows.h"
#include "dataset/whole.h"

struct sets {
	struct files files;             /* its where tells what failed */
	struct output *set[SPLIT_SETS]; /* where their rows go */

	/* sets' own: */
	size_t n;
	char name[SPLIT_SETS + 1][NAMING_MAX]; /* of the files */
	struct output *all, *meta;
	struct whole *whole; /* copies the sets to all */
};

/*
 * Opens the files of a split, drawn or not, for CSV or lines of JSON, in the
 * directory path, which is made if it is not there.  0, or -1 with errno set.
 */
int sets_open(struct sets *, const struct split *, bool json, const char *path);

/*
 * Writes what the rows are in, and ends as sets_end does.  0, or -1: then
 * spool.err of the rows is set, or errno and where tell what failed.  Sets of
 * meta what the rows tell.
 */
int sets_write(struct sets *, struct rows *, struct meta *);

/*
 * The same for rows that are in their files.  In the original's manner a set
 * without rows has no file.
 */
int sets_deal(struct sets *, const struct deal *, struct meta *);

/*
 * Says that the deal has gone on: what it wrote may be copied to the file of
 * all sets meanwhile.  Not needed, but saves time.
 */
void sets_follow(struct sets *, const struct deal *);

/* Drops them, if sets_open or sets_write failed or was not called. */
void sets_abandon(struct sets *);

/* Frees the rest, at the end. */
void sets_close(struct sets *);

#endif
