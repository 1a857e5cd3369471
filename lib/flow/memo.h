/* SPDX-License-Identifier: MIT */
/*
 * memo -- sockets by the words in which events name them
 *
 * The events of a socket name it in the same words again and again, and to
 * read those is most of the work that an event makes.  So what was read is
 * kept with its text, and found again if the text is the same to the letter.
 * A place that is taken is taken over: nothing grows.
 */
#ifndef TK_MEMO_H
#define TK_MEMO_H

#include <stdint.h>

#include "base/address.h"

enum {
	MEMO_TEXT = 300, /* longer texts are not kept */
	MEMO_PLACES = 4096,
};

struct memo_entry {
	char text[MEMO_TEXT];
	size_t n; /* 0: the place is free */
	struct endpoint local, remote;
	uint64_t pointer;
};

struct memo {
	struct memo_entry entry[MEMO_PLACES];
};

/* Returns the place for a body that begins so; the text decides. */
struct memo_entry *memo_place(struct memo *, struct str body);

/* Tells whether the body begins with the text that is kept there. */
static inline bool
memo_is(const struct memo_entry *e, struct str body)
{
	return e->n > 0 && body.n >= e->n && memcmp(body.p, e->text, e->n) == 0;
}

/* Keeps the text, if it is not too long; the rest is for the caller to set. */
void memo_keep(struct memo_entry *e, struct str text);

#endif
