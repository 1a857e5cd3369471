/* SPDX-License-Identifier: MIT */
/*
 * digest -- SHA-256 of files (FIPS 180-4), as sha256sum(1) prints it
 *
 *	d = digest_new();
 *	n = digest_read(d, fd, 0);
 *	digest_end(d, text);
 *
 * What several files have in common at their beginning is read once:
 * digest_copy goes on from there.
 */
#ifndef TK_DIGEST_H
#define TK_DIGEST_H

#include <stdint.h>

enum { DIGEST_TEXT = 65 }; /* 64 hexadecimal digits, and a NUL */

struct digest; /* opaque */

/* Returns the digest of no bytes, to be freed by digest_free or digest_end. */
struct digest *digest_new(void);

/* Returns another one of the same bytes. */
struct digest *digest_copy(const struct digest *);

void digest_free(struct digest *);

/*
 * Adds what a regular file holds behind its first bytes; where it is read
 * stays as it is.  Returns how many bytes were added, or -1 with errno set.
 */
int64_t digest_read(struct digest *, int fd, uint64_t skip);

/* Writes the digits of all that was added, and frees it. */
void digest_end(struct digest *, char text[DIGEST_TEXT]);

/*
 * Files, NULL-terminated, may be taken as one, and bit by bit while they are
 * being read by others, when they are in the processor's cache:
 *
 *	d = digest_open(path);
 *	while (...)
 *		digest_until(d, at);
 *	digest_close(d, text);
 *
 * path must outlive the digest.  digest_until adds at most as much as is
 * missing to so many bytes, rounded up; digest_close the rest, and writes the
 * digits.  It returns 0, or -1 with errno set: a file is not there, cannot be
 * read, or is no regular file (EINVAL) and so cannot be read again.
 */
struct digest *digest_open(const char *const *path);
void digest_until(struct digest *, uint64_t at);
int digest_close(struct digest *, char text[DIGEST_TEXT]);

/* The same at once. */
int digest_files(const char *const *path, char text[DIGEST_TEXT]);

#endif
