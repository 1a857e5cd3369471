/* SPDX-License-Identifier: MIT */
/*
 * dictionaryin -- the dictionary of a column chunk (Encodings.md)
 *
 * What it takes in memory goes with the bytes of its page: a value has 4 of
 * them at least, and here 16 at most.
 */
#ifndef TK_DICTIONARYIN_H
#define TK_DICTIONARYIN_H

#include "parquet/pagein.h"
#include "parquet/valuesin.h"

struct dictionaryin {
	bool there;
	struct valuesin_dictionary values;

	/* dictionaryin's own: */
	char *page; /* that the texts are in */
	uint64_t *word;
	struct str *text;
};

/*
 * Reads the dictionary that a page has, which is taken over if it has texts.
 * Returns NULL, or what is wrong: a phrase.
 */
const char *dictionaryin_take(struct dictionaryin *, const struct leaf *,
    struct pagein *);

/* Forgets it, and frees its memory. */
void dictionaryin_drop(struct dictionaryin *);

#endif
