/* SPDX-License-Identifier: MIT */
#include "parquet/plain.h"

static void
put_bits(struct output *out, const uint64_t *word, size_t n)
{
	char *p = output_room(out, (n + 7) / 8);

	memset(p, 0, (n + 7) / 8);
	for (size_t i = 0; i < n; i++)
		p[i / 8] |= (char)((word[i] & 1) << i % 8);
	output_used(out, (n + 7) / 8);
}

static void
put_halves(struct output *out, const struct leaf *leaf, const uint64_t *word,
    size_t n)
{
	char *p = output_room(out, 4 * n);

	for (size_t i = 0; i < n; i++) {
		uint32_t half = plain_half(leaf, word[i]);

		memcpy(p + 4 * i, &half, 4);
	}
	output_used(out, 4 * n);
}

void
plain_words(struct output *out, const struct leaf *leaf, const uint64_t *word,
    size_t n)
{
	if (leaf->type == LEAF_BOOLEAN)
		put_bits(out, word, n);
	else if (leaf_width(leaf) == 4)
		put_halves(out, leaf, word, n);
	else
		output_put(out, word, 8 * n);
}

void
plain_texts(struct output *out, const struct str *text, const uint32_t *index,
    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str s = text[index[i]];
		uint32_t length = (uint32_t)s.n;
		char *p = output_room(out, sizeof(length) + s.n);

		memcpy(p, &length, sizeof(length));
		str_copy(p + sizeof(length), s);
		output_used(out, sizeof(length) + s.n);
	}
}

void
plain_split(struct output *out, const struct leaf *leaf, const uint64_t *word,
    size_t n)
{
	unsigned width = leaf_width(leaf);
	char *p = output_room(out, width * n);

	for (size_t i = 0; i < n; i++) {
		uint64_t v = word[i];

		if (width == 4)
			v = plain_half(leaf, v);
		for (unsigned k = 0; k < width; k++)
			p[k * n + i] = (char)(v >> 8 * k);
	}
	output_used(out, width * n);
}
