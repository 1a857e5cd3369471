/* SPDX-License-Identifier: MIT */
#include "source/letters.h"

enum { PREEMPTED = 0x100 };

static const char by_bit[] = "SDTtXZPI";

/* Adds a letter, if it is not there. */
static size_t
add(char *out, size_t n, char c)
{
	if (memchr(out, c, n) != NULL)
		return n;
	if (n > 0)
		out[n++] = '|';
	out[n++] = c;
	return n;
}

/* Tells whether s is letters with a bar between. */
static bool
is_list(struct str s)
{
	for (size_t i = 1; i < s.n; i += 2)
		if (s.p[i] != '|')
			return false;
	return s.n % 2 == 1;
}

size_t
letters_of_text(struct str s, char *out)
{
	struct str list = s;
	bool no_load;
	size_t n = 0;

	if (s.n > 1 && s.p[s.n - 1] == '+')
		list.n--;
	if (is_list(list)) {
		/* TASK_IDLE was D with N: uninterruptible, but no load. */
		no_load = memchr(list.p, 'N', list.n) != NULL;
		for (size_t i = 0; i < list.n; i += 2) {
			char c = list.p[i];

			if (memchr("KWN", c, 3) != NULL)
				continue;
			c = c == 'x' ? 'X' : c == 'D' && no_load ? 'I' : c;
			n = add(out, n, c);
		}
	}
	if (n == 0)
		list.n = 0;
	/* What is no list, or vanished as a whole, stays as it is. */
	memcpy(out + n, s.p + list.n, s.n - list.n);
	return n + s.n - list.n;
}

size_t
letters_of_number(unsigned long long number, char out[LETTERS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof(by_bit) - 1; i++)
		if (number >> i & 1)
			n = add(out, n, by_bit[i]);
	if (n == 0)
		out[n++] = 'R';
	if (number & PREEMPTED)
		out[n++] = '+';
	return n;
}
