/* SPDX-License-Identifier: MIT */
/*
 * supply -- the blocks of records of an input, whatever form it has
 *
 * An input that begins as a record does is taken block by block as it is, and
 * text behind records is bad lines; any other is read by the event reader, and
 * made records first (retell.h).
 *
 *	supply_begin(&supply, in);
 *	while (supply_more(&supply, in, &metadata, &ev))
 *		if (ev.kind == EVENT_BAD)
 *			...
 */
#ifndef TK_SUPPLY_H
#define TK_SUPPLY_H

#include "parquet/cutter.h"
#include "parquet/retell.h"
#include "parquet/store.h"

struct supply {
	struct store *store;
	bool records; /* the input is of records */

	/* supply's own: */
	struct retell retell;
	struct filter filter;
	struct output text;
	struct cutter cutter;
	char *block; /* the next one's buffer */
	size_t block_cap;
	bool end; /* of the input */
};

/* The store and the reader must outlive it. */
void supply_init(struct supply *, struct store *, struct event_reader *);
void supply_free(struct supply *);

/* Begins an input that the reader has open, and of which nothing was read. */
void supply_begin(struct supply *, struct input *);

/*
 * Reads some more.  *ev is what is to be told of it, EVENT_BAD or EVENT_END,
 * or another.  False at the end of the input, when all of it is taken, or
 * where the store has failed.
 */
bool supply_more(struct supply *, struct input *, const struct metadata *beside,
    struct event *ev);

#endif
