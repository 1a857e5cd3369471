/* SPDX-License-Identifier: MIT */
#include "tracefs/feed.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { BLOCK_BYTES = 64 << 10 };

struct block {
	struct block *next;
	size_t n; /* of its pages */
	uint8_t page[];
};

struct lane_feed {
	struct block *filling;      /* the reader's */
	struct block *taking;       /* the taker's, */
	size_t taken;               /* of which so many pages are taken */
	struct block *first, *last; /* under way: these under the lock */
	size_t bytes;
	bool ended;
};

struct feed {
	size_t lanes, page_size, pages, share;
	struct lane_feed *lane;

	pthread_mutex_t lock;
	pthread_cond_t more, less; /* blocks under way */
	struct block *spare;
	bool closed;
};

struct feed *
feed_new(size_t lanes, size_t page_size, size_t share)
{
	struct feed *f = mem_alloc(sizeof(*f));

	f->lanes = lanes;
	f->page_size = page_size;
	f->pages = page_size < BLOCK_BYTES ? BLOCK_BYTES / page_size : 1;
	f->share = share;
	f->lane = mem_alloc((lanes + 1) * sizeof(*f->lane));
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->more, NULL);
	pthread_cond_init(&f->less, NULL);
	return f;
}

static void
free_blocks(struct block *b)
{
	while (b != NULL) {
		struct block *next = b->next;

		free(b);
		b = next;
	}
}

void
feed_free(struct feed *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->lanes; i++) {
		free(f->lane[i].filling);
		free(f->lane[i].taking);
		free_blocks(f->lane[i].first);
	}
	free_blocks(f->spare);
	pthread_mutex_destroy(&f->lock);
	pthread_cond_destroy(&f->more);
	pthread_cond_destroy(&f->less);
	free(f->lane);
	free(f);
}

static size_t
block_bytes(const struct feed *f)
{
	return f->pages * f->page_size;
}

/* Tells whether a lane has its share; under the lock. */
static bool
has_share(const struct feed *f, const struct lane_feed *l)
{
	return !f->closed && l->bytes > 0 &&
	    l->bytes + block_bytes(f) > f->share;
}

/* Takes an empty block for a lane once it may have one; NULL when closed. */
static struct block *
new_block(struct feed *f, struct lane_feed *l)
{
	struct block *b;

	pthread_mutex_lock(&f->lock);
	while (has_share(f, l))
		pthread_cond_wait(&f->less, &f->lock);
	if (f->closed) {
		pthread_mutex_unlock(&f->lock);
		return NULL;
	}
	l->bytes += block_bytes(f);
	b = f->spare;
	if (b != NULL)
		f->spare = b->next;
	pthread_mutex_unlock(&f->lock);
	if (b == NULL)
		b = mem_alloc(sizeof(*b) + block_bytes(f));
	b->next = NULL;
	b->n = 0;
	return b;
}

uint8_t *
feed_room(struct feed *f, size_t lane)
{
	struct lane_feed *l = &f->lane[lane];

	if (l->filling != NULL && l->filling->n == f->pages)
		feed_push(f, lane, false);
	if (l->filling == NULL)
		l->filling = new_block(f, l);
	if (l->filling == NULL)
		return NULL;
	return l->filling->page + l->filling->n * f->page_size;
}

bool
feed_full(struct feed *f, size_t lane)
{
	const struct lane_feed *l = &f->lane[lane];
	bool full;

	if (l->filling != NULL && l->filling->n < f->pages)
		return false;
	/* What is full can be taken, and so makes room. */
	feed_push(f, lane, false);
	pthread_mutex_lock(&f->lock);
	full = has_share(f, l);
	pthread_mutex_unlock(&f->lock);
	return full;
}

void
feed_keep(struct feed *f, size_t lane)
{
	f->lane[lane].filling->n++;
}

void
feed_push(struct feed *f, size_t lane, bool end)
{
	struct lane_feed *l = &f->lane[lane];
	struct block *b = l->filling;

	if (b != NULL && b->n == 0)
		b = NULL;
	if (b == NULL && !end)
		return;
	pthread_mutex_lock(&f->lock);
	if (b != NULL) {
		if (l->last != NULL)
			l->last->next = b;
		else
			l->first = b;
		l->last = b;
		l->filling = NULL;
	}
	l->ended |= end;
	pthread_cond_signal(&f->more);
	pthread_mutex_unlock(&f->lock);
}

bool
feed_rewrite(struct feed *f, size_t lane, const uint8_t *bytes, size_t n)
{
	const struct lane_feed *l = &f->lane[lane];
	struct block *b;

	if (l->filling != NULL && l->filling->n > 0)
		return false;
	pthread_mutex_lock(&f->lock);
	b = l->last;
	if (b != NULL)
		memcpy(b->page + (b->n - 1) * f->page_size, bytes, n);
	pthread_mutex_unlock(&f->lock);
	return b != NULL;
}

/* Gives the block that was taken back; under the lock. */
static void
give_back(struct feed *f, struct lane_feed *l)
{
	if (l->taking == NULL)
		return;
	l->taking->next = f->spare;
	f->spare = l->taking;
	l->taking = NULL;
	l->bytes -= block_bytes(f);
	pthread_cond_broadcast(&f->less);
}

/* Takes the next block of a lane, if it is there or the lane has ended. */
static bool
take_block(struct feed *f, struct lane_feed *l, bool wait)
{
	bool known;

	pthread_mutex_lock(&f->lock);
	give_back(f, l);
	while (wait && l->first == NULL && !l->ended && !f->closed)
		pthread_cond_wait(&f->more, &f->lock);
	known = l->first != NULL || l->ended;
	l->taking = l->first;
	l->taken = 0;
	if (l->first != NULL) {
		l->first = l->first->next;
		if (l->first == NULL)
			l->last = NULL;
	}
	pthread_mutex_unlock(&f->lock);
	return known;
}

const uint8_t *
feed_next(struct feed *f, size_t lane, void (*idle)(void *), void *arg)
{
	struct lane_feed *l = &f->lane[lane];

	if (l->taking == NULL || l->taken == l->taking->n) {
		if (!take_block(f, l, false)) {
			idle(arg);
			take_block(f, l, true);
		}
		if (l->taking == NULL)
			return NULL;
	}
	return l->taking->page + l->taken++ * f->page_size;
}

void
feed_close(struct feed *f)
{
	pthread_mutex_lock(&f->lock);
	f->closed = true;
	pthread_cond_broadcast(&f->less);
	pthread_cond_broadcast(&f->more);
	pthread_mutex_unlock(&f->lock);
}
