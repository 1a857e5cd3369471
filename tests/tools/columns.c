/* SPDX-License-Identifier: MIT */
/*
 * columns DIR -- Parquet files of all there is, and what is in them
 *
 * Writes NAME-CODEC-VERSION.parquet for each codec and version of pages, and
 * NAME.rows: a line of JSON about each column, then a line for each row.
 * Numbers stand there as texts, so that nobody rounds them: integers in
 * decimal digits, decimals as the bits of a double, in hexadecimal digits.
 * What is in NAME.rows does not come from the library.
 */
#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "columns.h"

static const enum codec codecs[] = { CODEC_NONE, CODEC_SNAPPY, CODEC_GZIP,
	CODEC_ZSTD, CODEC_LZ4_RAW };

static const char *dir;

/* The types, with the names that DuckDB has for them. */
static const struct {
	const char *name, *kind, *duckdb;
	enum leaf_type type;
	enum leaf_logical logical;
	bool list;
} types[] = {
	{ "bool", "boolean", "BOOLEAN", LEAF_BOOLEAN, LEAF_AS_IT_IS, false },
	{ "i32", "integer", "INTEGER", LEAF_INT32, LEAF_AS_IT_IS, false },
	{ "i64", "integer", "BIGINT", LEAF_INT64, LEAF_AS_IT_IS, false },
	{ "float", "decimal", "FLOAT", LEAF_FLOAT, LEAF_AS_IT_IS, false },
	{ "double", "decimal", "DOUBLE", LEAF_DOUBLE, LEAF_AS_IT_IS, false },
	{ "bytes", "bytes", "BLOB", LEAF_BYTES, LEAF_AS_IT_IS, false },
	{ "text", "text", "VARCHAR", LEAF_BYTES, LEAF_STRING, false },
	{ "ms", "ms", "TIMESTAMP WITH TIME ZONE", LEAF_INT64, LEAF_TIMESTAMP_MS,
	    false },
	{ "us", "us", "TIMESTAMP WITH TIME ZONE", LEAF_INT64, LEAF_TIMESTAMP_US,
	    false },
	{ "ns", "ns", "TIMESTAMP_NS", LEAF_INT64, LEAF_TIMESTAMP_NS, false },
	{ "int8", "integer", "TINYINT", LEAF_INT32, LEAF_INT8, false },
	{ "int16", "integer", "SMALLINT", LEAF_INT32, LEAF_INT16, false },
	{ "int32", "integer", "INTEGER", LEAF_INT32, LEAF_INT32_LOGICAL,
	    false },
	{ "int64", "integer", "BIGINT", LEAF_INT64, LEAF_INT64_LOGICAL, false },
	{ "uint8", "integer", "UTINYINT", LEAF_INT32, LEAF_UINT8, false },
	{ "uint16", "integer", "USMALLINT", LEAF_INT32, LEAF_UINT16, false },
	{ "uint32", "integer", "UINTEGER", LEAF_INT32, LEAF_UINT32, false },
	{ "uint64", "unsigned", "UBIGINT", LEAF_INT64, LEAF_UINT64, false },
	{ "list", "integers", "BIGINT[]", LEAF_INT64, LEAF_AS_IT_IS, true },
	{ "lists", "texts", "VARCHAR[]", LEAF_BYTES, LEAF_STRING, true },
};
enum { TYPES = sizeof(types) / sizeof(*types) };

enum shape { CONSTANT, FEW, RISING, ANY, SHAPES };
enum nulls { NONE, FIRST, LAST, ODD, EVEN, RARE, ALL, REQUIRED, NULLS };

static const char *const shape_name[] = { "constant", "few", "rising", "any" };
static const char *const nulls_name[] = { "none", "first", "last", "odd",
	"even", "rare", "all", "required" };

static uint64_t
next(void)
{
	static uint64_t x = 88172645463325252;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x;
}

