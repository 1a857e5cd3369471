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
 * Writes the digits of the bytes of files, NULL-terminated, one after the
 * other.  0, or -1 with errno set: one is not there, cannot be read, or is no
 * regular file (EINVAL) and so cannot be read again.
 */
int digest_files(const char *const *path, char text[DIGEST_TEXT]);

#endif
