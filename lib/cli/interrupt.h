/* SPDX-License-Identifier: MIT */
/*
 * interrupt -- what is left to do and to say when a signal ends a program
 *
 * SIGINT, SIGTERM and SIGHUP end a program as they always do, but not before
 * it has put away what it began.
 */
#ifndef TK_INTERRUPT_H
#define TK_INTERRUPT_H

#include <stdbool.h>

/*
 * Lets such a signal call clean with arg, and print that the program was
 * interrupted, and message, if that returns true; then the signal ends the
 * program.  clean may call only what signal-safety(7) allows, in any thread.
 * Signals that are ignored stay so.
 */
void interrupt_clean(bool (*clean)(const void *arg), const void *arg,
    const char *message);

/* Ends the program as that signal does where nobody handles it. */
_Noreturn void interrupt_die(int number);

#endif
