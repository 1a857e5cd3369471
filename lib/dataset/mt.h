/* SPDX-License-Identifier: MIT */
/*
 * mt -- the random numbers of CPython, drawn as its module random draws them
 *
 * The generator is the Mersenne Twister MT19937 of M. Matsumoto and
 * T. Nishimura (ACM TOMACS 8(1), 1998), seeded by their init_by_array with
 * the 32-bit words of the seed's absolute value, lowest first.  A number
 * below n is as many upper bits of an output as n has, drawn again until
 * they are below n.  So the same seed gives what random.seed(seed), followed
 * by random.choice and random.shuffle, gives in CPython 3.2 and later.
 */
#ifndef TK_MT_H
#define TK_MT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum {
	MT_WORDS = 624,
	MT_DIGITS = 4300, /* of the longest seed, as CPython's int() has it */
	MT_TEXT = MT_DIGITS + 2, /* of one with its sign and a NUL */
};

struct mt {
	/* mt's own: */
	uint32_t word[MT_WORDS];
	size_t next; /* the word to put out next */
};

/* Seeds with n > 0 words. */
void mt_seed(struct mt *, const uint32_t *key, size_t n);

/*
 * Reads an integer as CPython's int() reads it of ASCII text: decimal digits,
 * between two of which there may be one underscore, a plus or a minus before
 * them, and white space around.  Writes it into plain as str() of CPython
 * does.  False where text is none, or has more than MT_DIGITS digits, zeros
 * at the front included.
 */
bool mt_integer(struct str text, char plain[MT_TEXT]);

/*
 * Seeds with such an integer, as random.seed(int(text)) does.  False where
 * text is none.
 */
bool mt_seed_text(struct mt *, struct str text);

/* Returns the next 32 bits. */
uint32_t mt_next(struct mt *);

/*
 * Returns a number below n > 0, each as likely: the index that random.choice
 * takes of n items.
 */
uint64_t mt_below(struct mt *, uint64_t n);

/* Puts the n items into the order that random.shuffle gives them. */
void mt_shuffle(struct mt *, size_t *item, size_t n);

#endif
