/* SPDX-License-Identifier: MIT */
/*
 * census -- how many sched_switch events there are in recorded pages
 *
 * collect_traces.py of KernelOracle tells it of each of its traces, so its
 * readers look for it.
 */
#ifndef TK_CENSUS_H
#define TK_CENSUS_H

#include "source/page.h"
#include "source/texts.h"

/*
 * Returns the number by which an event's data begins, of the event
 * SYSTEM:NAME; -1 where the texts do not have it.
 */
int census_id(const struct texts *, const char *system, const char *name);

/*
 * Counts the events with that number in the first size bytes of a file of
 * pages, which is read by pread(2); costs a few ns an event.
 */
uint64_t census_count(int fd, uint64_t size, const struct page_shape *, int id);

#endif
