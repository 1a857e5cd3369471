/* SPDX-License-Identifier: MIT */
#include "parquet/bounds.h"

#include <math.h>

#include "parquet/plain.h"

static double
decimal_of(uint64_t word)
{
	double d;

	memcpy(&d, &word, sizeof(d));
	return d;
}

static bool
is_decimal(const struct leaf *leaf)
{
	return leaf->type == LEAF_FLOAT || leaf->type == LEAF_DOUBLE;
}

static void
signed_words(struct bounds_found *b, const uint64_t *word, size_t n)
{
	int64_t least = (int64_t)b->least, most = (int64_t)b->most;

	for (size_t i = 0; i < n; i++) {
		int64_t v = (int64_t)word[i];

		least = v < least ? v : least;
		most = v > most ? v : most;
	}
	b->least = (uint64_t)least;
	b->most = (uint64_t)most;
}

static void
unsigned_words(struct bounds_found *b, const uint64_t *word, size_t n)
{
	uint64_t least = b->least, most = b->most;

	for (size_t i = 0; i < n; i++) {
		least = word[i] < least ? word[i] : least;
		most = word[i] > most ? word[i] : most;
	}
	b->least = least;
	b->most = most;
}

static void
decimals(struct bounds_found *b, const uint64_t *word, size_t n)
{
	double least, most;

	for (; n > 0 && !b->any; word++, n--) {
		b->any = !isnan(decimal_of(*word));
		b->least = b->most = *word;
	}
	if (!b->any)
		return;
	least = decimal_of(b->least);
	most = decimal_of(b->most);
	/* Comparisons with NaN are false. */
	for (size_t i = 0; i < n; i++) {
		double v = decimal_of(word[i]);

		least = v < least ? v : least;
		most = v > most ? v : most;
	}
	memcpy(&b->least, &least, sizeof(least));
	memcpy(&b->most, &most, sizeof(most));
}

void
bounds_words(struct bounds_found *b, const struct leaf *leaf,
    const uint64_t *word, size_t n)
{
	if (n == 0)
		return;
	if (is_decimal(leaf)) {
		decimals(b, word, n);
		return;
	}
	if (!b->any)
		b->least = b->most = word[0];
	b->any = true;
	if (leaf_unsigned(leaf))
		unsigned_words(b, word, n);
	else
		signed_words(b, word, n);
}

void
bounds_text(struct bounds_found *b, struct str text)
{
	if (!b->any || str_compare(text, b->first) < 0)
		b->first = text;
	if (!b->any || str_compare(text, b->last) > 0)
		b->last = text;
	b->any = true;
}

void
bounds_join(struct bounds_found *b, const struct leaf *leaf,
    const struct bounds_found *other)
{
	if (!other->any)
		return;
	if (leaf->type == LEAF_BYTES) {
		bounds_text(b, other->first);
		bounds_text(b, other->last);
		return;
	}
	bounds_words(b, leaf, &other->least, 1);
	bounds_words(b, leaf, &other->most, 1);
}

/* A zero is the one that bounds the other, too. */
static struct str
word_bound(const struct leaf *leaf, uint64_t word, bool most, char *to)
{
	uint32_t half = plain_half(leaf, word);
	float narrow;

	if (leaf->type == LEAF_BOOLEAN) {
		*to = (char)(word & 1);
		return (struct str){ to, 1 };
	}
	if (leaf->type == LEAF_DOUBLE && decimal_of(word) == 0)
		word = most ? 0 : 1ULL << 63;
	memcpy(&narrow, &half, sizeof(narrow));
	if (leaf->type == LEAF_FLOAT && narrow == 0)
		half = most ? 0 : 1U << 31;
	if (leaf_width(leaf) == 4)
		memcpy(to, &half, sizeof(half));
	else
		memcpy(to, &word, sizeof(word));
	return (struct str){ to, leaf_width(leaf) };
}

static bool
continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* Where a text that is cut to n bytes may end without cutting a character. */
static size_t
cut_at(struct str text, size_t n)
{
	size_t at = n;

	while (at > 0 && n - at < 4 && continues(text.p[at]))
		at--;
	return at > 0 && !continues(text.p[at]) ? at : n;
}

