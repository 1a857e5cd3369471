/* SPDX-License-Identifier: MIT */
#include "tracefs/bucket.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/clip.h"
#include "source/pagemark.h"

enum {
	FILE_BYTES = 256 << 10, /* that go to a file at once */
	ROUND_PAGES = 4096,     /* no more in a round: others wait */
	/*
	 * ns by which the end of a round is earlier than it seems: an event
	 * that has its time may not yet be in the buffer.
	 */
	SLACK = 1000000,
};

int
bucket_open(struct bucket *b, struct instance *in, int cpu)
{
	char file[64];

	*b = (struct bucket){ .cpu = cpu, .out = -1, .stats = -1 };
	b->counts.cpu = cpu;
	snprintf(file, sizeof(file), "per_cpu/cpu%d/trace_pipe_raw", cpu);
	b->raw = instance_open(in, file, O_RDONLY | O_NONBLOCK);
	snprintf(file, sizeof(file), "per_cpu/cpu%d/stats", cpu);
	if (b->raw >= 0)
		b->stats = instance_open(in, file, O_RDONLY);
	return b->stats < 0 ? -1 : counts_read(&b->counts, b->stats);
}

void
bucket_close(struct bucket *b)
{
	if (b->raw >= 0)
		close(b->raw);
	if (b->stats >= 0)
		close(b->stats);
	b->raw = b->stats = -1;
}

void
bucket_free(struct bucket *b)
{
	bucket_close(b);
	free(b->page);
	b->page = NULL;
}

static void
fail(struct bucket *b)
{
	if (b->error == 0)
		b->error = errno;
}

/* Writes the pages that are waiting for the file. */
static void
write_pages(struct bucket *b)
{
	for (size_t at = 0; at < b->n && b->error == 0;) {
		ssize_t r = write(b->out, b->page + at, b->n - at);

		if (r >= 0)
			at += (size_t)r;
		else if (errno != EINTR)
			fail(b);
	}
	if (b->error == 0)
		b->bytes += b->n;
	b->n = 0;
}

/* Returns a place for a page; NULL: nobody wants it. */
static uint8_t *
room(struct bucket *b)
{
	if (b->out < 0)
		return feed_room(b->feed, b->lane);
	if (b->page == NULL)
		b->page = mem_alloc(FILE_BYTES + b->shape->size);
	if (b->n >= FILE_BYTES)
		write_pages(b);
	return b->page + b->n;
}

static void
keep(struct bucket *b)
{
	b->marked = false;
	if (b->out < 0)
		feed_keep(b->feed, b->lane);
	else
		b->n += b->shape->size;
}

/* Lets a page tell of what was lost and not told yet. */
static void
tell(struct bucket *b, uint8_t *page)
{
	if (b->untold == 0 || !pagemark_set(b->shape, page, b->untold))
		return;
	b->told += b->untold;
	b->untold = 0;
}

/* Puts a page without events behind the others, which tells what was lost. */
static void
put_mark(struct bucket *b, uint64_t ts)
{
	bool plain = b->untold == 0;
	uint8_t *page = room(b);

	if (page == NULL)
		return;
	pagemark_empty(b->shape, page, ts);
	tell(b, page);
	keep(b);
	b->marked = plain;
}

/* Lets the last page tell this time, if it is a mark that is not taken yet. */
static bool
renew_mark(struct bucket *b, uint64_t ts)
{
	uint8_t time[PAGEMARK_TIME];

	if (!b->marked || b->untold > 0)
		return false;
	pagemark_set_time(b->shape, time, ts);
	return feed_rewrite(b->feed, b->lane, time, sizeof(time));
}

/* Tells a feed the time of a round. */
static void
mark_time(struct bucket *b, uint64_t ts)
{
	if (renew_mark(b, ts))
		return;
	put_mark(b, ts);
	feed_push(b->feed, b->lane, false);
}

/* Looks at what a page tells of losses, and lets it tell more. */
static void
look_at_losses(struct bucket *b, uint8_t *page)
{
	int64_t missed = pagemark_missed(b->shape, page);

	if (missed > 0)
		b->told += (uint64_t)missed;
	/* What was counted as lost was so after the events before then. */
	if (missed == 0 && pagemark_time(b->shape, page) > b->counts.now)
		tell(b, page);
}

/* Reads a page to a place; false where there is none. */
static bool
read_page(struct bucket *b, uint8_t *page)
{
	ssize_t r;

	do
		r = read(b->raw, page, b->shape->size);
	while (r < 0 && errno == EINTR);
	if (r < 0 && errno != EAGAIN)
		fail(b);
	return r == (ssize_t)b->shape->size;
}

void
bucket_count(struct bucket *b)
{
	uint64_t dropped = b->counts.dropped;

	if (counts_read(&b->counts, b->stats) != 0)
		fail(b);
	b->untold += b->counts.dropped - dropped;
}

/* Cuts off a page what is not in the window; false where nothing is left. */
static bool
is_wanted(struct bucket *b, uint8_t *page)
{
	const char *why;
	size_t events;

	if (b->window == NULL)
		return true;
	events = clip_page(b->shape, page, b->shape->size, b->window->since,
	    b->window->until, &why);
	b->kept += events;
	return events > 0 || why != NULL;
}

/* The time as which a round counts that began when the counts were read. */
static uint64_t
time_of_round(const struct counts *c)
{
	return c->ticks || c->now < SLACK ? c->now : c->now - SLACK;
}

bool
bucket_is_full(const struct bucket *b)
{
	return b->several && b->out < 0 && !b->ended &&
	    feed_full(b->feed, b->lane);
}

bool
bucket_empty(struct bucket *b, bool last)
{
	size_t pages = 0;
	uint8_t *page;
	bool all;

	bucket_count(b);
	while (pages < ROUND_PAGES && !bucket_is_full(b) &&
	    (page = room(b)) != NULL && read_page(b, page)) {
		pages++;
		if (!is_wanted(b, page))
			continue;
		look_at_losses(b, page);
		keep(b);
	}
	b->idle = pages == 0;
	all = pages < ROUND_PAGES && !bucket_is_full(b);
	if (b->out >= 0) {
		write_pages(b);
	} else if (all && !last) {
		mark_time(b, time_of_round(&b->counts));
	}
	return all;
}

void
bucket_finish(struct bucket *b)
{
	uint64_t lost;

	bucket_count(b);
	b->ended = true;
	lost = counts_lost(&b->counts);
	if (b->window != NULL)
		lost -= b->counts.overrun; /* as it was to be */
	b->untold = lost > b->told ? lost - b->told : 0;
	if (b->untold > 0)
		put_mark(b, b->counts.now);
	if (b->out >= 0)
		write_pages(b);
	else
		feed_push(b->feed, b->lane, true);
}
