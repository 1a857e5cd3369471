/* SPDX-License-Identifier: MIT */
/* delta: bytes worked out by Encodings.md, and what a plain reader reads */
#include "parquet/delta.h"

#include <assert.h>

#include "packed.h"

static struct output out;

#define IS(z) PACKED_IS(&out, z)

/* The two examples of Encodings.md; blocks have 128 values, parts 32. */
static void
examples(void)
{
	static const uint64_t rising[] = { 1, 2, 3, 4, 5 };
	static const uint64_t both[] = { 7, 5, 3, 1, 2, 3, 4, 5 };
	static const uint64_t one[] = { (uint64_t)-3 };

	/* 128 in 4 parts, 5 values, the first is 1; least 1, of 0 bits. */
	delta_put(&out, rising, 5, false, false);
	IS("\x80\x01\x04\x05\x02"
	   "\x02\0\0\0\0");
	/* Least -2; 0, 0, 0, 3, 3, 3, 3 in 2 bits, the rest is 0. */
	delta_put(&out, both, 8, false, false);
	IS("\x80\x01\x04\x08\x0e"
	   "\x03\x02\0\0\0"
	   "\xc0\x3f\0\0\0\0\0\0");
	delta_put(&out, both, 8, false, true);
	packed_is(&out, out.buf, 5 + 5 + 32);
	delta_put(&out, one, 1, true, false);
	IS("\x80\x01\x04\x01\x05");
	delta_put(&out, NULL, 0, false, false);
	IS("\x80\x01\x04\0\0");
}

static const char *
read_zigzag(const char *p, uint64_t *v)
{
	p = packed_varint(p, v);
	*v = *v >> 1 ^ (uint64_t) - (int64_t)(*v & 1);
	return p;
}

static void
reads_as(const uint64_t *v, size_t n, bool half)
{
	const uint64_t mask = half ? UINT32_MAX : UINT64_MAX;
	const char *p = out.buf;
	uint64_t block, parts, count, value, least;

	p = packed_varint(p, &block);
	p = packed_varint(p, &parts);
	p = packed_varint(p, &count);
	p = read_zigzag(p, &value);
	assert(block % 128 == 0 && block / parts % 32 == 0 && count == n);
	assert(n == 0 || ((value ^ v[0]) & mask) == 0);
	for (size_t i = 1; i < n;) {
		const char *width;

		width = p = read_zigzag(p, &least);
		p += parts;
		for (size_t k = 0; k < parts && i < n; k++) {
			const unsigned bits = (unsigned char)width[k];

			assert(bits <= (half ? 32 : 64));
			for (size_t j = 0; j < block / parts && i < n; j++) {
				value += least + packed_bits(p, j * bits, bits);
				assert(((value ^ v[i]) & mask) == 0);
				i++;
			}
			p += block / parts * bits / 8;
		}
	}
	assert(p == out.buf + out.n);
	out.n = 0;
}

static void
any(unsigned bits)
{
	uint64_t v[600];

	for (size_t i = 0; i < 600; i++)
		v[i] = packed_any() >> (64 - bits) << (i % 3);
	v[7] = (uint64_t)INT64_MIN;
	v[8] = INT64_MAX;
	for (size_t n = 0; n < 600; n += n < 300 ? 1 : 50)
		for (int how = 0; how < 4; how++) {
			delta_put(&out, v, n, how & 1, how & 2);
			reads_as(v, n, how & 1);
		}
}

int
main(void)
{
	output_in_memory(&out);
	examples();
	for (unsigned bits = 1; bits <= 64; bits++)
		any(bits);
	output_close(&out);
	return 0;
}
