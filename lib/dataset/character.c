/* SPDX-License-Identifier: MIT */
#include "dataset/character.h"

/* No character has more. */
enum { BYTES_MAX = 4 };

/*
 * The zeros of the scripts behind ASCII, each with its nine others behind it:
 * the category Nd of Unicode 14, which CPython 3.11 knows.
 */
static const uint32_t zero[] = { 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66,
	0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
	0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
	0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50,
	0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0,
	0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950,
	0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8,
	0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0 };

/*
 * Reads the character at p < end.  Returns how many bytes it has, or 0 where
 * they are no UTF-8.  One that is written longer than need be, or a surrogate,
 * is no white space and no digit anyway.
 */
static size_t
read_character(const char *p, const char *end, uint32_t *c)
{
	static const uint32_t least[BYTES_MAX + 1] = { 0, 0, 0x80, 0x800,
		0x10000 };
	const unsigned char *u = (const unsigned char *)p;
	size_t n = u[0] < 0x80 ? 1
	    : u[0] < 0xc0      ? 0
	    : u[0] < 0xe0      ? 2
	    : u[0] < 0xf0      ? 3
	    : u[0] < 0xf8      ? 4
			       : 0;

	if (n == 0 || (size_t)(end - p) < n)
		return 0;
	*c = n == 1 ? u[0] : u[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 0;
		*c = *c << 6 | (u[i] & 0x3f);
	}
	return *c >= least[n] ? n : 0;
}

static bool
is_space(uint32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r') ||
		    (c >= 0x1c && c <= 0x1f);
	return c == 0x85 || c == 0xa0 || c == 0x1680 ||
	    (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
	    c == 0x202f || c == 0x205f || c == 0x3000;
}

size_t
character_any_space(const char *p, const char *end)
{
	uint32_t c;
	size_t n = read_character(p, end, &c);

	return n > 0 && is_space(c) ? n : 0;
}

size_t
character_value(const char *p, const char *end, unsigned *digit)
{
	uint32_t c;
	size_t n = read_character(p, end, &c);

	if (n == 1 && c >= '0' && c <= '9') {
		*digit = c - '0';
		return 1;
	}
	for (size_t i = 0; n > 1 && i < sizeof(zero) / sizeof(zero[0]); i++)
		if (c - zero[i] < 10) {
			*digit = c - zero[i];
			return n;
		}
	return 0;
}

/*
 * A byte that begins a character is none that goes on with one, so what a
 * character is when it is read from its first byte, it is in all of the text.
 */
size_t
character_any_space_before(const char *begin, const char *p)
{
	for (size_t n = 1; n < BYTES_MAX && (size_t)(p - begin) >= n; n++)
		if (character_any_space(p - n, p) == n)
			return n;
	return 0;
}

const char *
character_skip_digits(const char *p, const char *end)
{
	unsigned digit;
	size_t n;

	while (p < end && (n = character_value(p, end, &digit)) > 0)
		p += n;
	return p;
}

const char *
character_skip_digits_back(const char *begin, const char *p)
{
	unsigned digit;

	for (size_t n = 1; n <= BYTES_MAX && (size_t)(p - begin) >= n; n++)
		if (character_value(p - n, p, &digit) == n) {
			p -= n;
			n = 0;
		}
	return p;
}
