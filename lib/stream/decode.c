/* SPDX-License-Identifier: MIT */
#include "stream/decode.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/mem.h"

enum { BUFFER = 1 << 16 };

enum kind { UNKNOWN, PLAIN, GZIP, ZSTD };

struct decode {
	int fd;
	enum kind kind;
	uint64_t at;
	unsigned char *buf; /* what was read; NULL once the input is plain */
	size_t beg, end;    /* not yet used: from beg up to end */
	bool eof;           /* the descriptor has no more */
	bool inside;        /* a packed piece has begun and not ended */
	bool later;         /* a packed piece was read to its end */
	bool pending;       /* the unpacker may hold bytes back */
	const char *why;    /* it failed, after the bytes handed out */
	int err;
	z_stream gzip;
	ZSTD_DStream *zstd;
	size_t hint; /* bytes that zstd would like to see next */
};

struct decode *
decode_new(int fd)
{
	struct decode *d = mem_alloc(sizeof(*d));

	d->fd = fd;
	d->buf = mem_alloc(BUFFER);
	return d;
}

static ssize_t
fail(struct decode *d, const char *why, int err)
{
	d->why = why;
	d->err = err;
	return -1;
}

/* Reads from the descriptor, also where somebody made it non-blocking. */
static ssize_t
take(struct decode *d, void *p, size_t n)
{
	struct pollfd wait = { .fd = d->fd, .events = POLLIN };
	ssize_t r;

	while ((r = read(d->fd, p, n)) < 0) {
		if (errno == EAGAIN)
			poll(&wait, 1, -1);
		else if (errno != EINTR)
			return fail(d, "cannot be read", errno);
	}
	d->at += (uint64_t)r;
	d->eof = r == 0;
	return r;
}

/* Reads more into the buffer, behind what is there. */
static ssize_t
more(struct decode *d)
{
	ssize_t r;

	if (d->eof)
		return 0;
	memmove(d->buf, d->buf + d->beg, d->end - d->beg);
	d->end -= d->beg;
	d->beg = 0;
	r = take(d, d->buf + d->end, BUFFER - d->end);
	if (r > 0)
		d->end += (size_t)r;
	return r;
}

/*
 * Tells what the first n bytes begin, UNKNOWN where that takes more of them.
 * The third byte of a gzip file is its method, and 8 the only one there is:
 * raw trace data begins with any bytes, so every byte that helps is heeded.
 * The output of pzstd(1) begins with a skippable frame: 5? 2a 4d 18.
 */
static enum kind
kind_of(const unsigned char *p, size_t n)
{
	static const unsigned char magic[][4] = {
		{ 0x1f, 0x8b, 0x08 },
		{ 0x28, 0xb5, 0x2f, 0xfd },
		{ 0x50, 0x2a, 0x4d, 0x18 },
	};
	unsigned char first = n > 0 && p[0] >> 4 == 5 ? 0x50 : p[0];

	for (size_t i = 0; i < sizeof(magic) / sizeof(magic[0]); i++) {
		size_t len = i == 0 ? 3 : 4, have = n < len ? n : len;

		if (n > 0 && first != magic[i][0])
			continue;
		if (n > 1 && memcmp(p + 1, magic[i] + 1, have - 1) != 0)
			continue;
		if (n < len)
			return UNKNOWN;
		return i == 0 ? GZIP : ZSTD;
	}
	return PLAIN;
}

/*
 * Reads until the first bytes tell what the input is.  What ends within the
 * bytes that tell is plain, unless two bytes of a gzip file are there.
 */
static int
sniff(struct decode *d)
{
	ssize_t r = 1;

	do {
		r = more(d);
		if (r < 0)
			return -1;
		d->kind = kind_of(d->buf, d->end);
	} while (d->kind == UNKNOWN && r > 0);
	if (d->kind == UNKNOWN)
		d->kind = d->end == 2 && d->buf[0] == 0x1f ? GZIP : PLAIN;
	if (d->kind == GZIP && inflateInit2(&d->gzip, 15 + 16) != Z_OK)
		return (int)fail(d, "cannot be unpacked", ENOMEM);
	/*
	 * The library's own limit of the window stays: 128 MiB, which
	 * zstd(1) does not exceed either without being told to.
	 */
	if (d->kind == ZSTD) {
		d->zstd = ZSTD_createDStream();
		if (d->zstd == NULL)
			return (int)fail(d, "cannot be unpacked", ENOMEM);
		d->hint = ZSTD_initDStream(d->zstd);
	}
	return 0;
}

static ssize_t
read_plain(struct decode *d, char *buf, size_t n)
{
	size_t have = d->end - d->beg;

	if (have == 0) {
		free(d->buf);
		d->buf = NULL;
		d->beg = d->end = 0;
		return d->eof ? 0 : take(d, buf, n);
	}
	if (n > have)
		n = have;
	memcpy(buf, d->buf + d->beg, n);
	d->beg += n;
	return (ssize_t)n;
}

/*
 * Between two members.  Zeros fill the last block of some media and mean
 * nothing, as gzip(1) has it; other bytes must begin a member.
 */
static void
next_member(struct decode *d)
{
	while (d->beg < d->end && d->buf[d->beg] == 0)
		d->beg++;
	if (d->end - d->beg == 1 && more(d) < 0)
		return;
	if (d->beg == d->end)
		return;
	if (d->end - d->beg < 2 || d->buf[d->beg] != 0x1f ||
	    d->buf[d->beg + 1] != 0x8b)
		fail(d, "garbage behind the compressed data", 0);
	else
		d->inside = inflateReset(&d->gzip) == Z_OK;
}

