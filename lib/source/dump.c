/* SPDX-License-Identifier: MIT */
#include "source/dump.h"

#include "base/address.h"
#include "base/num.h"
#include "source/raw.h"

enum {
	FAMILY_INET = 2,   /* AF_INET and AF_INET6 of Linux, which */
	FAMILY_INET6 = 10, /* need not be those of this machine */
};

static const char hex_digits[] = "0123456789abcdef";

static char *
put_byte(char *out, uint8_t v)
{
	*out++ = hex_digits[v >> 4];
	*out++ = hex_digits[v & 15];
	return out;
}

/* Writes bytes with something between them, or nothing where it is 0. */
static char *
put_hex(char *out, const uint8_t *p, size_t n, char between)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && between != '\0')
			*out++ = between;
		out = put_byte(out, p[i]);
	}
	return out;
}

static char *
put_array(const struct dump *d, const uint8_t *p, size_t n, char *out)
{
	*out++ = '{';
	for (size_t i = 0; i + d->element <= n; i += d->element) {
		if (i > 0)
			*out++ = ',';
		*out++ = '0';
		*out++ = 'x';
		out += num_put_hex(out, raw_load(p + i, d->element, d->swap));
	}
	*out++ = '}';
	return out;
}

static char *
put_bitmask(const struct dump *d, const uint8_t *p, size_t n, char *out)
{
	size_t size = d->element == 4 ? 4 : 8;
	char *front = out;

	for (size_t i = n / size; i-- > 0;) {
		uint64_t v = raw_load(p + i * size, (unsigned)size, d->swap);

		for (int at = (int)size * 8 - 4; at >= 0; at -= 4) {
			if (at % 32 == 28 && out != front)
				*out++ = ',';
			*out++ = hex_digits[v >> at & 15];
		}
	}
	return out;
}

static bool
bit_is_set(const struct dump *d, const uint8_t *p, size_t bit)
{
	size_t bits = d->element == 4 ? 32 : 64;
	uint64_t v = raw_load(p + bit / bits * (bits / 8), (unsigned)bits / 8,
	    d->swap);

	return (v >> bit % bits & 1) != 0;
}

static char *
put_list(const struct dump *d, const uint8_t *p, size_t n, char *out)
{
	size_t size = d->element == 4 ? 4 : 8, bits = n / size * size * 8;
	char *front = out;

	for (size_t bit = 0, end; bit < bits; bit = end + 1) {
		end = bit;
		if (!bit_is_set(d, p, bit))
			continue;
		while (end + 1 < bits && bit_is_set(d, p, end + 1))
			end++;
		if (out != front)
			*out++ = ',';
		out += num_put(out, bit);
		if (end > bit) {
			*out++ = '-';
			out += num_put(out, end);
		}
	}
	return out;
}

static char *
put_ip4(const uint8_t *p, char *out)
{
	for (int i = 0; i < 4; i++) {
		if (i > 0)
			*out++ = '.';
		out += num_put(out, p[i]);
	}
	return out;
}

/* A mapped address is one of IPv6 here, unlike in base/address. */
static char *
put_ip6(const uint8_t *p, char *out)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	struct address a;

	if (memcmp(p, mapped, sizeof(mapped)) == 0) {
		memcpy(out, "::ffff:", 7);
		return put_ip4(p + 12, out + 7);
	}
	a = address_from(p, 16);
	return out + address_print(&a, out);
}

static char *
put_sockaddr(const struct dump *d, const uint8_t *p, size_t n, char *out)
{
	uint64_t family = n >= 2 ? raw_load(p, 2, d->swap) : 0;
	bool port = d->form == DUMP_ENDPOINT;

	if (family == FAMILY_INET && n >= 8) {
		out = put_ip4(p + 4, out);
	} else if (family == FAMILY_INET6 && n >= 24) {
		if (port)
			*out++ = '[';
		out = put_ip6(p + 8, out);
		if (port)
			*out++ = ']';
	} else {
		memcpy(out, "(einval)", 8);
		return out + 8;
	}
	if (!port)
		return out;
	*out++ = ':';
	return out + num_put(out, (uint64_t)(p[2] << 8 | p[3]));
}

static char *
put_uuid(const uint8_t *p, char *out)
{
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*out++ = '-';
		out = put_byte(out, p[i]);
	}
	return out;
}

char *
dump_put(const struct dump *d, const uint8_t *p, size_t n, char *out)
{
	switch (d->form) {
	case DUMP_TEXT:
		return str_copy(out,
		    (struct str){ (const char *)p, raw_text_length(p, n) });
	case DUMP_HEX:
		return put_hex(out, p, n, ' ');
	case DUMP_JOINED:
		return put_hex(out, p, n, '\0');
	case DUMP_ARRAY:
		return put_array(d, p, n, out);
	case DUMP_BITMASK:
		return put_bitmask(d, p, n, out);
	case DUMP_LIST:
		return put_list(d, p, n, out);
	case DUMP_IP4:
		return n < 4 ? out : put_ip4(p, out);
	case DUMP_IP6:
		return n < 16 ? out : put_ip6(p, out);
	case DUMP_SOCKADDR:
	case DUMP_ENDPOINT:
		return put_sockaddr(d, p, n, out);
	case DUMP_MAC:
		return n < 6 ? out : put_hex(out, p, 6, ':');
	case DUMP_UUID:
		return n < 16 ? out : put_uuid(p, out);
	default:
		return out;
	}
}
