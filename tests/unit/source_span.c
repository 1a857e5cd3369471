/* SPDX-License-Identifier: MIT */
/* span of source: how long the fields are that text begins with */
#include "source/span.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

/* Copies text to the very end of memory of its own. */
static struct str
copy_of(const char *text)
{
	size_t n = strlen(text);
	char *p = malloc(n > 0 ? n : 1);

	assert(p != NULL);
	memcpy(p, text, n);
	return (struct str){ p, n };
}

#define EIGHT "61, 62, 63, 64, 65, 66, 67, 68"

static const struct {
	char kind;
	const char *text;
	size_t want;
} spans[] = {
	/* decimal with or without a minus, or hexadecimal after 0x */
	{ 'd', "123 x", 3 },
	{ 'd', "123", 3 },
	{ 'd', "-1]", 2 },
	{ 'd', "0x1fg", 4 },
	{ 'd', "1f", 1 },
	{ 'd', "0x", 0 },
	{ 'd', "0xF", 0 },
	{ 'd', "-", 0 },
	{ 'd', "--1", 0 },
	{ 'd', "-0x1", 2 },
	{ 'd', "+1", 0 },
	{ 'd', " 1", 0 },
	{ 'd', "", 0 },
	/* a number in any form, or a name */
	{ 'n', "1fF zz", 3 },
	{ 'n', "-ff,", 3 },
	{ 'n', "GFP_KERNEL|x", 10 },
	{ 'n', "-", 0 },
	{ 'n', "|", 0 },
	{ 'n', "", 0 },
	/* hexadecimal, or a word in parentheses */
	{ 'p', "00000000c81a78e0 x", 16 },
	{ 'p', "0xffff8881 x", 10 },
	{ 'p', "1fg", 2 },
	{ 'p', "(nil): x", 5 },
	{ 'p', "(____ptrval____)", 16 },
	{ 'p', "(", 0 },
	{ 'p', "(a b c d e f g h i j k l m n)", 0 },
	{ 'p', "0x", 0 },
	{ 'p', "xyz", 0 },
	{ 'p', "", 0 },
	/* two of them */
	{ 'm', "254,3 x", 5 },
	{ 'm', "8001: x", 5 },
	{ 'm', "0xfe:0x3", 8 },
	{ 'm', "254,", 4 },
	{ 'm', "254", 0 },
	{ 'm', "254 3", 0 },
	{ 'm', ",3", 0 },
	{ 'm', "", 0 },
	/* letters, digits and lines below */
	{ 'i', "a_1-b", 3 },
	{ 'i', "-a", 0 },
	{ 'i', "", 0 },
	/* up to a blank or the end of the line */
	{ 'w', "a|b c", 3 },
	{ 'z', "R+\n", 2 },
	{ 'Z', "S", 1 },
	{ 'w', " a", 0 },
	{ 'w', "\n", 0 },
	{ 'w', "", 0 },
	{ 'w', "a\tb", 3 },
	/* at most fifteen bytes of whatever */
	{ 'c', "", 0 },
	{ 'c', "a b", 3 },
	{ 'c', "12345678901234", 14 },
	{ 'c', "123456789012345", 15 },
	{ 'c', "1234567890123456", 15 },
	{ 'c', "12345678901234\n6", 15 },
	{ 'c', "ARRAY[" EIGHT ", " EIGHT "] x", 69 },
	{ 'c', "ARRAY[61, 62, 63] x", 17 },
	{ 'c', "ARRAY[61, 62] x", 15 },
	{ 'c', "ARRAY[123456789] x", 15 },
	{ 'c', "ARRAY[" EIGHT, 15 },
	{ 'c', "ARRAY[", 6 },
	{ 'c', "array[" EIGHT "]", 15 },
	/* all there is */
	{ 's', "", 0 },
	{ 's', "a b\nc d", 7 },
};

static void
fields_have_their_length(void)
{
	for (size_t i = 0; i < sizeof(spans) / sizeof(spans[0]); i++) {
		struct str s = copy_of(spans[i].text);
		size_t got = span_longest(spans[i].kind, s);

		if (got != spans[i].want)
			fprintf(stderr, "%c %s: got %zu, want %zu\n",
			    spans[i].kind, spans[i].text, got, spans[i].want);
		assert(got == spans[i].want);
		if (spans[i].kind == 'd')
			assert(span_number(s) == got);
		if (strchr("wzZ", spans[i].kind) != NULL)
			assert(span_word(s) == got);
		free((char *)s.p);
	}
}

static const struct {
	const char *next, *text;
	int want; /* -1: there is none */
} befores[] = {
	{ ", b=", "1, 2, b=3, b=", 4 },
	{ ", b=", ", b=", 0 },
	{ ", b=", "1, b", -1 },
	{ ", b=", "", -1 },
	{ ", b=", "1\n, b=", -1 },
	{ " ", "a\n b", -1 },
	{ " ", "a b\n", 1 },
	/* up to the end of the line, but for the blanks there */
	{ "", "a b", 3 },
	{ "", "a b \t\r", 3 },
	{ "", "a b \nc", 3 },
	{ "", "  ", 0 },
	{ "", "", 0 },
	{ "", "\n", 0 },
};

static void
text_ends_before_the_next(void)
{
	for (size_t i = 0; i < sizeof(befores) / sizeof(befores[0]); i++) {
		struct str s = copy_of(befores[i].text);
		size_t n = 1000;
		bool found = span_before(str_of(befores[i].next), s, &n);
		int got = found ? (int)n : -1;

		if (got != befores[i].want)
			fprintf(stderr, "'%s' in '%s': got %d, want %d\n",
			    befores[i].next, befores[i].text, got,
			    befores[i].want);
		assert(got == befores[i].want);
		free((char *)s.p);
	}
}

/* What is looked for has to be within the first 4096 bytes, as all of it. */
static void
text_has_a_limit(void)
{
	enum { SIZE = SPAN_TEXT + 10 };
	char *p = malloc(SIZE);
	struct str s = { p, SIZE };
	size_t n = 0;
	bool found;

	assert(p != NULL);
	memset(p, 'x', SIZE);
	p[SPAN_TEXT - 2] = ':';
	p[SPAN_TEXT - 1] = ':';
	found = span_before(str_of("::"), s, &n);
	assert(found && n == SPAN_TEXT - 2);
	p[SPAN_TEXT - 2] = 'x';
	p[SPAN_TEXT] = ':';
	found = span_before(str_of("::"), s, &n);
	assert(!found);
	found = span_before(str_of(""), s, &n);
	assert(found && n == SPAN_TEXT);
	s.n = SPAN_TEXT + 1;
	found = span_before(str_of("::"), s, &n);
	assert(!found);
	free(p);
}

static void
padding_is_skipped(void)
{
	static const struct {
		const char *next, *text, *want;
	} some[] = {
		{ " a=", "   a=1", " a=1" },
		{ " a=", " a=1", " a=1" },
		{ " ", "  1", " 1" },
		{ " ", "   ", " " },
		{ "  a", "   a", "   a" },
		{ "a", "  a", "  a" },
		{ "", "  a", "  a" },
		{ " a", "", "" },
	};

	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		struct str s = copy_of(some[i].text);

		assert(str_is(span_skip_padding(str_of(some[i].next), s),
		    some[i].want));
		free((char *)s.p);
	}
}

int
main(void)
{
	padding_is_skipped();
	fields_have_their_length();
	text_ends_before_the_next();
	text_has_a_limit();
	return 0;
}
