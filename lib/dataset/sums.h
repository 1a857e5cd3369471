/* SPDX-License-Identifier: MIT */
/*
 * sums -- the digests of files that are being read, by a thread of their own
 *
 *	s = sums_new(n);
 *	sums_begin(s, files, sha256);		n times
 *	sums_until(s, bytes);			as they are read
 *	...
 *	sums_free(s);
 *
 * The thread reads the same files again, if it can while they are in the cache.
 */
#ifndef TK_SUMS_H
#define TK_SUMS_H

#include "dataset/digest.h"

struct sums; /* opaque */

/* Returns it for n digests, to be freed by sums_free. */
struct sums *sums_new(size_t n);

/*
 * Begins the digest of files that are taken as one, NULL-terminated, and
 * completes the one before.  What becomes of it is written to sha256, "" where
 * the files cannot be read again; it and the files must stay until sums_free.
 */
void sums_begin(struct sums *, const char *const *files,
    char sha256[DIGEST_TEXT]);

/* Says that so many bytes of the first of these files were read. */
void sums_until(struct sums *, uint64_t bytes);

/* Completes all that began, waits for that, and frees it.  s may be NULL. */
void sums_free(struct sums *s);

/* Frees it without: those that are not complete are not written. */
void sums_drop(struct sums *s);

#endif
