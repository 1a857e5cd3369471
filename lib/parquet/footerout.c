/* SPDX-License-Identifier: MIT */
#include "parquet/footerout.h"

#include "parquet/thriftout.h"

/* The version of the format: RLE_DICTIONARY and pages v2 are of the second. */
enum { FORMAT_VERSION = 2 };

/* parquet.thrift: FieldRepetitionType, ConvertedType, PageType */
enum { REQUIRED, OPTIONAL, REPEATED };
enum { CONVERTED_UTF8 = 0, CONVERTED_LIST = 3, CONVERTED_NONE = -1 };
enum { PAGE_DATA = 0, PAGE_DICTIONARY = 2, PAGE_DATA_V2 = 3 };

/* The fields of the union LogicalType. */
enum { TYPE_STRING = 1, TYPE_LIST = 3, TYPE_TIMESTAMP = 8, TYPE_INTEGER = 10 };

/* What a logical type was called before there was LogicalType. */
static const int converted[] = {
	[LEAF_AS_IT_IS] = CONVERTED_NONE,
	[LEAF_STRING] = CONVERTED_UTF8,
	[LEAF_TIMESTAMP_MS] = 9,
	[LEAF_TIMESTAMP_US] = 10,
	[LEAF_TIMESTAMP_NS] = CONVERTED_NONE,
	[LEAF_INT8] = 15,
	[LEAF_INT16] = 16,
	[LEAF_INT32_LOGICAL] = 17,
	[LEAF_INT64_LOGICAL] = 18,
	[LEAF_UINT8] = 11,
	[LEAF_UINT16] = 12,
	[LEAF_UINT32] = 13,
	[LEAF_UINT64] = 14,
};

/*
 * Engines that have a type for instants of nanoseconds are few: DuckDB cuts
 * them to microseconds, and has all digits of a time without a zone.
 */
static void
put_timestamp(struct thriftout *t, enum leaf_logical unit)
{
	thriftout_struct(t, TYPE_TIMESTAMP);
	thriftout_bool(t, 1, unit != LEAF_TIMESTAMP_NS);
	thriftout_struct(t, 2);
	thriftout_empty(t, 1 + (int)(unit - LEAF_TIMESTAMP_MS));
	thriftout_end(t);
	thriftout_end(t);
}

static void
put_integer(struct thriftout *t, const struct leaf *leaf)
{
	bool with_sign = !leaf_unsigned(leaf);
	enum leaf_logical least = with_sign ? LEAF_INT8 : LEAF_UINT8;

	thriftout_struct(t, TYPE_INTEGER);
	thriftout_number(t, 1, THRIFT_I8, 8 << (leaf->logical - least));
	thriftout_bool(t, 2, with_sign);
	thriftout_end(t);
}

static void
put_logical(struct thriftout *t, const struct leaf *leaf)
{
	if (leaf->logical == LEAF_AS_IT_IS)
		return;
	if (converted[leaf->logical] != CONVERTED_NONE)
		thriftout_number(t, 6, THRIFT_I32, converted[leaf->logical]);
	thriftout_struct(t, 10);
	if (leaf->logical == LEAF_STRING)
		thriftout_empty(t, TYPE_STRING);
	else if (leaf->logical <= LEAF_TIMESTAMP_NS)
		put_timestamp(t, leaf->logical);
	else
		put_integer(t, leaf);
	thriftout_end(t);
}

/* Begins a group; whoever calls adds what is special, and ends it. */
static void
begin_group(struct thriftout *t, int repetition, struct str name)
{
	thriftout_element_struct(t);
	thriftout_number(t, 3, THRIFT_I32, repetition);
	thriftout_bytes(t, 4, name);
	thriftout_number(t, 5, THRIFT_I32, 1);
}

