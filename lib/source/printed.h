/* SPDX-License-Identifier: MIT */
/*
 * printed -- how the kernel's events are printed, as layouts
 *
 * There are layouts of the events whose text is no key=value, calls fields
 * otherwise than the format, or holds names.  Those of one event stand
 * together in one table, the likeliest first.  What a layout is, and where
 * these are from, layout.h says.
 */
#ifndef TK_PRINTED_H
#define TK_PRINTED_H

#include <stddef.h>

struct printed {
	const char *events; /* their names, with a blank between */
	const char *layout;
};

/* All tables; each ends with a NULL, and so does their list. */
extern const struct printed *const printed[];

/* The tables in modules of their own. */
extern const struct printed printed_block[], printed_ext4[], printed_files[],
    printed_memory[], printed_net[], printed_system[], printed_time[];

#endif
