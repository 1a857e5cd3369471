/* SPDX-License-Identifier: MIT */
/*
 * block -- the records of a stretch of a file of trace text
 *
 * Nearly all lines of a trace are events of which each is read in the same
 * manner, whatever stands before it.  So a file can be cut into stretches of
 * which each is read apart, and counted up afterwards.  The lines of a
 * stretch are those that begin in it.  What is more than such an event ends
 * the reading: a mark, a bad line, a record, or a line that may go on beyond
 * what was read of the file.
 */
#ifndef TK_BLOCK_H
#define TK_BLOCK_H

#include "source/event.h"
#include "source/filter.h"
#include "stream/output.h"

/*
 * Writes events otherwise than as records (print.h).  What it knows of a
 * stretch is in a state, of which each block has one.
 */
struct block_writer {
	void *arg; /* of make and take */
	void *(*make)(void *arg);
	void (*unmake)(void *state);
	void (*begin)(void *state); /* a stretch begins */
	/* Writes an event read from in, fields as in its record; or false. */
	bool (*put)(void *state, struct output *, const struct input *in,
	    struct event *);
	/* Writes the stretch that comes next, text, to where it belongs. */
	void (*take)(void *arg, void *state, struct output *, struct str text);
};

/* Where the text comes from, and how it is read. */
struct block_source {
	int fd;
	size_t size;   /* bytes of a stretch, */
	size_t beyond; /* and so many that are looked at behind it */
	struct manner manner;
	const struct filter *filter;
	int64_t first; /* when the trace's first event was */
	const struct block_writer *writer; /* NULL: records are written */
};

struct block; /* opaque */

/* What was read of a stretch. */
struct block_result {
	uint64_t from, to; /* the whole lines of these bytes of the file */
	uint64_t records;
	/* Of these only lines, events, first, last, backwards, doubtful: */
	struct event_counts counts;
	struct manner manner; /* of the lines that follow */
	struct str text;      /* the records; the block's, until its next */
	void *state;          /* of its writer */
};

/*
 * Returns a block for the events wanted, and a writer or NULL, to be freed by
 * block_free.
 */
struct block *block_new(const struct wanted *, const struct block_writer *);
void block_free(struct block *);

/*
 * Reads the stretch that begins at a byte of the file behind its first.  Where
 * nothing of it can be read, to is from.
 */
void block_read(struct block *, const struct block_source *, uint64_t at,
    struct block_result *);

#endif