static void
put_leaf(struct thriftout *t, const struct leaf *leaf)
{
	int repetition = leaf->required ? REQUIRED : OPTIONAL;
	struct str name = leaf->name;

	if (leaf->list) {
		begin_group(t, repetition, name);
		thriftout_number(t, 6, THRIFT_I32, CONVERTED_LIST);
		thriftout_struct(t, 10);
		thriftout_empty(t, TYPE_LIST);
		thriftout_end(t);
		thriftout_end(t);
		begin_group(t, REPEATED, str_of("list"));
		thriftout_end(t);
		repetition = OPTIONAL;
		name = str_of("element");
	}
	thriftout_element_struct(t);
	thriftout_number(t, 1, THRIFT_I32, leaf->type);
	thriftout_number(t, 3, THRIFT_I32, repetition);
	thriftout_bytes(t, 4, name);
	put_logical(t, leaf);
	thriftout_end(t);
}

static void
put_schema(struct thriftout *t, const struct footerout *f)
{
	size_t n = 1;

	for (size_t i = 0; i < f->leaves; i++)
		n += f->leaf[i].list ? 3 : 1;
	thriftout_list(t, 2, THRIFT_STRUCT, n);
	thriftout_element_struct(t);
	thriftout_bytes(t, 4, str_of("schema"));
	thriftout_number(t, 5, THRIFT_I32, (int64_t)f->leaves);
	thriftout_end(t);
	for (size_t i = 0; i < f->leaves; i++)
		put_leaf(t, &f->leaf[i]);
}

static void
put_statistics(struct thriftout *t, const struct chunk *c)
{
	thriftout_struct(t, 12);
	thriftout_number(t, 3, THRIFT_I64, (int64_t)c->nulls);
	if (c->bounds.known) {
		thriftout_bytes(t, 5, c->bounds.most);
		thriftout_bytes(t, 6, c->bounds.least);
		thriftout_bool(t, 7, c->bounds.most_exact);
		thriftout_bool(t, 8, c->bounds.least_exact);
	}
	thriftout_end(t);
}

static void
put_page_encoding(struct thriftout *t, int page, int how, size_t n)
{
	thriftout_element_struct(t);
	thriftout_number(t, 1, THRIFT_I32, page);
	thriftout_number(t, 2, THRIFT_I32, how);
	thriftout_number(t, 3, THRIFT_I32, (int64_t)n);
	thriftout_end(t);
}

static void
put_encodings(struct thriftout *t, const struct chunk *c)
{
	thriftout_list(t, 2, THRIFT_I32,
	    (size_t)__builtin_popcount(c->encodings));
	for (int i = 0; i < 32; i++)
		if (c->encodings >> i & 1)
			thriftout_element(t, i);
}

static void
put_page_encodings(struct thriftout *t, const struct chunk *c)
{
	thriftout_list(t, 13, THRIFT_STRUCT, c->dictionary ? 2 : 1);
	if (c->dictionary)
		put_page_encoding(t, PAGE_DICTIONARY, CODING_PLAIN, 1);
	put_page_encoding(t, c->version == 2 ? PAGE_DATA_V2 : PAGE_DATA,
	    (int)c->how, c->pages);
}

static void
put_path(struct thriftout *t, const struct leaf *leaf)
{
	thriftout_list(t, 3, THRIFT_BYTES, leaf->list ? 3 : 1);
	thriftout_element_bytes(t, leaf->name);
	if (leaf->list) {
		thriftout_element_bytes(t, str_of("list"));
		thriftout_element_bytes(t, str_of("element"));
	}
}

static void
put_metadata(struct thriftout *t, const struct leaf *leaf,
    const struct footerout_chunk *p)
{
	const struct chunk *c = &p->chunk;

	thriftout_struct(t, 3);
	thriftout_number(t, 1, THRIFT_I32, leaf->type);
	put_encodings(t, c);
	put_path(t, leaf);
	thriftout_number(t, 4, THRIFT_I32, c->codec);
	thriftout_number(t, 5, THRIFT_I64, (int64_t)c->values);
	thriftout_number(t, 6, THRIFT_I64, (int64_t)c->unpacked);
	thriftout_number(t, 7, THRIFT_I64, (int64_t)p->bytes);
	thriftout_number(t, 9, THRIFT_I64, (int64_t)(p->at + c->data_at));
	if (c->dictionary)
		thriftout_number(t, 11, THRIFT_I64, (int64_t)p->at);
	put_statistics(t, c);
	put_page_encodings(t, c);
	if (p->bloom_bytes > 0) {
		thriftout_number(t, 14, THRIFT_I64, (int64_t)p->bloom_at);
		thriftout_number(t, 15, THRIFT_I32, (int64_t)p->bloom_bytes);
	}
	thriftout_end(t);
}

