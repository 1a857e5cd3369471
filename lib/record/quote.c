/* SPDX-License-Identifier: MIT */
#include "record/quote.h"

#include <endian.h>

/* The escapes of one letter, and what they stand for (RFC 8259, 7). */
static const char letters[] = "\"\\/bfnrt";
static const char meanings[] = "\"\\/\b\f\n\r\t";
enum { LETTERS = sizeof(letters) - 1 };

static bool
is_plain(char c)
{
	unsigned char u = (unsigned char)c;

	return u >= 0x20 && u < 0x80 && u != '"' && u != '\\';
}

/* Returns the first byte from p on that may not stand in a body as it is. */
static const char *
plain_end(const char *p, const char *end)
{
	for (; end - p >= 8; p += 8) {
		uint64_t w;

		memcpy(&w, p, sizeof(w));
		w = quote_odd(le64toh(w));
		if (w != 0)
			return p + __builtin_ctzll(w) / 8;
	}
	while (p < end && is_plain(*p))
		p++;
	return p;
}

/*
 * Returns the length of the character at p < end, or 0 where the bytes are
 * not valid UTF-8: overlong, a surrogate, above U+10FFFF, or cut off.
 */
static size_t
utf8_length(const char *p, const char *end)
{
	const unsigned char *u = (const unsigned char *)p;
	unsigned least = 0x80, most = 0xbf;
	size_t n = 4;

	if (u[0] < 0x80)
		return 1;
	if (u[0] < 0xc2 || u[0] > 0xf4)
		return 0;
	if (u[0] < 0xf0)
		n = u[0] < 0xe0 ? 2 : 3;
	if ((size_t)(end - p) < n)
		return 0;
	if (u[0] == 0xe0 || u[0] == 0xf0)
		least = u[0] == 0xe0 ? 0xa0 : 0x90;
	if (u[0] == 0xed || u[0] == 0xf4)
		most = u[0] == 0xed ? 0x9f : 0x8f;
	if (u[1] < least || u[1] > most)
		return 0;
	for (size_t i = 2; i < n; i++)
		if ((u[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

static size_t
utf8_put(unsigned long code, char *out)
{
	static const unsigned char mark[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

	for (size_t i = n; i-- > 1; code >>= 6)
		out[i] = (char)(0x80 | (code & 0x3f));
	out[0] = (char)(mark[n] | code);
	return n;
}

/* Returns the value of the n hexadecimal digits at p, or -1. */
static long
hex(const char *p, const char *end, size_t n)
{
	long v = 0;

	if ((size_t)(end - p) < n)
		return -1;
	for (size_t i = 0; i < n; i++) {
		char c = (char)(p[i] | 0x20);

		if (p[i] >= '0' && p[i] <= '9')
			v = v << 4 | (p[i] - '0');
		else if (c >= 'a' && c <= 'f')
			v = v << 4 | (c - 'a' + 10);
		else
			return -1;
	}
	return v;
}

static bool
is_low_surrogate(const char *p, const char *end)
{
	return end - p >= 6 && p[0] == '\\' && p[1] == 'u' &&
	    hex(p + 2, end, 4) >> 10 == 0xdc00 >> 10;
}

/* Steps over the escape whose backslash p is at. */
static const char *
read_escape(const char *p, const char *end, const char **why)
{
	long code;

	if (end - p >= 2 && memchr(letters, p[1], LETTERS) != NULL)
		return p + 2;
	code = end - p >= 2 && p[1] == 'u' ? hex(p + 2, end, 4) : -1;
	if (code < 0) {
		*why = "an unknown escape in a string";
		return NULL;
	}
	p += 6;
	if (code < 0xd800 || code > 0xdfff)
		return p;
	if (code < 0xdc00 && is_low_surrogate(p, end))
		return p + 6;
	*why = "half a surrogate pair in a string";
	return NULL;
}

const char *
quote_read(const char *p, const char *end, struct str *body, bool *escaped,
    const char **why)
{
	body->p = p;
	*escaped = false;
	while ((p = plain_end(p, end)) < end && *p != '"') {
		size_t n = utf8_length(p, end);

		if (*p == '\\') {
			*escaped = true;
			p = read_escape(p, end, why);
			if (p == NULL)
				return NULL;
		} else if (n > 1) {
			p += n;
		} else {
			*why = n == 0 ? "a string that is not UTF-8"
				      : "a control character in a string";
			return NULL;
		}
	}
	if (p == end) {
		*why = "a string without its end";
		return NULL;
	}
	body->n = (size_t)(p - body->p);
	return p + 1;
}

/* Unescapes what read_escape let pass at *p, and steps over it. */
static size_t
unescape(const char **p, char *out)
{
	const char *from = *p, *at = memchr(letters, from[1], LETTERS);
	unsigned long code;

	if (at != NULL) {
		*p += 2;
		*out = meanings[at - letters];
		return 1;
	}
	code = (unsigned long)hex(from + 2, from + 6, 4);
	*p += 6;
	if (code >= 0xd800 && code <= 0xdfff) {
		unsigned long low = (unsigned long)hex(from + 8, from + 12, 4);

		*p += 6;
		code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
	}
	return utf8_put(code, out);
}

size_t
quote_unescape(struct str body, char *out)
{
	char *o = out;

	while (body.n > 0) {
		const char *to = memchr(body.p, '\\', body.n), *p = to;
		size_t n = to != NULL ? (size_t)(to - body.p) : body.n;

		memcpy(o, body.p, n);
		o += n;
		if (to != NULL) {
			o += unescape(&p, o);
			n += (size_t)(p - to);
		}
		body = str_skip(body, n);
	}
	return (size_t)(o - out);
}

bool
quote_is(struct str body, struct str text)
{
	while (body.n > 0) {
		const char *p = body.p;
		char c[4] = { *p };
		size_t n = 1;

		if (*p == '\\')
			n = unescape(&p, c);
		else
			p++;
		if (text.n < n || memcmp(text.p, c, n) != 0)
			return false;
		text = str_skip(text, n);
		body = str_skip(body, (size_t)(p - body.p));
	}
	return text.n == 0;
}

size_t
quote_unname(char *name, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; kept++) {
		long byte = -1;

		if (n - i >= 2 && name[i] == '\\' && name[i + 1] == 'x')
			byte = hex(name + i + 2, name + n, 2);
		if (byte >= 0) {
			name[kept] = (char)byte;
			i += 4;
			continue;
		}
		name[kept] = name[i];
		i += n - i >= 2 && name[i] == '\\' && name[i + 1] == '\\' ? 2
									  : 1;
	}
	return kept;
}

/* Writes the character at p, which is not plain, and steps over it. */
static const char *
put_escaped(struct output *out, const char *p, const char *end, bool name)
{
	static const char digit[] = "0123456789abcdef";
	unsigned high = (unsigned char)*p >> 4, low = *p & 15;
	size_t n = utf8_length(p, end);
	const char *at = memchr(meanings, *p, LETTERS);

	if (n > 1) {
		output_put(out, p, n);
		return p + n;
	}
	if (n == 0 && !name) {
		output_put(out, "\xef\xbf\xbd", 3);
	} else if (at != NULL) {
		if (name && *p == '\\')
			output_put(out, "\\\\", 2);
		output_byte(out, '\\');
		output_byte(out, letters[at - meanings]);
	} else {
		output_put(out, n == 0 ? "\\\\x" : "\\u00", n == 0 ? 3 : 4);
		output_byte(out, digit[high]);
		output_byte(out, digit[low]);
	}
	return p + 1;
}

static void
put(struct output *out, struct str s, bool name)
{
	const char *p = s.p, *end = s.n > 0 ? s.p + s.n : s.p;

	output_byte(out, '"');
	while (p < end) {
		const char *to = plain_end(p, end);

		output_put(out, p, (size_t)(to - p));
		p = to < end ? put_escaped(out, to, end, name) : to;
	}
	output_byte(out, '"');
}

void
quote_put(struct output *out, struct str s)
{
	put(out, s, false);
}

void
quote_put_name(struct output *out, struct str s)
{
	put(out, s, true);
}
