/* SPDX-License-Identifier: MIT */
/*
 * store -- records, block by block, into Parquet files
 *
 * A gang of threads takes the blocks apart and encodes the row groups; what
 * comes between is done in the order of the input, so that the files have the
 * same bytes however many threads there are.
 *
 *	store = store_new(&options);
 *	while (cutter_cut(&cutter, end, &block, &cap, &n) &&
 *	    store_block(store, &block, &cap, n))
 *		...
 *	store_input_end(store);
 *	store_end(store);
 */
#ifndef TK_STORE_H
#define TK_STORE_H

#include "parquet/admit.h"
#include "record/frame.h"

struct store_options {
	struct branch_options branch; /* press.most is set here */
	const struct str *key;        /* of partitions */
	size_t keys;
	unsigned threads; /* 0: the usual number */
};

/* A line that is left out. */
struct store_bad {
	uint64_t line; /* of the input, from 1 */
	char *text;    /* its beginning; with a NUL */
	size_t n;
	char *why;
};

struct store {
	/* Read these, change none: */
	struct admit admit;
	struct branches branches;
	struct frame frame;
	bool failed;
	uint64_t line; /* so many lines of the input were taken */
	/* Those that are left out since store_forgive: the first few. */
	struct store_bad bad[8];
	size_t bads;
	uint64_t bad_count; /* and how many they all are */

	/* store's own: */
	struct store_options options;
	struct gang *gang;
	struct heading heading;
	struct store_slot *slot;
	size_t slots;
	uint64_t given, taken; /* blocks */
};

/* What the options point to must outlive it. */
struct store *store_new(const struct store_options *);
void store_free(struct store *);

/*
 * Takes a block of whole lines, *block of *cap bytes, n of them used, and
 * gives another buffer for it.  False if it has failed; then admit.error says
 * why, or if that is empty, branches.err.
 */
bool store_block(struct store *, char **block, size_t *cap, size_t n);

/* Says that an input is at its end: waits for what is under way. */
bool store_input_end(struct store *);

/* Completes the files, but for their names. */
bool store_end(struct store *);

/*
 * Tells whether there was a record to be written; those that only say that a
 * trace begins and ends are none, unless they were asked for.  A schema has
 * files without rows.
 */
bool store_has_any(const struct store *);

/* Forgets the lines that are left out. */
void store_forgive(struct store *);

#endif
