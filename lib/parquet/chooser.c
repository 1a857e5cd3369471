/* SPDX-License-Identifier: MIT */
#include "parquet/chooser.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parquet/bitpack.h"
#include "parquet/wordbook.h"

enum {
	ENTRIES_MOST = 1 << 16, /* of a dictionary */
	SAME_LEAST = 8,         /* values that are one: else they are PLAIN */
	PIECES = 8,             /* of a sample */
	SAMPLE_LEAST = 1 << 12,
	SAMPLE_MOST = 1 << 15,
	SAMPLE_SHARE = 16,   /* one value of so many is in it */
	TEXT_MOST = 1 << 22, /* bytes of texts, in it or in a dictionary */
};

struct chooser {
	struct wordbook *book;
	struct coding_room room;
	struct output page;
	uint64_t *word; /* of the sample */
	uint32_t *index;
	size_t words_cap, indexes_cap;
};

/* The best so far, and what it would take, for the sample. */
struct contest {
	struct chooser *chooser;
	const struct chooser_for *what;
	const struct gathered *all;
	struct gathered sample;
	struct coding best;
	uint64_t bytes;
};

struct chooser *
chooser_new(void)
{
	struct chooser *c = mem_alloc(sizeof(*c));

	c->book = wordbook_new();
	output_in_memory(&c->page);
	return c;
}

void
chooser_free(struct chooser *c)
{
	if (c == NULL)
		return;
	wordbook_free(c->book);
	output_close(&c->page);
	free(c->room.word);
	free(c->word);
	free(c->index);
	free(c);
}

/* Returns how many values are in a sample: fewer of long texts. */
static size_t
sample_size(const struct gathered *all)
{
	size_t n = all->n / SAMPLE_SHARE, longest = 1;

	n = n < SAMPLE_LEAST ? SAMPLE_LEAST : n;
	n = n > SAMPLE_MOST ? SAMPLE_MOST : n;
	for (size_t i = 0; i < all->texts; i++)
		if (all->text[i].n > longest)
			longest = all->text[i].n;
	if (n > TEXT_MOST / longest)
		n = TEXT_MOST / longest;
	return n < PIECES ? PIECES : n;
}

/* Takes pieces from all over the values, as long as one another. */
static void
take_sample(struct contest *t)
{
	struct chooser *c = t->chooser;
	const struct gathered *all = t->all;
	size_t n = sample_size(all), piece, gap;

	t->sample = *all;
	if (all->n <= n)
		return;
	piece = n / PIECES;
	n = piece * PIECES;
	gap = (all->n - piece) / (PIECES - 1);
	c->word = mem_grow(c->word, &c->words_cap, n, sizeof(*c->word));
	c->index = mem_grow(c->index, &c->indexes_cap, n, sizeof(*c->index));
	for (size_t i = 0; i < PIECES; i++) {
		if (all->word != NULL)
			memcpy(c->word + i * piece, all->word + i * gap,
			    piece * sizeof(*c->word));
		if (all->index != NULL)
			memcpy(c->index + i * piece, all->index + i * gap,
			    piece * sizeof(*c->index));
	}
	t->sample.n = PIECES * piece;
	t->sample.word = all->word != NULL ? c->word : NULL;
	t->sample.index = all->index != NULL ? c->index : NULL;
}

static uint64_t
packed_bytes(struct contest *t)
{
	struct str s = { t->chooser->page.buf, t->chooser->page.n };

	return codec_pack(t->what->codecs, t->what->codec, t->what->level, s).n;
}

/* What a dictionary takes, as its share of the sample. */
static uint64_t
dictionary_bytes(struct contest *t, const struct coding *coding)
{
	struct chooser *c = t->chooser;
	size_t n = coding->entries;

	if (n > SAMPLE_LEAST)
		n = SAMPLE_LEAST;
	c->page.n = 0;
	coding_put_entries(&c->page, t->what->leaf, coding, t->all, n);
	return packed_bytes(t) * coding->entries / n * t->sample.n / t->all->n;
}

