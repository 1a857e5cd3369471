/* SPDX-License-Identifier: MIT */
#include "stream/input.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
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
};

int
input_open(struct input *in, const char *path)
{
	bool std = strcmp(path, "-") == 0;
	int fd = std ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	*in = (struct input){ .name = std ? "<stdin>" : path, .open = true };
	in->decode = decode_new(fd);
	in->buf = mem_grow(NULL, &in->cap, CHUNK, 1);
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

/* Reads more behind what is there.  Returns false where there is no more. */
static bool
fill(struct input *in)
{
	const char *why = NULL;
	ssize_t r;

	if (in->eof)
		return false;
	if (in->tie != NULL && output_flush(in->tie) < 0) {
		in->end = in->seen = in->next;
		in->eof = true;
		return false;
	}
	make_room(in);
	r = decode_read(in->decode, in->buf + in->end, in->cap - in->end, &why);
	if (r < 0) {
		in->err = errno;
		in->why = why;
	}
	if (r > 0)
		in->end += (size_t)r;
	in->eof = r <= 0;
	return r > 0;
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

void
input_join(struct input *in)
{
	bool found = find(in, INPUT_LINE_MAX);

	conclude(in, found);
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
	decode_free(in->decode);
	free(in->buf);
	in->decode = NULL;
	in->buf = NULL;
	in->line = (struct str){ 0 };
	in->cap = in->beg = in->end = in->next = in->seen = 0;
	in->open = false;
}
