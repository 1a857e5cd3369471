/* SPDX-License-Identifier: MIT */
/*
 * page -- the events in one page of the kernel's ring buffer
 *
 * A page (a sub-buffer, which may be larger than a page of memory) begins
 * with the time of its first event, how many bytes were committed to it, and
 * whether events were lost before it; then come the events, each as the time
 * since the one before and its data.  include/linux/ring_buffer.h and
 * kernel/trace/ring_buffer.c describe it, events/header_page says where its
 * parts are.
 *
 *	page_open(&page, &shape, bytes, n);
 *	while (page_next(&page, &ev))
 *		use(ev.ts, ev.data, ev.n);
 *	if (page.why != NULL)
 *		...
 *
 * The bytes may be anything: nothing beyond them is read, and what cannot be
 * read is told in why.
 */
#ifndef TK_PAGE_H
#define TK_PAGE_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* What events/header_page says, and the byte order of the traced machine. */
struct page_shape {
	bool big_endian;
	unsigned commit_at;   /* offset of the field commit */
	unsigned commit_size; /* 4 or 8: a long of the kernel */
	unsigned data_at;     /* offset of the data */
	size_t size;          /* of all of a page, its header included */
};

struct page {
	int64_t missed;  /* events lost before it: 0 none, -1 not told */
	const char *why; /* what is wrong with it, a phrase, or NULL */

	/* page's own: */
	const uint8_t *p, *end;
	uint64_t ts;
	bool big_endian;
};

struct page_event {
	uint64_t ts;         /* of the trace's clock */
	const uint8_t *data; /* in the page; need not be aligned */
	size_t n;            /* 4 at least, and a multiple of 4 */
};

/* Returns the shape of a 64-bit little-endian kernel with pages of 4096. */
struct page_shape page_shape_usual(void);

/*
 * Begins with the n bytes of a page, which must stay while it is read.  There
 * may be fewer than shape.size at the end of a file that was cut: why tells,
 * and the events that are whole come.  A page without events is right.
 */
void page_open(struct page *, const struct page_shape *, const uint8_t *bytes,
    size_t n);

/* What page_next does where an event is not small, or not right. */
bool page_next_rare(struct page *, struct page_event *);

/*
 * Steps to the next event.  False at the end of the page, and from where on
 * it cannot be read: why is final then.  Events that were discarded are left
 * out; the time that passed with them counts, as in libtraceevent.
 *
 * Nearly all events are small: their header is one word, whose low five bits
 * are their length in words, the others the time since the last.
 */
static inline bool
page_next(struct page *page, struct page_event *ev)
{
	size_t left = (size_t)(page->end - page->p), n;
	uint32_t head;

	if (left < 8 || page->big_endian)
		return page_next_rare(page, ev);
	memcpy(&head, page->p, 4);
	head = le32toh(head);
	n = (size_t)(head & 31) * 4;
	if (n - 1 >= 28 * 4 || n > left - 4)
		return page_next_rare(page, ev);
	page->ts += head >> 5;
	ev->ts = page->ts;
	ev->data = page->p + 4;
	ev->n = n;
	page->p += 4 + n;
	return true;
}

/*
 * Tells whether n >= 16 bytes can be the beginning of a page of that shape
 * that has events: its size fits, and all of them that are there do.  Text
 * is not.
 */
bool page_is(const struct page_shape *, const uint8_t *bytes, size_t n);

#endif
