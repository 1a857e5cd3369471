/* SPDX-License-Identifier: MIT */
#include "source/conversion.h"

#include "base/num.h"
#include "base/word.h"

/* Takes a character off, if it is that one. */
static bool
take(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_skip(*s, 1);
	return true;
}

static void
read_flags(struct str *s, struct conversion *c)
{
	for (;;) {
		if (take(s, '-'))
			c->left = true;
		else if (take(s, '0'))
			c->zero = true;
		else if (take(s, '+'))
			c->plus = true;
		else if (take(s, ' '))
			c->blank = true;
		else if (take(s, '#'))
			c->alternate = true;
		else
			return;
	}
}

/* Reads the digits of a width, of which there may be none. */
static bool
read_digits(struct str *s, int *out)
{
	*out = 0;
	while (s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9') {
		*out = *out * 10 + (s->p[0] - '0');
		if (*out > CONVERSION_WIDTH)
			return false;
		*s = str_skip(*s, 1);
	}
	return true;
}

/* Reads what says the size of the integer. */
static unsigned
read_size(struct str *s, unsigned long_size)
{
	if (take(s, 'h'))
		return take(s, 'h') ? 1 : 2;
	if (take(s, 'l'))
		return take(s, 'l') ? 8 : long_size;
	if (take(s, 'L') || take(s, 'q'))
		return 8;
	if (take(s, 'z') || take(s, 'Z') || take(s, 't'))
		return long_size;
	return 4;
}

bool
conversion_read(struct str *s, unsigned long_size, struct conversion *c)
{
	size_t n = 0;

	*c = (struct conversion){ .precision = -1 };
	read_flags(s, c);
	c->star_width = take(s, '*');
	if (!c->star_width && !read_digits(s, &c->width))
		return false;
	if (take(s, '.')) {
		c->star_precision = take(s, '*');
		if (!c->star_precision && !read_digits(s, &c->precision))
			return false;
	}
	c->type.size = (uint8_t)read_size(s, long_size);
	if (s->n == 0 || s->p[0] == '\0' ||
	    strchr("diuxXocsp", s->p[0]) == NULL)
		return false;
	c->letter = s->p[0] == 'i' ? 'd' : s->p[0];
	c->type.is_signed = c->letter == 'd';
	*s = str_skip(*s, 1);
	if (c->letter != 'p')
		return true;
	c->type.size = (uint8_t)long_size;
	while (n < s->n && word_is(s->p[n]))
		n++;
	c->kind = (struct str){ s->p, n };
	*s = str_skip(*s, n);
	return true;
}

bool
conversion_is_plain(const struct conversion *c)
{
	return (c->letter == 'd' || c->letter == 'u') && c->width <= 1 &&
	    c->precision < 0 && !c->plus && !c->blank && !c->star_width &&
	    !c->star_precision;
}

static char *
repeat(char *p, char c, size_t n)
{
	memset(p, c, n);
	return p + n;
}

/* Writes the digits of v; returns how many. */
static size_t
put_digits(const struct conversion *c, uint64_t v, char *p)
{
	char octal[24], *o = octal + sizeof(octal);
	size_t n;

	if (c->letter == 'd' || c->letter == 'u')
		return num_put(p, v);
	if (c->letter == 'o') {
		do
			*--o = (char)('0' + (v & 7));
		while ((v >>= 3) != 0);
		n = (size_t)(octal + sizeof(octal) - o);
		memcpy(p, o, n);
		return n;
	}
	n = num_put_hex(p, v);
	for (size_t i = 0; c->letter == 'X' && i < n; i++)
		if (p[i] >= 'a')
			p[i] = (char)(p[i] - 'a' + 'A');
	return n;
}

/* What stands before the digits; returns how many bytes. */
static size_t
put_sign(const struct conversion *c, bool negative, bool zero, char *p)
{
	if (negative || c->plus || c->blank) {
		if (c->letter == 'd') {
			*p = negative ? '-' : c->plus ? '+' : ' ';
			return 1;
		}
	}
	if (!c->alternate || (c->letter | 0x20) == 'd' || c->letter == 'u')
		return 0;
	/* In hexadecimal a zero has it, too. */
	*p = '0';
	p[1] = c->letter;
	return c->letter != 'o' ? 2 : !zero;
}

char *
conversion_put(const struct conversion *c, uint64_t v, char *p)
{
	size_t width = (size_t)c->width, zeros = 0, signs, n;
	char digits[32], sign[2];
	bool negative;

	v = ctype_convert(c->type, v);
	negative = c->letter == 'd' && (int64_t)v < 0;
	n = put_digits(c, negative ? 0 - v : v, digits);
	signs = put_sign(c, negative, v == 0, sign);
	if (c->precision > (int)n)
		zeros = (size_t)c->precision - n;
	else if (c->precision < 0 && c->zero && !c->left && width > n + signs)
		zeros = width - n - signs;
	if (!c->left && width > n + zeros + signs)
		p = repeat(p, ' ', width - n - zeros - signs);
	memcpy(p, sign, signs);
	p = repeat(p + signs, '0', zeros);
	memcpy(p, digits, n);
	p += n;
	if (c->left && width > n + zeros + signs)
		p = repeat(p, ' ', width - n - zeros - signs);
	return p;
}

char *
conversion_pad(const struct conversion *c, char *p, char *end)
{
	size_t n = (size_t)(end - p), width = (size_t)c->width;

	if (n >= width)
		return end;
	if (c->left)
		return repeat(end, ' ', width - n);
	memmove(p + width - n, p, n);
	memset(p, ' ', width - n);
	return p + width;
}
