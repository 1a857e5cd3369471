/* SPDX-License-Identifier: MIT */
#include "source/crew.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/processors.h"
#include "source/block.h"

/*
 * Each thread has a block to read while another waits to be taken.  All blocks
 * together have the same bytes, however many threads there are: they are to
 * fit the cache, and memory is not to grow with the processors.
 */
enum {
	THREADS_MAX = 4,
	BLOCKS_EACH = 2,
	BLOCKS_ALL = 1 << 21,
	BEYOND = 1 << 14,
	LEAST = BLOCKS_ALL / 2,
	DOUBT = 8,
	DOUBTS_MAX = 32,
};

/* A place for a block, and what was read to it. */
struct place {
	struct block *block;
	struct block_result result;
	bool done;
};

struct crew {
	struct crew_shape shape;
	struct block_source source;
	const struct input *in; /* what is read, or cannot be read so */
	uint64_t base;          /* where the first block begins */
	uint64_t due;           /* and the next, or UINT64_MAX */
	unsigned doubts;        /* whether it is of use, see set_up */

	pthread_t thread[THREADS_MAX];
	unsigned running;
	struct place *place;
	size_t places;

	pthread_mutex_t lock; /* of these, and of each done: */
	pthread_cond_t change;
	uint64_t blocks, begun, taken; /* how many there are, and were */
};

struct crew *
crew_new(const struct filter *filter, const struct crew_shape *shape)
{
	struct crew *c = mem_alloc(sizeof(*c));
	unsigned n = processors();

	if (n > THREADS_MAX)
		n = THREADS_MAX;
	c->shape = (struct crew_shape){ n > 1 ? n : 0,
		BLOCKS_ALL / BLOCKS_EACH / n, BEYOND, LEAST };
	if (shape != NULL)
		c->shape = *shape;
	if (c->shape.threads > THREADS_MAX)
		c->shape.threads = THREADS_MAX;
	c->source.filter = filter;
	c->source.size = c->shape.block;
	c->source.beyond = c->shape.beyond;
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->change, NULL);
	return c;
}

void
crew_set_writer(struct crew *c, const struct block_writer *writer)
{
	c->source.writer = writer;
}

/* Returns the place of a block that may be begun, or NULL if there is none. */
static struct place *
begin_block(struct crew *c, uint64_t *number)
{
	struct place *place = NULL;

	pthread_mutex_lock(&c->lock);
	while (c->begun < c->blocks && c->begun >= c->taken + c->places)
		pthread_cond_wait(&c->change, &c->lock);
	if (c->begun < c->blocks) {
		*number = c->begun++;
		place = &c->place[*number % c->places];
	}
	pthread_mutex_unlock(&c->lock);
	return place;
}

/* Reads one block after the other, as long as there are any: a thread. */
static void *
work(void *arg)
{
	struct crew *c = arg;
	struct place *place;
	uint64_t number;

	while ((place = begin_block(c, &number)) != NULL) {
		block_read(place->block, &c->source,
		    c->base + number * c->shape.block, &place->result);
		pthread_mutex_lock(&c->lock);
		place->done = true;
		pthread_cond_broadcast(&c->change);
		pthread_mutex_unlock(&c->lock);
	}
	return NULL;
}

/* Waits for the block that comes next. */
static const struct block_result *
next_block(struct crew *c)
{
	struct place *place = &c->place[c->taken % c->places];

	pthread_mutex_lock(&c->lock);
	while (!place->done)
		pthread_cond_wait(&c->change, &c->lock);
	pthread_mutex_unlock(&c->lock);
	return &place->result;
}

/* Is done with that block. */
static void
take_block(struct crew *c)
{
	pthread_mutex_lock(&c->lock);
	c->place[c->taken++ % c->places].done = false;
	c->due = c->base + c->taken * c->shape.block;
	pthread_cond_broadcast(&c->change);
	pthread_mutex_unlock(&c->lock);
}

