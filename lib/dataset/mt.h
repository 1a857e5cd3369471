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
	MT_DIGITS = 4096, /* longest seed in text */
};

struct mt {
	/* mt's own: */
	uint32_t word[MT_WORDS];
	size_t next; /* the word to put out next */
};

/* Seeds with n > 0 words. */
void mt_seed(struct mt *, const uint32_t *key, size_t n);

/*
 * Seeds with an integer of any size in decimal digits, with or without a
 * minus before them.  False where text is none, or longer than MT_DIGITS.
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
