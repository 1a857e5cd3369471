/* SPDX-License-Identifier: MIT */
/*
 * sheet -- events of one type as rows of comma-separated values
 *
 * The columns are ts, cpu, task, tid, tgid, flags and the event's own fields,
 * as its first row has them; what a row does not have is empty.
 */
#ifndef TK_SHEET_H
#define TK_SHEET_H

#include "base/intern.h"
#include "source/event.h"
#include "stream/output.h"

/* Starts zeroed. */
struct sheet {
	struct intern *type, *columns; /* NULL: no row yet */
	uint64_t strays; /* fields for which there was no column: left out */
};

/*
 * Writes an EVENT_POINT, to which event_canon was done, and the names of the
 * columns before the first.  False if it is of another type than the first.
 */
bool sheet_put(struct sheet *, struct output *, const struct event *);

void sheet_free(struct sheet *);

#endif
