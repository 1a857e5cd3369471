/* SPDX-License-Identifier: MIT */
/*
 * origin -- which group a record belongs to, and which trace that is
 *
 * The groups of a data set are traces that are known beforehand, or those
 * that are found in streams (group.h).  The latter are traces, too, but for
 * the requests of spans, which may be millions; of traces it is kept what they
 * are called and what was counted of them.
 *
 *	origin_open(o);
 *	origin_stream(o, rec, path);	or else origin_know, origin_trace
 *	why = origin_find(o, rec, span, &group);
 *	origin_row(o, group, ts);
 *	origin_end(o, counts);
 *	...
 *	origin_settle(o);
 *
 * What a stream says of itself when it ends is counted of the trace of its
 * first row; most streams hold no other.
 */
#ifndef TK_ORIGIN_H
#define TK_ORIGIN_H

#include "dataset/collection.h"
#include "dataset/group.h"
#include "dataset/table.h"

struct event_counts; /* source/event.h */

struct origin {
	/* Read these, change none: */
	struct collection *known; /* the traces known beforehand, or NULL */
	const char *field; /* which tells the category; NULL: the usual ones */

	/* origin's own: */
	size_t trace; /* the present one of those known */
	struct groups *groups;
	struct collection own; /* those of the groups that are traces */
	size_t first; /* group of the stream's first row, or SIZE_MAX */
	bool several; /* it has rows of others */
	char *looked; /* the file beside which a document was last read */
	char *told;   /* and what that tells of field, or NULL */
};

/* Begins without groups, to be closed; all zero may be closed, too. */
void origin_open(struct origin *);

/* Takes the categories from a field (groups_ask), or NULL, before all. */
void origin_ask(struct origin *, const char *field);

void origin_close(struct origin *);

/*
 * Says that the groups are these traces, which must outlive it, and which of
 * them is read.
 */
void origin_know(struct origin *, struct collection *);
void origin_trace(struct origin *, size_t trace);

/*
 * Says that a stream begins: see groups_stream.  path is its file's, beside
 * which a document may tell the field that is asked for; or NULL.  It is read
 * once for all streams of a file that come one after the other.
 */
void origin_stream(struct origin *, const struct json *rec, const char *path);

/* Returns what the present trace is called. */
struct table_names origin_names(const struct origin *);

/*
 * Finds the group of a record, as groups_find does; it is to have a row then.
 */
const char *origin_find(struct origin *, const struct json *rec, bool span,
    size_t *group);

/* Counts a row of a group; ts is its time in ns, or -1. */
void origin_row(struct origin *, size_t group, int64_t ts);

/* Counts what the present trace or stream tells of itself, which ends. */
void origin_end(struct origin *, const struct event_counts *);

/* Forgets the groups of streams; the present stream goes on. */
void origin_restart(struct origin *);

/* Says that all records were seen: the categories are known. */
void origin_settle(struct origin *);

/* Returns how many groups there are, and the category of one. */
size_t origin_groups(const struct origin *);
struct str origin_category(const struct origin *, size_t group);

/* Returns the traces that the groups are; NULL: they are none. */
const struct collection *origin_traces(const struct origin *);

#endif
