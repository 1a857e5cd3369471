/* SPDX-License-Identifier: MIT */
/*
 * pagemark -- what a page of the ring buffer says of events lost before it
 *
 * The kernel sets two bits in the field commit of a page before which events
 * were lost: one says so, the other that their number stands behind the data,
 * if there was room for it (RB_MISSED_EVENTS, RB_MISSED_STORED and
 * ring_buffer_read_page of kernel/trace/ring_buffer.c).
 */
#ifndef TK_PAGEMARK_H
#define TK_PAGEMARK_H

#include "source/page.h"

/*
 * Makes a page of shape.size bytes that has no event and that time; nothing
 * is lost before it.
 */
void pagemark_empty(const struct page_shape *, uint8_t *bytes, uint64_t ts);

/* Returns the time with which a page begins. */
uint64_t pagemark_time(const struct page_shape *, const uint8_t *bytes);

/* Writes that time: the first PAGEMARK_TIME bytes of a page. */
enum { PAGEMARK_TIME = 8 };
void pagemark_set_time(const struct page_shape *, uint8_t *bytes, uint64_t ts);

/* Returns how many events were lost before a page; -1: it does not tell. */
int64_t pagemark_missed(const struct page_shape *, const uint8_t *bytes);

/*
 * Says in a page before which nothing was lost that n > 0 events were.  False
 * where there is no room for the number: the page is as it was.
 */
bool pagemark_set(const struct page_shape *, uint8_t *bytes, uint64_t n);

#endif
