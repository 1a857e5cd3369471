/* SPDX-License-Identifier: MIT */
/*
 * thriftout -- structs in Thrift's compact protocol
 *
 * Fields are written in the order of their numbers, which parquet.thrift
 * gives; a field that is absent is not written (apache/thrift,
 * doc/specs/thrift-compact-protocol.md):
 *
 *	struct thriftout t = { .out = out };
 *
 *	thriftout_number(&t, 1, THRIFT_I32, 7);
 *	thriftout_struct(&t, 5);
 *	thriftout_end(&t);	of the field 5
 *	thriftout_end(&t);	of the whole
 */
#ifndef TK_THRIFTOUT_H
#define TK_THRIFTOUT_H

#include "stream/output.h"

/* The types of fields and elements. */
enum thriftout_type {
	THRIFT_TRUE = 1,
	THRIFT_FALSE = 2,
	THRIFT_I8 = 3,
	THRIFT_I16 = 4,
	THRIFT_I32 = 5,
	THRIFT_I64 = 6,
	THRIFT_BYTES = 8,
	THRIFT_LIST = 9,
	THRIFT_STRUCT = 12,
};

enum { THRIFTOUT_DEPTH = 12 };

struct thriftout {
	struct output *out;
	/* thriftout's own: the last field of each struct that is open. */
	int last[THRIFTOUT_DEPTH];
	unsigned depth;
};

/* A field that is an integer, of the type of its declaration. */
void thriftout_number(struct thriftout *, int field, enum thriftout_type,
    int64_t v);

void thriftout_bool(struct thriftout *, int field, bool v);
void thriftout_bytes(struct thriftout *, int field, struct str v);

/* Begins a field that is a struct; it ends with thriftout_end. */
void thriftout_struct(struct thriftout *, int field);
void thriftout_end(struct thriftout *);

/* A field that is a struct, or a union, with nothing in it. */
void thriftout_empty(struct thriftout *, int field);

/* Begins a field that is a list; its n elements follow. */
void thriftout_list(struct thriftout *, int field, enum thriftout_type,
    size_t n);

/* Elements; a struct ends with thriftout_end, and its fields count anew. */
void thriftout_element(struct thriftout *, int64_t v);
void thriftout_element_bool(struct thriftout *, bool v);
void thriftout_element_bytes(struct thriftout *, struct str v);
void thriftout_element_struct(struct thriftout *);

/* An unsigned number in seven bits a byte, the lowest first (ULEB128). */
void thriftout_varint(struct output *, uint64_t v);

/* Small numbers of either sign as small ones: 0, -1, 1, -2, ... */
static inline uint64_t
thriftout_zigzag(int64_t v)
{
	return (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0);
}

#endif
