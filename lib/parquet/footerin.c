/* SPDX-License-Identifier: MIT */
#include "parquet/footerin.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parquet/schemain.h"

enum { COLUMN, OTHER, GROUP, FACT, CHUNK };

static void
add_column(struct footerin *f, const struct schemain_column *c, unsigned place)
{
	if (c->why == NULL) {
		f->column = mem_grow(f->column, &f->cap[COLUMN], f->columns + 1,
		    sizeof(*f->column));
		f->column[f->columns++] = (struct footerin_column){
			.leaf = c->leaf,
			.place = place,
			.definition = c->definition,
			.repetition = c->repetition,
			.element = c->element,
		};
	} else {
		f->other = mem_grow(f->other, &f->cap[OTHER], f->others + 1,
		    sizeof(*f->other));
		f->other[f->others++] = (struct footerin_other){ c->leaf.name,
			c->why };
	}
}

static void
read_schema(struct footerin *f, struct thriftin *in,
    const struct thriftin_field *field)
{
	struct thriftin_field element;
	size_t left = thriftin_list(in, field, &element);
	struct schemain_column c;
	unsigned place = 0;

	if (f->leaves > 0 || left == 0) {
		if (in->why == NULL)
			in->why = "a schema that is there twice, or empty";
		return;
	}
	schemain_root(in, &element, &left);
	while (left > 0 && in->why == NULL) {
		schemain_next(in, &element, &left, &c);
		if (in->why != NULL)
			return;
		add_column(f, &c, place);
		place += c.leaves;
	}
	f->leaves = place;
}

/*
 * Reads a row group as far as its rows; its columns are looked at when they
 * are asked for.
 */
static void
read_group(struct footerin *f, struct thriftin *in,
    const struct thriftin_field *element)
{
	struct footerin_group g = { .before = f->rows };
	struct thriftin_field field = { 0 };
	int64_t rows = -1;

	thriftin_struct(in, element);
	g.at = (size_t)(in->p - f->bytes.p);
	while (thriftin_next(in, &field))
		if (field.id == 3)
			rows = thriftin_integer(in, &field);
		else
			thriftin_skip(in, &field);
	if (in->why != NULL)
		return;
	if (rows < 0 || f->rows + (uint64_t)rows > INT64_MAX) {
		in->why = "a row group without a number of rows";
		return;
	}
	g.rows = (uint64_t)rows;
	f->rows += g.rows;
	f->group = mem_grow(f->group, &f->cap[GROUP], f->groups + 1,
	    sizeof(*f->group));
	f->group[f->groups++] = g;
}

static void
read_fact(struct footerin *f, struct thriftin *in,
    const struct thriftin_field *element)
{
	struct thriftin_field field = { 0 };
	struct footerin_fact fact = { { NULL, 0 }, { NULL, 0 } };

	thriftin_struct(in, element);
	while (thriftin_next(in, &field))
		if (field.id == 1)
			fact.key = thriftin_bytes(in, &field);
		else if (field.id == 2)
			fact.value = thriftin_bytes(in, &field);
		else
			thriftin_skip(in, &field);
	if (in->why != NULL || fact.key.p == NULL)
		return;
	f->fact = mem_grow(f->fact, &f->cap[FACT], f->facts + 1,
	    sizeof(*f->fact));
	f->fact[f->facts++] = fact;
}

/* Reads each element of a list. */
static void
read_each(struct footerin *f, struct thriftin *in,
    const struct thriftin_field *field,
    void (*read)(struct footerin *, struct thriftin *,
	const struct thriftin_field *))
{
	struct thriftin_field element;
	size_t n = thriftin_list(in, field, &element);

	for (size_t i = 0; i < n && in->why == NULL; i++)
		read(f, in, &element);
}

const char *
footerin_read(struct footerin *f, struct str bytes)
{
	struct thriftin in = { .p = bytes.p, .end = bytes.p + bytes.n };
	struct thriftin_field field = { 0 };
	int64_t rows = -1;

	f->bytes = bytes;
	while (thriftin_next(&in, &field))
		switch (field.id) {
		case 2:
			read_schema(f, &in, &field);
			break;
		case 3:
			rows = thriftin_integer(&in, &field);
			break;
		case 4:
			read_each(f, &in, &field, read_group);
			break;
		case 5:
			read_each(f, &in, &field, read_fact);
			break;
		case 6:
			f->by = thriftin_bytes(&in, &field);
			break;
		default:
			thriftin_skip(&in, &field);
		}
	if (in.why != NULL)
		return in.why;
	if (f->cap[COLUMN] + f->cap[OTHER] == 0)
		return "it has no columns";
	if (rows < 0 || (uint64_t)rows != f->rows)
		return "its rows are not those of its row groups";
	return NULL;
}

