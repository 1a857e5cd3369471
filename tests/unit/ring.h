/* SPDX-License-Identifier: MIT */
/*
 * ring -- pages of a ring buffer made by hand, little-endian and of 64 bits,
 * as include/linux/ring_buffer.h of the kernel describes them
 */
#ifndef TK_TEST_RING_H
#define TK_TEST_RING_H

#include <assert.h>
#include <endian.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/pages.h"

enum { RING_PAGE = 4096, RING_HEADER = 16 };

/* Starts zeroed. */
struct ring {
	uint8_t *p;
	size_t pages, cap;
	size_t used; /* bytes of data in the last page */
};

static inline uint8_t *
ring_last(struct ring *r)
{
	return r->p + (r->pages - 1) * RING_PAGE;
}

/* Says how much data the last page has, and whether events were missed. */
static inline void
ring_commit(struct ring *r, uint32_t flags)
{
	uint64_t commit = htole64(r->used | flags);

	memcpy(ring_last(r) + 8, &commit, 8);
}

/* Begins a page, whose first event has no time before that. */
static inline void
ring_page(struct ring *r, uint64_t ts)
{
	r->p = mem_grow(r->p, &r->cap, ++r->pages * RING_PAGE, 1);
	r->used = 0;
	ts = htole64(ts);
	memcpy(ring_last(r), &ts, 8);
}

/* Adds an event of n bytes, 4 to 112, and of a multiple of 4. */
static inline void
ring_event(struct ring *r, uint32_t delta, const void *data, uint32_t n)
{
	uint8_t *p = ring_last(r) + RING_HEADER + r->used;
	uint32_t head = htole32(delta << 5 | n / 4);

	assert(n > 0 && n <= 112 && n % 4 == 0 && delta < 1 << 27);
	assert(r->used + 4 + n + 8 <= RING_PAGE - RING_HEADER);
	memcpy(p, &head, 4);
	memcpy(p + 4, data, n);
	r->used += 4 + n;
	ring_commit(r, 0);
}

/* Says that events were lost before the last page, when it is full. */
static inline void
ring_missed(struct ring *r, int64_t count)
{
	uint64_t stored = htole64((uint64_t)count);

	ring_commit(r, UINT32_C(1) << 31 | (count >= 0 ? 1u << 30 : 0));
	if (count >= 0)
		memcpy(ring_last(r) + RING_HEADER + r->used, &stored, 8);
}

/* Adds an event that says it is longer than its page. */
static inline void
ring_damage(struct ring *r)
{
	uint32_t head[2] = { htole32(0), htole32(8000) };

	memcpy(ring_last(r) + RING_HEADER + r->used, head, sizeof(head));
	r->used += 8;
	ring_commit(r, 0);
}

/* Returns a reader of the pages, less some bytes at their end. */
static inline struct pages *
ring_read(const struct ring *r, size_t less, int *fd)
{
	struct pages_part part = { .fd = memfd_create("ring", MFD_CLOEXEC) };

	part.size = r->pages * RING_PAGE - less;
	assert(part.fd >= 0);
	if (part.size > 0)
		assert(write(part.fd, r->p, part.size) == (ssize_t)part.size);
	*fd = part.fd;
	return pages_of_part(&part, RING_PAGE, RING_PAGE);
}

#endif
