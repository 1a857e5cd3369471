/* SPDX-License-Identifier: MIT */
#include "source/span.h"

#include "base/num.h"
#include "base/word.h"

enum { POINTER_MAX = 24 /* bytes of "(____ptrval____)", and more */ };

size_t
span_number(struct str s)
{
	bool hex = str_starts(s, "0x");
	size_t start = hex ? 2 : s.n > 0 && s.p[0] == '-', n = start;

	while (n < s.n &&
	    ((s.p[n] >= '0' && s.p[n] <= '9') ||
		(hex && s.p[n] >= 'a' && s.p[n] <= 'f')))
		n++;
	return n > start ? n : 0;
}

static size_t
identifier_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && word_is(s.p[n]))
		n++;
	return n;
}

/* The same for a number in any form, or a name that stands for it. */
static size_t
number_like(struct str s)
{
	size_t sign = s.n > 0 && s.p[0] == '-';
	size_t n = identifier_length(str_skip(s, sign));

	return n > 0 ? sign + n : 0;
}

/* The same for major,minor or major:minor. */
static size_t
pair_length(struct str s)
{
	size_t n = number_like(s);

	if (n == 0 || n == s.n || (s.p[n] != ',' && s.p[n] != ':'))
		return 0;
	return n + 1 + number_like(str_skip(s, n + 1));
}

/* The same for a pointer: hexadecimal, or a word in parentheses for none. */
static size_t
pointer_length(struct str s)
{
	size_t start = str_starts(s, "0x") ? 2 : 0, n = start;
	const char *close;

	if (s.n > 0 && s.p[0] == '(') {
		close = memchr(s.p, ')', s.n < POINTER_MAX ? s.n : POINTER_MAX);
		return close != NULL ? (size_t)(close + 1 - s.p) : 0;
	}
	while (n < s.n && num_hex_digit(s.p[n]) >= 0)
		n++;
	return n > start ? n : 0;
}

size_t
span_longest(char kind, struct str s)
{
	const char *close;

	switch (kind) {
	case 'd':
		return span_number(s);
	case 'n':
		return number_like(s);
	case 'p':
		return pointer_length(s);
	case 'm':
		return pair_length(s);
	case 'i':
		return identifier_length(s);
	case 'w':
	case 'z':
	case 'Z':
		return span_word(s);
	case 'c':
		if (!str_starts(s, "ARRAY["))
			break;
		/* report -R prints a comm so when it has seen an odd one. */
		close = memchr(s.p, ']', s.n);
		if (close != NULL && close - s.p > SPAN_COMM)
			return (size_t)(close - s.p) + 1;
		break;
	default:
		return s.n;
	}
	return s.n < SPAN_COMM ? s.n : SPAN_COMM;
}

struct str
span_skip_padding(struct str next, struct str s)
{
	if (next.n > 0 && next.p[0] == ' ' && (next.n == 1 || next.p[1] != ' '))
		while (s.n > 1 && s.p[0] == ' ' && s.p[1] == ' ')
			s = str_skip(s, 1);
	return s;
}

bool
span_before(struct str next, struct str s, size_t *out)
{
	size_t max = s.n < SPAN_TEXT ? s.n : SPAN_TEXT;
	const char *end = s.p + max, *newline, *p;

	if ((newline = memchr(s.p, '\n', max)) != NULL)
		end = newline;
	if (next.n == 0)
		for (p = end; p > s.p && str_is_blank(p[-1]); p--)
			;
	else
		p = memmem(s.p, (size_t)(end - s.p), next.p, next.n);
	if (p == NULL)
		return false;
	*out = (size_t)(p - s.p);
	return true;
}
