/* SPDX-License-Identifier: MIT */
/*
 * wordbook -- each of some words once, by the order of their first use
 */
#ifndef TK_WORDBOOK_H
#define TK_WORDBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wordbook; /* opaque: a table and its words, used again */

struct wordbook *wordbook_new(void);
void wordbook_free(struct wordbook *);

/*
 * Writes for each of n words its number, from 0, to index; false if there are
 * more than most distinct ones, and index is of no use then.
 */
bool wordbook_make(struct wordbook *, const uint64_t *word, size_t n,
    size_t most, uint32_t *index);

/* The words, by number; good until the next call of make. */
const uint64_t *wordbook_words(const struct wordbook *, size_t *n);

#endif
