/* SPDX-License-Identifier: MIT */
#include "source/pages.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum { MOST = 16 << 20 };

struct pages {
	const uint8_t *(*next)(void *); /* NULL: they are read here */
	void *arg;
	struct input *in; /* NULL: they are in the part */
	struct pages_part part;
	uint64_t at;     /* offset in the file of what is read next */
	uint64_t read;   /* bytes of the file that were */
	uint32_t chunks; /* still to come */
	bool counted;    /* chunks is known */
	bool ended;
	const char *why;
	size_t page_size, window;
	uint8_t *buf;
	size_t cap, beg, end; /* pages not yet given: from beg up to end */
};

static struct pages *
pages_new(size_t page_size, size_t window, size_t most)
{
	struct pages *p = mem_alloc(sizeof(*p));

	if (page_size == 0 || page_size > most) {
		p->why = "pages of 0 bytes, or too large to hold";
		p->ended = true;
		page_size = 1;
	}
	p->page_size = page_size;
	p->window = window < page_size ? page_size
				       : window - window % page_size;
	return p;
}

struct pages *
pages_of_part(const struct pages_part *part, size_t page_size, size_t window)
{
	size_t most = part->most > 0 ? part->most : MOST;
	struct pages *p = pages_new(page_size, window, most);

	p->part = *part;
	p->part.most = most;
	p->at = part->offset;
	p->ended |= part->size == 0;
	if (part->packing == PACKING_NONE && part->size < p->window)
		p->window = (size_t)part->size;
	return p;
}

struct pages *
pages_of_input(struct input *in, size_t page_size, size_t window)
{
	struct pages *p = pages_new(page_size, window, MOST);

	p->in = in;
	return p;
}

struct pages *
pages_of_caller(const uint8_t *(*next)(void *), void *arg, size_t page_size)
{
	struct pages *p = pages_new(page_size, page_size, MOST);

	p->next = next;
	p->arg = arg;
	return p;
}

void
pages_free(struct pages *p)
{
	if (p == NULL)
		return;
	free(p->buf);
	free(p);
}

/* Tells what is wrong, unless something was before. */
static void
complain(struct pages *p, const char *why)
{
	if (p->why == NULL)
		p->why = why;
}

/* The same, where nothing can be read behind it. */
static void
fail(struct pages *p, const char *why)
{
	complain(p, why);
	p->ended = true;
}

/* Reads n bytes of the file, or as many as there are, which fails. */
static size_t
get(struct pages *p, uint8_t *to, size_t n)
{
	size_t have = 0;
	ssize_t r = 0;

	/* Beyond what off_t can say there is no file. */
	while (have < n && p->at <= INT64_MAX - n) {
		r = pread(p->part.fd, to + have, n - have, (off_t)p->at);
		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			break;
		have += (size_t)r;
		p->at += (size_t)r;
		p->read += (size_t)r;
	}
	if (have < n)
		fail(p, r < 0 ? "cannot be read" : "the file ends early");
	return have;
}

/* Makes room for n bytes, of which there is nothing to keep. */
static void
make_room(struct pages *p, size_t n)
{
	if (p->cap >= n)
		return;
	free(p->buf);
	p->buf = mem_alloc(n);
	p->cap = n;
}

/* Reads a window of the file. */
static void
fill_from_file(struct pages *p)
{
	uint64_t left = p->part.size - (p->at - p->part.offset);
	size_t n = left < p->window ? (size_t)left : p->window;

	make_room(p, p->window);
	p->end = get(p, p->buf, n);
	p->ended |= n == left;
}

/*
 * Reads a page or more of the input, as much as is there: nothing is held
 * back.  Of the page that has begun to come the bytes are kept.
 */
static void
fill_from_input(struct pages *p)
{
	make_room(p, p->window);
	memmove(p->buf, p->buf + p->beg, p->end - p->beg);
	p->end -= p->beg;
	p->beg = 0;
	while (p->end < p->page_size && !p->ended) {
		size_t n = input_read(p->in, p->buf + p->end, p->cap - p->end);

		p->end += n;
		p->ended = n == 0;
	}
	if (p->in->why != NULL)
		complain(p, p->in->why);
}

static uint32_t
number(const struct pages *p, const uint8_t *from)
{
	uint32_t x;

	memcpy(&x, from, sizeof(x));
	return p->part.big_endian ? be32toh(x) : le32toh(x);
}

static void
read_count(struct pages *p)
{
	uint8_t count[4];

	p->counted = true;
	if (get(p, count, sizeof(count)) == sizeof(count))
		p->chunks = number(p, count);
	p->ended |= p->chunks == 0;
}

/* Reads a chunk and unpacks it; little or nothing comes of a damaged one. */
static void
fill_from_chunk(struct pages *p)
{
	uint8_t head[8];
	size_t packed, size;
	const char *why;
	struct str block;
	char *room;

	if (get(p, head, sizeof(head)) < sizeof(head))
		return;
	p->ended = --p->chunks == 0;
	packed = number(p, head);
	size = number(p, head + 4);
	if (packed == 0 || size == 0) {
		fail(p, "compressed data is damaged");
		return;
	}
	if (packed > p->part.most || size > p->part.most) {
		complain(p, "a chunk that is too large to hold is left out");
		p->at += packed;
		return;
	}
	room = unpack_room(p->part.unpack, packed);
	block = (struct str){ room, get(p, (uint8_t *)room, packed) };
	make_room(p, size);
	p->end = size;
	why = unpack_block(p->part.unpack, p->part.packing, block,
	    (char *)p->buf, &p->end);
	if (why != NULL)
		complain(p, why);
}

/* Gets more pages, or sees the end. */
static void
fill(struct pages *p)
{
	if (p->in != NULL) {
		fill_from_input(p);
		return;
	}
	p->beg = p->end = 0;
	if (p->part.packing == PACKING_NONE)
		fill_from_file(p);
	else if (!p->counted)
		read_count(p);
	else
		fill_from_chunk(p);
}

/* Tells whether what is in memory has no whole page, and more may come. */
static bool
wants_more(const struct pages *p)
{
	size_t have = p->end - p->beg;

	return !p->ended && have < (p->in != NULL ? p->page_size : 1);
}

const uint8_t *
pages_next(struct pages *p, size_t *n)
{
	const uint8_t *page;

	*n = p->page_size;
	if (p->next != NULL)
		return p->next(p->arg);
	while (wants_more(p))
		fill(p);
	if (p->beg == p->end)
		return NULL;
	page = p->buf + p->beg;
	*n = p->end - p->beg;
	if (*n > p->page_size)
		*n = p->page_size;
	p->beg += *n;
	return page;
}

const char *
pages_why(const struct pages *p)
{
	return p->why;
}

uint64_t
pages_at(const struct pages *p)
{
	return p->in != NULL ? input_at(p->in) : p->read;
}
