/* SPDX-License-Identifier: MIT */
#include "source/lane.h"

/* Adds events lost before a page to those lost before the next event. */
static void
add_lost(struct lane *l, int64_t missed)
{
	if (missed < 0 || l->lost < 0)
		l->lost = missed != 0 ? -1 : l->lost;
	else if (__builtin_add_overflow(l->lost, missed, &l->lost))
		l->lost = INT64_MAX;
}

/*
 * Tells once what could not be read of the pages; what was in there is lost,
 * nobody knows how much.
 */
static void
look_for_damage(struct lane *l)
{
	const char *why = pages_why(l->pages);

	if (why == NULL || l->damaged)
		return;
	l->damaged = true;
	l->why = why;
	l->lost = -1;
}

/* Looks at the next page; false if there is none. */
static bool
open_page(struct lane *l)
{
	size_t n;
	const uint8_t *bytes = pages_next(l->pages, &n);

	look_for_damage(l);
	if (bytes == NULL)
		return false;
	page_open(&l->page, &l->shape, bytes, n);
	l->damaged |= n < l->shape.size;
	add_lost(l, l->page.missed);
	return true;
}

void
lane_turn(struct lane *l)
{
	l->live = false;
	do {
		if (l->page.why != NULL)
			l->why = l->page.why;
		l->page.why = NULL;
		if (!open_page(l))
			return;
		l->live = page_next(&l->page, &l->ev);
	} while (!l->live && !l->recording);
	if (!l->live)
		l->ev = (struct page_event){ .ts = l->page.ts };
	l->live = true;
}

void
lane_open(struct lane *l, int cpu, struct pages *pages,
    const struct page_shape *shape, bool recording)
{
	*l = (struct lane){ .cpu = cpu,
		.pages = pages,
		.shape = *shape,
		.recording = recording };
	lane_turn(l);
}

void
lane_close(struct lane *l)
{
	pages_free(l->pages);
	l->pages = NULL;
	l->live = false;
}
