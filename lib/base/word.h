/* SPDX-License-Identifier: MIT */
/*
 * word -- the characters of which the kernel's words are made
 *
 * Names of events and of their fields are words: letters, digits and '_', as
 * in C, in any locale.
 */
#ifndef TK_WORD_H
#define TK_WORD_H

#include <stdbool.h>

/* By the byte: whether it is part of a word. */
extern const bool word_table[256];

/* Tells whether c is part of a word: for inner loops, a look into a table. */
static inline bool
word_is(char c)
{
	return word_table[(unsigned char)c];
}

#endif
