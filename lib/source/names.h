/* SPDX-License-Identifier: MIT */
/*
 * names -- what a field of the kernel's events is, as far as its name tells
 *
 * The text of an event does not say what is a pointer and what a number,
 * and what is a string that happens to be a number; its format does, but
 * text comes without it.  Kernel developers call the same thing by the same
 * name, so the names tell nearly always.
 */
#ifndef TK_NAMES_H
#define TK_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Tells whether an argument of the system call of sys_enter_* is a pointer. */
bool names_is_pointer_argument(struct str event, struct str key);

/* Tells whether a field of another event is a pointer. */
bool names_is_pointer(struct str key);

/* Tells whether a field of another event is a string, or the name of a task. */
bool names_is_text(struct str key);

/*
 * Finds the number that events print a name for: families and protocols of
 * sockets, states of TCP, operations of futexes, kinds of memory.  False where
 * it is no such.
 */
bool names_number(struct str name, uint64_t *number);

#endif
