/* SPDX-License-Identifier: MIT */
/* thriftout: the bytes of thrift-compact-protocol.md, worked out by hand */
#include "parquet/thriftout.h"

#include <assert.h>

#include "packed.h"

static struct output out;

#define IS(z) PACKED_IS(&out, z)

static void
varints(void)
{
	thriftout_varint(&out, 0);
	thriftout_varint(&out, 127);
	thriftout_varint(&out, 128);
	thriftout_varint(&out, 50399);
	IS("\0\x7f\x80\x01\xdf\x89\x03");
	thriftout_varint(&out, UINT64_MAX);
	IS("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
	assert(thriftout_zigzag(0) == 0 && thriftout_zigzag(-1) == 1);
	assert(thriftout_zigzag(1) == 2 && thriftout_zigzag(-2) == 3);
	assert(thriftout_zigzag(INT64_MAX) == UINT64_MAX - 1);
	assert(thriftout_zigzag(INT64_MIN) == UINT64_MAX);
}

static void
fields(void)
{
	struct thriftout t = { .out = &out };

	thriftout_number(&t, 1, THRIFT_I32, 7);
	thriftout_bool(&t, 2, true);
	thriftout_bool(&t, 3, false);
	thriftout_bytes(&t, 18, str_of("ab"));
	/* 16 further on: the number itself, zigzag. */
	thriftout_number(&t, 34, THRIFT_I64, -1);
	thriftout_number(&t, 35, THRIFT_I8, 64);
	thriftout_end(&t);
	IS("\x15\x0e"
	   "\x11"
	   "\x12"
	   "\xf8\x02"
	   "ab"
	   "\x06\x44\x01"
	   "\x13\x40"
	   "\0");
}

static void
nests(void)
{
	struct thriftout t = { .out = &out };

	thriftout_number(&t, 3, THRIFT_I16, 1);
	thriftout_struct(&t, 4);
	thriftout_number(&t, 2, THRIFT_I32, 1);
	thriftout_empty(&t, 3);
	thriftout_end(&t);
	thriftout_list(&t, 5, THRIFT_STRUCT, 1);
	thriftout_element_struct(&t);
	thriftout_number(&t, 1, THRIFT_I32, 0);
	thriftout_end(&t);
	thriftout_list(&t, 6, THRIFT_TRUE, 2);
	thriftout_element_bool(&t, true);
	thriftout_element_bool(&t, false);
	thriftout_end(&t);
	IS("\x34\x02"
	   "\x1c\x25\x02\x1c\0\0"
	   "\x19\x1c\x15\0\0"
	   "\x19\x21\x01\x02"
	   "\0");
	t = (struct thriftout){ .out = &out };
	thriftout_list(&t, 1, THRIFT_BYTES, 15);
	thriftout_element_bytes(&t, str_of("x"));
	IS("\x19\xf8\x0f\x01x");
}

int
main(void)
{
	output_in_memory(&out);
	varints();
	fields();
	nests();
	output_close(&out);
	return 0;
}
