/* SPDX-License-Identifier: MIT */
/*
 * tally -- how many events of each type a trace has, and what each CPU lost
 */
#ifndef TK_TALLY_H
#define TK_TALLY_H

#include "source/event.h"
#include "stream/output.h"

struct tally; /* opaque */

/* As many types are told apart, over all traces; the rest are "(other)". */
enum { TALLY_NAMES = 65536 };

struct tally *tally_new(void);
void tally_free(struct tally *);

/* Begins anew with a trace. */
void tally_clear(struct tally *);

/* Takes an EVENT_POINT or an EVENT_LOST. */
void tally_take(struct tally *, const struct event *);

/*
 * Writes the table: a line for each type, the most frequent first, with its
 * count, its rate (a second of the time from the first event of all to the
 * last), the times of its first and last event, and the bytes it takes up
 * in the input; a line with all of them; then a line for each CPU that has
 * events or losses.
 */
void tally_print(const struct tally *, struct output *);

#endif
