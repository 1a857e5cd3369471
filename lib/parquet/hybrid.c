/* SPDX-License-Identifier: MIT */
#include "parquet/hybrid.h"

#include "parquet/bitpack.h"
#include "parquet/thriftout.h"

/* What is packed is so in groups of eight numbers. */
enum { GROUP = 8 };

void
hybrid_run(struct output *out, uint32_t v, size_t n, unsigned width)
{
	if (n == 0)
		return;
	thriftout_varint(out, (uint64_t)n << 1);
	for (unsigned bits = 0; bits < width; bits += 8)
		output_byte(out, (char)(v >> bits));
}

/* The last group may lack some numbers: there are 0s instead. */
static void
put_packed(struct output *out, const uint32_t *v, size_t n, unsigned width)
{
	size_t groups = (n + GROUP - 1) / GROUP, whole = n / GROUP * GROUP;
	uint32_t last[GROUP] = { 0 };
	char *p;

	if (n == 0)
		return;
	thriftout_varint(out, (uint64_t)groups << 1 | 1);
	p = output_room(out, groups * width + BITPACK_SLACK);
	bitpack_32(p, v, whole, width);
	if (whole < n) {
		memcpy(last, v + whole, (n - whole) * sizeof(*v));
		bitpack_32(p + whole / GROUP * width, last, GROUP, width);
	}
	output_used(out, groups * width);
}

/*
 * How long a run must be to be shorter than it is packed: it costs its header
 * and its value, and what is packed behind it a header of its own.
 */
static size_t
least_run(unsigned width)
{
	size_t bytes = 4 + (width + 7) / 8;
	size_t groups = (bytes + width - 1) / width;

	return groups * GROUP;
}

static size_t
run_length(const uint32_t *v, size_t n)
{
	size_t run = 1;

	while (run < n && v[run] == v[0])
		run++;
	return run;
}

/* Whether all of what is left is one value, or enough of it. */
static bool
runs(const uint32_t *v, size_t n, size_t least)
{
	size_t far = n < least ? n : least;

	if (v[far / 2] != v[0] || v[far - 1] != v[0])
		return false;
	return run_length(v, far) == far;
}

void
hybrid_put(struct output *out, const uint32_t *v, size_t n, unsigned width)
{
	size_t least = least_run(width);
	size_t packed = 0; /* from here on */
	size_t i = 0;

	while (i < n) {
		if (!runs(v + i, n - i, least)) {
			i += n - i < GROUP ? n - i : GROUP;
			continue;
		}
		put_packed(out, v + packed, i - packed, width);
		packed = i + run_length(v + i, n - i);
		hybrid_run(out, v[i], packed - i, width);
		i = packed;
	}
	put_packed(out, v + packed, n - packed, width);
}
