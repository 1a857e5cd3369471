/* SPDX-License-Identifier: MIT */
/*
 * str -- a run of bytes that somebody else owns
 *
 * A str is passed by value, holds any bytes, has no NUL at its end, and dies
 * with the memory that it points into.  To keep one, copy it (mem.h) or
 * intern it (intern.h).  A str that is absent has p == NULL.
 */
#ifndef TK_STR_H
#define TK_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *p;
	size_t n;
};

/* Returns the bytes of the C string z, without its NUL. */
static inline struct str
str_of(const char *z)
{
	return (struct str){ z, strlen(z) };
}

/*
 * Tells whether a and b hold the same bytes; quick for short ones, of which
 * the words at the front and at the back may overlap.
 */
static inline bool
str_eq(struct str a, struct str b)
{
	uint64_t front[2], back[2];
	uint32_t half[2], rest[2];

	if (a.n != b.n)
		return false;
	if (a.n > 16)
		return memcmp(a.p, b.p, a.n) == 0;
	if (a.n >= 8) {
		memcpy(&front[0], a.p, 8);
		memcpy(&front[1], b.p, 8);
		memcpy(&back[0], a.p + a.n - 8, 8);
		memcpy(&back[1], b.p + a.n - 8, 8);
		return front[0] == front[1] && back[0] == back[1];
	}
	if (a.n >= 4) {
		memcpy(&half[0], a.p, 4);
		memcpy(&half[1], b.p, 4);
		memcpy(&rest[0], a.p + a.n - 4, 4);
		memcpy(&rest[1], b.p + a.n - 4, 4);
		return half[0] == half[1] && rest[0] == rest[1];
	}
	for (size_t i = 0; i < a.n; i++)
		if (a.p[i] != b.p[i])
			return false;
	return true;
}

/* Tells whether s holds exactly the bytes of the C string z. */
static inline bool
str_is(struct str s, const char *z)
{
	return str_eq(s, str_of(z));
}

/* Tells whether s begins with the bytes of the C string z. */
static inline bool
str_starts(struct str s, const char *z)
{
	size_t n = strlen(z);

	return s.n >= n && memcmp(s.p, z, n) == 0;
}

/* Tells whether s ends with the bytes of the C string z. */
static inline bool
str_ends(struct str s, const char *z)
{
	size_t n = strlen(z);

	return s.n >= n && memcmp(s.p + s.n - n, z, n) == 0;
}

/* Compares bytes as strcmp(3) does: below 0, 0 or above. */
static inline int
str_compare(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n > 0 ? memcmp(a.p, b.p, n) : 0;

	return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

/* Returns s without its first n bytes; n must not exceed its length. */
static inline struct str
str_skip(struct str s, size_t n)
{
	return (struct str){ s.p + n, s.n - n };
}

static inline bool
str_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Returns s without blanks, tabs and carriage returns at both ends. */
static inline struct str
str_trim(struct str s)
{
	while (s.n > 0 && str_is_blank(s.p[0]))
		s = str_skip(s, 1);
	while (s.n > 0 && str_is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* Splits the first line off *rest, without its newline; false at the end. */
static inline bool
str_line(struct str *rest, struct str *line)
{
	const char *nl;

	if (rest->n == 0)
		return false;
	nl = memchr(rest->p, '\n', rest->n);
	*line = *rest;
	if (nl != NULL)
		line->n = (size_t)(nl - rest->p);
	*rest = str_skip(*rest, line->n + (nl != NULL));
	return true;
}

/*
 * Copies the bytes of s to a place and returns what is behind them there.
 * For the many short ones of an inner loop: without a call, in two moves
 * that may overlap.
 */
static inline char *
str_copy(char *to, struct str s)
{
	uint64_t first, last;
	uint32_t first_half, last_half;

	if (s.n > 32) {
		memcpy(to, s.p, s.n);
	} else if (s.n > 16) {
		char front[16], back[16];

		memcpy(front, s.p, 16);
		memcpy(back, s.p + s.n - 16, 16);
		memcpy(to, front, 16);
		memcpy(to + s.n - 16, back, 16);
	} else if (s.n >= 8) {
		memcpy(&first, s.p, 8);
		memcpy(&last, s.p + s.n - 8, 8);
		memcpy(to, &first, 8);
		memcpy(to + s.n - 8, &last, 8);
	} else if (s.n >= 4) {
		memcpy(&first_half, s.p, 4);
		memcpy(&last_half, s.p + s.n - 4, 4);
		memcpy(to, &first_half, 4);
		memcpy(to + s.n - 4, &last_half, 4);
	} else if (s.n > 0) {
		to[0] = s.p[0];
		to[s.n / 2] = s.p[s.n / 2];
		to[s.n - 1] = s.p[s.n - 1];
	}
	return to + s.n;
}

#endif
