/* SPDX-License-Identifier: MIT */
#include "source/fieldline.h"

#include "base/num.h"
#include "base/word.h"

enum {
	DECLARATION_MAX = 256,
	WORDS_MAX = 16,
	FIELDS_MAX = 512,
	NUMBER_MAX = (1 << 24) - 1,
	EVENT_MAX = 65535,
};

/* Skips key, digits and a semicolon; false where they are not there. */
static bool
take_number(struct str *s, const char *key, unsigned *out)
{
	size_t n = strlen(key), digits = 0;
	uint64_t v;

	*s = str_trim(*s);
	if (!str_starts(*s, key))
		return false;
	*s = str_skip(*s, n);
	while (digits < s->n && s->p[digits] >= '0' && s->p[digits] <= '9')
		digits++;
	if (digits == s->n || s->p[digits] != ';' ||
	    !num_u64((struct str){ s->p, digits }, &v) || v > NUMBER_MAX)
		return false;
	*s = str_skip(*s, digits + 1);
	*out = (unsigned)v;
	return true;
}

/*
 * Looks at what is between the brackets at the end: a number, or an expression
 * as in char comm[TASK_COMM_LEN] or saddr[sizeof(struct sockaddr_in6)].
 */
static bool
is_bracket(struct str s)
{
	int depth = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!word_is(c) && strchr(" ()+-*/<>", c) == NULL)
			return false;
		depth += c == '(' ? 1 : c == ')' ? -1 : 0;
		if (depth < 0 || depth > 8)
			return false;
	}
	return depth == 0;
}

/*
 * Reads words and stars, [] behind the type of a dynamic field, and the last
 * word, which is the name.
 */
static bool
read_words(struct str s, struct str *name)
{
	size_t i = 0, words = 0, stars = 0;

	while (i < s.n) {
		if (word_is(s.p[i])) {
			name->p = s.p + i;
			while (i < s.n && word_is(s.p[i]))
				i++;
			name->n = (size_t)(s.p + i - name->p);
			words++;
		} else if (s.p[i] == '*') {
			stars++;
			i++;
		} else if (s.p[i] == ' ') {
			i++;
		} else if (str_starts(str_skip(s, i), "[] ") && words > 1) {
			i += 3;
		} else {
			return false;
		}
	}
	if (words < 2 || words > WORDS_MAX || stars > WORDS_MAX)
		return false;
	return name->p + name->n == s.p + s.n &&
	    (name->p[0] < '0' || name->p[0] > '9');
}

static bool
read_declaration(struct str s, struct fieldline *out)
{
	struct str words = s;
	const char *open;

	if (s.n == 0 || s.n > DECLARATION_MAX)
		return false;
	if (s.p[s.n - 1] == ']') {
		open = memrchr(s.p, '[', s.n);
		if (open == NULL)
			return false;
		words.n = (size_t)(open - s.p);
		if (!is_bracket((struct str){ open + 1, s.n - words.n - 2 }))
			return false;
	}
	out->declaration = s;
	return read_words(words, &out->name);
}

bool
fieldline_read(struct str line, struct fieldline *out)
{
	unsigned is_signed = 0;
	const char *end;

	line = str_trim(line);
	if (str_starts(line, "field:"))
		line = str_skip(line, 6);
	else if (str_starts(line, "field special:"))
		line = str_skip(line, 14);
	else
		return false;
	if (line.n == 0 || (end = memchr(line.p, ';', line.n)) == NULL)
		return false;
	if (!read_declaration(str_trim((struct str){ line.p,
				  (size_t)(end - line.p) }),
		out))
		return false;
	line = str_skip(line, (size_t)(end - line.p) + 1);
	if (!take_number(&line, "offset:", &out->offset) ||
	    !take_number(&line, "size:", &out->size))
		return false;
	/* Kernels before 2.6.33 do not say. */
	if (str_trim(line).n > 0 && !take_number(&line, "signed:", &is_signed))
		return false;
	out->is_signed = is_signed != 0;
	return str_trim(line).n == 0;
}

bool
fieldline_split(struct str text, struct str *lines, struct str *print_fmt)
{
	struct str line;

	lines->p = NULL;
	*print_fmt = (struct str){ "", 0 };
	while (str_line(&text, &line)) {
		if (lines->p == NULL) {
			if (str_is(str_trim(line), "format:"))
				*lines = text;
		} else if (str_starts(line, "print fmt:")) {
			lines->n = (size_t)(line.p - lines->p);
			*print_fmt = str_skip(line, strlen("print fmt:"));
			print_fmt->n += text.n;
			return true;
		}
	}
	return lines->p != NULL;
}

char *
fieldline_copy(struct str lines, bool common, char *p)
{
	unsigned fields = 0, sum = 0;
	struct fieldline f;
	struct str line;

	while (str_line(&lines, &line)) {
		line = str_trim(line);
		if (line.n == 0)
			continue;
		if (!fieldline_read(line, &f) || ++fields > FIELDS_MAX ||
		    f.offset + f.size > EVENT_MAX ||
		    (sum += f.size) > EVENT_MAX)
			return NULL;
		if (str_starts(f.name, "common_") != common)
			continue;
		memcpy(p, line.p, line.n);
		p += line.n;
		*p++ = '\n';
	}
	*p++ = '\n';
	return p;
}
