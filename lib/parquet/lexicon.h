/* SPDX-License-Identifier: MIT */
/*
 * lexicon -- numbers for texts, the same for equal ones where that pays
 *
 * Texts get numbers one after the other.  A column repeats its last text, or
 * one of a few, most of the time; where most are new, they are not looked up
 * any more, and equal texts get numbers of their own.
 */
#ifndef TK_LEXICON_H
#define TK_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { LEXICON_NONE = UINT32_MAX };

struct lexicon {
	struct str *text; /* by number; the caller's bytes */
	uint32_t n;
	uint32_t from; /* texts before this number are forgotten */
	/* The lexicon's own. */
	uint32_t last;
	uint32_t *slot; /* number + 1; those that are forgotten are free */
	uint32_t mask;
	uint32_t asked;
	bool closed;
	size_t cap, slots;
};

/* Forgets all texts, whose numbers are free; for the texts of a new block. */
void lexicon_clear(struct lexicon *);

/* Forgets all texts and keeps their numbers. */
void lexicon_forget(struct lexicon *);

/* Returns the number of a text that is there, or LEXICON_NONE. */
uint32_t lexicon_find(const struct lexicon *, struct str);

/* Adds a text, be it there or not; returns its number. */
uint32_t lexicon_add(struct lexicon *, struct str);

/* Does as lexicon_number, where it is not the last text. */
uint32_t lexicon_look(struct lexicon *, struct str);

/* Returns the number of a text, which is added unless it is known. */
static inline uint32_t
lexicon_number(struct lexicon *l, struct str s)
{
	if (l->n > l->from && str_eq(l->text[l->last], s))
		return l->last;
	return lexicon_look(l, s);
}

/* Returns how many bytes it takes, without those of the texts. */
static inline size_t
lexicon_bytes(const struct lexicon *l)
{
	return l->cap * sizeof(*l->text) + l->slots * sizeof(*l->slot);
}

void lexicon_free(struct lexicon *);

#endif
