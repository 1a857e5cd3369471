/* SPDX-License-Identifier: MIT */
#include "dataset/mt.h"

#include <assert.h>
#include <string.h>

/* How far apart the words are that the recurrence joins. */
enum { MIDDLE = 397 };

/* Fills the state from one word: where seeding by several words begins. */
static void
seed_plain(struct mt *mt, uint32_t seed)
{
	mt->word[0] = seed;
	for (uint32_t i = 1; i < MT_WORDS; i++) {
		seed = 1812433253u * (seed ^ seed >> 30) + i;
		mt->word[i] = seed;
	}
}

/* Steps round the state, whose word 0 takes the last one's value. */
static size_t
step(struct mt *mt, size_t i)
{
	if (++i < MT_WORDS)
		return i;
	mt->word[0] = mt->word[MT_WORDS - 1];
	return 1;
}

void
mt_seed(struct mt *mt, const uint32_t *key, size_t n)
{
	size_t i = 1, j = 0;
	uint32_t *w;

	assert(n > 0);
	seed_plain(mt, 19650218u);
	w = mt->word;
	for (size_t k = n > MT_WORDS ? n : MT_WORDS; k > 0; k--) {
		w[i] ^= (w[i - 1] ^ w[i - 1] >> 30) * 1664525u;
		w[i] += key[j] + (uint32_t)j;
		i = step(mt, i);
		j = j + 1 < n ? j + 1 : 0;
	}
	for (size_t k = MT_WORDS - 1; k > 0; k--) {
		w[i] ^= (w[i - 1] ^ w[i - 1] >> 30) * 1566083941u;
		w[i] -= (uint32_t)i;
		i = step(mt, i);
	}
	w[0] = 0x80000000u;
	mt->next = MT_WORDS;
}

/* Tells whether a byte is white space to CPython. */
static bool
is_white(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Drops the white space around. */
static struct str
strip(struct str text)
{
	while (text.n > 0 && is_white(text.p[0]))
		text = str_skip(text, 1);
	while (text.n > 0 && is_white(text.p[text.n - 1]))
		text.n--;
	return text;
}

bool
mt_integer(struct str text, char plain[MT_TEXT])
{
	bool minus, last = false; /* the byte before is a digit */
	size_t digits = 0, n = 1;

	text = strip(text);
	minus = text.n > 0 && text.p[0] == '-';
	if (minus || (text.n > 0 && text.p[0] == '+'))
		text = str_skip(text, 1);
	plain[0] = '-';
	for (size_t i = 0; i < text.n; i++) {
		bool digit = is_digit(text.p[i]);

		if (!digit && (text.p[i] != '_' || !last))
			return false;
		digits += digit;
		if (digits > MT_DIGITS)
			return false;
		if (digit && (n > 1 || text.p[i] != '0'))
			plain[n++] = text.p[i];
		last = digit;
	}
	if (n == 1)
		plain[n++] = '0';
	plain[n] = '\0';
	if (!minus || plain[1] == '0')
		memmove(plain, plain + 1, n);
	return last;
}

bool
mt_seed_text(struct mt *mt, struct str text)
{
	uint32_t key[MT_DIGITS / 9 + 1] = { 0 };
	char plain[MT_TEXT];
	size_t n = 1;

	if (!mt_integer(text, plain))
		return false;
	for (const char *p = plain + (plain[0] == '-'); *p != '\0'; p++) {
		uint64_t carry = (uint64_t)(*p - '0');

		for (size_t k = 0; k < n; k++) {
			carry += (uint64_t)key[k] * 10;
			key[k] = (uint32_t)carry;
			carry >>= 32;
		}
		if (carry > 0)
			key[n++] = (uint32_t)carry;
	}
	mt_seed(mt, key, n);
	return true;
}

/* Makes the next 624 words of the state out of the present ones. */
static void
renew(struct mt *mt)
{
	uint32_t *w = mt->word;

	for (size_t i = 0; i < MT_WORDS; i++) {
		uint32_t low = w[(i + 1) % MT_WORDS];
		uint32_t y = (w[i] & 0x80000000u) | (low & 0x7fffffffu);

		w[i] = w[(i + MIDDLE) % MT_WORDS] ^ y >> 1;
		if (y & 1)
			w[i] ^= 0x9908b0dfu;
	}
	mt->next = 0;
}

uint32_t
mt_next(struct mt *mt)
{
	uint32_t y;

	if (mt->next == MT_WORDS)
		renew(mt);
	y = mt->word[mt->next++];
	y ^= y >> 11;
	y ^= y << 7 & 0x9d2c5680u;
	y ^= y << 15 & 0xefc60000u;
	return y ^ y >> 18;
}

/* Returns 1 to 64 random bits; of more than 32 the lower come first. */
static uint64_t
random_bits(struct mt *mt, unsigned bits)
{
	uint64_t low;

	if (bits <= 32)
		return mt_next(mt) >> (32 - bits);
	low = mt_next(mt);
	return low | (uint64_t)(mt_next(mt) >> (64 - bits)) << 32;
}

uint64_t
mt_below(struct mt *mt, uint64_t n)
{
	unsigned bits = 1;
	uint64_t r;

	assert(n > 0);
	while (bits < 64 && n >> bits != 0)
		bits++;
	do
		r = random_bits(mt, bits);
	while (r >= n);
	return r;
}

void
mt_shuffle(struct mt *mt, size_t *item, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t j = (size_t)mt_below(mt, i), swap = item[i - 1];

		item[i - 1] = item[j];
		item[j] = swap;
	}
}
