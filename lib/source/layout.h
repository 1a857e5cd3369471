/* SPDX-License-Identifier: MIT */
/*
 * layout -- the bodies of events that hold names, taken apart exactly
 *
 * A comm may hold blanks, '=', "==>" or whatever else, so where it ends is
 * known only from what must stand around it.  A layout says that: text that
 * is there to the letter, and fields in braces with their name and kind,
 *
 *	{prev_comm:c}:{prev_pid:d} [{prev_prio:d}] {prev_state:w} ==> ...
 *
 * c is a comm of at most 15 bytes, d a number, w a word up to a blank, i one
 * of letters and digits, s any text, z a state, Z one as libtraceevent prints
 * it.  What follows a comm is longer than 15 bytes and no comm can hold it, so
 * there is one way to read a line, and the first that is found is it.  All
 * other kinds are those of meaning.h: a number among them is letters and
 * digits, and the others end where the text behind them first stands.  The
 * names are those of the event's format in the kernel, whatever the line
 * calls them; a field without a name is passed over.  Where the format has
 * them in another order, their names in that order stand behind a newline.
 *
 * Fields get their kind (field.h) where they have their one form already.
 *
 * The layouts are those of the TP_printk of include/trace/events and of fs/ of
 * Linux 6.18 and of some before, of trace-cmd report -R, and of libtraceevent's
 * plugins.
 */
#ifndef TK_LAYOUT_H
#define TK_LAYOUT_H

#include <stdbool.h>

#include "source/field.h"

struct layouts; /* opaque: all the layouts that are known */

/* Returns the layouts, to be freed by layouts_free. */
struct layouts *layouts_new(void);
void layouts_free(struct layouts *);

/* Returns the number of the layouts of an event, or -1 if it has none. */
int layouts_find(const struct layouts *, struct str event);

/*
 * Reads a body by the layouts of that number into fields, which are emptied
 * first.  Returns false, with no fields, where none fits: the rest of it may
 * be in the next line.
 */
bool layouts_read(const struct layouts *, int number, struct str body,
    struct fields *);

/*
 * Returns the layout that says what the event's fields mean in key=value, or
 * NULL if there is no need for one.
 */
const struct layout *layouts_pairs(const struct layouts *, int number);

/* Tells whether the event ends with any text, which may have more lines. */
bool layouts_open(const struct layouts *, int number);

/* Tells whether the event ends with a comm, which is f's last and has room. */
bool layouts_in_comm(const struct layouts *, int number,
    const struct fields *f);

/* Tells whether its text begins with a parenthesis, as that of probes does. */
bool layouts_like_probe(const struct layouts *, int number);

/* Where a body ends that no layout fits. */
enum layout_end {
	LAYOUT_BROKEN,  /* where it should not */
	LAYOUT_IN_TEXT, /* perhaps in a field of any text */
	LAYOUT_IN_COMM, /* perhaps in a comm that has room for a newline */
};

/* Tells that of a body; the fields are lost. */
enum layout_end layouts_end(const struct layouts *, int number, struct str body,
    struct fields *);

#endif
