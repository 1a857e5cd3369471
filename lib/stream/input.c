/* SPDX-License-Identifier: MIT */
#include "stream/input.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

/*
 * The buffer holds the present line and what was read behind it.  It has one
 * of two sizes: the usual one, and that of a line that is as long as may be,
 * with room to show the line after it.
 */
enum {
	CHUNK = 1 << 17,
	ROOM_MAX = INPUT_LINE_MAX + 2 * CHUNK,
	PEEK_MAX = CHUNK, /* input_peek shows no more of a line */
	/* At a time: it is still in the processor's cache when looked at. */
	READ_MAX = 1 << 16,
};

static void
begin(struct input *in, int fd, const char *path)
{
	*in = (struct input){ .path = path, .open = true, .copy = -1 };
	in->name = strcmp(path, "-") == 0 ? "<stdin>" : path;
	in->decode = decode_new(fd);
	in->buf = mem_grow(NULL, &in->cap, CHUNK, 1);
}

int
input_open(struct input *in, const char *path)
{
	bool std = strcmp(path, "-") == 0;
	int fd = std ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	begin(in, fd, path);
	return 0;
}

/* Moves the present line and all behind it to the front of the buffer. */
static void
make_room(struct input *in)
{
	if (in->beg > 0) {
		memmove(in->buf, in->buf + in->beg, in->end - in->beg);
		in->end -= in->beg;
		in->next -= in->beg;
		in->seen -= in->beg;
		in->beg = 0;
	}
	if (in->end > in->cap / 2 && in->cap < ROOM_MAX)
		in->buf = mem_grow(in->buf, &in->cap, ROOM_MAX, 1);
	assert(in->end < in->cap);
}

/* Waits for bytes and takes up to n of them to p; 0 where there are no more. */
static size_t
take(struct input *in, char *p, size_t n)
{
	const char *why = NULL;
	ssize_t r;

	if (in->eof)
		return 0;
	if (in->tie != NULL && output_flush(in->tie) < 0) {
		in->end = in->seen = in->next;
		in->eof = true;
		return 0;
	}
	r = decode_read(in->decode, p, n, &why);
	if (r < 0) {
		in->err = errno;
		in->why = why;
	}
	in->eof = r <= 0;
	return r > 0 ? (size_t)r : 0;
}

/* Reads more behind what is there.  Returns false where there is no more. */
static bool
fill(struct input *in)
{
	size_t n;

	in->dry = in->eof;
	if (in->eof)
		return false;
	make_room(in);
	n = in->cap - in->end;
	n = take(in, in->buf + in->end, n < READ_MAX ? n : READ_MAX);
	in->end += n;
	return n > 0;
}

/*
 * Looks for the next newline that was not seen yet, and sets seen to it.
 * Gives up, with seen at the end of the buffer, where the input ends or more
 * than limit bytes are there from the beginning of the present line.
 */
static bool
find(struct input *in, size_t limit)
{
	for (;;) {
		const char *from = in->buf + in->seen;
		const char *nl = memchr(from, '\n', in->end - in->seen);

		if (nl != NULL) {
			in->seen += (size_t)(nl - from);
			return true;
		}
		in->seen = in->end;
		if (in->end - in->beg > limit || !fill(in))
			return false;
	}
}

/*
 * Drops what the present line has behind INPUT_LINE_MAX, up to its newline,
 * so that what comes next is just behind what is kept.
 */
static void
cut(struct input *in, bool found)
{
	size_t rest = 0;

	while (!found && !in->eof) {
		in->seen = in->end = in->beg + INPUT_LINE_MAX;
		found = find(in, INPUT_LINE_MAX);
	}
	if (found) {
		rest = in->end - in->seen - 1;
		memmove(in->buf + in->beg + INPUT_LINE_MAX,
		    in->buf + in->seen + 1, rest);
	}
	in->next = in->seen = in->beg + INPUT_LINE_MAX;
	in->end = in->next + rest;
	in->cut = true;
}

/* Makes all from beg to the newline that was found, or the end, the line. */
static void
conclude(struct input *in, bool found)
{
	size_t n = in->seen - in->beg;

	if (n > INPUT_LINE_MAX) {
		cut(in, found);
		n = INPUT_LINE_MAX;
	} else {
		in->next = in->seen = in->seen + found;
	}
	in->line = (struct str){ in->buf + in->beg, n };
	in->unended = !found;
	in->no++;
}

bool
input_line(struct input *in)
{
	bool found;

	in->beg = in->next;
	in->cut = false;
	found = find(in, INPUT_LINE_MAX);
	if (!found && in->end == in->beg)
		return false;
	conclude(in, found);
	return true;
}

