/* SPDX-License-Identifier: MIT */
/*
 * letters -- what a task was when it left the CPU, out of text
 *
 * The letters of prev_state are R, or S, D, T, t, X, Z, P, I with a bar
 * between, and + behind if the task was preempted: those of the kernel since
 * Linux 4.14 (include/trace/events/sched.h).
 */
#ifndef TK_LETTERS_H
#define TK_LETTERS_H

#include "base/str.h"

/*
 * Writes the letters of a state that a kernel of any version printed to out,
 * which has room for as many bytes; returns how many.  Those that are no
 * states by themselves (K, W, N) vanish where they stand beside one.
 */
size_t letters_of_text(struct str printed, char *out);

/* The same for the number that such a kernel has for it since 4.14. */
enum { LETTERS_MAX = 20 };
size_t letters_of_number(unsigned long long number, char out[LETTERS_MAX]);

#endif
