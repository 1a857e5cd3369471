/* SPDX-License-Identifier: MIT */
/*
 * hybridin -- read small numbers in runs and bit-packed groups: levels,
 * indices of a dictionary, booleans (Encodings.md, RLE)
 *
 * A run may claim 2^31 values in a few bytes.  It costs nothing: they come as
 * they are asked for.
 */
#ifndef TK_HYBRIDIN_H
#define TK_HYBRIDIN_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct hybridin {
	/* hybridin's own: */
	const char *p, *end; /* behind the present run */
	unsigned width;      /* of a number, in bits: up to 32 */
	uint64_t left;       /* numbers in the present run */
	uint32_t value;      /* of all of them, unless they are packed */
	const char *packed;  /* where they begin, or NULL */
	uint64_t bit;        /* the next of them */
};

/* Begins to read numbers of so many bits, at most 32; bytes are lent. */
void hybridin_open(struct hybridin *, struct str bytes, unsigned width);

/*
 * Reads n numbers.  Returns how many there were: fewer at the end of the
 * bytes, or where they are wrong.
 */
size_t hybridin_read(struct hybridin *, uint32_t *to, size_t n);

/*
 * Tells how many of the next numbers are the same, at most n: at least 1, with
 * that number in *value, or 0 at the end.  They are taken.
 */
size_t hybridin_run(struct hybridin *, uint32_t *value, size_t n);

#endif
