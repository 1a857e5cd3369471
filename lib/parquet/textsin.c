/* SPDX-License-Identifier: MIT */
#include "parquet/textsin.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

/* Texts of that many bytes are made at once, or one that is longer. */
enum { READY_BYTES = 1 << 20, READY = 1024 };

static const char FEW[] = "fewer values than the page's header tells";
static const char BEYOND[] = "a text that goes beyond its page";

/* The lengths stand in front of the bytes of all texts. */
static const char *
open_lengths(struct textsin *t, struct str bytes)
{
	struct deltain ahead;

	deltain_open(&t->length, bytes);
	ahead = t->length;
	t->bytes = deltain_behind(&ahead);
	return ahead.why;
}

const char *
textsin_open(struct textsin *t, struct str bytes, bool prefixed)
{
	struct deltain ahead;
	struct str behind;

	t->prefixed = prefixed;
	t->prefix = t->length = (struct deltain){ 0 };
	t->ready = t->ready_at = 0;
	t->last = (struct str){ "", 0 };
	if (bytes.n == 0) /* all are null */
		return NULL;
	if (!prefixed)
		return open_lengths(t, bytes);
	if (t->front == NULL) {
		t->front = mem_alloc(READY * sizeof(*t->front));
		t->back = mem_alloc(READY * sizeof(*t->back));
	}
	deltain_open(&t->prefix, bytes);
	ahead = t->prefix;
	behind = deltain_behind(&ahead);
	if (ahead.why != NULL)
		return ahead.why;
	return open_lengths(t, behind);
}

void
textsin_free(struct textsin *t)
{
	free(t->front);
	free(t->back);
	free(t->room);
	free(t->spare);
}

/* Takes n bytes off what is left, where there are so many. */
static struct str
take(struct textsin *t, uint64_t n)
{
	struct str s = { t->bytes.p, (size_t)n };

	t->bytes = str_skip(t->bytes, (size_t)n);
	return s;
}

static const char *
read_whole(struct textsin *t, size_t n, uint64_t *length, struct str *text)
{
	if (deltain_read(&t->length, length, n) < n)
		return t->length.why != NULL ? t->length.why : FEW;
	for (size_t i = 0; i < n; i++) {
		if (length[i] > t->bytes.n)
			return BEYOND;
		text[i] = take(t, length[i]);
	}
	return NULL;
}

/* Reads lengths ahead. */
static void
look_ahead(struct textsin *t)
{
	size_t n;

	if (t->ready_at < t->ready)
		return;
	t->ready_at = 0;
	n = deltain_read(&t->prefix, t->front, READY);
	t->ready = deltain_read(&t->length, t->back, n);
}

size_t
textsin_ready(struct textsin *t, size_t n)
{
	uint64_t bytes = 0;
	size_t i;

	assert(n > 0);
	if (!t->prefixed)
		return n;
	look_ahead(t);
	if (t->ready == t->ready_at)
		return n; /* there are none: to read one will fail */
	for (i = t->ready_at; i < t->ready && i - t->ready_at < n; i++) {
		uint64_t front = t->front[i], back = t->back[i];

		/* Lengths that are wrong are found when they are read. */
		bytes += front < READY_BYTES ? front : READY_BYTES;
		bytes += back < READY_BYTES ? back : READY_BYTES;
		if (bytes > READY_BYTES && i > t->ready_at)
			break;
	}
	return i - t->ready_at;
}

/*
 * Makes room for n bytes.  The last text is in the room that is there, so
 * there are two of them, by turns.
 */
static char *
other_room(struct textsin *t, size_t n)
{
	char *room = t->spare;
	size_t room_n = t->spare_n;

	t->spare = t->room;
	t->spare_n = t->room_n;
	if (room_n < n) {
		free(room);
		room_n = n;
		room = mem_alloc(n);
	}
	t->room = room;
	t->room_n = room_n;
	return room;
}

static const char *
read_prefixed(struct textsin *t, size_t n, struct str *text)
{
	const uint64_t *front = t->front + t->ready_at;
	const uint64_t *back = t->back + t->ready_at;
	uint64_t last = t->last.n, left = t->bytes.n, size = 0;
	char *to;

	if (n > t->ready - t->ready_at)
		return t->length.why != NULL ? t->length.why : FEW;
	for (size_t i = 0; i < n; i++) {
		if (front[i] > last || back[i] > left)
			return BEYOND;
		left -= back[i];
		last = front[i] + back[i];
		size += last;
	}
	to = other_room(t, (size_t)size + 1);
	for (size_t i = 0; i < n; i++) {
		struct str rest = take(t, back[i]);

		memcpy(to, t->last.p, (size_t)front[i]);
		memcpy(to + front[i], rest.p, rest.n);
		text[i] = t->last = (struct str){ to, front[i] + rest.n };
		to += t->last.n;
	}
	t->ready_at += n;
	return NULL;
}

const char *
textsin_read(struct textsin *t, size_t n, uint64_t *length, struct str *text)
{
	if (t->prefixed)
		return read_prefixed(t, n, text);
	return read_whole(t, n, length, text);
}