/* Ends the threads, and drops what they read. */
static void
stop(struct crew *c)
{
	pthread_mutex_lock(&c->lock);
	c->blocks = 0;
	pthread_cond_broadcast(&c->change);
	pthread_mutex_unlock(&c->lock);
	for (; c->running > 0; c->running--)
		pthread_join(c->thread[c->running - 1], NULL);
	for (size_t i = 0; i < c->places; i++)
		block_free(c->place[i].block);
	free(c->place);
	c->place = NULL;
	c->places = 0;
}

/*
 * Begins to read the whole blocks that are ahead of the reader, unless there
 * are too few.
 */
static void
start(struct crew *c, const struct event_reader *r, const struct input *in)
{
	uint64_t size, place;

	c->due = UINT64_MAX;
	c->blocks = c->begun = c->taken = 0;
	c->source.first = event_counts(r)->first;
	c->source.fd = input_plain(in, &size);
	if (c->source.fd < 0 || c->shape.threads == 0)
		return;
	place = input_place(in);
	if (size < place + c->shape.least + c->shape.beyond)
		return;
	c->base = c->due = place;
	c->blocks = (size - place - c->shape.beyond) / c->shape.block;
	c->places = (size_t)c->shape.threads * BLOCKS_EACH;
	c->place = mem_alloc(c->places * sizeof(*c->place));
	for (size_t i = 0; i < c->places; i++)
		c->place[i].block = block_new(event_wanted(r),
		    c->source.writer);
	for (; c->running < c->shape.threads; c->running++)
		if (pthread_create(&c->thread[c->running], NULL, work, c) != 0)
			break;
	if (c->running > 0)
		return;
	c->due = UINT64_MAX; /* nobody would read what we wait for */
	c->blocks = 0;
}

void
crew_rest(struct crew *c)
{
	if (c->places > 0)
		stop(c);
	c->in = NULL;
}

void
crew_free(struct crew *c)
{
	if (c == NULL)
		return;
	crew_rest(c);
	pthread_mutex_destroy(&c->lock);
	pthread_cond_destroy(&c->change);
	free(c);
}

/*
 * Finds the block that begins at this place; those before it hold lines that
 * were read meanwhile.  NULL if there is none.
 */
static const struct block_result *
block_at(struct crew *c, uint64_t place)
{
	while (c->taken < c->blocks) {
		const struct block_result *b = next_block(c);

		c->due = b->from;
		if (b->from == place)
			return b;
		if (b->from > place)
			return NULL;
		take_block(c);
	}
	c->due = UINT64_MAX;
	return NULL;
}

/*
 * Sees to it that the crew reads this input in the present manner.  Where that
 * changes all the time, as in the report of several buffers, the crew has only
 * the cost: so each change is to be outweighed by blocks that were taken.
 */
static void
set_up(struct crew *c, const struct event_reader *r, const struct input *in,
    const struct manner *manner)
{
	if (c->in == in && manner_eq(manner, &c->source.manner) &&
	    event_counts(r)->first == c->source.first)
		return;
	if (c->in != in)
		c->doubts = 0;
	crew_rest(c);
	c->in = in;
	c->due = UINT64_MAX;
	c->source.manner = *manner;
	c->doubts += DOUBT;
	if (c->doubts <= DOUBTS_MAX)
		start(c, r, in);
}

bool
crew_pass(struct crew *c, struct event_reader *r, struct input *in,
    struct output *out, uint64_t *records)
{
	const struct block_writer *writer = c->source.writer;
	const struct block_result *b;
	struct manner manner;
	bool any;

	if (out->err != 0) /* nobody takes what would be read */
		return false;
	if (c->in == in && (c->due == UINT64_MAX || input_place(in) < c->due))
		return false;
	if (!event_apart(r, &manner))
		return false;
	set_up(c, r, in, &manner);
	if ((b = block_at(c, input_place(in))) == NULL)
		return false;
	any = b->to > b->from;
	if (any) {
		if (writer != NULL)
			writer->take(writer->arg, b->state, out, b->text);
		else
			output_pass(out, b->text.p, b->text.n);
		*records += b->records;
		input_seek(in, b->to, in->no + b->counts.lines);
		event_pass(r, &b->counts, &b->manner);
		c->doubts -= c->doubts > 0;
	}
	take_block(c);
	return any;
}
