/* SPDX-License-Identifier: MIT */
/*
 * lane -- the events of one CPU, one after the other
 *
 * It steps over the borders of pages, and tells between two events what went
 * wrong there: events that the tracer lost, a page that cannot be read.
 */
#ifndef TK_LANE_H
#define TK_LANE_H

#include "source/page.h"
#include "source/pages.h"

struct lane {
	/* Read these: */
	int cpu;
	struct page_event ev; /* its next event, if there is one */
	int64_t lost;         /* events lost before that: 0 none, -1 not told */
	const char *why;      /* what could not be read before that, or NULL */
	bool live;            /* there is a next event */
	bool damaged;         /* pages were cut, or could not be read */
	/*
	 * Pages come as they are recorded: one without events tells that those
	 * which follow are not earlier, and is given as an event of no bytes.
	 */
	bool recording;

	/* lane's own: */
	struct pages *pages;
	struct page page;
	struct page_shape shape;
};

/*
 * Begins with the first event; takes over pages.  recording is what the lane
 * tells of it.
 */
void lane_open(struct lane *, int cpu, struct pages *,
    const struct page_shape *, bool recording);
void lane_close(struct lane *);

/* Turns to the first event of a page that has one. */
void lane_turn(struct lane *);

/* Steps to the next event; live is false where there is none. */
static inline void
lane_step(struct lane *l)
{
	if (!page_next(&l->page, &l->ev))
		lane_turn(l);
}

#endif
