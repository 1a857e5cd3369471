/* SPDX-License-Identifier: MIT */
#include "parquet/wordbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/*
 * Up to this range, the least word's distance is the place in the table;
 * otherwise places are found by a hash.
 */
enum { RANGE_MOST = 1 << 16, PLACES_FIRST = 1 << 10 };

struct place {
	uint64_t word;
	uint32_t number; /* from 1; 0: it is free */
};

struct wordbook {
	uint64_t *word;
	size_t n, cap;
	uint32_t *near; /* by distance: the number, from 1 */
	struct place *place;
	size_t places;  /* a power of two */
	unsigned shift; /* of the hash, to what the table has */
};

struct wordbook *
wordbook_new(void)
{
	return mem_alloc(sizeof(struct wordbook));
}

void
wordbook_free(struct wordbook *b)
{
	if (b == NULL)
		return;
	free(b->word);
	free(b->near);
	free(b->place);
	free(b);
}

static uint32_t
add(struct wordbook *b, uint64_t word)
{
	if (b->n == b->cap)
		b->word = mem_grow(b->word, &b->cap, b->n + 1,
		    sizeof(*b->word));
	b->word[b->n++] = word;
	return (uint32_t)b->n;
}

/* Words that are near one another, of a sign or none. */
static bool
make_near(struct wordbook *b, const uint64_t *word, size_t n, uint64_t least,
    size_t most, uint32_t *index)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t *number = &b->near[word[i] - least];

		if (*number == 0) {
			if (b->n == most)
				return false;
			*number = add(b, word[i]);
		}
		index[i] = *number - 1;
	}
	return true;
}

/* The multiplier of Fibonacci hashing; its upper bits know the most. */
static inline size_t
place_of(const struct wordbook *b, uint64_t word)
{
	word ^= word >> 32;
	return (size_t)(word * 0x9e3779b97f4a7c15 >> b->shift);
}

static void
begin_places(struct wordbook *b, size_t places)
{
	free(b->place);
	b->places = places;
	b->place = mem_alloc(places * sizeof(*b->place));
	b->shift = 64 - (unsigned)__builtin_ctzll(places);
}

static struct place *
find(struct wordbook *b, uint64_t word)
{
	size_t at = place_of(b, word);

	while (b->place[at].number != 0 && b->place[at].word != word)
		at = (at + 1) & (b->places - 1);
	return &b->place[at];
}

static void
more_places(struct wordbook *b)
{
	begin_places(b, b->places * 4);
	for (size_t i = 0; i < b->n; i++)
		*find(b, b->word[i]) = (struct place){ b->word[i],
			(uint32_t)i + 1 };
}

static bool
make_far(struct wordbook *b, const uint64_t *word, size_t n, size_t most,
    uint32_t *index)
{
	begin_places(b, PLACES_FIRST);
	for (size_t i = 0; i < n; i++) {
		struct place *p = find(b, word[i]);

		if (p->number == 0) {
			if (b->n == most)
				return false;
			if (b->n >= b->places / 2) {
				more_places(b);
				p = find(b, word[i]);
			}
			*p = (struct place){ word[i], add(b, word[i]) };
		}
		index[i] = p->number - 1;
	}
	return true;
}

/* Returns how far the words are from the least, of a sign or none. */
static uint64_t
range_of(const uint64_t *word, size_t n, uint64_t *least)
{
	int64_t low = INT64_MAX, high = INT64_MIN;

	for (size_t i = 0; i < n; i++) {
		int64_t v = (int64_t)word[i];

		low = v < low ? v : low;
		high = v > high ? v : high;
	}
	*least = (uint64_t)low;
	return (uint64_t)high - (uint64_t)low;
}

bool
wordbook_make(struct wordbook *b, const uint64_t *word, size_t n, size_t most,
    uint32_t *index)
{
	uint64_t least, range = range_of(word, n, &least);

	b->n = 0;
	if (n == 0)
		return true;
	if (range >= RANGE_MOST)
		return make_far(b, word, n, most, index);
	if (b->near == NULL)
		b->near = mem_alloc(RANGE_MOST * sizeof(*b->near));
	memset(b->near, 0, (range + 1) * sizeof(*b->near));
	return make_near(b, word, n, least, most, index);
}

const uint64_t *
wordbook_words(const struct wordbook *b, size_t *n)
{
	*n = b->n;
	return b->word;
}
