/* SPDX-License-Identifier: MIT */
/* deltain: differences in blocks, as Encodings.md works them out */
#undef NDEBUG
#include "parquet/deltain.h"

#include <assert.h>

#define STR(bytes)                                                             \
	(struct str)                                                           \
	{                                                                      \
		bytes, sizeof(bytes) - 1                                       \
	}

/*
 * The document's second example, 7 5 3 1 2 3 4 5: blocks of 128 in 4
 * miniblocks, 8 values, the first 7; differences -2 -2 -2 1 1 1 1, the least
 * -2, then 0 0 0 3 3 3 3 in 2 bits; the rest of the miniblock, 64 bits in
 * all, is 0.  Behind it there is an 'x'.
 */
static const char example[] = "\x80\x01\x04\x08\x0e"
			      "\x03\x02\x00\x00\x00"
			      "\xc0\x3f\x00\x00\x00\x00\x00\x00x";

static void
test_example(void)
{
	static const int64_t want[] = { 7, 5, 3, 1, 2, 3, 4, 5 };
	struct deltain d;
	struct str behind;
	uint64_t v[9];
	size_t n;

	deltain_open(&d, STR(example));
	assert(d.why == NULL && d.left == 8);
	for (size_t i = 0; i < 8; i += 2) { /* in pieces */
		n = deltain_read(&d, v + i, 2);
		assert(n == 2);
	}
	for (size_t i = 0; i < 8; i++)
		assert((int64_t)v[i] == want[i]);
	n = deltain_read(&d, v, 1);
	assert(n == 0 && d.why == NULL);
	deltain_open(&d, STR(example));
	behind = deltain_behind(&d);
	assert(str_is(behind, "x"));
}

/* The first example, 1 2 3 4 5: all differences are 1, in no bits. */
static void
test_no_bits(void)
{
	static const char bytes[] = "\x80\x01\x04\x05\x02\x02\x00\x00\x00\x00";
	struct deltain d;
	struct str behind;
	uint64_t v[5];
	size_t n;

	deltain_open(&d, STR(bytes));
	n = deltain_read(&d, v, 5);
	assert(n == 5);
	for (uint64_t i = 0; i < 5; i++)
		assert(v[i] == i + 1);
	deltain_open(&d, STR(bytes));
	behind = deltain_behind(&d);
	assert(behind.p != NULL && behind.n == 0);
}

/*
 * The extremes: INT64_MIN, then INT64_MAX: the difference is -1 modulo 2^64.
 * And one in 64 bits: 0, then -1 with the least 0.
 */
static void
test_extremes(void)
{
	static const char wraps[] = "\x80\x01\x04\x02"
				    "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
				    "\x01\x00\x00\x00\x00";
	static const char wide[] = "\x80\x01\x04\x02\x00\x00\x40\x00\x00\x00"
				   "\xff\xff\xff\xff\xff\xff\xff\xff";
	struct deltain d;
	uint64_t v[2];
	size_t n;

	deltain_open(&d, STR(wraps));
	n = deltain_read(&d, v, 2);
	assert(n == 2 && (int64_t)v[0] == INT64_MIN);
	assert((int64_t)v[1] == INT64_MAX);
	deltain_open(&d, STR(wide)); /* the miniblock is not filled up */
	n = deltain_read(&d, v, 2);
	assert(n == 2 && v[0] == 0 && (int64_t)v[1] == -1);
}

static void
test_wrong(void)
{
	static const struct str bad[] = {
		{ "", 0 }, { "\x80\x01\x04\x08", 4 },
		{ "\x80\x01\x00\x08\x0e", 5 }, /* no miniblocks */
		{ "\x7f\x04\x08\x0e", 4 },     /* a block of 127 */
		{ "\x80\x01\x08\x08\x0e", 5 }, /* miniblocks of 16 */
	};
	struct deltain d;
	uint64_t v[8];
	size_t n;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		deltain_open(&d, bad[i]);
		assert(d.why != NULL && d.left == 0);
	}
	/* A width of 65 bits; no bytes of a miniblock; 2^31 values in none. */
	deltain_open(&d, STR("\x80\x01\x04\x08\x0e\x03\x41\x00\x00\x00"));
	n = deltain_read(&d, v, 8);
	assert(n == 1 && d.why != NULL);
	deltain_open(&d, STR("\x80\x01\x04\x08\x0e\x03\x02\x00\x00\x00"));
	n = deltain_read(&d, v, 8);
	assert(n == 1 && d.why != NULL);
	deltain_open(&d, STR("\x80\x01\x04\xff\xff\xff\xff\x07\x0e"));
	assert(d.why == NULL);
	assert(deltain_behind(&d).p == NULL && d.why != NULL);
}

int
main(void)
{
	test_example();
	test_no_bits();
	test_extremes();
	test_wrong();
	return 0;
}
