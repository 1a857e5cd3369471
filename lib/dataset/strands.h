/* SPDX-License-Identifier: MIT */
/*
 * strands -- the traces whose switches one stream mixes
 *
 * A record may name another trace than its stream's, as group.h takes it.  Of
 * each such trace it is kept when its last row was, so that time_diff does not
 * run from one to another; and a row says what its own trace is called.
 *
 *	strands_begin(s, switches, names);	a stream begins
 *	strands_turn(s, switches, rec);		before each of its switches
 *	why = switches_put(switches, ...);
 *
 * Memory grows with the traces of a stream.  Records that name none cost no
 * more than a look at their keys.
 */
#ifndef TK_STRANDS_H
#define TK_STRANDS_H

#include "dataset/switches.h"
#include "dataset/table.h"

/* Starts zeroed. */
struct strands {
	/* strands' own: */
	struct table_names names; /* of the stream */
	bool turned;              /* the last record had names of its own */
	struct intern *ids;       /* of the traces, NULL: there is one so far */
	struct switches_before *before;     /* their last rows */
	size_t cap, at;                     /* the present one */
	struct output own_id, own_workload; /* names, unescaped */
	struct output id, workload;         /* and as cells */
};

/* Says that a stream begins; its names must live as long as it is read. */
void strands_begin(struct strands *, struct switches *, struct table_names);

/*
 * Lets the next row be one of the trace that the record of a switch names:
 * rec, or NULL.  Its workload_type is the record's own, else the stream's.
 */
void strands_turn(struct strands *, struct switches *, const struct json *rec);

/* Frees everything; it is all zero then. */
void strands_free(struct strands *);

#endif
