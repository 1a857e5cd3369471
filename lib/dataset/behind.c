/* SPDX-License-Identifier: MIT */
#include "dataset/behind.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"

struct behind {
	behind_work *work;
	void *arg;
	bool threaded;
	pthread_t thread;

	pthread_mutex_t lock; /* of these: */
	pthread_cond_t change;
	size_t stage;
	uint64_t bytes;
	bool fresh; /* the place is not yet taken */
	bool ended;

	atomic_bool dropped;
};

/* Takes the place that was named last; false when there will be no more. */
static bool
next(struct behind *b, size_t *stage, uint64_t *bytes)
{
	bool any;

	pthread_mutex_lock(&b->lock);
	while (!b->fresh && !b->ended)
		pthread_cond_wait(&b->change, &b->lock);
	any = b->fresh;
	b->fresh = false;
	*stage = b->stage;
	*bytes = b->bytes;
	pthread_mutex_unlock(&b->lock);
	return any;
}

static void *
follow(void *arg)
{
	struct behind *b = arg;
	size_t stage;
	uint64_t bytes;

	while (next(b, &stage, &bytes))
		b->work(b->arg, stage, bytes);
	return NULL;
}

struct behind *
behind_new(behind_work *work, void *arg)
{
	struct behind *b = mem_alloc(sizeof(*b));

	b->work = work;
	b->arg = arg;
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->change, NULL);
	b->threaded = pthread_create(&b->thread, NULL, follow, b) == 0;
	return b;
}

void
behind_until(struct behind *b, size_t stage, uint64_t bytes)
{
	if (!b->threaded) {
		b->work(b->arg, stage, bytes);
		return;
	}
	pthread_mutex_lock(&b->lock);
	b->stage = stage;
	b->bytes = bytes;
	b->fresh = true;
	pthread_cond_signal(&b->change);
	pthread_mutex_unlock(&b->lock);
}

bool
behind_dropped(const struct behind *b)
{
	return b->dropped;
}

void
behind_drop(struct behind *b)
{
	if (b != NULL)
		b->dropped = true;
	behind_free(b);
}

void
behind_free(struct behind *b)
{
	if (b == NULL)
		return;
	if (b->threaded) {
		pthread_mutex_lock(&b->lock);
		b->ended = true;
		pthread_cond_signal(&b->change);
		pthread_mutex_unlock(&b->lock);
		pthread_join(b->thread, NULL);
	}
	pthread_mutex_destroy(&b->lock);
	pthread_cond_destroy(&b->change);
	free(b);
}
