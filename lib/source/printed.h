/* SPDX-License-Identifier: MIT */
/*
 * printed -- how the events that hold names are printed, as layouts
 *
 * Several layouts of an event stand together, the likeliest first.  What a
 * layout is, and where these are from, layout.h says.
 */
#ifndef TK_PRINTED_H
#define TK_PRINTED_H

#include <assert.h>

struct printed {
	const char *event, *layout;
};

enum { PRINTED = 61 };
extern const struct printed printed[PRINTED];

#endif
