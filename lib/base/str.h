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

/* Tells whether a and b hold the same bytes. */
static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
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

/* Returns s without blanks, tabs and carriage returns at both ends. */
static inline struct str
str_trim(struct str s)
{
	while (s.n > 0 && memchr(" \t\r", s.p[0], 3) != NULL)
		s = str_skip(s, 1);
	while (s.n > 0 && memchr(" \t\r", s.p[s.n - 1], 3) != NULL)
		s.n--;
	return s;
}

#endif
