/* SPDX-License-Identifier: MIT */
/*
 * deal -- the switches of drawn traces, each row straight to its file
 *
 * The traces are read in the order in which they were drawn, so that the rows
 * of a set come one trace after the other.
 *
 *	deal_open(d, traces, split, out, form);
 *	for (i = 0; deal_trace(d, i) != NULL; i++)
 *		do
 *			while (deal_pass(d, reader, in))
 *				...
 *		while (event_next(reader, &ev) && ... deal_take(d, ...));
 *	deal_end(d, ratio);
 *
 * Where test_seen would have no rows, and train some, those of train are
 * divided: of each trace its last rows go to test_seen.  In the original's
 * manner it is the last rows of train as a whole.  Folds are not divided.
 */
#ifndef TK_DEAL_H
#define TK_DEAL_H

#include "dataset/collection.h"
#include "dataset/split.h"
#include "dataset/switches.h"
#include "dataset/windows.h"
#include "source/block.h"
#include "source/crew.h"

struct deal {
	/* Read these, change none: */
	uint64_t count[SPLIT_SETS]; /* rows in each set */
	size_t set;                 /* to which the present trace goes */
	uint64_t head;              /* bytes of the line of column names */
	bool divided;               /* the rows of train were */
	bool compat;                /* in the original's manner */
	struct switches switches;   /* the columns, and all rows so far */

	/* deal's own: */
	struct collection *traces;
	const struct split *split;
	struct output *const *out;
	size_t sets;
	struct collected *trace; /* the present one */
	uint64_t begin;          /* of its rows, in bytes of the file */
	struct crew *crew;
	struct block_writer writer;
};

/* Begins with the names of the columns; all arguments must outlive it. */
void deal_open(struct deal *, struct collection *, const struct split *,
    struct output *const *out, struct switches_form);

/* Frees everything; all zero is fine. */
void deal_close(struct deal *);

/* Begins the i-th trace in the order drawn; NULL if there are no more. */
struct collected *deal_trace(struct deal *, size_t i);

/*
 * Takes what the reader gives of it.  Returns NULL, or a phrase that says why
 * an event or a line is bad.
 */
const char *deal_take(struct deal *, struct event_reader *,
    const struct input *, struct event *);

/*
 * Takes as much as a thread has read ahead of it (crew.h): before event_next.
 * False if there is nothing.
 */
bool deal_pass(struct deal *, struct event_reader *, struct input *);

/* Ends the reading ahead, before an input is closed. */
void deal_rest(struct deal *);

/* Tells whether the files could be written so far. */
bool deal_good(const struct deal *);

/*
 * When all were read: divides the rows of train if
 * need be.  0, or -1 where that fails, as err of an output tells.
 */
int deal_end(struct deal *, double ratio);

/* Counts the windows of all rows, after that. */
void deal_windows(const struct deal *, struct windows *);

#endif
