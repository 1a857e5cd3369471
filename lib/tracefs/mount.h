/* SPDX-License-Identifier: MIT */
/*
 * mount -- where the kernel shows its tracing
 *
 * tracefs is mounted at /sys/kernel/tracing or, as before Linux 4.1, below
 * debugfs (Documentation/trace/ftrace.rst).
 */
#ifndef TK_MOUNT_H
#define TK_MOUNT_H

/*
 * Returns the folder of tracefs, a constant; NULL with errno where none is
 * mounted (ENOENT) or it may not be entered.
 */
const char *mount_find(void);

/*
 * Returns what to type where recording was refused with that errno, a phrase;
 * NULL where nothing is known to help.
 */
const char *mount_advice(int error);

#endif
