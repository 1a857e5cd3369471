/* SPDX-License-Identifier: MIT */
/*
 * place -- where the kernel shows its tracing
 *
 * tracefs is mounted at /sys/kernel/tracing or, as before Linux 4.1, below
 * debugfs (Documentation/trace/ftrace.rst).
 */
#ifndef TK_PLACE_H
#define TK_PLACE_H

/*
 * Returns the folder of tracefs, a constant; NULL with errno where none is
 * mounted (ENOENT) or it may not be entered.
 */
const char *place_find(void);

/*
 * Returns what to type where recording was refused with that errno, a phrase;
 * NULL where nothing is known to help.
 */
const char *place_advice(int error);

#endif
