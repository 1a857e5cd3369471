/* SPDX-License-Identifier: MIT */
#include "parquet/thriftout.h"

#include <assert.h>

enum { VARINT_MOST = 10 };

void
thriftout_varint(struct output *out, uint64_t v)
{
	char *p = output_room(out, VARINT_MOST);
	size_t n = 0;

	for (; v >= 0x80; v >>= 7)
		p[n++] = (char)(v | 0x80);
	p[n++] = (char)v;
	output_used(out, n);
}

/* A field's number is written as what it is above the one before. */
static void
begin_field(struct thriftout *t, int field, enum thriftout_type type)
{
	int above = field - t->last[t->depth];

	assert(above > 0);
	if (above <= 15) {
		output_byte(t->out, (char)(above << 4 | (int)type));
	} else {
		output_byte(t->out, (char)type);
		thriftout_varint(t->out, thriftout_zigzag(field));
	}
	t->last[t->depth] = field;
}

void
thriftout_number(struct thriftout *t, int field, enum thriftout_type type,
    int64_t v)
{
	begin_field(t, field, type);
	if (type == THRIFT_I8)
		output_byte(t->out, (char)v);
	else
		thriftout_element(t, v);
}

void
thriftout_bool(struct thriftout *t, int field, bool v)
{
	begin_field(t, field, v ? THRIFT_TRUE : THRIFT_FALSE);
}

void
thriftout_bytes(struct thriftout *t, int field, struct str v)
{
	begin_field(t, field, THRIFT_BYTES);
	thriftout_element_bytes(t, v);
}

void
thriftout_struct(struct thriftout *t, int field)
{
	begin_field(t, field, THRIFT_STRUCT);
	thriftout_element_struct(t);
}

void
thriftout_end(struct thriftout *t)
{
	output_byte(t->out, 0);
	if (t->depth > 0)
		t->depth--;
}

void
thriftout_empty(struct thriftout *t, int field)
{
	thriftout_struct(t, field);
	thriftout_end(t);
}

void
thriftout_list(struct thriftout *t, int field, enum thriftout_type type,
    size_t n)
{
	begin_field(t, field, THRIFT_LIST);
	if (n < 15) {
		output_byte(t->out, (char)(n << 4 | (size_t)type));
	} else {
		output_byte(t->out, (char)(0xf0 | (int)type));
		thriftout_varint(t->out, n);
	}
}

void
thriftout_element(struct thriftout *t, int64_t v)
{
	thriftout_varint(t->out, thriftout_zigzag(v));
}

void
thriftout_element_bool(struct thriftout *t, bool v)
{
	output_byte(t->out, v ? THRIFT_TRUE : THRIFT_FALSE);
}

void
thriftout_element_bytes(struct thriftout *t, struct str v)
{
	thriftout_varint(t->out, v.n);
	output_str(t->out, v);
}

void
thriftout_element_struct(struct thriftout *t)
{
	assert(t->depth + 1 < THRIFTOUT_DEPTH);
	t->last[++t->depth] = 0;
}
