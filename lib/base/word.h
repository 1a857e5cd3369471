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
#include <stdint.h>

/* Tells whether c is part of a word: a bit for each character says so. */
static inline bool
word_is(char c)
{
	const uint64_t digits = 0x03ff000000000000;  /* 0-9: bits 48 to 57 */
	const uint64_t letters = 0x07fffffe87fffffe; /* from 64: A-Z _ a-z */
	unsigned char u = (unsigned char)c;

	return u < 128 && ((u < 64 ? digits : letters) >> (u % 64) & 1) != 0;
}

#endif
