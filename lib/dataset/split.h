/* SPDX-License-Identifier: MIT */
/*
 * split -- which groups train a model, and which test it
 *
 * A group is what must not be torn apart: the rows of one trace, the spans
 * of one request.  Each has a category.  One category is held out whole, for
 * a test on what the model never saw; of each other one some groups train
 * and the rest test.  What the groups hold is not known here.
 *
 * For one seed the draw is that of CPython's module random on the same
 * groups: the categories sorted (by bytes, which for UTF-8 is by code
 * points); if they are three or more, random.choice takes the one to hold
 * out; then each of the others in its order is put through random.shuffle,
 * and the first max(1, floor(n * ratio)) of its n groups train.
 *
 * For cross-validation the groups that are not held out are dealt to folds
 * instead: those of each category, put through random.shuffle as above, to one
 * fold after the other, where the category before left off.  So no fold has
 * more than one group more than another, of any category.
 *
 *	split_add(split, category);		for each group
 *	split_draw(split, &mt, 0.8, true);
 *	set = split_set(split, group);
 */
#ifndef TK_SPLIT_H
#define TK_SPLIT_H

#include "base/str.h"
#include "dataset/mt.h"

/* The sets; or else there are folds, from 0, and what is held out is last. */
enum {
	SPLIT_TRAIN,
	SPLIT_SEEN,   /* tests on categories that trained */
	SPLIT_UNSEEN, /* tests on the one that did not */
	SPLIT_FOLDS = 64,
	SPLIT_SETS = SPLIT_FOLDS + 1, /* how many there may be */
	SPLIT_NAME = 32,
};

/* How many categories there must be for one to be held out. */
enum { SPLIT_ENOUGH = 3 };

struct split; /* opaque */

/* Reads a ratio, a decimal from 0 to 1; false where text is none. */
bool split_ratio(const char *text, double *ratio);

/* Returns a split without groups, to be freed with split_free. */
struct split *split_new(void);

/* Frees it.  s may be NULL. */
void split_free(struct split *s);

/* Deals to so many folds, 2 to SPLIT_FOLDS, rather than to train and test. */
void split_into(struct split *, size_t folds);

/* Returns how many folds and how many sets there are, and what one is called.
 */
size_t split_folds(const struct split *);
size_t split_sets(const struct split *);
void split_name(const struct split *, size_t set, char name[SPLIT_NAME]);

/* Adds a group; they are numbered from 0 in the order they are added. */
void split_add(struct split *, struct str category);

/*
 * Draws, once, when all groups are there; ratio is 0 to 1, and not used for
 * folds.
 */
void split_draw(struct split *, struct mt *, double ratio, bool hold_out);

/* What follows is known after the draw. */

/* Returns the set that a group is in. */
size_t split_set(const struct split *, size_t group);

/* Returns the *n groups of a set in the order drawn; they are split's. */
const size_t *split_groups(const struct split *, size_t set, size_t *n);

/*
 * Finds the i-th group in the order drawn, set by set, and its set.  False
 * where there are no more: then *set is that behind the last.
 */
bool split_drawn(const struct split *, size_t i, size_t *group, size_t *set);

/* Returns how many categories have a group in a set. */
size_t split_spread(const struct split *, size_t set);

/* Returns the *n categories, sorted; they are split's. */
const struct str *split_categories(const struct split *, size_t *n);

/* Returns the category held out, or p NULL if there is none. */
struct str split_unseen(const struct split *);

#endif
