/* SPDX-License-Identifier: MIT */
/*
 * bucket -- the ring buffer of one CPU, while it is emptied
 *
 * Its pages go to a file or into a lane of a feed.  drain.h says how losses
 * and times are told in them.  One thread uses a bucket at a time.
 */
#ifndef TK_BUCKET_H
#define TK_BUCKET_H

#include <stdbool.h>

#include "source/page.h"
#include "tracefs/counts.h"
#include "tracefs/feed.h"
#include "tracefs/instance.h"

/* What is wanted of what was recorded: times of the trace's clock, in it. */
struct drain_window {
	uint64_t since, until;
};

struct bucket {
	/* Read these: */
	int cpu;
	struct counts counts; /* as they were at the last round */
	uint64_t bytes;       /* of pages that went to the file */
	uint64_t kept;        /* events in the window, where there is one */
	int error;            /* errno of what failed first, or 0 */
	bool ended;           /* bucket_finish was called */
	bool idle;            /* the last round found no page */

	/* Set one of these: */
	int out; /* a file, or -1 */
	struct feed *feed;
	size_t lane;
	/* And these: */
	const struct page_shape *shape;
	const struct drain_window *window; /* or NULL: all */
	bool several; /* its reader has others, too, and must not wait here */

	/* bucket's own: */
	int raw, stats;
	uint8_t *page; /* for the file: room, of which n bytes are used */
	size_t n;
	uint64_t told;   /* events lost of which pages tell how many */
	uint64_t untold; /* those the next page is to tell of */
	bool marked;     /* the last page in its lane tells the time alone */
};

/*
 * Opens the buffer of a CPU of an instance.  Returns 0, or -1 with errno and
 * the instance's failed set; bucket_close is right in both cases.
 */
int bucket_open(struct bucket *, struct instance *, int cpu);

/* Closes the buffer; bucket_free frees what it holds, too. */
void bucket_close(struct bucket *);
void bucket_free(struct bucket *);

/* Reads the counts anew. */
void bucket_count(struct bucket *);

/*
 * Takes what is in the buffer; false where that was so much that others
 * should have their turn before the rest.  last: nothing will follow it.
 */
bool bucket_empty(struct bucket *, bool last);

/*
 * Tells whether there is no room in its lane and its reader must not wait for
 * it: who takes from the feed may wait for another of its buckets.
 */
bool bucket_is_full(const struct bucket *);

/*
 * Reads the last counts, when nothing is left in the buffer.  What no page
 * could tell of losses is told in one without events; a feed has its end then.
 */
void bucket_finish(struct bucket *);

#endif
