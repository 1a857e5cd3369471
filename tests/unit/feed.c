/* SPDX-License-Identifier: MIT */
/*
 * feed: every page that was kept arrives once and in order, and neither side
 * waits for what cannot come
 */
#include "tracefs/feed.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LANES = 5, PAGE = 4096, PER_BLOCK = 16, MANY = 3000 };

/* One who brings pages of a lane. */
struct bringer {
	struct feed *feed;
	size_t lane, pages;
	unsigned seed;
	size_t kept;
	bool refused;
	pthread_t thread;
};

static unsigned idles;

static void
idle(void *arg)
{
	idles++;
	assert(arg == NULL || *(int *)arg == 7);
}

/* Brings numbered pages; now and then hands over what there is, or wastes. */
static void *
bring(void *arg)
{
	struct bringer *b = arg;

	for (; b->kept < b->pages; b->kept++) {
		uint8_t *page = feed_room(b->feed, b->lane);

		if (page == NULL) {
			b->refused = true;
			return NULL;
		}
		if (rand_r(&b->seed) % 5 == 0) {
			memset(page, 0xff, PAGE); /* it is not kept */
			page = feed_room(b->feed, b->lane);
			assert(page != NULL);
		}
		memset(page, (int)b->lane, PAGE);
		memcpy(page, &b->kept, sizeof(b->kept));
		feed_keep(b->feed, b->lane);
		if (rand_r(&b->seed) % 7 == 0)
			feed_push(b->feed, b->lane, false);
	}
	feed_push(b->feed, b->lane, true);
	return NULL;
}

static void
start(struct bringer *b, struct feed *f, size_t lane, size_t pages)
{
	int error;

	*b = (struct bringer){ .feed = f,
		.lane = lane,
		.pages = pages,
		.seed = (unsigned)lane };
	error = pthread_create(&b->thread, NULL, bring, b);
	assert(error == 0);
}

/* Takes a page of a lane and asserts that it is that one. */
static void
take(struct feed *f, size_t lane, size_t number)
{
	const uint8_t *page = feed_next(f, lane, idle, NULL);
	size_t got;

	assert(page != NULL);
	memcpy(&got, page, sizeof(got));
	assert(got == number && page[PAGE - 1] == lane);
	assert(memcmp(page + 8, page + 9, PAGE - 9) == 0);
}

/* Takes from the lanes in an order of its own, from each to its end. */
static void
all_arrives(size_t share, bool by_turns)
{
	struct feed *f = feed_new(LANES, PAGE, share);
	struct bringer b[LANES];
	size_t taken[LANES] = { 0 }, left = LANES * (size_t)MANY;
	unsigned seed = 1;

	for (size_t i = 0; i < LANES; i++)
		start(&b[i], f, i, MANY);
	while (left > 0) {
		size_t lane = by_turns ? left % LANES
				       : (size_t)rand_r(&seed) % LANES;

		while (taken[lane] == MANY)
			lane = (lane + 1) % LANES;
		take(f, lane, taken[lane]++);
		left--;
	}
	for (size_t i = 0; i < LANES; i++) {
		assert(feed_next(f, i, idle, NULL) == NULL);
		assert(feed_next(f, i, idle, NULL) == NULL);
		pthread_join(b[i].thread, NULL);
		assert(b[i].kept == MANY && !b[i].refused);
	}
	feed_free(f);
}

/* All of one lane first, while the others are full and must wait. */
static void
one_lane_after_the_other(void)
{
	struct feed *f = feed_new(LANES, PAGE, 2 * PER_BLOCK * PAGE);
	struct bringer b[LANES];

	for (size_t i = 0; i < LANES; i++)
		start(&b[i], f, i, MANY);
	for (size_t i = LANES; i-- > 0;) {
		for (size_t n = 0; n < MANY; n++)
			take(f, i, n);
		assert(feed_next(f, i, idle, NULL) == NULL);
	}
	for (size_t i = 0; i < LANES; i++)
		pthread_join(b[i].thread, NULL);
	feed_free(f);
}

/* What was brought before the end is there, whoever goes on. */
static void
pages_stay_where_nobody_takes_them_yet(void)
{
	struct feed *f = feed_new(2, PAGE, 64 * PER_BLOCK * PAGE);
	struct bringer b;
	int seven = 7;

	start(&b, f, 1, 40);
	pthread_join(b.thread, NULL);
	idles = 0;
	for (size_t n = 0; n < 40; n++)
		take(f, 1, n);
	assert(feed_next(f, 1, idle, NULL) == NULL);
	assert(idles == 0); /* there was nothing to wait for */
	feed_push(f, 0, true);
	assert(feed_next(f, 0, idle, &seven) == NULL);
	feed_free(f);
}

static void *
take_one(void *arg)
{
	int seven = 7;
	const uint8_t *page = feed_next(arg, 0, idle, &seven);

	assert(page != NULL);
	return NULL;
}

static void
who_has_to_wait_says_so_once(void)
{
	struct feed *f = feed_new(1, PAGE, 1);
	pthread_t thread;

	idles = 0;
	assert(pthread_create(&thread, NULL, take_one, f) == 0);
	/* What is not handed over is not taken. */
	assert(feed_room(f, 0) != NULL);
	feed_keep(f, 0);
	usleep(1000);
	feed_push(f, 0, true);
	pthread_join(thread, NULL);
	assert(idles <= 1);
	feed_free(f);
}

