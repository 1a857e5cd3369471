/* SPDX-License-Identifier: MIT */
/*
 * address -- addresses of the internet protocols, and the ends of sockets
 *
 * One form for both families: sixteen bytes, in which an IPv4 address is
 * mapped as ::ffff:a.b.c.d (RFC 4291, 2.5.5.2).  So a server that listens
 * on an IPv6 socket and its IPv4 client name the same address, and two are
 * equal when their bytes are.
 */
#ifndef TK_ADDRESS_H
#define TK_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct address {
	uint8_t byte[16];
};

/* An address and a port: one end of a connection. */
struct endpoint {
	struct address address;
	uint16_t port; /* in the machine's order */
};

/* A block of addresses: those that share the first bits. */
struct address_block {
	struct address address;
	unsigned bits; /* of the mapped form: 0 to 128 */
};

enum {
	ADDRESS_TEXT = 46, /* room for the longest address, with its NUL */
	ENDPOINT_TEXT = ADDRESS_TEXT + 8,
};

/* Takes n = 4 or n = 16 bytes in network order. */
struct address address_from(const uint8_t *byte, size_t n);

/* Reads a.b.c.d or the forms of RFC 4291; false where s is neither. */
bool address_parse(struct str s, struct address *out);

/*
 * Reads address:port, [address]:port, or an address alone (port 0), as
 * kernel events print them; false where s is none of these.
 */
bool endpoint_parse(struct str s, struct endpoint *out);

/* Reads an address, or address/bits; false where s is neither. */
bool address_block_parse(struct str s, struct address_block *out);

bool address_eq(const struct address *a, const struct address *b);
bool endpoint_eq(const struct endpoint *a, const struct endpoint *b);
bool address_in(const struct address *a, const struct address_block *b);

/*
 * Write the text of an address (RFC 5952; mapped ones as a.b.c.d), or of an
 * endpoint as address:port or [address]:port, and a NUL.  Return its length.
 */
size_t address_print(const struct address *a, char text[ADDRESS_TEXT]);
size_t endpoint_print(const struct endpoint *e, char text[ENDPOINT_TEXT]);

#endif
