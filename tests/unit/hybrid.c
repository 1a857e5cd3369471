/* SPDX-License-Identifier: MIT */
/* hybrid and bitpack: bytes of Encodings.md, and what a plain reader reads */
#include "parquet/hybrid.h"

#include <assert.h>

#include "packed.h"
#include "parquet/bitpack.h"

static struct output out;

#define IS(z) PACKED_IS(&out, z)

/* Encodings.md, "RLE": 0 to 7 in 3 bits are 10001000 11000110 11111010. */
static void
examples(void)
{
	static const uint32_t up[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
	static const uint32_t few[] = { 0, 1, 0, 1, 1 };
	uint32_t same[300];

	hybrid_put(&out, up, 8, 3);
	IS("\x03\x88\xc6\xfa");
	/* What is left of the group is 0. */
	hybrid_put(&out, few, 5, 1);
	IS("\x03\x1a");
	for (size_t i = 0; i < 300; i++)
		same[i] = 0x123;
	hybrid_put(&out, same, 300, 9);
	IS("\xd8\x04\x23\x01");
	hybrid_run(&out, 0x123, 300, 9);
	IS("\xd8\x04\x23\x01");
	hybrid_put(&out, same, 3, 9);
	IS("\x06\x23\x01");
	hybrid_put(&out, same, 0, 9);
	hybrid_run(&out, 1, 0, 1);
	assert(out.n == 0);
	/* A run behind what is packed. */
	memcpy(same, up, sizeof(up));
	hybrid_put(&out, same, 300, 9);
	assert(out.buf[0] == 3);
	packed_is(&out, out.buf, 1 + 9 + 4);
}

static void
reads_as(const uint32_t *v, size_t n, unsigned width)
{
	const char *p = out.buf, *end = p + out.n;
	size_t i = 0;
	uint64_t head;

	while (p < end) {
		p = packed_varint(p, &head);
		if ((head & 1) == 0) {
			for (uint64_t k = 0; k < head >> 1; k++, i++)
				assert(packed_bits(p, 0, width) == v[i]);
			p += (width + 7) / 8;
			continue;
		}
		for (uint64_t k = 0; k < (head >> 1) * 8; k++, i++)
			assert(packed_bits(p, k * width, width) ==
			    (i < n ? v[i] : 0));
		p += (head >> 1) * width;
	}
	assert(p == end && i >= n && i < n + 8);
	out.n = 0;
}

static uint32_t
next(void)
{
	static uint32_t x = 1;

	x = x * 1664525 + 1013904223;
	return x >> 8;
}

static void
any(unsigned width)
{
	const uint32_t mask = UINT32_MAX >> (32 - width);
	uint32_t v[1000];

	for (size_t runs = 1; runs < 100; runs += 7) {
		for (size_t i = 0; i < 1000; i++) {
			uint32_t other = (next() ^ next() << 16) & mask;

			v[i] = i > 0 && next() % 100 < runs ? v[i - 1] : other;
		}
		for (size_t n = 0; n < 40; n++) {
			hybrid_put(&out, v, n, width);
			reads_as(v, n, width);
		}
		hybrid_put(&out, v, 1000, width);
		reads_as(v, 1000, width);
	}
}

static void
wide(unsigned width)
{
	char to[64 * 8 + BITPACK_SLACK];
	uint64_t v[64];

	for (size_t i = 0; i < 64; i++) {
		v[i] = ((uint64_t)next() << 40 ^ (uint64_t)next() << 20 ^
			   next()) &
		    (width > 0 ? UINT64_MAX >> (64 - width) : 0);
		assert(bitpack_width(v[i]) <= width);
	}
	bitpack_64(to, v, 64, width);
	for (size_t i = 0; i < 64; i++)
		assert(packed_bits(to, i * width, width) == v[i]);
}

int
main(void)
{
	output_in_memory(&out);
	examples();
	for (unsigned width = 1; width <= 32; width++)
		any(width);
	for (unsigned width = 0; width <= 64; width++)
		wide(width);
	output_close(&out);
	assert(bitpack_width(0) == 0 && bitpack_width(UINT64_MAX) == 64);
	return 0;
}
