/* SPDX-License-Identifier: MIT */
/*
 * tasks -- the names of tasks, by their tid
 *
 * A ring buffer holds tids only.  The names come from the kernel's
 * saved_cmdlines, which a trace.dat file has a copy of, and from the events
 * that tell the name of a task beside its tid; the first name stands, as it
 * does for trace-cmd report.
 */
#ifndef TK_TASKS_H
#define TK_TASKS_H

#include <stdint.h>

#include "base/str.h"

struct tasks; /* opaque */

/*
 * No more names than these are kept; those that came first stay.  A name takes
 * 24 bytes, and its place in the table 8 to 16: all of them 8 MiB.
 */
enum { TASKS_MAX = 1 << 18 };

struct tasks *tasks_new(void);
void tasks_free(struct tasks *);

/*
 * Lets the last name of a task stand instead of the first, and forgets all
 * where there are too many.
 */
void tasks_follow(struct tasks *);

/*
 * Adds lines of a tid, a blank and a name, as saved_cmdlines has them, up to
 * the first that is none: it is the rest of a name with a newline in it, and
 * what comes behind it may be anything.  trace-cmd report stops there, too.
 */
void tasks_add_lines(struct tasks *, struct str text);

/*
 * Adds a name of at most 15 bytes, unless the task has one or there are
 * TASKS_MAX.  O(1).
 */
void tasks_add(struct tasks *, int64_t tid, struct str name);

/*
 * Returns the name of a task, which lives as long as the table; p NULL where
 * it has none.  Task 0 is "<idle>", as the kernel prints it.  O(1).
 */
struct str tasks_find(struct tasks *, int64_t tid);

#endif
