/* SPDX-License-Identifier: MIT */
/*
 * feed -- pages of ring buffers on their way from their readers to one taker
 *
 * There is a lane for each CPU.  Its reader fills pages in blocks and hands
 * blocks over; the taker asks for the next page of a lane and waits for it.
 * No lane may have more than its share of memory under way, so a taker that
 * waits for one lane is never kept from it by what others have brought; a
 * reader waits where its share is used up, which the kernel's buffer bridges.
 *
 * One thread fills a lane at a time, and one takes from all.
 */
#ifndef TK_FEED_H
#define TK_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct feed; /* opaque */

/*
 * Returns a feed of that many lanes of pages of page_size bytes, of which
 * each holds at most share bytes, or a block; to be freed by feed_free when no
 * thread uses it.
 */
struct feed *feed_new(size_t lanes, size_t page_size, size_t share);
void feed_free(struct feed *);

/*
 * Returns a place for the next page of a lane, which may wait; NULL where
 * nobody takes any more.  The page counts when it is kept.
 */
uint8_t *feed_room(struct feed *, size_t lane);
void feed_keep(struct feed *, size_t lane);

/* Tells its reader whether feed_room would wait. */
bool feed_full(struct feed *, size_t lane);

/* Hands over the pages that were kept; end: there will be no more. */
void feed_push(struct feed *, size_t lane, bool end);

/*
 * Writes n bytes over the beginning of the page that was kept last, if it was
 * handed over and nobody has begun to take its block; otherwise false, and
 * nothing is changed.
 */
bool feed_rewrite(struct feed *, size_t lane, const uint8_t *bytes, size_t n);

/*
 * Returns the next page of a lane, which is good until the next call; NULL at
 * the end of the lane.  Where it has to wait, idle is called before with arg.
 */
const uint8_t *feed_next(struct feed *, size_t lane, void (*idle)(void *),
    void *arg);

/*
 * Says that nothing will come or be taken any more: readers need not wait for
 * room, and who waits for a page is at the end of its lane.
 */
void feed_close(struct feed *);

#endif
