/* SPDX-License-Identifier: MIT */
/*
 * page -- what the tests of pages share: the recordings, and libtraceevent's
 * reader of pages as a second opinion
 */
#ifndef TK_TEST_PAGE_H
#define TK_TEST_PAGE_H

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <traceevent/kbuffer.h>

#include "base/mem.h"
#include "source/page.h"
#include "stream/input.h"

#define SOURCE "tests/data/source/"

/* All of a file, unpacked. */
struct bytes {
	uint8_t *p;
	size_t n, cap;
};

static inline struct bytes
slurp(const char *path)
{
	struct bytes t = { NULL, 0, 0 };
	struct input in;
	size_t n;

	if (input_open(&in, path) < 0) {
		perror(path);
		abort();
	}
	do {
		t.p = mem_grow(t.p, &t.cap, t.n + 65536, 1);
		n = input_read(&in, t.p + t.n, 65536);
		t.n += n;
	} while (n > 0);
	assert(in.why == NULL);
	input_close(&in);
	return t;
}

/*
 * Asserts that libtraceevent sees the same in a page, which must be whole and
 * right; returns how many events that are.
 */
static inline size_t
same_as_kbuffer(const struct page_shape *shape, const uint8_t *bytes)
{
	struct kbuffer *k = kbuffer_alloc(shape->commit_size == 8
		? KBUFFER_LSIZE_8
		: KBUFFER_LSIZE_4,
	    shape->big_endian ? KBUFFER_ENDIAN_BIG : KBUFFER_ENDIAN_LITTLE);
	unsigned long long ts;
	struct page_event ev;
	struct page page;
	size_t count = 0;
	uint8_t *data;

	assert(k != NULL);
	assert(kbuffer_load_subbuffer(k, (void *)bytes) == 0);
	page_open(&page, shape, bytes, shape->size);
	if (kbuffer_curr_index(k) == 0)
		assert(kbuffer_missed_events(k) == page.missed);
	data = kbuffer_read_event(k, &ts);
	for (; page_next(&page, &ev); count++) {
		assert(data == ev.data && ts == ev.ts);
		assert((size_t)kbuffer_event_size(k) == ev.n);
		data = kbuffer_next_event(k, &ts);
	}
	assert(data == NULL && page.why == NULL);
	kbuffer_free(k);
	return count;
}

#endif
