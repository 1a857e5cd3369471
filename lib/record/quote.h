/* SPDX-License-Identifier: MIT */
/*
 * quote -- strings as JSON writes them, between quotes and with escapes
 *
 * The text between the quotes is called the body of the string.  It may be
 * kept, compared and copied as it stands; few users ever unescape one.  This
 * is the part of the codec that knows characters: RFC 8259, 7, and RFC 3629.
 * Everyone but json.c uses it through json.h.
 */
#ifndef TK_QUOTE_H
#define TK_QUOTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "stream/output.h"

/*
 * Reads a string up to its last quote; p is behind its first one.  Sets *body,
 * and *escaped where there is a backslash in it.  Returns what is behind the
 * string, or NULL with *why set to a constant phrase.
 */
const char *quote_read(const char *p, const char *end, struct str *body,
    bool *escaped, const char **why);

/*
 * Unescapes a body that quote_read let pass into out, which has room for
 * body.n bytes and is apart from it.  Returns the length of the text.
 */
size_t quote_unescape(struct str body, char *out);

/* Tells whether such a body, unescaped, is text.  O(text.n). */
bool quote_is(struct str body, struct str text);

/*
 * Takes back, in place, what quote_put_name did to a name of n bytes before
 * it quoted it; returns the length that is left.  What quote_put_name never
 * writes, such as a lone backslash, stays as it is.
 */
size_t quote_unname(char *name, size_t n);

/*
 * Writes s between quotes.  A byte that is not part of valid UTF-8 becomes
 * U+FFFD.
 */
void quote_put(struct output *out, struct str s);

/* The same, but such a byte becomes \xNN, and a backslash \\, as text. */
void quote_put_name(struct output *out, struct str s);

/*
 * Marks the bytes of w that are not plain, each in its highest bit: those
 * that may not stand in a body as they are, and those of more than one byte.
 * Only the lowest mark is sure: a byte that is not plain may borrow from the
 * one above it.
 */
static inline uint64_t
quote_odd(uint64_t w)
{
	const uint64_t ones = UINT64_MAX / 255;
	uint64_t control = w - ones * 0x20;
	uint64_t quote = (w ^ ones * '"') - ones;
	uint64_t backslash = (w ^ ones * '\\') - ones;

	return (control | quote | backslash | w) & ones * 0x80;
}

/*
 * The same as quote_put_name at a place where there is room, for an inner
 * loop: writes s between quotes and returns what is behind them, if it has
 * at most QUOTE_SHORT bytes that are all plain, as most names have; else
 * NULL.
 */
enum { QUOTE_SHORT = 16 };

static inline char *
quote_short(char *to, struct str s)
{
	uint64_t first, last, odd;
	uint32_t half, half_last;

	/* Words that overlap, with all of s and nothing else. */
	if (s.n > QUOTE_SHORT) {
		return NULL;
	} else if (s.n >= 8) {
		memcpy(&first, s.p, 8);
		memcpy(&last, s.p + s.n - 8, 8);
		odd = quote_odd(first) | quote_odd(last);
		memcpy(to + 1, &first, 8);
		memcpy(to + 1 + s.n - 8, &last, 8);
	} else if (s.n >= 4) {
		memcpy(&half, s.p, 4);
		memcpy(&half_last, s.p + s.n - 4, 4);
		odd = quote_odd((uint64_t)half << 32 | half_last);
		memcpy(to + 1, &half, 4);
		memcpy(to + 1 + s.n - 4, &half_last, 4);
	} else {
		first = UINT64_MAX / 255 * ' ';
		if (s.n > 0) {
			memcpy(&first, s.p, 1);
			memcpy((char *)&first + 1, s.p + s.n / 2, 1);
			memcpy((char *)&first + 2, s.p + s.n - 1, 1);
			to[1] = s.p[0];
			to[1 + s.n / 2] = s.p[s.n / 2];
			to[s.n] = s.p[s.n - 1];
		}
		odd = quote_odd(first);
	}
	*to = '"';
	to[1 + s.n] = '"';
	return odd == 0 ? to + s.n + 2 : NULL;
}

#endif