static bool
is_null(enum nulls nulls, size_t row, size_t rows)
{
	switch (nulls) {
	case FIRST:
		return row == 0;
	case LAST:
		return row + 1 == rows;
	case ODD:
		return row % 2 == 1;
	case EVEN:
		return row % 2 == 0;
	case RARE:
		return next() % 100 == 0;
	case ALL:
		return true;
	default:
		return false;
	}
}

static uint64_t
bits_of(double d)
{
	uint64_t word;

	memcpy(&word, &d, 8);
	return word;
}

/* The extremes of a type's integers, and what is beside 0. */
static uint64_t
extreme(const struct leaf *leaf, unsigned which)
{
	static const unsigned bits[] = { [LEAF_INT8] = 8,
		[LEAF_INT16] = 16,
		[LEAF_UINT8] = 8,
		[LEAF_UINT16] = 16 };
	unsigned width = 8 * leaf_width(leaf);
	uint64_t most;

	if (leaf->logical <= LEAF_UINT16 && bits[leaf->logical] > 0)
		width = bits[leaf->logical];
	assert(width > 0);
	most = UINT64_MAX >> (64 - width);
	if (!leaf_unsigned(leaf))
		most >>= 1;
	if (leaf->logical >= LEAF_TIMESTAMP_MS &&
	    leaf->logical <= LEAF_TIMESTAMP_NS)
		most = 4102444800000; /* what all engines can show */
	switch (which % 6) {
	case 0:
		return most;
	case 1:
		return leaf_unsigned(leaf) ? 0 : ~most;
	case 2:
		return leaf_unsigned(leaf) ? most / 2 + 1 : (uint64_t)-1;
	case 3:
		return 0;
	case 4:
		return 1;
	default:
		return leaf_unsigned(leaf) ? next() & most
		    : next() % 2 > 0       ? next() % (most / 2)
					   : ~(next() % (most / 2));
	}
}

static uint64_t
decimal(enum shape shape, size_t row)
{
	static const double special[] = { NAN, INFINITY, -INFINITY, 0.0, -0.0,
		1.5, -2.25, 3.4028234663852886e38, 1.401298464324817e-45 };

	if (shape == RISING)
		return bits_of((double)row / 16);
	if (shape == FEW)
		return bits_of((double)(row % 7) - 3.5);
	if (next() % 2 > 0)
		return bits_of((double)(int32_t)next() / 65536);
	return bits_of(special[next() % 9]);
}

static uint64_t
value(struct made *m, enum shape shape, size_t row)
{
	const struct leaf *leaf = &m->leaf;
	uint64_t most;

	if (shape == CONSTANT)
		row = 3;
	if (leaf->type == LEAF_BOOLEAN)
		return shape == ANY ? next() % 2 : row / 20 % 2;
	if (leaf->type == LEAF_BYTES)
		return made_text(m, shape == ANY ? next() % 5000 : row,
		    shape == RISING || shape == ANY);
	if (leaf->type == LEAF_FLOAT || leaf->type == LEAF_DOUBLE)
		return decimal(shape == CONSTANT ? RISING : shape, row);
	most = extreme(leaf, 0);
	if (shape == RISING || shape == CONSTANT)
		return row * 3 % (most / 2 + 1);
	if (shape == FEW)
		return extreme(leaf, (unsigned)row % 5);
	return extreme(leaf, (unsigned)next() % 100);
}

static void
make(struct made *m, size_t type, enum shape shape, enum nulls nulls,
    size_t rows)
{
	char name[100];

	snprintf(name, sizeof(name), "%s_%s_%s", types[type].name,
	    shape_name[shape], nulls_name[nulls]);
	*m = (struct made){ .kind = types[type].kind,
		.duckdb = types[type].duckdb,
		.rows = rows };
	m->leaf = (struct leaf){ .name = str_of(mem_dup(name, strlen(name))),
		.type = types[type].type,
		.logical = types[type].logical,
		.list = types[type].list,
		.required = nulls == REQUIRED,
		.bloom = shape == ANY && types[type].type != LEAF_BOOLEAN };
	for (size_t i = 0; i < rows; i++) {
		size_t n = 1;

		if (is_null(nulls, i, rows)) {
			made_null(m);
			continue;
		}
		if (m->leaf.list)
			n = i % 5 == 4 ? 200 : i % 5;
		made_row(m);
		for (size_t k = 0; k < n; k++)
			made_value(m, value(m, shape, i + k));
	}
}

