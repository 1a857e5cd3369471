/* SPDX-License-Identifier: MIT */
/* hybridin: runs and bit-packed groups, as Encodings.md works them out */
#undef NDEBUG
#include "parquet/hybridin.h"

#include <assert.h>

static size_t
read_all(const char *p, size_t n, unsigned width, uint32_t *to, size_t most)
{
	struct hybridin h;

	hybridin_open(&h, (struct str){ p, n }, width);
	return hybridin_read(&h, to, most);
}

/* The document's example: 0 to 7 in 3 bits are 88 c6 fa. */
static void
test_packed(void)
{
	uint32_t v[9];
	size_t n = read_all("\x03\x88\xc6\xfa", 4, 3, v, 9);

	assert(n == 8);
	for (uint32_t i = 0; i < 8; i++)
		assert(v[i] == i);
	/* Bits beyond the bytes, which some writers leave out. */
	n = read_all("\x03\x88", 2, 3, v, 9);
	assert(n == 2 && v[0] == 0 && v[1] == 1);
}

/* 5 times 2, then the group of above, then 300 times 1. */
static void
test_runs(void)
{
	static const char bytes[] = "\x0a\x02\x03\x88\xc6\xfa\xd8\x04\x01";
	uint32_t v[400], value;
	struct hybridin h;
	size_t n = read_all(bytes, sizeof(bytes) - 1, 3, v, 400);

	assert(n == 313);
	for (uint32_t i = 0; i < 313; i++)
		assert(v[i] == (i < 5 ? 2 : i < 13 ? i - 5 : 1));
	/* The same by runs. */
	hybridin_open(&h, (struct str){ bytes, sizeof(bytes) - 1 }, 3);
	n = hybridin_run(&h, &value, 3);
	assert(n == 3 && value == 2);
	n = hybridin_run(&h, &value, 100);
	assert(n == 2 && value == 2);
	for (uint32_t i = 0; i < 8; i++) {
		n = hybridin_run(&h, &value, 100);
		assert(n == 1 && value == i);
	}
	n = hybridin_run(&h, &value, 1000);
	assert(n == 300 && value == 1);
	n = hybridin_run(&h, &value, 1);
	assert(n == 0);
}

static void
test_widths(void)
{
	uint32_t v[8];
	size_t n = read_all("\x04\xff\xff\xff\xff", 5, 32, v, 8);

	assert(n == 2 && v[0] == UINT32_MAX && v[1] == UINT32_MAX);
	n = read_all("\x10", 1, 0, v, 8); /* of no bits: a run of 8 zeros */
	assert(n == 8 && v[7] == 0);
	n = read_all("\x03", 1, 0, v, 8);
	assert(n == 8 && v[7] == 0);
	/* Two values of 31 bits over bytes: 1 and 2, then what is not there. */
	n = read_all("\x03\x01\x00\x00\x00\x01\x00\x00\x00", 9, 31, v, 8);
	assert(n == 2 && v[0] == 1 && v[1] == 2);
}

static void
test_wrong(void)
{
	uint32_t v[8];

	assert(read_all("", 0, 1, v, 8) == 0);
	assert(read_all("\x80\x80\x80\x80\x80\x80", 6, 1, v, 8) == 0);
	assert(read_all("\x10", 1, 8, v, 8) == 0);     /* no value */
	assert(read_all("\x10\x02", 2, 1, v, 8) == 0); /* too high */
	/* A run of 2^31 - 1: as many as are asked for. */
	assert(read_all("\xfe\xff\xff\xff\x0f\x01", 6, 1, v, 8) == 8);
}

int
main(void)
{
	test_packed();
	test_runs();
	test_widths();
	test_wrong();
	return 0;
}
