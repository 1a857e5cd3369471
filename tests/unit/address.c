/* SPDX-License-Identifier: MIT */
/* address: both families in one form, read and printed as RFC 5952 says */
#undef NDEBUG
#include "base/address.h"

#include <assert.h>

static bool
prints_as(const char *text, const char *want)
{
	struct address a;
	char got[ADDRESS_TEXT];

	if (!address_parse(str_of(text), &a))
		return false;
	return address_print(&a, got) == strlen(want) && strcmp(got, want) == 0;
}

static bool
end_prints_as(const char *text, const char *want)
{
	struct endpoint e;
	char got[ENDPOINT_TEXT];

	if (!endpoint_parse(str_of(text), &e))
		return false;
	return endpoint_print(&e, got) == strlen(want) &&
	    strcmp(got, want) == 0;
}

static bool
within(const char *address, const char *block)
{
	struct address a;
	struct address_block b;

	assert(address_parse(str_of(address), &a));
	assert(address_block_parse(str_of(block), &b));
	return address_in(&a, &b);
}

static void
test_address(void)
{
	static const char *const bad[] = { "", "1.2.3", "1.2.3.4.5",
		"1.2.3.256", "1.2.3.4 ", " 1.2.3.4", "a", ":",
		":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
		"12345::", "::1%lo", "[::1]", "fe80::1/64",
		"0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000" };
	struct address a;

	assert(prints_as("172.24.0.5", "172.24.0.5"));
	assert(prints_as("255.255.255.255", "255.255.255.255"));
	assert(prints_as("::ffff:10.0.0.1", "10.0.0.1"));
	assert(prints_as("::ffff:a00:1", "10.0.0.1"));
	assert(prints_as("FD24:0:0:0:0:0:0:3", "fd24::3"));
	/* RFC 5952, 4.2: the longest run, the first of equals, not one alone */
	assert(prints_as("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"));
	assert(prints_as("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"));
	assert(prints_as("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"));
	assert(prints_as("0:0:0:0:0:0:0:0", "::"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert(!address_parse(str_of(bad[i]), &a));
	assert(!address_parse((struct str){ "1.2.3.4\0", 8 }, &a));
	assert(!address_parse((struct str){ NULL, 0 }, &a));
}

static void
test_from(void)
{
	static const uint8_t four[] = { 10, 1, 2, 3 }, zero[16] = { 0 };
	static const struct address none;
	struct address a = address_from(four, 4), b;

	assert(address_parse(str_of("10.1.2.3"), &b) && address_eq(&a, &b));
	assert(address_parse(str_of("::ffff:10.1.2.3"), &b));
	assert(address_eq(&a, &b) && !address_eq(&a, &none));
	b = address_from(a.byte, 16);
	assert(address_eq(&a, &b));
	a = address_from(zero, 4);
	assert(address_eq(&a, &none));
	a = address_from(zero, 16);
	assert(address_eq(&a, &none));
	assert(address_parse(str_of("0.0.0.0"), &a) && address_eq(&a, &none));
}

static void
test_endpoint(void)
{
	static const char *const bad[] = { "", ":80",
		"1.2.3.4:", "1.2.3.4:65536", "1.2.3.4:-1", "1.2.3.4:8 ",
		"1.2.3.4:80:81", "[::1]80", "[::1", "::1]:80", "[]:80",
		"[::1]:", "[::1]:x" };
	struct endpoint e, f;

	assert(end_prints_as("172.24.0.5:8080", "172.24.0.5:8080"));
	assert(end_prints_as("0.0.0.1:65535", "0.0.0.1:65535"));
	assert(end_prints_as("[fd24::3]:80", "[fd24::3]:80"));
	assert(end_prints_as("[::ffff:10.0.0.1]:80", "10.0.0.1:80"));
	assert(end_prints_as("10.0.0.1", "10.0.0.1:0"));
	assert(end_prints_as("fd24::3", "[fd24::3]:0"));
	assert(end_prints_as("[2001:db8:1111:2222:3333:4444:5555:6666]:65535",
	    "[2001:db8:1111:2222:3333:4444:5555:6666]:65535"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert(!endpoint_parse(str_of(bad[i]), &e));
	assert(endpoint_parse(str_of("10.0.0.1:80"), &e));
	assert(endpoint_parse(str_of("[::ffff:10.0.0.1]:80"), &f));
	assert(endpoint_eq(&e, &f));
	f.port = 81;
	assert(!endpoint_eq(&e, &f));
}

static void
test_block(void)
{
	static const char *const bad[] = { "", "/8", "10.0.0.0/", "10.0.0.0/33",
		"10.0.0.0/-1", "fd24::/129", "10.0.0.0/8/8", "10.0.0/8",
		"fd24::/x" };
	struct address_block b;

	assert(within("172.24.3.4", "172.24.0.0/16"));
	assert(!within("172.25.3.4", "172.24.0.0/16"));
	assert(within("172.24.15.255", "172.24.0.0/20"));
	assert(!within("172.24.16.0", "172.24.0.0/20"));
	assert(
	    within("10.0.0.1", "10.0.0.1") && !within("10.0.0.2", "10.0.0.1"));
	/* All of IPv4, which is not the address that is none. */
	assert(within("1.2.3.4", "0.0.0.0/0"));
	assert(within("1.2.3.4", "0.0.0.0/1"));
	assert(!within("128.2.3.4", "0.0.0.0/1"));
	assert(!within("fd24::1", "0.0.0.0/0"));
	assert(within("10.0.0.1", "10.0.0.1/32"));
	assert(!within("10.0.0.0", "10.0.0.1/32"));
	assert(
	    within("1.2.3.4", "0.0.0.1/0") && !within("fd24::1", "1.2.3.4/0"));
	assert(within("1.2.3.4", "::/0") && within("fd24::1", "::/0"));
	assert(within("fd24::1", "fd24::/64"));
	assert(!within("fd24:0:0:1::1", "fd24::/64"));
	assert(
	    within("fd24::1", "fd24::1") && !within("fd24::2", "fd24::1/128"));
	assert(
	    within("fd2f::1", "fd24::/12") && !within("fd30::1", "fd24::/12"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert(!address_block_parse(str_of(bad[i]), &b));
}

int
main(void)
{
	test_address();
	test_from();
	test_endpoint();
	test_block();
	return 0;
}