static void
write_all(const char *name, struct made *made, size_t n, size_t group)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s.rows", dir, name);
	made_show(path, made, n);
	for (size_t c = 0; c < sizeof(codecs) / sizeof(*codecs); c++)
		for (unsigned version = 1; version <= 2; version++) {
			struct chunk_options options = { .codec = codecs[c],
				.version = version,
				.page_bytes = 1 << 14 };

			snprintf(path, sizeof(path), "%s/%s-%s-%u.parquet", dir,
			    name, codec_name(codecs[c]), version);
			made_write(path, made, n, group, &options);
		}
	for (size_t i = 0; i < n; i++)
		made_free(&made[i]);
}

/* All types, shapes and places of nulls, in one row group. */
static void
write_types(size_t rows)
{
	struct made *made = mem_alloc(TYPES * SHAPES * NULLS * sizeof(*made));
	char name[100];
	size_t n = 0;

	for (size_t t = 0; t < TYPES; t++)
		for (int s = 0; s < SHAPES; s++)
			for (int u = 0; u < NULLS; u++)
				make(&made[n++], t, (enum shape)s,
				    (enum nulls)u, rows);
	snprintf(name, sizeof(name), "types-%zu", rows);
	write_all(name, made, n, rows);
	free(made);
}

/* Several row groups; some columns come late, or have no value for long. */
static void
write_groups(size_t rows, size_t group)
{
	struct made made[TYPES * 3];
	size_t n = 0;

	for (size_t t = 0; t < TYPES; t++)
		make(&made[n++], t, ANY, RARE, rows);
	for (size_t t = 0; t < TYPES; t++) {
		make(&made[n], t, FEW, NONE, rows);
		made_absent(&made[n++], group + 1);
	}
	for (size_t t = 0; t < TYPES; t++) {
		make(&made[n], t, RISING, RARE, rows);
		made[n].late = true;
		made_absent(&made[n++], 2 * group);
	}
	write_all("groups", made, n, group);
}

/* Many rows, so that there are many pages. */
static void
write_long(size_t rows)
{
	struct made made[TYPES * 2];
	size_t n = 0;

	for (size_t t = 0; t < TYPES; t++) {
		if (types[t].list)
			continue;
		make(&made[n++], t, RISING, RARE, rows);
		make(&made[n++], t, ANY, NONE, rows);
	}
	write_all("long", made, n, rows);
}

/* Texts of 0 to a million bytes, and what is hard to cut. */
static void
write_texts(void)
{
	struct made made[2];
	static const char *const hard[] = { "", "a", "\xf4\x8f\xbf\xbf",
		"\xc3\xa9", "\xed\x9f\xbf", "\x7f" };

	for (size_t i = 0; i < 2; i++) {
		make(&made[i], i == 0 ? 5 : 6, ANY, NONE, 0);
		for (size_t k = 0; k < 12; k++) {
			made_row(&made[i]);
			made_value(&made[i],
			    made_long(&made[i], hard[k % 6], k < 6 ? 1 : 70));
		}
		made_row(&made[i]);
		made_value(&made[i], made_long(&made[i], "0123456789", 100000));
		made_null(&made[i]);
		made_row(&made[i]);
		made_value(&made[i], made_long(&made[i], "\xc3\xa9", 524288));
		made[i].rows = 15;
	}
	write_all("texts", made, 2, 15);
}

int
main(int argc, char **argv)
{
	static const size_t rows[] = { 0, 1, 2, 9, 100 };

	assert(argc == 2);
	dir = argv[1];
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		write_types(rows[i]);
	write_groups(700, 150);
	write_long(20000);
	write_texts();
	return 0;
}
