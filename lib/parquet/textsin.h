/* SPDX-License-Identifier: MIT */
/*
 * textsin -- read texts whose lengths stand in front of all their bytes
 * (Encodings.md, DELTA_LENGTH_BYTE_ARRAY), and such as begin like the text
 * before (DELTA_BYTE_ARRAY)
 *
 * With the latter each of a page's texts may be as long as all bytes of the
 * page, so only some of them are made at once.
 */
#ifndef TK_TEXTSIN_H
#define TK_TEXTSIN_H

#include "parquet/deltain.h"

struct textsin {
	/* textsin's own: */
	bool prefixed;
	struct deltain prefix, length;
	struct str bytes; /* what is left of them */
	/* The lengths of the next texts, of their beginnings and the rest. */
	uint64_t *front, *back;
	size_t ready, ready_at;
	struct str last;
	char *room, *spare;
	size_t room_n, spare_n;
};

/*
 * Begins with the bytes of another page, which are lent; the struct starts
 * zeroed.  Returns NULL, or what is wrong: a phrase.
 */
const char *textsin_open(struct textsin *, struct str, bool prefixed);
void textsin_free(struct textsin *);

/* Returns how many of the next n > 0 texts can be read at once: 1 at least. */
size_t textsin_ready(struct textsin *, size_t n);

/*
 * Reads n texts, as many as are ready at most.  They live until the next call
 * but one.  length has room for n numbers, and is not to be used.  Returns
 * NULL, or what is wrong: a phrase.
 */
const char *textsin_read(struct textsin *, size_t n, uint64_t *length,
    struct str *text);

#endif
