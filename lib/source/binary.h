/* SPDX-License-Identifier: MIT */
/*
 * binary -- the events of all CPUs, out of their ring buffers, by time
 *
 * The CPUs are merged: of their next events the earliest comes first, and of
 * equal ones that of the lane that was added first, as trace-cmd report has
 * it.  An event is rendered only if it is wanted.
 */
#ifndef TK_BINARY_H
#define TK_BINARY_H

#include "source/format.h"
#include "source/item.h"
#include "source/pages.h"
#include "source/shift.h"
#include "source/tasks.h"
#include "source/wanted.h"

struct binary; /* opaque */

/* How the times of a trace become ns: those of the processor's counter. */
struct binary_clock {
	int64_t offset;       /* ns to add */
	uint32_t mult, shift; /* mult 0: the times are ns already */
	/* What comes before all of that, of a guest's times, or NULL. */
	const struct shift *guest;
};

/*
 * Returns a reader without lanes, to be freed by binary_free; formats and
 * tasks stay the caller's.  With learn, tasks takes names from the events
 * that libtraceevent's plugin for scheduler events takes them from.
 */
struct binary *binary_new(struct formats *, struct tasks *, bool big_endian,
    bool learn);
void binary_free(struct binary *);

void binary_set_clock(struct binary *, const struct binary_clock *);

/* Says that item.raw is enough: items get no fields. */
void binary_leave_raw(struct binary *);

/* Adds a CPU's pages, which become the reader's. */
void binary_add(struct binary *, int cpu, struct pages *,
    const struct page_shape *);

/*
 * The same of pages that come while they are recorded.  Of each CPU the next
 * page is waited for; one without events tells that nothing earlier follows,
 * so that the events of others up to then can be given.
 */
void binary_add_recording(struct binary *, int cpu, struct pages *,
    const struct page_shape *);

/*
 * Reads the next event, loss or flaw into item, where cpu tells of which CPU;
 * what it points to lives until the next call.  False at the end.
 */
bool binary_read(struct binary *, struct wanted *, struct item *item);

/* Tells whether pages that were read were cut, or could not be read. */
bool binary_damaged(const struct binary *);

/* Returns how many bytes of pages were read. */
uint64_t binary_at(const struct binary *);

#endif
