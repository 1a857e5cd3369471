/* SPDX-License-Identifier: MIT */
#include "source/ctype.h"

#include "base/num.h"
#include "base/word.h"

/* Names of types that are words of their own. */
static const struct {
	const char *name;
	struct ctype type;
} names[] = {
	{ "u8", { 1, false } },
	{ "__u8", { 1, false } },
	{ "uint8_t", { 1, false } },
	{ "s8", { 1, true } },
	{ "__s8", { 1, true } },
	{ "int8_t", { 1, true } },
	{ "bool", { 1, false } },
	{ "_Bool", { 1, false } },
	{ "u16", { 2, false } },
	{ "ushort", { 2, false } },
	{ "__u16", { 2, false } },
	{ "uint16_t", { 2, false } },
	{ "umode_t", { 2, false } },
	{ "s16", { 2, true } },
	{ "__s16", { 2, true } },
	{ "int16_t", { 2, true } },
	{ "u32", { 4, false } },
	{ "uint", { 4, false } },
	{ "__u32", { 4, false } },
	{ "uint32_t", { 4, false } },
	{ "dev_t", { 4, false } },
	{ "gfp_t", { 4, false } },
	{ "s32", { 4, true } },
	{ "__s32", { 4, true } },
	{ "int32_t", { 4, true } },
	{ "pid_t", { 4, true } },
	{ "u64", { 8, false } },
	{ "__u64", { 8, false } },
	{ "uint64_t", { 8, false } },
	{ "sector_t", { 8, false } },
	{ "s64", { 8, true } },
	{ "__s64", { 8, true } },
	{ "int64_t", { 8, true } },
	{ "loff_t", { 8, true } },
	{ "ktime_t", { 8, true } },
};

static struct ctype
named(struct str word, unsigned long_size)
{
	struct ctype t = { (uint8_t)long_size, false };

	if (str_is(word, "size_t") || str_is(word, "uintptr_t") ||
	    str_is(word, "ulong"))
		return t;
	t.is_signed = true;
	if (str_is(word, "ssize_t") || str_is(word, "intptr_t"))
		return t;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_is(word, names[i].name))
			return names[i].type;
	return (struct ctype){ 0, false };
}

/* Takes the next word or star off; n 0: there is none. */
static struct str
next(struct str *s)
{
	struct str word;

	*s = str_trim(*s);
	word = (struct str){ s->p, 0 };
	while (word.n < s->n && word_is(s->p[word.n]))
		word.n++;
	if (word.n == 0 && s->n > 0)
		word.n = 1;
	*s = str_skip(*s, word.n);
	return word;
}

struct ctype
ctype_of(struct str name, unsigned long_size)
{
	bool no_sign = false, sign = false, any = false, enumeration = false;
	struct ctype t = { 0, false };
	unsigned longs = 0;
	struct str word;

	while ((word = next(&name)).n > 0) {
		if (word.p[0] == '*')
			return (struct ctype){ (uint8_t)long_size, false };
		no_sign |= str_is(word, "unsigned");
		sign |= str_is(word, "signed");
		longs += str_is(word, "long");
		any |= no_sign || sign || longs > 0 || str_is(word, "int");
		enumeration |= str_is(word, "enum");
		if (str_is(word, "char"))
			t = (struct ctype){ 1, true };
		else if (str_is(word, "short"))
			t = (struct ctype){ 2, true };
		else if (t.size == 0)
			t = named(word, long_size);
	}
	if (enumeration)
		return (struct ctype){ 4, false };
	if (t.size == 0 && any)
		t = (struct ctype){ 4, true };
	if (longs > 0)
		t.size = longs > 1 ? 8 : (uint8_t)long_size;
	if (no_sign)
		t.is_signed = false;
	return t;
}

struct ctype
ctype_promote(struct ctype t)
{
	return t.size < 4 ? (struct ctype){ 4, true } : t;
}

struct ctype
ctype_common(struct ctype a, struct ctype b)
{
	a = ctype_promote(a);
	b = ctype_promote(b);
	if (a.size != b.size)
		return a.size > b.size ? a : b;
	a.is_signed &= b.is_signed;
	return a;
}

static bool
read_octal(struct str word, uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] < '0' || word.p[i] > '7' || *out >> 61 != 0)
			return false;
		*out = *out << 3 | (uint64_t)(word.p[i] - '0');
	}
	return true;
}

bool
ctype_number(struct str word, unsigned long_size, uint64_t *v,
    struct ctype *type)
{
	unsigned longs = 0;
	bool no_sign = false, decimal;

	for (; word.n > 1; word.n--) {
		char last = (char)(word.p[word.n - 1] | 0x20);

		if (last != 'u' && last != 'l')
			break;
		no_sign |= last == 'u';
		longs += last == 'l';
	}
	decimal = word.n == 1 || word.p[0] != '0';
	if (word.n > 2 && word.p[0] == '0' && (word.p[1] | 0x20) == 'x') {
		if (!num_hex(str_skip(word, 2), v))
			return false;
	} else if (!(decimal ? num_u64(word, v) : read_octal(word, v))) {
		return false;
	}
	type->size = longs == 0 ? 4 : longs > 1 ? 8 : (uint8_t)long_size;
	if (*v > UINT32_MAX || (decimal && !no_sign && *v > INT32_MAX))
		type->size = 8;
	type->is_signed = !no_sign &&
	    *v <= (type->size == 8 ? INT64_MAX : INT32_MAX);
	return true;
}