static size_t
step_gzip(struct decode *d, char *buf, size_t n)
{
	uInt room = n < BUFFER ? (uInt)n : BUFFER;
	int r;

	if (!d->inside && d->later) {
		next_member(d);
		if (!d->inside)
			return 0;
	}
	d->inside = true;
	d->gzip.next_in = d->buf + d->beg;
	d->gzip.avail_in = (uInt)(d->end - d->beg);
	d->gzip.next_out = (unsigned char *)buf;
	d->gzip.avail_out = room;
	r = inflate(&d->gzip, Z_SYNC_FLUSH);
	d->beg = d->end - d->gzip.avail_in;
	d->pending = d->gzip.avail_out == 0;
	if (r == Z_STREAM_END) {
		d->later = true;
		d->inside = d->pending = false;
	} else if (r == Z_MEM_ERROR) {
		fail(d, "cannot be unpacked", ENOMEM);
	} else if (r != Z_OK && r != Z_BUF_ERROR) {
		fail(d, "compressed data is damaged", 0);
	}
	return room - d->gzip.avail_out;
}

static void
fail_zstd(struct decode *d, size_t code)
{
	switch (ZSTD_getErrorCode(code)) {
	case ZSTD_error_frameParameter_windowTooLarge:
		fail(d, "compressed with a window of more than 128 MiB", 0);
		break;
	case ZSTD_error_dictionary_wrong:
		fail(d, "compressed with a dictionary", 0);
		break;
	case ZSTD_error_memory_allocation:
		fail(d, "cannot be unpacked", ENOMEM);
		break;
	case ZSTD_error_prefix_unknown:
		if (d->later) {
			fail(d, "garbage behind the compressed data", 0);
			break;
		}
		/* fall through */
	default:
		fail(d, "compressed data is damaged", 0);
	}
}

/*
 * Of a call that meets damage zstd hands out nothing, so each block and each
 * header goes in a call of its own, and what is held back comes before more
 * goes in.  What zstd asks for is a block and the header of the next, of 3
 * bytes (RFC 8878, 3.1.1.2).
 */
static size_t
step_zstd(struct decode *d, char *buf, size_t n)
{
	size_t have = d->end - d->beg, r;
	ZSTD_inBuffer in = { d->buf + d->beg, have, 0 };
	ZSTD_outBuffer out = { buf, n, 0 };

	if (d->hint > 3)
		d->hint -= 3;
	if (d->pending)
		in.size = 0;
	else if (have > d->hint)
		in.size = d->hint;
	r = ZSTD_decompressStream(d->zstd, &out, &in);
	d->beg += in.pos;
	d->pending = out.pos == n;
	if (ZSTD_isError(r)) {
		fail_zstd(d, r);
		return 0;
	}
	d->inside = r != 0;
	d->later |= r == 0;
	d->pending &= d->inside;
	d->hint = r != 0 ? r : 5; /* the least that a frame begins with */
	return out.pos;
}

static ssize_t
read_packed(struct decode *d, char *buf, size_t n)
{
	for (;;) {
		size_t got;

		if (d->beg == d->end && !d->pending) {
			ssize_t r = more(d);

			if (r == 0 && d->inside)
				fail(d, "compressed data ends early", 0);
			if (r <= 0)
				return d->why != NULL ? -1 : 0;
		}
		got = d->kind == GZIP ? step_gzip(d, buf, n)
				      : step_zstd(d, buf, n);
		if (got > 0)
			return (ssize_t)got;
		if (d->why != NULL)
			return -1;
	}
}

ssize_t
decode_read(struct decode *d, char *buf, size_t n, const char **why)
{
	ssize_t r = -1;

	if (d->why == NULL && (d->kind != UNKNOWN || sniff(d) == 0))
		r = d->kind == PLAIN ? read_plain(d, buf, n)
				     : read_packed(d, buf, n);
	if (r < 0) {
		*why = d->why;
		errno = d->err;
	}
	return r;
}

uint64_t
decode_at(const struct decode *d)
{
	return d->at;
}

uint64_t
decode_size(const struct decode *d)
{
	struct stat st;

	if (fstat(d->fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size < 0)
		return 0;
	return (uint64_t)st.st_size;
}

int
decode_file(struct decode *d, uint64_t *size)
{
	off_t at;

	if (d->why == NULL && d->kind == UNKNOWN)
		sniff(d);
	*size = decode_size(d);
	if (d->why != NULL || d->kind != PLAIN || *size == 0)
		return -1;
	at = lseek(d->fd, 0, SEEK_CUR);
	return at >= 0 && (uint64_t)at == d->at ? d->fd : -1;
}

uint64_t
decode_place(const struct decode *d)
{
	return d->at - (d->end - d->beg);
}

bool
decode_seek(struct decode *d, uint64_t place)
{
	d->beg = d->end = 0;
	d->at = place;
	d->eof = false;
	return decode_size(d) >= place &&
	    lseek(d->fd, (off_t)place, SEEK_SET) >= 0;
}

void
decode_free(struct decode *d)
{
	if (d == NULL)
		return;
	if (d->kind == GZIP)
		inflateEnd(&d->gzip);
	ZSTD_freeDStream(d->zstd);
	if (d->fd != STDIN_FILENO)
		close(d->fd);
	free(d->buf);
	free(d);
}