/* Reads the last character of n bytes; returns its size, 0: not UTF-8. */
static size_t
last_character(const char *p, size_t n, uint32_t *c)
{
	static const uint8_t lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t size = 1;

	while (size < n && size < 4 && continues(p[n - size]))
		size++;
	*c = (unsigned char)p[n - size];
	if (size == 1)
		return *c < 0x80 ? 1 : 0;
	*c ^= lead[size];
	if (*c >= 0x80U >> size)
		return 0;
	for (size_t i = size - 1; i > 0; i--)
		*c = *c << 6 | ((unsigned char)p[n - i] & 0x3f);
	return *c >= least[size] && *c <= 0x10ffff ? size : 0;
}

static size_t
put_character(char *to, uint32_t c)
{
	static const uint8_t lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	const size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	to[0] = (char)(lead[size] | c >> 6 * (size - 1));
	for (size_t i = 1; i < size; i++)
		to[i] = (char)(0x80 | (c >> 6 * (size - 1 - i) & 0x3f));
	return size;
}

/*
 * Makes the text at p one that is above all that begin like it did, by
 * the next character in place of the last one that has one.  Returns its size,
 * 0: there is none.
 */
static size_t
next_text(char *p, size_t n)
{
	char next[4];
	uint32_t c;
	size_t size;

	for (; n > 0; n -= size) {
		size = last_character(p, n, &c);
		if (size == 0)
			return 0;
		if (c == 0x10ffff)
			continue;
		c = c == 0xd7ff ? 0xe000 : c + 1;
		if (n - size + put_character(next, c) > BOUNDS_TEXT)
			continue;
		return n - size + put_character(p + n - size, c);
	}
	return 0;
}

static size_t
next_bytes(char *p, size_t n)
{
	for (; n > 0; n--)
		if ((unsigned char)p[n - 1] != 0xff) {
			p[n - 1]++;
			return n;
		}
	return 0;
}

static struct bounds
text_bounds(const struct bounds_found *b, const struct leaf *leaf, char *room)
{
	struct bounds out = { .known = true };
	bool utf8 = leaf->logical == LEAF_STRING;
	size_t first = b->first.n, last = b->last.n;
	char *most = room + BOUNDS_TEXT;

	out.least_exact = first <= BOUNDS_TEXT;
	out.most_exact = last <= BOUNDS_TEXT;
	if (!out.least_exact)
		first = utf8 ? cut_at(b->first, BOUNDS_TEXT) : BOUNDS_TEXT;
	if (!out.most_exact)
		last = utf8 ? cut_at(b->last, BOUNDS_TEXT) : BOUNDS_TEXT;
	if (first > 0)
		memcpy(room, b->first.p, first);
	if (last > 0)
		memcpy(most, b->last.p, last);
	if (!out.most_exact) {
		last = utf8 ? next_text(most, last) : next_bytes(most, last);
		out.known = last > 0;
	}
	out.least = (struct str){ room, first };
	out.most = (struct str){ most, last };
	return out;
}

struct bounds
bounds_of(const struct bounds_found *b, const struct leaf *leaf, char *room)
{
	struct bounds out = { .known = b->any };

	if (!b->any)
		return out;
	if (leaf->type == LEAF_BYTES)
		out = text_bounds(b, leaf, room);
	else {
		out.least = word_bound(leaf, b->least, false, room);
		out.most = word_bound(leaf, b->most, true, room + BOUNDS_TEXT);
		out.least_exact = out.most_exact = true;
	}
	return out.known ? out : (struct bounds){ 0 };
}

static uint64_t
bound_word(const struct leaf *leaf, struct str s)
{
	uint64_t word = 0;
	uint32_t half;
	float narrow;
	double wide;

	memcpy(&word, s.p, s.n < 8 ? s.n : 8);
	half = (uint32_t)word;
	if (leaf->type == LEAF_INT32 && !leaf_unsigned(leaf))
		return (uint64_t)(int64_t)(int32_t)half;
	if (leaf->type != LEAF_FLOAT)
		return word;
	memcpy(&narrow, &half, sizeof(narrow));
	wide = (double)narrow;
	memcpy(&word, &wide, sizeof(wide));
	return word;
}

int
bounds_compare(const struct leaf *leaf, struct str a, struct str b)
{
	uint64_t x, y;

	if (leaf->type == LEAF_BYTES)
		return str_compare(a, b);
	x = bound_word(leaf, a);
	y = bound_word(leaf, b);
	if (is_decimal(leaf))
		return (decimal_of(x) > decimal_of(y)) -
		    (decimal_of(x) < decimal_of(y));
	if (leaf_unsigned(leaf))
		return (x > y) - (x < y);
	return ((int64_t)x > (int64_t)y) - ((int64_t)x < (int64_t)y);
}
