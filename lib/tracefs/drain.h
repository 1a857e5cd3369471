/* SPDX-License-Identifier: MIT */
/*
 * drain -- readers that empty the ring buffers of an instance
 *
 * Each CPU's pages are taken out of its trace_pipe_raw, as they are, and go
 * to a file of that CPU or into a feed.  There are as many readers as CPUs
 * are online, each with its own CPUs; they wake up when a part of a buffer is
 * full (buffer_percent), and otherwise 20 times a second, or every 80 ms as
 * long as there is nothing to be read.
 *
 *	d = drain_new(&instance, page_size);
 *	feed = drain_into_feed(d, share);
 *	drain_start(d);
 *	...			somebody takes from the feed
 *	drain_end(d);		tracing is off: the rest is read
 *	drain_join(d);
 *	drain_counts(d, i);
 *	drain_free(d);
 *
 * What the kernel lost shows in the pages that came after: in overwrite mode
 * it marks them itself.  Of events that found no place it only counts how
 * many; when that count has grown, the next page of which the first event is
 * later than that is marked in the kernel's way: RB_MISSED_EVENTS and, where
 * the page has room, the number behind the data (rb_read_data_buffer and
 * ring_buffer_read_page of kernel/trace/ring_buffer.c).  A feed has a page
 * without events for it, since there every number is to be told.
 *
 * In a feed each round ends with a page without events, too, whose time is
 * that of the round's beginning: what comes later is of events that are
 * later, so that those of other CPUs up to then can be merged.  One that is
 * still the last of its lane, and not taken, is made to tell the new time.
 */
#ifndef TK_DRAIN_H
#define TK_DRAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "source/page.h"
#include "tracefs/bucket.h"

struct drain; /* opaque */

/* What was read so far, of all CPUs. */
struct drain_sum {
	uint64_t events, lost, bytes;
};

/*
 * Opens the buffers of all CPUs of an instance, whose pages have that shape.
 * Returns NULL with errno, and the instance's failed set.
 */
struct drain *drain_new(struct instance *, const struct page_shape *);

/* Closes and frees; the readers must have ended. */
void drain_free(struct drain *);

/* How many CPUs there are, and the number of the i-th. */
size_t drain_cpus(const struct drain *);
int drain_cpu(const struct drain *, size_t i);

/* Before the start: lets the pages of the i-th go to a file, the caller's. */
void drain_into_file(struct drain *, size_t i, int fd);

/*
 * Before the start: lets all pages go into a feed, whose lanes are the CPUs in
 * their order; it lives as long as the drain.  share is that of feed_new.
 */
struct feed *drain_into_feed(struct drain *, size_t share);

/*
 * Starts the readers, if that was not done.  Returns 0, or -1 with errno: the
 * feed is at its end then.
 */
int drain_start(struct drain *);

/*
 * Before the start: leaves out what is not in the window; the events that
 * were overwritten are then no loss.  The window must outlive it.
 */
void drain_set_window(struct drain *, const struct drain_window *);

/* Lets the readers end when they have read all, as nothing more is written. */
void drain_end(struct drain *);

/* Waits until they have ended, which needs one who takes from the feed. */
void drain_join(struct drain *);

/* Lets them end though nobody takes from the feed. */
void drain_give_up(struct drain *);

/* Closes the buffers alone: the feed is in use. */
void drain_close(struct drain *);

/* Tells whether the trace's clock counts something else than ns. */
bool drain_ticks(const struct drain *);

/* Before the start: the time by the trace's clock. */
uint64_t drain_now(struct drain *);

/*
 * Before the start: from when on all CPUs have all their events, none of
 * which was overwritten; 0: all of them.
 */
uint64_t drain_whole(struct drain *);

/*
 * A descriptor that can be read (poll(2)) when something failed, of which
 * drain_error gives the errno; 0: nothing did.
 */
int drain_alarm(const struct drain *);
int drain_error(const struct drain *);

struct drain_sum drain_sum(struct drain *);

/* After drain_join: the last counts of the i-th CPU, and bytes of its pages. */
const struct counts *drain_counts(const struct drain *, size_t i);
uint64_t drain_bytes(const struct drain *, size_t i);

/* The same of the events that were in the window. */
uint64_t drain_kept(const struct drain *, size_t i);

#endif
