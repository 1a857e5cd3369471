/* SPDX-License-Identifier: MIT */
/*
 * decode -- the bytes of a file, unpacked where they are packed
 *
 * The first bytes tell: 1f 8b begins what gzip(1) wrote (RFC 1952), 28 b5
 * 2f fd what zstd(1) wrote (RFC 8878).  Several packed pieces one after the
 * other are one stream, as those programs have it.  Anything else comes as
 * it is, straight into the caller's buffer.
 */
#ifndef TK_DECODE_H
#define TK_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct decode; /* opaque */

/* Takes over the descriptor fd. */
struct decode *decode_new(int fd);

/*
 * Reads up to n > 0 bytes.  Returns how many, 0 at the end, or -1 with *why
 * set to a constant phrase, and errno set or 0.  Waits only if it has
 * nothing to give.
 */
ssize_t decode_read(struct decode *, char *buf, size_t n, const char **why);

/* Returns how many bytes were read from the descriptor. */
uint64_t decode_at(const struct decode *);

/* Returns the size of the file, or 0 where it is no regular file. */
uint64_t decode_size(const struct decode *);

/*
 * Returns the descriptor, and the size of its file, where pread(2) gives all
 * the bytes that decode_read does: it is a regular file, not packed, and was
 * at its beginning when it came here.  Otherwise, and where the size is not
 * told (as of what the kernel makes up when it is read), -1.
 */
int decode_file(struct decode *, uint64_t *size);

/*
 * Where decode_file gives a descriptor: returns how many bytes were handed
 * out, and goes on at another byte of the file; false if it ends before that.
 */
uint64_t decode_place(const struct decode *);
bool decode_seek(struct decode *, uint64_t place);

/* Closes the descriptor, unless it is the standard input, and frees d. */
void decode_free(struct decode *d);

#endif
