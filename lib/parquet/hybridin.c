/* SPDX-License-Identifier: MIT */
#include "parquet/hybridin.h"

#include <assert.h>
#include <endian.h>
#include <stdbool.h>

void
hybridin_open(struct hybridin *h, struct str bytes, unsigned width)
{
	assert(width <= 32);
	*h = (struct hybridin){
		.p = bytes.p,
		.end = bytes.p + bytes.n,
		.width = width,
	};
}

/* Reads the number before a run; false if there is none. */
static bool
read_head(struct hybridin *h, uint32_t *head)
{
	uint64_t v = 0;

	for (unsigned shift = 0; shift < 35 && h->p < h->end; shift += 7) {
		unsigned b = (unsigned char)*h->p++;

		v |= (uint64_t)(b & 0x7f) << shift;
		if (b < 0x80) {
			*head = (uint32_t)v;
			return v <= UINT32_MAX;
		}
	}
	return false;
}

/*
 * Begins a run of packed numbers.  Some writers leave out what fills the last
 * group; only what is there counts.
 */
static void
begin_packed(struct hybridin *h, uint64_t groups)
{
	uint64_t room = (uint64_t)(h->end - h->p);
	uint64_t bytes = groups * h->width;

	h->left = groups * 8;
	if (bytes > room) {
		bytes = room;
		h->left = room * 8 / h->width;
	}
	h->packed = h->p;
	h->bit = 0;
	h->p += bytes;
}

/* Begins a run of one number; false if that is not there, or too high. */
static bool
begin_same(struct hybridin *h, uint64_t n)
{
	unsigned bytes = (h->width + 7) / 8;

	h->packed = NULL;
	h->value = 0;
	if (bytes > (size_t)(h->end - h->p))
		return false;
	for (unsigned i = 0; i < bytes; i++)
		h->value |= (uint32_t)(unsigned char)*h->p++ << 8 * i;
	if (h->width < 32 && h->value >> h->width != 0)
		return false;
	h->left = n;
	return true;
}

/* Steps to the next run that has numbers; false at the end, or if wrong. */
static bool
next_run(struct hybridin *h)
{
	uint32_t head;

	while (h->left == 0 && read_head(h, &head)) {
		if (head & 1)
			begin_packed(h, head >> 1);
		else if (!begin_same(h, head >> 1))
			break;
	}
	if (h->left == 0)
		h->end = h->p;
	return h->left > 0;
}

/* Returns the packed number at a bit; eight bytes can be read unless slow. */
static uint32_t
packed_at(const struct hybridin *h, uint64_t bit)
{
	const char *p = h->packed + bit / 8;
	size_t room = (size_t)(h->end - p);
	uint64_t v = 0;

	if (room >= sizeof(v))
		memcpy(&v, p, sizeof(v));
	else
		memcpy(&v, p, room);
	v = le64toh(v) >> (bit % 8);
	return (uint32_t)(v & ((UINT64_C(1) << h->width) - 1));
}

size_t
hybridin_read(struct hybridin *h, uint32_t *to, size_t n)
{
	size_t done = 0;

	while (done < n) {
		size_t now = n - done;

		if (h->left == 0 && !next_run(h))
			break;
		if (now > h->left)
			now = (size_t)h->left;
		if (h->packed != NULL) {
			for (size_t i = 0; i < now; i++)
				to[done + i] = packed_at(h,
				    h->bit + i * h->width);
			h->bit += now * (uint64_t)h->width;
		} else {
			for (size_t i = 0; i < now; i++)
				to[done + i] = h->value;
		}
		h->left -= now;
		done += now;
	}
	return done;
}

size_t
hybridin_run(struct hybridin *h, uint32_t *value, size_t n)
{
	size_t now;

	if (n == 0 || (h->left == 0 && !next_run(h)))
		return 0;
	if (h->packed != NULL)
		return hybridin_read(h, value, 1);
	now = h->left < n ? (size_t)h->left : n;
	*value = h->value;
	h->left -= now;
	return now;
}
