/* SPDX-License-Identifier: MIT */
/*
 * body -- what a line of trace text says of its event, as fields
 *
 * There are three ways to print a body: a layout of the event's own
 * (layout.h), key=value with blanks between, and "key: value, key: value" for
 * the entry of a system call, with a bare value for its return.  Fields come
 * under the names of the event's format, whatever the line calls them.
 */
#ifndef TK_BODY_H
#define TK_BODY_H

#include "source/header.h"
#include "source/layout.h"

/* What there is to know of an event, found once for each. */
struct body_kind {
	int layout;       /* number, or -1 */
	bool enter, exit; /* of a system call */
	/* What was written to trace_marker, a stack trace, a call. */
	bool print, stack, function;
	const struct str *last;       /* names of its last field; NULL: any */
	const struct rename *renames; /* NULL: none */
};

struct body_kind body_kind(const struct layouts *, struct str event);

/*
 * Begins to read the body of h into fields, which are emptied first.  Returns
 * true if that is surely all of it, false where it may go on in the next
 * line.  Fields live as long as the line.
 */
bool body_read(const struct layouts *, const struct body_kind *,
    const struct header *h, struct fields *);

/* What a line looks like that has no header. */
enum body_next { NEXT_TEXT, NEXT_COMMENT, NEXT_MARK };

/*
 * Tells whether the line next, which follows that of h in memory, goes on with
 * the body of h, of which body_read said that it may; the fields are lost.
 */
bool body_goes_on(const struct layouts *, const struct body_kind *,
    const struct header *h, struct str next, enum body_next like,
    struct fields *);

/* Splits off one more field; false if there is none. */
bool body_more(struct fields *);

#endif
