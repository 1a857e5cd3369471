/* SPDX-License-Identifier: MIT */
/* field: numbers and addresses, in all the ways that traces print them */
#include "source/field.h"

#include <arpa/inet.h>
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static void
numbers_are_decimal_or_hexadecimal(void)
{
	static const struct {
		const char *text;
		int64_t v;
	} t[] = {
		{ "0", 0 },
		{ "49", 49 },
		{ "-1", -1 },
		{ "000", 0 },
		{ "0x31", 49 },
		{ "0x00000031", 49 },
		{ "0xffffffffffffff91", -111 },
		{ "9223372036854775807", INT64_MAX },
		{ "-9223372036854775808", INT64_MIN },
	};
	static const char *const not [] = { "", "-", "0x", "x", "1 ", " 1",
		"1a", "0x1g", "0x10000000000000000", "9223372036854775808",
		"--1", "ARRAY[01]", "1.5" };
	int64_t v = 7;

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		assert(field_s64(str_of(t[i].text), &v) && v == t[i].v);
	v = 7;
	for (size_t i = 0; i < sizeof(not ) / sizeof(not [0]); i++)
		assert(!field_s64(str_of(not [i]), &v) && v == 7);
	assert(!field_s64((struct str){ NULL, 0 }, &v));
}

static void
arrays_are_bytes(void)
{
	uint8_t b[4];

	assert(field_bytes(str_of("ARRAY[ac, 18, 00, 05]"), b, 4) == 4);
	assert(memcmp(b, "\xac\x18\x00\x05", 4) == 0);
	assert(field_bytes(str_of("ARRAY[ff,00]"), b, 4) == 2);
	assert(field_bytes(str_of("ARRAY[]"), b, 4) == 0);
	assert(field_bytes(str_of("ARRAY[01,02,03,04,05]"), b, 4) == -1);
	assert(field_bytes(str_of("ARRAY[0]"), b, 4) == -1);
	assert(field_bytes(str_of("ARRAY[0g]"), b, 4) == -1);
	assert(field_bytes(str_of("ARRAY[01,0]"), b, 4) == -1);
	assert(field_bytes(str_of("ARRAY["), b, 4) == -1);
	assert(field_bytes(str_of("ARRAY"), b, 4) == -1);
	assert(field_bytes(str_of(""), b, 4) == -1);
}

/* The text is what inet_ntop(3) makes of the address. */
static void
is_endpoint(const char *text, int family, const char *address, unsigned port)
{
	struct endpoint e, want;
	char whole[100];
	bool is = field_endpoint(str_of(text), &e);

	snprintf(whole, sizeof(whole), family == AF_INET ? "%s:%u" : "[%s]:%u",
	    address, port);
	assert(is && endpoint_parse(str_of(whole), &want));
	assert(memcmp(&e.address, &want.address, sizeof(e.address)) == 0);
	assert(e.port == port);
}

static void
endpoints_are_printed_or_bytes(void)
{
	struct endpoint e;

	is_endpoint("172.24.0.5", AF_INET, "172.24.0.5", 0);
	is_endpoint("172.24.0.5:8083", AF_INET, "172.24.0.5", 8083);
	is_endpoint("fd24::3", AF_INET6, "fd24::3", 0);
	is_endpoint("[fd24::3]:80", AF_INET6, "fd24::3", 80);
	is_endpoint("ARRAY[ac,18,00,05]", AF_INET, "172.24.0.5", 0);
	is_endpoint("ARRAY[ac, 18, 00, 05]", AF_INET, "172.24.0.5", 0);
	is_endpoint("ARRAY[fd,24,00,00,00,00,00,00,00,00,00,00,00,00,00,03]",
	    AF_INET6, "fd24::3", 0);
	/* sockaddr_in and sockaddr_in6, of either byte order of the family */
	is_endpoint("ARRAY[02,00,1f,93,ac,18,00,05,00,00,00,00,00,00,00,00,00,"
		    "00,00,00,00,00,00,00,00,00,00,00]",
	    AF_INET, "172.24.0.5", 8083);
	is_endpoint("ARRAY[00, 02, 1f, 93, ac, 18, 00, 05, 00, 00, 00, 00, 00, "
		    "00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, "
		    "00]",
	    AF_INET, "172.24.0.5", 8083);
	is_endpoint("ARRAY[0a,00,1f,93,00,00,00,00,fd,24,00,00,00,00,00,00,00,"
		    "00,00,00,00,00,00,03,00,00,00,00]",
	    AF_INET6, "fd24::3", 8083);
	assert(!field_endpoint(str_of(""), &e));
	assert(!field_endpoint(str_of("\n*"), &e));
	assert(!field_endpoint(str_of("ARRAY[]"), &e));
	assert(!field_endpoint(str_of("ARRAY[01,02,03]"), &e));
	assert(!field_endpoint(str_of("ARRAY[01,02,03,04,05]"), &e));
	/* AF_UNIX */
	assert(!field_endpoint(
	    str_of("ARRAY[01,00,1f,93,ac,18,00,05,00,00,00,00,00,00,00,00,00,"
		   "00,00,00,00,00,00,00,00,00,00,00]"),
	    &e));
}

static void
a_table_grows_and_is_used_again(void)
{
	struct fields f = { 0 };

	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < 1000; i++)
			fields_add(&f, str_of("k"), str_of("v"));
		assert(f.n == 1000 && str_is(f.field[999].value, "v"));
		if (round == 0)
			fields_clear(&f);
		else
			fields_free(&f);
		assert(f.n == 0);
	}
	fields_add(&f, str_of("k"), str_of("v"));
	assert(f.n == 1);
	fields_free(&f);
}

int
main(void)
{
	numbers_are_decimal_or_hexadecimal();
	arrays_are_bytes();
	endpoints_are_printed_or_bytes();
	a_table_grows_and_is_used_again();
	return 0;
}
