/* SPDX-License-Identifier: MIT */
#include "parquet/coding.h"

#include "base/mem.h"
#include "parquet/delta.h"
#include "parquet/hybrid.h"
#include "parquet/plain.h"

static void
put_indexes(struct output *out, const struct coding *coding,
    const struct gathered *g, size_t at, size_t n)
{
	output_byte(out, (char)coding->width);
	if (n == 0)
		return;
	if (g->same)
		hybrid_run(out, 0, n, coding->width);
	else
		hybrid_put(out, g->index + at, n, coding->width);
}

static uint64_t *
words_of(struct coding_room *room, size_t n)
{
	room->word = mem_grow(room->word, &room->words, n, sizeof(uint64_t));
	return room->word;
}

/* How many bytes they are stands in front of them. */
static void
put_booleans(struct output *out, const uint64_t *word, size_t n,
    struct coding_room *room)
{
	uint32_t *number = (uint32_t *)words_of(room, n / 2 + 1), length;
	size_t from;

	for (size_t i = 0; i < n; i++)
		number[i] = word[i] & 1;
	output_put(out, "\0\0\0\0", sizeof(length));
	from = out->n;
	hybrid_put(out, number, n, 1);
	length = (uint32_t)(out->n - from);
	memcpy(out->buf + from - sizeof(length), &length, sizeof(length));
}

/* All lengths come before all texts. */
static void
put_apart(struct output *out, const struct str *text, const uint32_t *index,
    size_t n, struct coding_room *room)
{
	uint64_t *length = words_of(room, n);

	for (size_t i = 0; i < n; i++)
		length[i] = text[index[i]].n;
	delta_put(out, length, n, true, false);
	for (size_t i = 0; i < n; i++) {
		struct str s = text[index[i]];

		str_copy(output_room(out, s.n), s);
		output_used(out, s.n);
	}
}

void
coding_put(struct output *out, const struct leaf *leaf,
    const struct coding *coding, const struct gathered *g, size_t at, size_t n,
    struct coding_room *room)
{
	bool half = leaf_width(leaf) == 4;

	/* Without a value, too, engines look for what stands before them. */
	switch (coding->how) {
	case CODING_DICTIONARY:
		put_indexes(out, coding, g, at, n);
		break;
	case CODING_RLE:
		put_booleans(out, g->word + at, n, room);
		break;
	case CODING_DELTA:
		delta_put(out, g->word + at, n, half, coding->whole);
		break;
	case CODING_SPLIT:
		plain_split(out, leaf, g->word + at, n);
		break;
	case CODING_DELTA_LENGTH:
		put_apart(out, g->text, g->index + at, n, room);
		break;
	case CODING_PLAIN:
		if (leaf->type == LEAF_BYTES)
			plain_texts(out, g->text, g->index + at, n);
		else
			plain_words(out, leaf, g->word + at, n);
	}
}

void
coding_put_entries(struct output *out, const struct leaf *leaf,
    const struct coding *coding, const struct gathered *g, size_t n)
{
	if (leaf->type != LEAF_BYTES) {
		plain_words(out, leaf, coding->word, n);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const uint32_t index = (uint32_t)i;

		plain_texts(out, g->text, &index, 1);
	}
}
