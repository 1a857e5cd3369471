/* SPDX-License-Identifier: MIT */
#include "dataset/divide.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

enum { PIECE = 1 << 16 };

void
divide_begin(struct divide *d, struct output *rows, struct output *rest,
    uint64_t head)
{
	*d = (struct divide){ .rows = rows, .rest = rest };
	d->at = d->kept = head;
	d->piece = mem_alloc(PIECE);
	if (output_flush(rows) < 0)
		d->err = rows->err;
}

/* Reads from one place on, at most n bytes and a piece; 0 on errors. */
static size_t
read_piece(struct divide *d, uint64_t at, uint64_t n)
{
	size_t want = n < PIECE ? (size_t)n : PIECE;
	ssize_t got;

	do
		got = pread(d->rows->fd, d->piece, want, (off_t)at);
	while (got < 0 && errno == EINTR);
	if (got <= 0 && want > 0 && d->err == 0)
		d->err = got < 0 ? errno : EIO;
	return got > 0 ? (size_t)got : 0;
}

/*
 * Returns how many bytes of s the next rows are, all of them where they are
 * more, and takes those that end off *keep.
 */
static size_t
pass_rows(struct str s, uint64_t *keep, bool lines, bool *quoted)
{
	const char *p = s.p, *end = p + s.n;

	while (*keep > 0 && p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		const char *stop = nl != NULL ? nl : end, *quote = p;

		while (!lines &&
		    (quote = memchr(quote, '"', (size_t)(stop - quote))) !=
			NULL) {
			*quoted = !*quoted;
			quote++;
		}
		*keep -= nl != NULL && !*quoted;
		p = nl != NULL ? nl + 1 : end;
	}
	return (size_t)(p - s.p);
}

/* Moves a piece that was read to where kept rows go. */
static void
keep_piece(struct divide *d, uint64_t from, size_t n)
{
	size_t done = 0;

	while (from != d->kept && done < n && d->err == 0) {
		ssize_t w = pwrite(d->rows->fd, d->piece + done, n - done,
		    (off_t)(d->kept + done));

		if (w >= 0)
			done += (size_t)w;
		else if (errno != EINTR)
			d->err = errno;
	}
	d->kept += n;
}

void
divide_stretch(struct divide *d, uint64_t bytes, uint64_t keep)
{
	const uint64_t end = d->at + bytes;
	bool quoted = false;

	while (d->err == 0 && d->at < end) {
		size_t n = read_piece(d, d->at, end - d->at), front;

		front = pass_rows((struct str){ d->piece, n }, &keep, d->lines,
		    &quoted);
		keep_piece(d, d->at, front);
		output_put(d->rest, d->piece + front, n - front);
		d->at += n;
	}
}

uint64_t
divide_share(uint64_t n, double ratio)
{
	return (uint64_t)((double)n * ratio);
}

int
divide_end(struct divide *d)
{
	struct output *rows = d->rows;

	free(d->piece);
	d->piece = NULL;
	if (d->err == 0 &&
	    (ftruncate(rows->fd, (off_t)d->kept) < 0 ||
		lseek(rows->fd, (off_t)d->kept, SEEK_SET) < 0))
		d->err = errno;
	rows->bytes = d->kept;
	rows->err = d->err;
	errno = d->err;
	return d->err == 0 ? 0 : -1;
}
