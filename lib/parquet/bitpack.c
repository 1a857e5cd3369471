/* SPDX-License-Identifier: MIT */
#include "parquet/bitpack.h"

#include <string.h>

/* Eight numbers of up to 8 bits: a word, of which width bytes count. */
static void
pack_small(char *to, const uint32_t *v, size_t n, unsigned width)
{
	const unsigned w = width;

	for (size_t i = 0; i < n; i += 8, to += w) {
		const uint32_t *x = v + i;
		uint64_t a = x[0] | x[1] << w, b = x[2] | x[3] << w;
		uint64_t c = x[4] | x[5] << w, d = x[6] | x[7] << w;
		uint64_t all = a | b << 2 * w | (c | d << 2 * w) << 4 * w;

		memcpy(to, &all, 8);
	}
}

/* Eight numbers of up to 15 bits: four of them fill less than a word. */
static void
pack_middle(char *to, const uint32_t *v, size_t n, unsigned width)
{
	const unsigned w = width;

	for (size_t i = 0; i < n; i += 8, to += w) {
		const uint32_t *x = v + i;
		uint64_t a = x[0] | x[1] << w, b = x[2] | x[3] << w;
		uint64_t c = x[4] | x[5] << w, d = x[6] | x[7] << w;
		uint64_t low = a | b << 2 * w, high = c | d << 2 * w;
		uint64_t all[2] = { low | high << 4 * w, high >> (64 - 4 * w) };

		memcpy(to, all, 16);
	}
}

static void
pack_bytes(char *to, const uint32_t *v, size_t n, unsigned bytes)
{
	for (size_t i = 0; i < n; i++) {
		uint8_t one = (uint8_t)v[i];
		uint16_t two = (uint16_t)v[i];

		if (bytes == 1)
			to[i] = (char)one;
		else
			memcpy(to + 2 * i, &two, 2);
	}
}

/* Any width: what does not fit into a word begins the next. */
struct filling {
	char *to;
	uint64_t word;
	unsigned bits;
};

static inline void
fill(struct filling *f, uint64_t v, unsigned width)
{
	f->word |= v << f->bits;
	f->bits += width;
	if (f->bits < 64)
		return;
	memcpy(f->to, &f->word, 8);
	f->to += 8;
	f->bits -= 64;
	f->word = f->bits > 0 ? v >> (width - f->bits) : 0;
}

void
bitpack_32(char *to, const uint32_t *v, size_t n, unsigned width)
{
	struct filling f = { .to = to };

	if (width == 0)
		return;
	if (width == 8 || width == 16) {
		pack_bytes(to, v, n, width / 8);
	} else if (width == 32) {
		memcpy(to, v, 4 * n);
	} else if (width < 8) {
		pack_small(to, v, n, width);
	} else if (width < 16) {
		pack_middle(to, v, n, width);
	} else {
		for (size_t i = 0; i < n; i++)
			fill(&f, v[i], width);
		memcpy(f.to, &f.word, 8);
	}
}

void
bitpack_64(char *to, const uint64_t *v, size_t n, unsigned width)
{
	struct filling f = { .to = to };

	if (width == 64) {
		memcpy(to, v, 8 * n);
	} else if (width > 0) {
		for (size_t i = 0; i < n; i++)
			fill(&f, v[i], width);
		memcpy(f.to, &f.word, 8);
	}
}