static void
try(struct contest *t, const struct coding *coding)
{
	struct chooser *c = t->chooser;
	uint64_t bytes, raw;

	c->page.n = 0;
	coding_put(&c->page, t->what->leaf, coding, &t->sample, 0, t->sample.n,
	    &c->room);
	raw = c->page.n;
	bytes = packed_bytes(t);
	if (coding->how == CODING_DICTIONARY)
		bytes += dictionary_bytes(t, coding);
	/* Older engines do not know these two: they must be worth it. */
	if (coding->how == CODING_SPLIT || coding->how == CODING_DELTA_LENGTH)
		bytes += bytes / 8;
	if (t->bytes > 0 && bytes >= t->bytes)
		return;
	t->best = *coding;
	t->bytes = bytes;
	if (coding->how == CODING_DELTA)
		t->best.bits = (unsigned)(raw * 8 / t->sample.n + 1);
}

static void
try_dictionary(struct contest *t, size_t entries, const uint64_t *word)
{
	struct coding coding = { .how = CODING_DICTIONARY,
		.entries = entries,
		.word = word };

	if (entries == 0)
		return;
	/* Some readers take 0 bits for an error. */
	coding.width = entries > 1 ? bitpack_width(entries - 1) : 1;
	coding.bits = coding.width;
	try(t, &coding);
	if (t->what->codec == CODEC_NONE || coding.width % 8 == 0)
		return;
	coding.width = coding.bits = (coding.width + 7) / 8 * 8;
	try(t, &coding);
}

static void
try_numbers(struct contest *t)
{
	unsigned bits = 8 * leaf_width(t->what->leaf);
	struct coding coding = { .how = CODING_PLAIN, .bits = bits };
	bool decimal = t->what->leaf->type == LEAF_FLOAT ||
	    t->what->leaf->type == LEAF_DOUBLE;

	try(t, &coding);
	if (decimal) {
		coding.how = CODING_SPLIT;
		try(t, &coding);
		return;
	}
	coding.how = CODING_DELTA;
	try(t, &coding);
	coding.whole = true;
	if (t->what->codec != CODEC_NONE)
		try(t, &coding);
}

static bool
make_book(struct contest *t, struct gathering *gathering)
{
	size_t most = t->all->n / 2 < ENTRIES_MOST ? t->all->n / 2
						   : ENTRIES_MOST;
	uint32_t *index = gathering_index(gathering, t->all->n);

	return wordbook_make(t->chooser->book, t->all->word, t->all->n, most,
	    index);
}

/* All values are one. */
static struct coding
one_value(const struct gathered *all)
{
	return (struct coding){ .how = CODING_DICTIONARY,
		.word = all->word,
		.entries = 1,
		.width = 1,
		.bits = 1 };
}

static struct coding
pick_numbers(struct contest *t, struct gathering *gathering)
{
	const uint64_t *word = NULL;
	size_t entries = 0;

	if (make_book(t, gathering))
		word = wordbook_words(t->chooser->book, &entries);
	if (entries == 1 && t->all->n >= SAME_LEAST)
		return one_value(t->all);
	take_sample(t);
	try_numbers(t);
	try_dictionary(t, entries, word);
	return t->best;
}

static size_t
texts_bytes(const struct gathered *all)
{
	size_t bytes = 0;

	for (size_t i = 0; i < all->texts; i++)
		bytes += all->text[i].n;
	return bytes;
}

static struct coding
pick_texts(struct contest *t)
{
	struct coding coding = { .how = CODING_PLAIN };

	if (t->all->distinct && t->all->texts == 1 && t->all->n >= SAME_LEAST)
		return one_value(t->all);
	take_sample(t);
	try(t, &coding);
	coding.how = CODING_DELTA_LENGTH;
	try(t, &coding);
	if (t->all->distinct && t->all->texts <= t->all->n / 2 &&
	    texts_bytes(t->all) <= TEXT_MOST)
		try_dictionary(t, t->all->texts, NULL);
	return t->best;
}

struct coding
chooser_pick(struct chooser *c, const struct chooser_for *what,
    struct gathering *gathering, const struct gathered *all)
{
	struct contest t = { .chooser = c, .what = what, .all = all };
	struct coding coding = { .bits = 8 * leaf_width(what->leaf) };

	if (what->leaf->type == LEAF_BOOLEAN) {
		coding.how = what->version == 2 ? CODING_RLE : CODING_PLAIN;
		coding.bits = 1;
		gathering_spread(gathering, what->leaf);
		return coding;
	}
	if (all->n == 0)
		return coding;
	if (all->same && all->n >= SAME_LEAST)
		return one_value(all);
	gathering_spread(gathering, what->leaf);
	return what->leaf->type == LEAF_BYTES ? pick_texts(&t)
					      : pick_numbers(&t, gathering);
}
