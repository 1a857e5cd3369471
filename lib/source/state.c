/* SPDX-License-Identifier: MIT */
#include "source/state.h"

#include <stdlib.h>

#include "base/mem.h"
#include "source/expression.h"
#include "source/symbol.h"

enum {
	/*
	 * States below this are kept as text: all that kernels since 4.14
	 * have with two letters and a +.  The last byte is the length.
	 */
	KEPT = 512,
	KEPT_TEXT = 8,
};

static const char letters[] = "SDTtXZPI"; /* of the bits since 4.14 */

struct states {
	char letter[64]; /* of each bit, or 0 */
	char beside[64]; /* the same of those that are no states */
	uint64_t idle;   /* the bit N, or 0 */
	uint64_t preempted;
	char kept[KEPT][KEPT_TEXT];
};

/* Returns the letter by which a state of the kernel is known, or 0. */
static char
canonical(char c)
{
	if (c == 'x')
		return 'X';
	return (char)(c != '\0' && strchr(letters, c) != NULL ? c : '\0');
}

/* Asks for the name of each bit. */
static void
read_letters(struct states *t, const struct symbols *names)
{
	char *text = mem_alloc(symbols_room(names));
	size_t n;

	for (int bit = 0; bit < 64; bit++) {
		uint64_t v = (uint64_t)1 << bit;

		if (!symbols_print(names, v, text, &n) || n != 1)
			continue;
		t->letter[bit] = canonical(text[0]);
		if (strchr("KWN", text[0]) != NULL)
			t->beside[bit] = text[0];
		if (text[0] == 'N')
			t->idle = v;
	}
	free(text);
}

static bool
find_letters(struct states *t, struct str print_fmt)
{
	struct symbols_call call;
	struct symbols *names;

	while (symbols_next(&print_fmt, &call)) {
		if (!call.flags || !str_is(call.field, "prev_state"))
			continue;
		if ((names = symbols_new(&call, 8)) == NULL)
			continue;
		read_letters(t, names);
		symbols_free(names);
		return true;
	}
	return false;
}

/* Finds the bit in: REC->prev_state & BIT ? "+" : "". */
static bool
find_preempted(struct states *t, struct str print_fmt)
{
	struct expression_name x = { { "prev_state", 10 }, UINT64_MAX };
	struct str argument, rest;
	const char *p;

	while (symbols_argument(&print_fmt, &argument)) {
		p = memchr(argument.p, '?', argument.n);
		if (p == NULL)
			continue;
		rest.p = p + 1;
		rest.n = (size_t)(argument.p + argument.n - rest.p);
		if (!str_starts(str_trim(rest), "\"+\""))
			continue;
		argument.n = (size_t)(p - argument.p);
		return expression_value(argument, &x, &t->preempted);
	}
	return false;
}

/* Writes the letters of the bits, each once; returns how many bytes. */
static size_t
put_letters(const char *letter, uint64_t value, bool idle, char *out)
{
	size_t n = 0;

	for (int bit = 0; bit < 64; bit++) {
		char c = letter[bit];

		if ((value >> bit & 1) == 0 || c == '\0')
			continue;
		if (c == 'D' && idle)
			c = 'I';
		if (memchr(out, c, n) != NULL)
			continue;
		if (n > 0)
			out[n++] = '|';
		out[n++] = c;
	}
	return n;
}

static size_t
print(const struct states *t, uint64_t value, char *out)
{
	size_t n = put_letters(t->letter, value, (value & t->idle) != 0, out);

	if (n == 0)
		n = put_letters(t->beside, value, false, out);
	if (n == 0)
		out[n++] = 'R';
	if ((value & t->preempted) != 0)
		out[n++] = '+';
	return n;
}

struct states *
states_new(struct str print_fmt)
{
	struct states *t = mem_alloc(sizeof(*t));
	char text[STATES_TEXT];

	if (!find_letters(t, print_fmt)) {
		memcpy(t->letter, letters, sizeof(letters) - 1);
		t->preempted = 0x100;
	}
	find_preempted(t, print_fmt);
	for (unsigned i = 0; i < KEPT; i++) {
		size_t n = print(t, i, text);

		if (n >= KEPT_TEXT)
			continue;
		memcpy(t->kept[i], text, n);
		t->kept[i][KEPT_TEXT - 1] = (char)n;
	}
	return t;
}

void
states_free(struct states *t)
{
	free(t);
}

size_t
states_print(const struct states *t, uint64_t value, char *out)
{
	if (value < KEPT && t->kept[value][KEPT_TEXT - 1] != 0) {
		memcpy(out, t->kept[value], KEPT_TEXT);
		return (size_t)t->kept[value][KEPT_TEXT - 1];
	}
	return print(t, value, out);
}
