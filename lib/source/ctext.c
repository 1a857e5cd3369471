/* SPDX-License-Identifier: MIT */
#include "source/ctext.h"

#include "base/word.h"

size_t
ctext_skip_blanks(struct str s, size_t i)
{
	while (i < s.n && (str_is_blank(s.p[i]) || s.p[i] == '\n'))
		i++;
	return i;
}

size_t
ctext_skip_string(struct str s, size_t i)
{
	for (i++; i < s.n && s.p[i] != '"'; i++)
		if (s.p[i] == '\\')
			i++;
	return i < s.n ? i + 1 : s.n;
}

size_t
ctext_skip_argument(struct str s, size_t i)
{
	size_t depth = 0;

	while (i < s.n) {
		char c = s.p[i];

		if (c == '"') {
			i = ctext_skip_string(s, i);
			continue;
		}
		if (depth == 0 && (c == ',' || c == ')' || c == '}'))
			return i;
		if (c == '(' || c == '{')
			depth++;
		if (c == ')' || c == '}')
			depth--;
		i++;
	}
	return s.n;
}

struct str
ctext_part_of(struct str s, size_t from, size_t to)
{
	return (struct str){ s.p + from, to - from };
}

struct str
ctext_word_at(struct str s, size_t i)
{
	size_t end = i;

	while (end < s.n && word_is(s.p[end]))
		end++;
	return ctext_part_of(s, i, end);
}

bool
ctext_take_end(struct str *s, struct str z)
{
	*s = str_trim(*s);
	if (s->n < z.n || memcmp(s->p + s->n - z.n, z.p, z.n) != 0)
		return false;
	s->n -= z.n;
	*s = str_trim(*s);
	return true;
}
