/* SPDX-License-Identifier: MIT */
/*
 * clip -- the part of a page that lies in a window of time
 *
 * Of a ring that was written to all the time only the last seconds are
 * wanted.  The pages at both ends of that window are clipped: what is left is
 * a page as the kernel could have made it, of the same size.
 */
#ifndef TK_CLIP_H
#define TK_CLIP_H

#include "source/page.h"

/*
 * Rewrites the n bytes of a page, so that it goes from its first event with
 * from <= ts <= to, to its last such one, and returns how many events these
 * are.  Within a page times go forward, so they are all that lie in the
 * window; where a clock was set back in between, what stands among them stays.
 *
 * Their data, times and order are the same.  The page's own time is that of
 * the first, and behind the last there are zeros.  That events were lost
 * before the page (and how many) is left in it only where its first event is:
 * what was lost before that which was cut off belongs to neither.  A page of
 * which all events are left is not changed at all.
 *
 * Returns 0 where none is left: the page is not changed, and not to be
 * written.  *why is what is wrong with the page, a phrase, or NULL; then this
 * is done with the events that can be read, as page_next has it, and a page of
 * which all of those are left still has what is wrong with it.
 */
size_t clip_page(const struct page_shape *, uint8_t *bytes, size_t n,
    uint64_t from, uint64_t to, const char **why);

#endif
