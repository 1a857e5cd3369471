/* SPDX-License-Identifier: MIT */
/*
 * digest -- SHA-256 of files (FIPS 180-4), as sha256sum(1) prints it
 *
 *	d = digest_new();
 *	digest_add(d, "abc", 3);
 *	digest_end(d, text);
 *
 * What several of them have in common at their beginning is added once:
 * digest_copy goes on from there.
 */
#ifndef TK_DIGEST_H
#define TK_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DIGEST_TEXT = 65 }; /* 64 hexadecimal digits, and a NUL */

struct digest; /* opaque */

/* Returns the digest of no bytes, to be freed by digest_free or digest_end. */
struct digest *digest_new(void);

/* Returns another one of the same bytes. */
struct digest *digest_copy(const struct digest *);

void digest_free(struct digest *);

/* Adds n bytes. */
void digest_add(struct digest *, const void *p, size_t n);

/* Writes the digits of all that was added, and frees it. */
void digest_end(struct digest *, char text[DIGEST_TEXT]);

/*
 * Files, NULL-terminated, may be taken as one, and bit by bit while they are
 * being read by others, when they are in the cache:
 *
 *	d = digest_open(path);
 *	while (...)
 *		digest_until(d, at);
 *	digest_close(d, text);
 *
 * path must outlive the digest.  digest_until adds what is missing to so many
 * bytes of all files, and tells whether there may be more; digest_close the
 *rest, and writes the digits.  It returns 0, or -1 with errno set: a file is
 *not there, cannot be read, or is no regular file (EINVAL) and so cannot be
 *read again.
 */
struct digest *digest_open(const char *const *path);
bool digest_until(struct digest *, uint64_t at);
int digest_close(struct digest *, char text[DIGEST_TEXT]);

/* The same at once. */
int digest_files(const char *const *path, char text[DIGEST_TEXT]);

#endif
