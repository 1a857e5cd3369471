/* SPDX-License-Identifier: MIT */
/*
 * parquet_file -- files of one column, made by hand for tests, right or wrong
 *
 * The numbers are those of parquet.thrift; see there for what they mean.
 */
#ifndef TK_UNIT_PARQUET_FILE_H
#define TK_UNIT_PARQUET_FILE_H

#include <assert.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "stream/output.h"

enum { BOOL = 1, I32 = 5, I64 = 6, BINARY = 8, LIST = 9, STRUCT = 12 };
enum { REQUIRED, OPTIONAL, REPEATED };

static inline void
put_varint(struct output *out, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		output_byte(out, (char)(v | 0x80));
	output_byte(out, (char)v);
}

/* Begins a field whose number is so many above the one before. */
static inline void
put_field(struct output *out, int step, int type)
{
	output_byte(out, (char)(step << 4 | type));
}

static inline void
put_integer(struct output *out, int step, int type, int64_t v)
{
	put_field(out, step, type);
	put_varint(out, (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0));
}

static inline void
put_text(struct output *out, int step, const char *z)
{
	put_field(out, step, BINARY);
	put_varint(out, strlen(z));
	output_text(out, z);
}

static inline void
put_stop(struct output *out)
{
	output_byte(out, 0);
}

/* An element of a schema; what is below 0 is not there. */
struct element {
	const char *name;
	int type, repetition, children, converted;
};

static inline void
put_element(struct output *out, const struct element *e)
{
	int last = 0;

	if (e->type >= 0)
		put_integer(out, (last = 1), I32, e->type);
	if (e->repetition >= 0)
		put_integer(out, 3 - last, I32, e->repetition);
	if (e->repetition >= 0)
		last = 3;
	put_text(out, 4 - last, e->name);
	last = 4;
	if (e->children >= 0)
		put_integer(out, (last = 5) - 4, I32, e->children);
	if (e->converted >= 0)
		put_integer(out, 6 - last, I32, e->converted);
	put_stop(out);
}

struct page {
	int type; /* 0 data, 2 dictionary, 3 data of version 2 */
	const char *bytes;
	size_t n;
	size_t more;                  /* bytes when it is unpacked */
	int values, encoding, levels; /* encoding of the latter */
	int nulls, rows, definition_bytes, repetition_bytes;
	bool has_crc;
	uint32_t crc;
};

static inline void
put_page(struct output *out, const struct page *p)
{
	int last = 3;

	put_integer(out, 1, I32, p->type);
	put_integer(out, 1, I32, (int64_t)(p->n + p->more));
	put_integer(out, 1, I32, (int64_t)p->n);
	if (p->has_crc)
		put_integer(out, (last = 4) - 3, I32, (int32_t)p->crc);
	put_field(out, (p->type == 0 ? 5 : p->type + 5) - last, STRUCT);
	put_integer(out, 1, I32, p->values);
	if (p->type == 3) {
		put_integer(out, 1, I32, p->nulls);
		put_integer(out, 1, I32, p->rows);
	}
	put_integer(out, 1, I32, p->encoding);
	if (p->type == 3) {
		put_integer(out, 1, I32, p->definition_bytes);
		put_integer(out, 1, I32, p->repetition_bytes);
	} else if (p->type == 0) {
		put_integer(out, 1, I32, p->levels);
		put_integer(out, 1, I32, p->levels);
	}
	put_stop(out);
	put_stop(out);
	output_put(out, p->bytes, p->n);
}

/* A file of one row group with one column, whose pages follow one another. */
struct table {
	const struct element *element; /* below the root */
	int elements;
	int type; /* of the column's values */
	const struct page *page;
	size_t pages;
	int64_t rows, values;
	int codec;
};

static inline void
put_group(struct output *out, const struct table *t, uint64_t at,
    uint64_t bytes)
{
	put_field(out, 1, LIST); /* columns */
	output_byte(out, 1 << 4 | STRUCT);
	put_field(out, 3, STRUCT); /* meta_data */
	put_integer(out, 1, I32, t->type);
	put_integer(out, 3, I32, t->codec);
	put_integer(out, 1, I64, t->values);
	put_integer(out, 2, I64, (int64_t)bytes);
	put_integer(out, 2, I64, (int64_t)at);
	put_stop(out);
	put_stop(out);
	put_integer(out, 2, I64, t->rows);
	put_stop(out);
}

/* Makes the file; returns its descriptor. */
static inline int
table_file(const struct table *t, uint64_t *size)
{
	static const struct element root = { "root", -1, -1, 1, -1 };
	int fd = memfd_create("table", MFD_CLOEXEC);
	struct output out;
	uint64_t bytes, footer;

	assert(fd >= 0);
	output_in_memory(&out);
	output_text(&out, "PAR1");
	for (size_t i = 0; i < t->pages; i++)
		put_page(&out, &t->page[i]);
	bytes = out.n - 4;
	footer = out.n;
	put_integer(&out, 1, I32, 2);
	put_field(&out, 1, LIST); /* schema */
	output_byte(&out, (char)((t->elements + 1) << 4 | STRUCT));
	put_element(&out, &root);
	for (int i = 0; i < t->elements; i++)
		put_element(&out, &t->element[i]);
	put_integer(&out, 1, I64, t->rows);
	put_field(&out, 1, LIST); /* row groups */
	output_byte(&out, 1 << 4 | STRUCT);
	put_group(&out, t, 4, bytes);
	put_stop(&out);
	footer = out.n - footer;
	for (int i = 0; i < 4; i++)
		output_byte(&out, (char)(footer >> 8 * i));
	output_text(&out, "PAR1");
	*size = out.n;
	if (write(fd, out.buf, out.n) != (ssize_t)out.n)
		abort();
	output_close(&out);
	return fd;
}

#endif
