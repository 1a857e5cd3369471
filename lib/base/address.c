/* SPDX-License-Identifier: MIT */
#include "base/address.h"

#include <arpa/inet.h>

#include "base/num.h"

static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

struct address
address_from(const uint8_t *byte, size_t n)
{
	struct address a = { { 0 } };

	if (n == 4 && memcmp(byte, "\0\0\0\0", 4) != 0) {
		memcpy(a.byte, mapped, sizeof(mapped));
		memcpy(a.byte + sizeof(mapped), byte, 4);
	} else if (n == 16) {
		memcpy(a.byte, byte, 16);
	}
	return a;
}

bool
address_parse(struct str s, struct address *out)
{
	char text[ADDRESS_TEXT];
	uint8_t byte[16];
	bool six = s.n > 0 && memchr(s.p, ':', s.n) != NULL;

	if (s.n == 0 || s.n >= sizeof(text))
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	if (strlen(text) != s.n)
		return false;
	if (inet_pton(six ? AF_INET6 : AF_INET, text, byte) != 1)
		return false;
	*out = address_from(byte, six ? 16 : 4);
	return true;
}

/* Finds the colon before the port, or NULL where there is no port. */
static const char *
find_port(struct str s)
{
	const char *colon = s.n > 0 ? memrchr(s.p, ':', s.n) : NULL;

	if (colon == NULL)
		return NULL;
	if (s.p[0] == '[')
		return colon > s.p && colon[-1] == ']' ? colon : NULL;
	return memchr(s.p, ':', s.n) == colon ? colon : NULL;
}

bool
endpoint_parse(struct str s, struct endpoint *out)
{
	const char *colon = find_port(s);
	struct str host = s;
	struct endpoint e;
	uint64_t port = 0;

	if (colon != NULL) {
		host.n = (size_t)(colon - s.p);
		if (!num_u64(str_skip(s, host.n + 1), &port) || port > 65535)
			return false;
	}
	if (host.n >= 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
		host = (struct str){ host.p + 1, host.n - 2 };
	if (!address_parse(host, &e.address))
		return false;
	e.port = (uint16_t)port;
	*out = e;
	return true;
}

bool
address_block_parse(struct str s, struct address_block *out)
{
	const char *slash = s.n > 0 ? memchr(s.p, '/', s.n) : NULL;
	struct str host = s;
	struct address_block b;
	uint64_t bits = 128;
	bool six;

	if (slash != NULL)
		host.n = (size_t)(slash - s.p);
	if (!address_parse(host, &b.address))
		return false;
	six = memchr(host.p, ':', host.n) != NULL;
	if (slash != NULL) {
		if (!num_u64(str_skip(s, host.n + 1), &bits))
			return false;
		if (bits > (six ? 128 : 32))
			return false;
		bits += six ? 0 : 96;
	}
	if (!six) /* 0.0.0.0/0 is all of IPv4, not the address that is none */
		memcpy(b.address.byte, mapped, sizeof(mapped));
	b.bits = (unsigned)bits;
	*out = b;
	return true;
}

bool
address_eq(const struct address *a, const struct address *b)
{
	return memcmp(a->byte, b->byte, sizeof(a->byte)) == 0;
}

bool
endpoint_eq(const struct endpoint *a, const struct endpoint *b)
{
	return a->port == b->port && address_eq(&a->address, &b->address);
}

bool
address_in(const struct address *a, const struct address_block *b)
{
	unsigned whole = b->bits / 8, rest = b->bits % 8;

	if (memcmp(a->byte, b->address.byte, whole) != 0)
		return false;
	if (rest == 0)
		return true;
	return (a->byte[whole] ^ b->address.byte[whole]) >> (8 - rest) == 0;
}

/* Writes a number of up to five digits; returns behind it. */
static char *
put_number(char *p, unsigned v)
{
	char digits[8], *d = digits + sizeof(digits);

	do
		*--d = (char)('0' + v % 10);
	while ((v /= 10) != 0);
	memcpy(p, d, (size_t)(digits + sizeof(digits) - d));
	return p + (digits + sizeof(digits) - d);
}

size_t
address_print(const struct address *a, char text[ADDRESS_TEXT])
{
	char *p = text;

	if (memcmp(a->byte, mapped, sizeof(mapped)) != 0) {
		inet_ntop(AF_INET6, a->byte, text, ADDRESS_TEXT);
		return strlen(text);
	}
	for (int i = 12; i < 16; i++) {
		p = put_number(p, a->byte[i]);
		*p++ = i < 15 ? '.' : '\0';
	}
	return (size_t)(p - text) - 1;
}

size_t
endpoint_print(const struct endpoint *e, char text[ENDPOINT_TEXT])
{
	char host[ADDRESS_TEXT], *p = text;
	size_t n = address_print(&e->address, host);
	bool six = memchr(host, ':', n) != NULL;

	if (six)
		*p++ = '[';
	memcpy(p, host, n);
	p += n;
	if (six)
		*p++ = ']';
	*p++ = ':';
	p = put_number(p, e->port);
	*p = '\0';
	return (size_t)(p - text);
}