/* With room for a block alone, they wait until they are told not to. */
static void
close_wakes_those_who_wait(void)
{
	struct feed *f = feed_new(LANES, PAGE, 1);
	struct bringer b[LANES];

	for (size_t i = 0; i < LANES; i++)
		start(&b[i], f, i, MANY);
	take(f, 2, 0);
	feed_close(f);
	for (size_t i = 0; i < LANES; i++) {
		pthread_join(b[i].thread, NULL);
		assert(b[i].refused && b[i].kept <= 2 * PER_BLOCK);
	}
	assert(feed_room(f, 0) == NULL);
	feed_free(f);
}

static void *
take_none(void *arg)
{
	int seven = 7;

	for (size_t i = 0; i < LANES; i++)
		assert(feed_next(arg, i, idle, &seven) == NULL);
	return NULL;
}

/* Where readers cannot be had, nobody says of a lane that it has ended. */
static void
close_is_the_end_of_each_lane(void)
{
	struct feed *f = feed_new(LANES, PAGE, 1);
	pthread_t thread;

	assert(pthread_create(&thread, NULL, take_none, f) == 0);
	usleep(1000);
	feed_close(f);
	pthread_join(thread, NULL);
	feed_free(f);
}

/* Keeps a page of a lane with that number and hands it over. */
static void
hand_over(struct feed *f, size_t lane, size_t number)
{
	uint8_t *page = feed_room(f, lane);

	memset(page, (int)lane, PAGE);
	memcpy(page, &number, sizeof(number));
	feed_keep(f, lane);
	feed_push(f, lane, false);
}

static bool
rewrite(struct feed *f, size_t lane, size_t number)
{
	return feed_rewrite(f, lane, (const uint8_t *)&number, sizeof(number));
}

/* Only the last of a lane is, and only until its block is being taken. */
static void
a_page_that_waits_can_be_rewritten(void)
{
	struct feed *f = feed_new(2, PAGE, 8 * PER_BLOCK * PAGE);
	size_t number = 7;

	assert(!rewrite(f, 1, 1)); /* there is none */
	hand_over(f, 1, 10);
	assert(feed_room(f, 1) != NULL); /* which is not kept */
	for (size_t n = 11; n < 1000; n++)
		assert(rewrite(f, 1, n));
	assert(!rewrite(f, 0, 5));
	hand_over(f, 1, 20);
	assert(rewrite(f, 1, 21));
	take(f, 1, 999);
	assert(rewrite(f, 1, 22)); /* another block */
	take(f, 1, 22);
	assert(!rewrite(f, 1, 23));

	/* Of a block of two it is the second; what was kept since forbids. */
	memset(feed_room(f, 1), 1, PAGE);
	memcpy(feed_room(f, 1), &number, sizeof(number));
	feed_keep(f, 1);
	assert(!rewrite(f, 1, 31));
	hand_over(f, 1, 30);
	assert(rewrite(f, 1, 31));
	take(f, 1, 7);
	assert(!rewrite(f, 1, 32));
	take(f, 1, 31);
	feed_push(f, 1, true);
	assert(feed_next(f, 1, idle, NULL) == NULL);
	feed_free(f);
}

/* Rewrites the page that it has handed over until the block is taken. */
static void *
count_up(void *arg)
{
	for (size_t n = 0; n < MANY; n++)
		if (!rewrite(arg, 0, n))
			hand_over(arg, 0, n);
	feed_push(arg, 0, true);
	return NULL;
}

/* Whoever takes meanwhile finds numbers that grow, and the last of all. */
static void
what_is_rewritten_is_taken_whole(void)
{
	struct feed *f = feed_new(1, PAGE, 4 * PER_BLOCK * PAGE);
	const uint8_t *page;
	size_t got, last = 0, n = 0;
	pthread_t thread;

	assert(pthread_create(&thread, NULL, count_up, f) == 0);
	while ((page = feed_next(f, 0, idle, NULL)) != NULL) {
		memcpy(&got, page, sizeof(got));
		assert(n == 0 || got > last);
		last = got;
		n++;
	}
	pthread_join(thread, NULL);
	assert(last == MANY - 1 && n <= MANY);
	feed_free(f);
}

/* Pages larger than a block, as sub-buffers may be. */
static void
a_large_page_is_a_block(void)
{
	const size_t size = 1 << 20;
	struct feed *f = feed_new(1, size, 0);
	uint8_t *page = feed_room(f, 0);
	const uint8_t *got;

	memset(page, 5, size);
	feed_keep(f, 0);
	feed_push(f, 0, true);
	got = feed_next(f, 0, idle, NULL);
	assert(got[0] == 5 && got[size - 1] == 5);
	assert(feed_next(f, 0, idle, NULL) == NULL);
	feed_free(f);
	feed_free(NULL);
}

int
main(void)
{
	all_arrives(1, true);
	all_arrives(1, false);
	all_arrives(PER_BLOCK * PAGE * 3, false);
	one_lane_after_the_other();
	pages_stay_where_nobody_takes_them_yet();
	who_has_to_wait_says_so_once();
	close_wakes_those_who_wait();
	close_is_the_end_of_each_lane();
	a_page_that_waits_can_be_rewritten();
	what_is_rewritten_is_taken_whole();
	a_large_page_is_a_block();
	return 0;
}
