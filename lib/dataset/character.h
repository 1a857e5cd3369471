/* SPDX-License-Identifier: MIT */
/*
 * character -- white space and digits of Unicode in UTF-8, as Python has them
 *
 * \s and \d of CPython's regular expressions are what str.isspace() and
 * str.isdecimal() say of a character: white space with the separators 1C to 1F
 * of ASCII, and the decimal digits of all scripts.  Bytes that are no UTF-8 are
 * neither.
 */
#ifndef TK_CHARACTER_H
#define TK_CHARACTER_H

#include "base/str.h"

/* Returns how many bytes of white space begin at p < end, 0 if none does. */
size_t character_any_space(const char *p, const char *end);

/* The same of a digit; its value goes to *digit. */
size_t character_value(const char *p, const char *end, unsigned *digit);

/* The same, quickly where it is a blank or a character of most names. */
static inline size_t
character_space(const char *p, const char *end)
{
	if (p >= end || (*p > ' ' && *p < 0x7f))
		return 0;
	return *p == ' ' ? 1 : character_any_space(p, end);
}

/* Returns how many bytes of white space end at p. */
size_t character_any_space_before(const char *begin, const char *p);
static inline size_t
character_space_before(const char *begin, const char *p)
{
	if (p == begin || (p[-1] > ' ' && p[-1] < 0x7f))
		return 0;
	return p[-1] == ' ' ? 1 : character_any_space_before(begin, p);
}

/* Return what is behind the digits at p, or where those begin that end at p. */
const char *character_skip_digits(const char *p, const char *end);
const char *character_skip_digits_back(const char *begin, const char *p);

#endif
