/* SPDX-License-Identifier: MIT */
/* character: white space and digits, forwards and backwards, and bad UTF-8 */
#include "dataset/character.h"

#include <assert.h>

/* The length of the white space that is at the front of z and at its end. */
static size_t
space(const char *z)
{
	size_t n = strlen(z), front = character_space(z, z + n);

	assert(front == n || front == 0);
	assert(character_space_before(z, z + n) == front);
	return front;
}

static void
white_space_is_what_python_says(void)
{
	/* str.isspace() of CPython 3.11, for each character of that kind */
	static const char *const some[] = { "\t", "\n", "\v", "\f", "\r",
		"\x1c", "\x1d", "\x1e", "\x1f", " ", "\xc2\x85", "\u00a0",
		"\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004",
		"\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
		"\u2028", "\u2029", "\u202f", "\u205f", "\u3000" };
	static const char *const none[] = { "a", "\x1b", "\x7f", "\xc2\x84",
		"\u200b", "\u180e", "\u2060", "\ufeff", "\U00012000", "\x85",
		"\xa0", "\xc2", "\xe2\x80", "\xc0\xa0", "\xe0\x80\xa0",
		"\xe0\x82\xa0", "\xf0\x82\x80\x80", "\xff" };

	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++)
		assert(space(some[i]) == strlen(some[i]));
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert(space(none[i]) == 0);
	/* What is cut off, in front or behind, is none. */
	assert(character_space("\u3000", &"\u3000"[2]) == 0);
	assert(character_space_before(&"\u3000"[1], &"\u3000"[3]) == 0);
	assert(character_space("", "") == 0);
}

static void
digits_are_those_of_all_scripts(void)
{
	const char *text = "1\u0663\uff15\U0001d7ff\U0001fbf07x", *p;
	const char *end = text + strlen(text);
	unsigned want[] = { 1, 3, 5, 9, 0, 7 }, got;
	size_t n;

	p = text;
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++, p += n) {
		n = character_value(p, end, &got);
		assert(n > 0 && got == want[i]);
	}
	assert(*p == 'x' && character_value(p, end, &got) == 0);
	assert(character_skip_digits(text, end) == p);
	assert(character_skip_digits_back(text, p) == text);
	assert(character_skip_digits_back(text, end) == end);
	assert(character_skip_digits_back(text + 2, text + 3) == text + 3);
	/* U+00B2 is a digit of str.isdigit(), U+0BF0 is ten; neither is one. */
	assert(character_value("\u00b2", &"\u00b2"[2], &got) == 0);
	assert(character_value("\u0bf0", &"\u0bf0"[3], &got) == 0);
	assert(character_value("\uff19", &"\uff19"[3], &got) == 3 && got == 9);
	assert(character_value("\uff1a", &"\uff1a"[3], &got) == 0);
	assert(character_value("\xe0\x99\xa0", &"\xe0\x99\xa0"[3], &got) == 0);
}

int
main(void)
{
	white_space_is_what_python_says();
	digits_are_those_of_all_scripts();
	return 0;
}
