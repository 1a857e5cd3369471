/* SPDX-License-Identifier: MIT */
#include "parquet/lexicon.h"

#include <stdlib.h>

#include "base/mem.h"

/*
 * PROBES bounds what texts of one hash cost in lexicon_look; OPEN is for how
 * many texts the table is looked into in any case.
 */
enum { FIRST = 64, PROBES = 64, OPEN = 4096 };

/*
 * Most texts are short: two words, which overlap, hold all of one.  The
 * multipliers are odd and of no pattern: 2^64 by the golden ratio, and the
 * fraction of the square root of 2.
 */
static uint32_t
hash(struct str s)
{
	uint64_t a = 0, b = 0, h = s.n;
	uint32_t half;

	for (; s.n > 16; s = str_skip(s, 8)) {
		memcpy(&a, s.p, 8);
		h = (h ^ a) * 0x9e3779b97f4a7c15;
		h ^= h >> 32;
	}
	if (s.n >= 8) {
		memcpy(&a, s.p, 8);
		memcpy(&b, s.p + s.n - 8, 8);
	} else if (s.n >= 4) {
		memcpy(&half, s.p, 4);
		a = half;
		memcpy(&half, s.p + s.n - 4, 4);
		b = half;
	} else if (s.n > 0) {
		a = (unsigned char)s.p[0];
		b = (uint64_t)(unsigned char)s.p[s.n / 2] << 8 |
		    (unsigned char)s.p[s.n - 1];
	}
	h = (h ^ a) * 0x9e3779b97f4a7c15 ^ (b ^ h >> 32) * 0x6a09e667f3bcc909;
	h ^= h >> 32;
	return (uint32_t)(h * 0x9e3779b97f4a7c15 >> 32);
}

static bool
is_free(const struct lexicon *l, uint32_t slot)
{
	return slot <= l->from;
}

void
lexicon_clear(struct lexicon *l)
{
	if (l->n > 0)
		memset(l->slot, 0, l->slots * sizeof(*l->slot));
	l->n = 0;
	lexicon_forget(l);
}

void
lexicon_forget(struct lexicon *l)
{
	l->from = l->last = l->n;
	l->asked = 0;
	l->closed = false;
}

uint32_t
lexicon_find(const struct lexicon *l, struct str s)
{
	if (l->slots == 0)
		return LEXICON_NONE;
	for (uint32_t i = hash(s);; i++) {
		uint32_t slot = l->slot[i & l->mask];

		if (is_free(l, slot))
			return LEXICON_NONE;
		if (str_eq(l->text[slot - 1], s))
			return slot - 1;
	}
}

static void
put(struct lexicon *l, uint32_t number)
{
	uint32_t i = hash(l->text[number]);

	while (!is_free(l, l->slot[i & l->mask]))
		i++;
	l->slot[i & l->mask] = number + 1;
}

/* Makes the table twice as large, and sees whether it is of use. */
static void
grow(struct lexicon *l)
{
	size_t slots = l->slots > 0 ? 2 * l->slots : FIRST;

	free(l->slot);
	l->slot = mem_alloc(slots * sizeof(*l->slot));
	l->slots = slots;
	l->mask = (uint32_t)slots - 1;
	for (uint32_t i = l->from; i < l->n; i++)
		put(l, i);
}

static uint32_t
append(struct lexicon *l, struct str s)
{
	if (l->n == l->cap)
		l->text = mem_grow(l->text, &l->cap, (size_t)l->n + 1,
		    sizeof(*l->text));
	l->text[l->n] = s;
	return l->last = l->n++;
}

uint32_t
lexicon_add(struct lexicon *l, struct str s)
{
	if (((size_t)l->n - l->from) * 2 >= l->slots)
		grow(l);
	append(l, s);
	put(l, l->last);
	return l->last;
}

uint32_t
lexicon_look(struct lexicon *l, struct str s)
{
	uint32_t count = l->n - l->from, i, end;

	if (l->closed)
		return append(l, s);
	if ((size_t)count * 2 >= l->slots)
		grow(l);
	l->asked++;
	i = hash(s);
	for (end = i + PROBES; i != end; i++) {
		uint32_t *slot = &l->slot[i & l->mask];

		if (is_free(l, *slot)) {
			append(l, s);
			*slot = l->n;
			l->closed = count >= OPEN && count / 3 > l->asked / 4;
			return l->last;
		}
		if (str_eq(l->text[*slot - 1], s))
			return l->last = *slot - 1;
	}
	return append(l, s);
}

void
lexicon_free(struct lexicon *l)
{
	free(l->text);
	free(l->slot);
	*l = (struct lexicon){ .text = NULL };
}
