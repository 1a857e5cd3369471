/* SPDX-License-Identifier: MIT */
/*
 * print -- an event as its record (tk-record(5))
 */
#ifndef TK_PRINT_H
#define TK_PRINT_H

#include "source/event.h"
#include "stream/output.h"

/*
 * Writes an EVENT_POINT, to which event_canon was done.  One that came as a
 * record is written as it came.
 */
void print_point(struct output *, const struct event *);

#endif
