/* SPDX-License-Identifier: MIT */
/*
 * group -- which records belong together, and of what category they are
 *
 * A model learns from whole requests and whole traces, so those are what a
 * data set is split by:
 *
 *	- A span belongs to its request: its "trace", within its stream.  The
 *	  category is the service of the request's root.
 *	- A span that hangs on no request (trace null) belongs to its tree:
 *	  that of its parent, where the spans since the last such tree began
 *	  have it, else one of its own.  The category is the service of the
 *	  tree's first span.
 *	- Any other record belongs to its trace: that of its own "trace_id",
 *	  else that of its stream.  The category is the stream's.
 *
 * A stream is what a "trace" record begins, or an input that begins without
 * one.  Streams of one trace_id are one; without a trace_id each is its own.
 * A category that nobody tells is "unknown".
 *
 * The category may be asked of another field: of a request that of its root,
 * of other groups that of the first record that has it; and where none has it,
 * of the stream's "trace" record.
 *
 * Memory grows with the groups, and with the largest tree without request.
 */
#ifndef TK_GROUP_H
#define TK_GROUP_H

#include <stdbool.h>

#include "base/str.h"

struct json; /* record/json.h */

struct groups; /* opaque */

/* Returns an empty collection, to be freed with groups_free. */
struct groups *groups_new(void);

/* Frees it.  g may be NULL. */
void groups_free(struct groups *g);

/* Takes the category from a field, before all; it must outlive g. */
void groups_ask(struct groups *, const char *field);

/*
 * Says that a stream begins: with the "trace" record rec, or without one if
 * rec is NULL.  Needed before the first record.
 */
void groups_stream(struct groups *, const struct json *rec);

/* Says the category of the stream's groups where no record tells it. */
void groups_tell(struct groups *, struct str category);

/*
 * Finds the group of a record; they are numbered from 0 as they are met.
 * span tells whether it is a span; a record that is none, and tells neither
 * trace_id nor the category, may be NULL.  Returns NULL, or a constant phrase
 * that says what is wrong with the record.
 */
const char *groups_find(struct groups *, const struct json *rec, bool span,
    size_t *group);

/* Forgets all groups; the stream goes on. */
void groups_restart(struct groups *);

/*
 * Return the trace_id of the stream, and its workload_type, or p NULL; good
 * until g is freed.
 */
struct str groups_trace_id(const struct groups *);
struct str groups_workload(const struct groups *);

/* Returns how many groups there are. */
size_t groups_count(const struct groups *);

/* Returns the trace_id of a group's stream, or p NULL; it is g's. */
struct str groups_name(const struct groups *, size_t group);

/* Returns the category of a group, as far as is known; it is g's. */
struct str groups_category(const struct groups *, size_t group);

#endif