static void
put_chunk(struct thriftout *t, const struct leaf *leaf,
    const struct footerout_chunk *p)
{
	thriftout_element_struct(t);
	/* file_offset: that of metadata beside the chunk, and there is none. */
	thriftout_number(t, 2, THRIFT_I64, 0);
	put_metadata(t, leaf, p);
	thriftout_number(t, 4, THRIFT_I64, (int64_t)p->offsets_at);
	thriftout_number(t, 5, THRIFT_I32, (int64_t)p->offsets_bytes);
	if (p->columns_bytes > 0) {
		thriftout_number(t, 6, THRIFT_I64, (int64_t)p->columns_at);
		thriftout_number(t, 7, THRIFT_I32, (int64_t)p->columns_bytes);
	}
	thriftout_end(t);
}

static void
put_group(struct thriftout *t, const struct footerout *f, size_t number)
{
	const struct footerout_group *g = &f->group[number];
	uint64_t unpacked = 0, bytes = 0, first = UINT64_MAX;

	thriftout_element_struct(t);
	thriftout_list(t, 1, THRIFT_STRUCT, g->n);
	for (size_t i = 0; i < g->n; i++) {
		put_chunk(t, &f->leaf[i], &g->chunk[i]);
		unpacked += g->chunk[i].chunk.unpacked;
		bytes += g->chunk[i].bytes;
		if (g->chunk[i].at < first)
			first = g->chunk[i].at;
	}
	thriftout_number(t, 2, THRIFT_I64, (int64_t)unpacked);
	thriftout_number(t, 3, THRIFT_I64, (int64_t)g->rows);
	if (g->n > 0)
		thriftout_number(t, 5, THRIFT_I64, (int64_t)first);
	thriftout_number(t, 6, THRIFT_I64, (int64_t)bytes);
	if (number <= INT16_MAX)
		thriftout_number(t, 7, THRIFT_I16, (int64_t)number);
	thriftout_end(t);
}

static void
put_facts(struct thriftout *t, const struct footerout *f)
{
	if (f->facts == 0)
		return;
	thriftout_list(t, 5, THRIFT_STRUCT, f->facts);
	for (size_t i = 0; i < f->facts; i++) {
		thriftout_element_struct(t);
		thriftout_bytes(t, 1, f->fact[i].key);
		thriftout_bytes(t, 2, f->fact[i].value);
		thriftout_end(t);
	}
}

void
footerout_put(struct output *out, const struct footerout *f)
{
	struct thriftout t = { .out = out };
	uint64_t from = out->bytes + out->n, rows = 0;
	uint32_t length;

	for (size_t i = 0; i < f->groups; i++)
		rows += f->group[i].rows;
	thriftout_number(&t, 1, THRIFT_I32, FORMAT_VERSION);
	put_schema(&t, f);
	thriftout_number(&t, 3, THRIFT_I64, (int64_t)rows);
	thriftout_list(&t, 4, THRIFT_STRUCT, f->groups);
	for (size_t i = 0; i < f->groups; i++)
		put_group(&t, f, i);
	put_facts(&t, f);
	/* parquet-mr takes it apart: "APPLICATION version V (build B)". */
	thriftout_bytes(&t, 6,
	    str_of("tracekit version " TK_VERSION " (build " TK_VERSION ")"));
	/* Each leaf's order is that of its type. */
	thriftout_list(&t, 7, THRIFT_STRUCT, f->leaves);
	for (size_t i = 0; i < f->leaves; i++) {
		thriftout_element_struct(&t);
		thriftout_empty(&t, 1);
		thriftout_end(&t);
	}
	thriftout_end(&t);
	length = (uint32_t)(out->bytes + out->n - from);
	output_put(out, &length, sizeof(length));
	output_text(out, "PAR1");
}
