/* SPDX-License-Identifier: MIT */
/*
 * lesson -- the names of tasks that an event tells
 *
 * They are taken from where libtraceevent's plugin for scheduler events takes
 * them: sched_switch, sched_wakeup and sched_wakeup_new.
 */
#ifndef TK_LESSON_H
#define TK_LESSON_H

#include "source/format.h"
#include "source/tasks.h"

enum { LESSONS = 2 };

/* Names in an event, each beside the tid of the task that has it. */
struct lesson {
	const struct format_field *comm[LESSONS], *tid[LESSONS];
	size_t n;
};

/* Finds where an event of that format tells names; n is 0 where it does not. */
void lesson_find(struct lesson *, const struct format *);

/* Takes them from the data of such an event, of format.fixed bytes at least. */
void lesson_learn(const struct lesson *, bool big_endian, const uint8_t *data,
    struct tasks *);

#endif
