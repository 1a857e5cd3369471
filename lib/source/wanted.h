/* SPDX-License-Identifier: MIT */
/*
 * wanted -- the events that a program asked for, and how to read each
 */
#ifndef TK_WANTED_H
#define TK_WANTED_H

#include "source/body.h"

struct wanted; /* opaque */

/* Returns a table that wants all events, to be freed by wanted_free. */
struct wanted *wanted_new(void);
void wanted_free(struct wanted *);

/* The same, of a table that wants what another one does. */
struct wanted *wanted_like(const struct wanted *);

/* Wants this event, and from now on only such; returns its number. */
int wanted_add(struct wanted *, struct str event);

/*
 * Tells whether an event, whose name is not empty, is wanted, and if so stores
 * its number in *number.  Where all are, each gets one when it is first seen,
 * or -1 where there are tens of thousands already.
 */
bool wanted_find(struct wanted *, struct str event, int *number);

/*
 * Wants the lines of text, too, that pass a test and are no such event: see
 * event_want_lines.  wanted_line tells whether that is one.
 */
typedef bool wanted_test(struct str line);
void wanted_set_test(struct wanted *, wanted_test *);
bool wanted_line(const struct wanted *, struct str line);

/* Tells whether all events are wanted. */
bool wanted_all(const struct wanted *);

/* Returns how to read the body of the event of that number, or of -1. */
const struct body_kind *wanted_kind(const struct wanted *, int number);

/*
 * Returns what a record of that event begins with, {"type":"NAME","ts":, or
 * NULL where it is not known beforehand.
 */
const struct str *wanted_label(const struct wanted *, int number);

/* Returns the layouts that body_read needs. */
const struct layouts *wanted_layouts(const struct wanted *);

#endif
