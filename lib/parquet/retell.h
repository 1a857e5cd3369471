/* SPDX-License-Identifier: MIT */
/*
 * retell -- a trace of any form as the records that tk-record(5) has for it
 *
 * For programs that take records in blocks: the text is put into an output in
 * memory, from which they take it away.
 */
#ifndef TK_RETELL_H
#define TK_RETELL_H

#include "source/crew.h"
#include "source/event.h"

/* The first four are to be set; the rest starts zeroed. */
struct retell {
	struct event_reader *reader;
	struct crew *crew;
	struct output *out;
	size_t piece; /* bytes of records after which it stops */

	/* retell's own, of the present trace: */
	uint64_t records, lost, marks;
};

/*
 * Writes the records of an input that the reader has open, until there are
 * enough of them, or something is to be told besides: then *ev is EVENT_BAD or
 * EVENT_END, else another.  False at the end of the input.
 */
bool retell_more(struct retell *, struct input *, const struct metadata *beside,
    struct event *ev);

#endif
