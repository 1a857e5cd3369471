/* SPDX-License-Identifier: MIT */
/*
 * output -- bytes on their way to a file or a pipe
 *
 * Errors are sticky: after a write has failed, the rest is dropped and err
 * tells why, so that only the end of a program need look.  What is written
 * in place goes through output_room and output_used:
 *
 *	char *p = output_room(out, 20);
 *
 *	output_used(out, print_number(p, v));
 */
#ifndef TK_OUTPUT_H
#define TK_OUTPUT_H

#include <stdint.h>

#include "base/str.h"

struct output {
	const char *name; /* for messages */
	int err;          /* errno of the write that failed, or 0 */
	uint64_t bytes;   /* that left the buffer */

	/* output's own, here for the inline functions below: */
	char *buf;
	size_t n, cap;
	int fd;
};

/*
 * Creates the file path, emptied where it was there, with the permissions
 * that umask leaves of 0666.  Returns 0, or -1 with errno set and nothing to
 * close.  path must outlive the output.
 */
int output_open(struct output *, const char *path);

/*
 * Returns a descriptor, to read and to write, of a new file in the directory
 * dir that has no name and so is gone with it; or -1 with errno set.
 */
int output_nameless(const char *dir);

/* Writes to a descriptor that is open, such as STDOUT_FILENO. */
void output_on(struct output *, int fd, const char *name);

/*
 * Keeps all that is written in memory, in buf, of which n bytes are used;
 * whoever wants to begin anew sets n to 0.
 */
void output_in_memory(struct output *);

/* Makes room for n bytes; see output_room. */
char *output_room_slow(struct output *, size_t n);

/* Returns a place for at least n bytes, good until the next call. */
static inline char *
output_room(struct output *out, size_t n)
{
	if (out->cap - out->n >= n)
		return out->buf + out->n;
	return output_room_slow(out, n);
}

/* Says that n bytes of that room were filled. */
static inline void
output_used(struct output *out, size_t n)
{
	out->n += n;
}

static inline void
output_put(struct output *out, const void *p, size_t n)
{
	if (n > 0)
		memcpy(output_room(out, n), p, n);
	out->n += n;
}

static inline void
output_str(struct output *out, struct str s)
{
	output_put(out, s.p, s.n);
}

static inline void
output_text(struct output *out, const char *z)
{
	output_put(out, z, strlen(z));
}

static inline void
output_byte(struct output *out, char c)
{
	*output_room(out, 1) = c;
	out->n++;
}

/* Writes what is to stay in one line, for people: a line feed is \x0a. */
void output_in_line(struct output *, struct str s);

/* Write decimal digits, with a minus where v is below 0. */
void output_u64(struct output *, uint64_t v);
void output_s64(struct output *, int64_t v);

/* Appends what printf(3) would print: for what is rare. */
void output_printf(struct output *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The same as output_put for many bytes: they are not copied first. */
void output_pass(struct output *, const char *p, size_t n);

/* Hands on what is in the buffer.  Returns 0, or -1 if any write failed. */
int output_flush(struct output *);

/*
 * Flushes, closes the descriptor and frees the buffer.  Returns 0, or -1
 * with errno set if anything of it ever failed.
 */
int output_close(struct output *);

#endif
