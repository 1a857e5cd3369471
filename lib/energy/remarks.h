/* SPDX-License-Identifier: MIT */
/*
 * remarks -- what people should know of a measurement, a line each
 */
#ifndef TK_REMARKS_H
#define TK_REMARKS_H

#include "energy/arguments.h"
#include "energy/meter.h"
#include "energy/watch.h"
#include "energy/zone.h"

/*
 * Before it: what of the zones can mislead (ranges that are not known,
 * Scaphandre's counters), and ranges that were told for no zone.
 */
void remarks_before(const struct zones *, const struct arguments *,
    struct output *);

/* After a recording: ranges that were told for no zone of it. */
void remarks_recorded(const struct meter *, const struct arguments *,
    struct output *);

/*
 * After it: what there is to say of the zones of a meter, a line for all of
 * which it is the same, with the sum of their counts.
 */
void remarks_after(const struct meter *, uint64_t limit_w, struct output *);

/* Tells whether energy was not measured: counters began anew, say. */
bool remarks_incomplete(const struct meter *);

/*
 * Writes the line of live watts: of as many zones as there is room for in so
 * many columns.
 */
void remarks_watts(const struct meter *, size_t columns, struct output *);

/*
 * Writes why counters cannot be read: with advice for the first of each error,
 * and a line for all others of it.  Returns how many cannot.
 */
size_t remarks_unreadable(const struct zones *, struct output *);

#endif
