/* SPDX-License-Identifier: MIT */
/*
 * lane: events across pages, with what was lost and what is wrong between
 * them told once
 */
#include "source/lane.h"

#include "ring.h"

static const uint32_t word = 0x01020304;
static const char beyond[] = "an event reaches beyond the end of its page";

struct reading {
	struct lane lane;
	int fd;
};

static struct reading
open_lane(struct ring *r, size_t less)
{
	const struct page_shape shape = page_shape_usual();
	struct reading t;

	lane_open(&t.lane, 7, ring_read(r, less, &t.fd), &shape, false);
	free(r->p);
	*r = (struct ring){ .p = NULL };
	return t;
}

static void
end(struct reading *t)
{
	lane_close(&t->lane);
	assert(!t->lane.live);
	close(t->fd);
}

/* Asserts that an event of that time comes, behind what was lost. */
static void
next_is(struct reading *t, uint64_t ts, int64_t lost, const char *why)
{
	struct lane *l = &t->lane;

	assert(l->live && l->cpu == 7 && l->ev.ts == ts && l->ev.n == 4);
	assert(memcmp(l->ev.data, &word, 4) == 0);
	assert(l->lost == lost);
	assert((l->why == NULL) == (why == NULL));
	assert(why == NULL || strcmp(l->why, why) == 0);
	l->lost = 0;
	l->why = NULL;
	lane_step(l);
}

static void
over_the_borders_of_pages(void)
{
	struct ring r = { .p = NULL };
	struct reading t;

	ring_page(&r, 100);
	ring_event(&r, 0, &word, 4);
	ring_event(&r, 5, &word, 4);
	ring_page(&r, 150); /* has none */
	ring_page(&r, 200);
	ring_event(&r, 1, &word, 4);
	t = open_lane(&r, 0);
	next_is(&t, 100, 0, NULL);
	next_is(&t, 105, 0, NULL);
	next_is(&t, 201, 0, NULL);
	assert(!t.lane.live && t.lane.why == NULL && t.lane.lost == 0);
	end(&t);
}

static void
no_pages(void)
{
	struct ring r = { .p = NULL };
	struct reading t = open_lane(&r, 0);

	assert(!t.lane.live && t.lane.why == NULL && t.lane.lost == 0);
	end(&t);
	ring_page(&r, 9);
	t = open_lane(&r, 0);
	assert(!t.lane.live && t.lane.why == NULL && t.lane.lost == 0);
	end(&t);
}

/* Adds a page without events, before which some were lost. */
static void
lose(struct ring *r, int64_t count)
{
	ring_page(r, 1);
	ring_missed(r, count);
}

static void
losses_of_pages_without_events_add_up(void)
{
	struct ring r = { .p = NULL };
	struct reading t;

	lose(&r, 3);
	lose(&r, 4);
	ring_page(&r, 10);
	ring_event(&r, 0, &word, 4);
	ring_missed(&r, 5);
	ring_page(&r, 20);
	ring_event(&r, 0, &word, 4);
	lose(&r, 6); /* a count that is not told makes the sum unknown */
	lose(&r, -1);
	lose(&r, 6);
	ring_page(&r, 30);
	ring_event(&r, 0, &word, 4);
	lose(&r, INT64_MAX); /* and no sum overflows */
	lose(&r, INT64_MAX);
	ring_page(&r, 40);
	ring_event(&r, 0, &word, 4);
	lose(&r, 9); /* behind the last event */
	t = open_lane(&r, 0);
	next_is(&t, 10, 12, NULL);
	next_is(&t, 20, 0, NULL);
	next_is(&t, 30, -1, NULL);
	next_is(&t, 40, INT64_MAX, NULL);
	assert(!t.lane.live && t.lane.lost == 9);
	end(&t);
}

static void
what_is_wrong_is_told_before_the_next_event(void)
{
	struct ring r = { .p = NULL };
	struct reading t;

	ring_page(&r, 10);
	ring_event(&r, 0, &word, 4);
	ring_damage(&r);
	ring_page(&r, 20);
	ring_event(&r, 0, &word, 4);
	ring_page(&r, 30);
	ring_event(&r, 0, &word, 4);
	ring_damage(&r);
	t = open_lane(&r, 0);
	next_is(&t, 10, 0, NULL);
	next_is(&t, 20, 0, beyond);
	next_is(&t, 30, 0, NULL);
	assert(!t.lane.live && strcmp(t.lane.why, beyond) == 0);
	end(&t);
}

/* The whole events of a page that was cut come; then it is told. */
static void
a_page_that_was_cut(void)
{
	struct ring r = { .p = NULL };
	struct reading t;

	ring_page(&r, 10);
	ring_event(&r, 0, &word, 4);
	ring_event(&r, 1, &word, 4);
	t = open_lane(&r, RING_PAGE - RING_HEADER - 12);
	next_is(&t, 10, 0, NULL);
	assert(!t.lane.live);
	assert(strcmp(t.lane.why, "a page is cut short") == 0);
	end(&t);
}

/* Of pages that are being recorded one without events tells the time. */
static void
times_of_pages_without_events(void)
{
	const struct page_shape shape = page_shape_usual();
	struct ring r = { .p = NULL };
	struct reading t;

	ring_page(&r, 50);
	ring_page(&r, 100);
	ring_event(&r, 0, &word, 4);
	lose(&r, 3);
	ring_page(&r, 200);
	ring_event(&r, 1, &word, 4);
	lose(&r, 4);
	lane_open(&t.lane, 7, ring_read(&r, 0, &t.fd), &shape, true);
	free(r.p);
	assert(t.lane.live && t.lane.ev.n == 0 && t.lane.ev.ts == 50);
	lane_step(&t.lane);
	next_is(&t, 100, 0, NULL);
	assert(t.lane.live && t.lane.ev.n == 0 && t.lane.ev.ts == 1);
	assert(t.lane.lost == 3);
	lane_step(&t.lane);
	next_is(&t, 201, 3, NULL); /* nobody has taken it before */
	assert(t.lane.live && t.lane.ev.n == 0 && t.lane.lost == 4);
	lane_step(&t.lane);
	assert(!t.lane.live && t.lane.lost == 4);
	end(&t);
}

int
main(void)
{
	over_the_borders_of_pages();
	no_pages();
	losses_of_pages_without_events_add_up();
	what_is_wrong_is_told_before_the_next_event();
	a_page_that_was_cut();
	times_of_pages_without_events();
	return 0;
}
