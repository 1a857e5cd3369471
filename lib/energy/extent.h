/* SPDX-License-Identifier: MIT */
/*
 * extent -- from the first time to the last, in one stream after the other
 */
#ifndef TK_EXTENT_H
#define TK_EXTENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/wide.h"

struct extent {
	bool any;      /* there is a first time */
	bool open;     /* in a stream; from and to are of it */
	int64_t first; /* the first time of the first stream */
	int64_t from, to;
	wide past; /* ns, of the streams before */
};

/* Ends the stream. */
static inline void
extent_close(struct extent *e)
{
	if (e->open)
		e->past += (uint64_t)e->to - (uint64_t)e->from;
	e->open = false;
}

/* Adds a range of time to the stream. */
static inline void
extent_add(struct extent *e, int64_t from, int64_t to)
{
	if (!e->open) {
		if (!e->any)
			e->first = from;
		e->from = from;
		e->to = to;
		e->any = e->open = true;
		return;
	}
	if (from < e->from) {
		if (e->first == e->from)
			e->first = from;
		e->from = from;
	}
	if (to > e->to)
		e->to = to;
}

/* Returns the length of all streams, in ns. */
static inline wide
extent_length(const struct extent *e)
{
	return e->past + (e->open ? (uint64_t)e->to - (uint64_t)e->from : 0);
}

#endif
