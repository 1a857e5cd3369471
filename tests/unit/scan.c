/* SPDX-License-Identifier: MIT */
/* scan: the same as byte by byte, wherever a piece ends and whatever follows */
#include "source/scan.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>

enum { ROOM = 40, ROUNDS = 200000 };

/* Bytes that come by chance, many of them at the edges of what is looked for,
 * in memory of just that size: what reads beyond is found out. */
static char *
bytes(size_t n)
{
	static const char some[] = "0123456789azAZ_/:@[`{ \n.\x7f\x80\xff";
	char *p = malloc(n > 0 ? n : 1);

	assert(p != NULL);
	for (size_t i = 0; i < n; i++)
		p[i] = random() % 8 == 0
		    ? (char)random()
		    : some[(size_t)random() % (sizeof(some) - 1)];
	/* Runs of what is passed over. */
	for (size_t i = 1; i < n; i++)
		if (random() % 3 > 0)
			p[i] = p[i - 1];
	return p;
}

static size_t
run_of(const char *p, size_t n, bool (*is)(char))
{
	size_t i = 0;

	while (i < n && is(p[i]))
		i++;
	return i;
}

static bool
is_blank(char c)
{
	return c == ' ';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word(char c)
{
	return ((unsigned char)c < 0x80 && isalnum((unsigned char)c)) ||
	    c == '_';
}

static void
finds_where_pieces_end(const char *p, size_t n)
{
	const char *end = p + n, *at = memchr(p, ':', n);

	assert(scan_blanks(p, end) == p + run_of(p, n, is_blank));
	assert(scan_digits(p, end) == p + run_of(p, n, is_digit));
	assert(scan_word(p, end) == p + run_of(p, n, is_word));
	assert(scan_find(p, end, ':') == (at != NULL ? at : end));
}

static void
takes_few_digits(const char *p, size_t n)
{
	size_t digits = run_of(p, n, is_digit);
	const char *behind;
	uint64_t v = 0, want = 0;

	if (n < 8)
		return;
	behind = scan_few_digits(p, &v);
	if (digits == 0 || digits > 7) {
		assert(behind == NULL);
		return;
	}
	for (size_t i = 0; i < digits; i++)
		want = want * 10 + (uint64_t)(p[i] - '0');
	assert(behind == p + digits && v == want);
}

int
main(void)
{
	srandom(1);
	for (int i = 0; i < ROUNDS; i++) {
		size_t n = (size_t)random() % ROOM;
		char *p = bytes(n);

		finds_where_pieces_end(p, n);
		takes_few_digits(p, n);
		free(p);
	}
	return 0;
}