bool
input_peek(struct input *in, struct str *next)
{
	bool found = find(in, in->next - in->beg + PEEK_MAX);
	size_t n = in->seen - in->next;

	in->line.p = in->buf + in->beg;
	if (!found && n == 0)
		return false;
	*next = (struct str){ in->buf + in->next, n < PEEK_MAX ? n : PEEK_MAX };
	return true;
}

bool
input_peek_on(struct input *in, struct str *next)
{
	size_t from = next->n + 1,
	       have; /* behind the newline of what is shown */
	const char *nl = NULL;

	do {
		have = in->end - in->next;
		next->p = in->buf + in->next;
		if (have > from)
			nl = memchr(next->p + from, '\n', have - from);
	} while (nl == NULL && have <= PEEK_MAX && fill(in));
	in->line.p = in->buf + in->beg;
	next->p = in->buf + in->next;
	have = nl != NULL ? (size_t)(nl - next->p) : in->end - in->next;
	if (have < from || (have == from && nl == NULL) || have > PEEK_MAX)
		return false;
	next->n = have;
	return true;
}

void
input_join(struct input *in)
{
	bool found = find(in, INPUT_LINE_MAX);

	conclude(in, found);
}

struct str
input_beginning(struct input *in, size_t n)
{
	size_t have;

	assert(n <= INPUT_BEGINNING);
	while (in->end - in->next < n && fill(in))
		;
	have = in->end - in->next;
	return (struct str){ in->buf + in->next, have < n ? have : n };
}

size_t
input_read(struct input *in, void *to, size_t n)
{
	size_t have = in->end - in->next;

	if (have == 0)
		return take(in, to, n);
	if (n > have)
		n = have;
	memcpy(to, in->buf + in->next, n);
	in->beg = in->seen = in->next = in->next + n;
	return n;
}

static bool
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t w = write(fd, p, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			return false;
		p += w;
		n -= (size_t)w;
	}
	return true;
}

int
input_file(struct input *in, const char *tmp, uint64_t *size)
{
	int fd = decode_file(in->decode, size);

	if (fd >= 0)
		return fd;
	if (in->copy >= 0) {
		*size = in->copied;
		return in->copy;
	}
	*size = 0;
	in->copy = output_nameless(tmp);
	if (in->copy < 0)
		goto failed;
	do {
		if (!write_all(in->copy, in->buf + in->next,
			in->end - in->next))
			goto failed;
		*size += in->end - in->next;
		in->beg = in->seen = in->next = in->end;
	} while (fill(in));
	in->copied = *size;
	return in->why != NULL && *size == 0 ? -1 : in->copy;

failed:
	in->err = errno;
	in->why = "cannot be copied to a temporary file";
	in->uncopied = tmp;
	return -1;
}

int
input_reopen(struct input *again, struct input *in, const char *tmp)
{
	uint64_t size;
	int fd = input_file(in, tmp, &size);
	char path[64];

	if (fd < 0)
		return -1;
	/* A descriptor with a position of its own, also of a nameless file. */
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		in->err = errno;
		in->why = "cannot be read twice";
		return -1;
	}
	begin(again, fd, in->path);
	return 0;
}

ssize_t
input_piece(struct input *in, int fd, uint64_t from, size_t n)
{
	ssize_t r;

	in->beg = in->next = in->seen = in->end = in->no = 0;
	in->open = in->eof = true;
	in->dry = false;
	in->copy = -1;
	in->buf = mem_grow(in->buf, &in->cap, n, 1);
	do {
		r = pread(fd, in->buf + in->end, n - in->end,
		    (off_t)(from + in->end));
		in->end += r > 0 ? (size_t)r : 0;
	} while ((r > 0 && in->end < n) || (r < 0 && errno == EINTR));
	return r < 0 ? -1 : (ssize_t)in->end;
}

int
input_plain(const struct input *in, uint64_t *size)
{
	return decode_file(in->decode, size);
}

uint64_t
input_place(const struct input *in)
{
	return decode_place(in->decode) - (in->end - in->next);
}

void
input_seek(struct input *in, uint64_t place, uint64_t no)
{
	in->beg = in->next = in->seen = in->end = 0;
	in->no = no;
	in->eof = !decode_seek(in->decode, place);
	if (in->eof)
		in->why = "became shorter while it was read";
}

uint64_t
input_at(const struct input *in)
{
	return in->decode != NULL ? decode_at(in->decode) : 0;
}

uint64_t
input_size(const struct input *in)
{
	return in->decode != NULL ? decode_size(in->decode) : 0;
}

void
input_close(struct input *in)
{
	if (!in->open)
		return;
	if (in->decode != NULL)
		decode_free(in->decode);
	if (in->copy >= 0)
		close(in->copy);
	free(in->buf);
	in->decode = NULL;
	in->buf = NULL;
	in->line = (struct str){ 0 };
	in->cap = in->beg = in->end = in->next = in->seen = 0;
	in->open = false;
}
