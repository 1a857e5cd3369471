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

/* Tells whether a and b hold the same bytes; quick for short ones. */
static inline bool
str_eq(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	if (a.n > 16)
		return memcmp(a.p, b.p, a.n) == 0;
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

#endif
