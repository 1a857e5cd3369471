/* SPDX-License-Identifier: MIT */
/* dump: bytes look as lib/vsprintf.c of the kernel documents its forms */
#include "source/dump.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
is(enum dump_form form, unsigned element, const void *p, size_t n,
    const char *want)
{
	struct dump d = { form, element, false };
	size_t room = n * DUMP_BYTE + DUMP_ROOM;
	uint8_t *data = malloc(n + 1);
	char *text = malloc(room + 1), *end;

	memcpy(data, p, n);
	end = dump_put(&d, data, n, text);
	assert((size_t)(end - text) <= room);
	*end = '\0';
	if (strcmp(text, want) != 0) {
		fprintf(stderr, "\"%s\", not \"%s\"\n", want, text);
		abort();
	}
	free(data);
	free(text);
}

static void
test_bytes(void)
{
	static const uint8_t p[] = { 0x00, 0x1f, 0xab, 0x03, 0xff, 0x80 };
	static const uint32_t words[] = { 0x1, 0xdeadbeef };
	static const uint64_t longs[] = { 0x8000000000000001, 0x5 };

	is(DUMP_HEX, 1, p, 6, "00 1f ab 03 ff 80");
	is(DUMP_JOINED, 1, p, 6, "001fab03ff80");
	is(DUMP_HEX, 1, p, 0, "");
	is(DUMP_ARRAY, 1, p, 3, "{0x0,0x1f,0xab}");
	is(DUMP_ARRAY, 4, words, 8, "{0x1,0xdeadbeef}");
	is(DUMP_ARRAY, 8, longs, 16, "{0x8000000000000001,0x5}");
	is(DUMP_ARRAY, 4, words, 7, "{0x1}");
	is(DUMP_MAC, 1, p, 6, "00:1f:ab:03:ff:80");
	is(DUMP_MAC, 1, p, 5, "");
	is(DUMP_TEXT, 1, "abc\0d", 5, "abc");
	is(DUMP_TEXT, 1, "abcde", 5, "abcde");
	is(DUMP_BITMASK, 8, longs, 8, "80000000,00000001");
	is(DUMP_BITMASK, 8, longs, 16, "00000000,00000005,80000000,00000001");
	is(DUMP_LIST, 8, longs, 16, "0,63-64,66");
	is(DUMP_LIST, 8, "\xff\0\0\0\0\0\0\0", 8, "0-7");
	is(DUMP_LIST, 8, "\0\0\0\0\0\0\0\0", 8, "");
	is(DUMP_LIST, 8, "\xff", 1, "");
	is(DUMP_UUID, 1,
	    "\x01\x23\x45\x67\x89\xab\xcd\xef\0\x11\x22\x33\x44\x55"
	    "\x66\x77",
	    16, "01234567-89ab-cdef-0011-223344556677");
}

static void
test_addresses(void)
{
	struct sockaddr_in six4 = { .sin_family = AF_INET,
		.sin_port = htons(8083) };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6,
		.sin6_port = htons(80) };
	uint8_t p[16] = { 0 };

	is(DUMP_IP4, 1, "\xac\x18\0\x05", 4, "172.24.0.5");
	is(DUMP_IP4, 1, "\0\0\0\0", 4, "0.0.0.0");
	is(DUMP_IP4, 1, "\xac", 1, "");
	is(DUMP_IP6, 1, p, 16, "::");
	assert(inet_pton(AF_INET6, "fd24::3", p) == 1);
	is(DUMP_IP6, 1, p, 16, "fd24::3");
	assert(inet_pton(AF_INET6, "::ffff:10.0.0.1", p) == 1);
	is(DUMP_IP6, 1, p, 16, "::ffff:10.0.0.1");
	assert(inet_pton(AF_INET, "172.24.0.5", &six4.sin_addr) == 1);
	is(DUMP_ENDPOINT, 1, &six4, sizeof(six4), "172.24.0.5:8083");
	is(DUMP_SOCKADDR, 1, &six4, sizeof(six4), "172.24.0.5");
	assert(inet_pton(AF_INET6, "fd24::3", &six.sin6_addr) == 1);
	is(DUMP_ENDPOINT, 1, &six, sizeof(six), "[fd24::3]:80");
	is(DUMP_SOCKADDR, 1, &six, sizeof(six), "fd24::3");
	is(DUMP_ENDPOINT, 1, &six, 10, "(einval)");
	is(DUMP_ENDPOINT, 1, "\1", 1, "(einval)");
}

int
main(void)
{
	test_bytes();
	test_addresses();
	return 0;
}