/* The numbers of a column chunk as they stand. */
struct numbers {
	int32_t type, codec;
	int64_t values, bytes, data, dictionary;
	bool elsewhere; /* in another file, or encrypted */
};

static void
read_metadata(struct thriftin *in, struct numbers *n)
{
	struct thriftin_field f = { 0 };

	while (thriftin_next(in, &f))
		switch (f.id) {
		case 1:
			n->type = thriftin_int32(in, &f);
			break;
		case 4:
			n->codec = thriftin_int32(in, &f);
			break;
		case 5:
			n->values = thriftin_integer(in, &f);
			break;
		case 7:
			n->bytes = thriftin_integer(in, &f);
			break;
		case 9:
			n->data = thriftin_integer(in, &f);
			break;
		case 11:
			n->dictionary = thriftin_integer(in, &f);
			break;
		default:
			thriftin_skip(in, &f);
		}
}

static void
read_numbers(struct thriftin *in, const struct thriftin_field *element,
    struct numbers *n)
{
	struct thriftin_field f = { 0 };

	*n = (struct numbers){ -1, -1, -1, -1, -1, -1, false };
	thriftin_struct(in, element);
	while (thriftin_next(in, &f))
		switch (f.id) {
		case 1: /* file_path */
		case 8: /* crypto_metadata */
		case 9: /* encrypted_column_metadata */
			thriftin_skip(in, &f);
			n->elsewhere = true;
			break;
		case 3:
			thriftin_struct(in, &f);
			read_metadata(in, n);
			break;
		default:
			thriftin_skip(in, &f);
		}
}

/* Older writers tell 0 as the place of a dictionary that there is not. */
static const char *
take(const struct numbers *n, const struct footerin_column *column,
    uint64_t size, struct footerin_chunk *c)
{
	uint64_t at = (uint64_t)n->data;

	if (n->elsewhere)
		return "its values are in another file, or encrypted";
	if (n->values < 0 || n->bytes < 0 || n->data < 0)
		return "the footer does not tell where it is";
	if (n->type != (int32_t)column->leaf.type)
		return "it is of another type than the schema says";
	if (n->dictionary > 0 && n->dictionary < n->data)
		at = (uint64_t)n->dictionary;
	if (at < 4 || at > size || (uint64_t)n->bytes > size - at)
		return "it lies outside of the file";
	*c = (struct footerin_chunk){
		.type = n->type,
		.codec = n->codec,
		.values = (uint64_t)n->values,
		.at = at,
		.bytes = (uint64_t)n->bytes,
	};
	return NULL;
}

/* Reads the columns of a group.  Returns what is wrong. */
static const char *
read_chunks(struct footerin *f, struct thriftin *in,
    const struct thriftin_field *field, uint64_t size, size_t *column)
{
	struct thriftin_field element;
	size_t n = thriftin_list(in, field, &element);
	uint64_t left = size;
	size_t c = 0;

	if (in->why == NULL && n != f->leaves)
		return "it has not as many columns as the schema";
	for (size_t i = 0; i < n && in->why == NULL; i++) {
		struct numbers numbers;
		const char *why;

		read_numbers(in, &element, &numbers);
		if (in->why != NULL)
			break;
		if (c == f->columns || f->column[c].place != i)
			continue; /* one that is left out */
		why = take(&numbers, &f->column[c], size, &f->chunk[c]);
		if (why == NULL && f->chunk[c].bytes > left)
			why = "its bytes are those of other columns, too";
		if (why != NULL) {
			*column = c;
			return why;
		}
		left -= f->chunk[c].bytes;
		c++;
	}
	return in->why;
}

const struct footerin_chunk *
footerin_chunks(struct footerin *f, size_t group, uint64_t size,
    const char **why, size_t *column)
{
	struct thriftin in = {
		.p = f->bytes.p + f->group[group].at,
		.end = f->bytes.p + f->bytes.n,
	};
	struct thriftin_field field = { 0 };
	bool there = false;

	*column = f->columns;
	*why = NULL;
	f->chunk = mem_grow(f->chunk, &f->cap[CHUNK], f->columns + 1,
	    sizeof(*f->chunk));
	while (*why == NULL && thriftin_next(&in, &field)) {
		if (field.id != 1) {
			thriftin_skip(&in, &field);
			continue;
		}
		there = true;
		*why = read_chunks(f, &in, &field, size, column);
	}
	if (*why == NULL)
		*why = in.why;
	if (*why == NULL && !there)
		*why = "it has no columns";
	return *why == NULL ? f->chunk : NULL;
}

void
footerin_free(struct footerin *f)
{
	free(f->column);
	free(f->other);
	free(f->group);
	free(f->fact);
	free(f->chunk);
}
