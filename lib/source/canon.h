/* SPDX-License-Identifier: MIT */
/*
 * canon -- the fields of trace text, as the records have them
 *
 * The same field is printed in several ways; in a record it has one form,
 * whatever the trace was read from: integers in decimal, pointers in
 * hexadecimal after 0x, addresses as addresses, prev_state in one alphabet,
 * true and false.  What a value is shows in its event and key where those are
 * known, else in its looks.
 */
#ifndef TK_CANON_H
#define TK_CANON_H

#include "source/field.h"
#include "source/header.h"
#include "source/value.h"

/* What there is to know of an event's fields, found once for each. */
struct canon_kind; /* opaque, constant */
const struct canon_kind *canon_kind(struct str event);

/* Room for what had to be printed, and what is known of the trace's printer. */
struct canon {
	struct value_room room;
	/*
	 * libtraceevent before 1.8 prints the states X, Z, P, I as Z, X, x, W
	 * in its own layout of sched_switch; only some of them tell which
	 * version it was.
	 */
	enum canon_states { CANON_UNKNOWN, CANON_OLD, CANON_NEW } states;
	uint64_t doubtful; /* states that may be the other one of X and Z */
};

/*
 * Gives each field that is FIELD_PLAIN or FIELD_COOKED its form, and makes it
 * FIELD_LITERAL or FIELD_TEXT.  Where the body has no fields all of it is one,
 * called text.  The fields then live until the next call, and as long as the
 * line.
 */
void canon_fields(struct canon *, const struct canon_kind *,
    const struct header *, struct fields *);

void canon_free(struct canon *);

#endif
