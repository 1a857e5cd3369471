/* SPDX-License-Identifier: MIT */
#include "source/symbol.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/word.h"
#include "source/ctext.h"
#include "source/expression.h"

enum {
	HEX_TEXT = 18,      /* 0x and sixteen digits */
	SYMBOLS_MAX = 4096, /* of one call */
};

struct symbol {
	uint64_t value;
	size_t at, n; /* of its name */
};

struct symbols {
	bool flags;
	uint64_t word;  /* the bits of a long */
	uint64_t shown; /* the bits that the call shows */
	struct symbol *symbol;
	size_t n, cap;
	char *text; /* of all names, the delimiter first */
	size_t text_n, text_cap, delimiter_n;
	struct symbol none; /* n 0: no bits have no name */
	bool ended;         /* by a name that is none */
	bool lenient;       /* names of no known value are left out */
	size_t room;
};

bool
symbols_argument(struct str *rest, struct str *out)
{
	size_t end;

	if (rest->n == 0)
		return false;
	end = ctext_skip_argument(*rest, 0);
	*out = ctext_part_of(*rest, 0, end);
	*rest = str_skip(*rest, end < rest->n ? end + 1 : end);
	return true;
}

/* Returns the name of the field in an expression that has exactly one. */
static struct str
only_field(struct str s)
{
	struct str found = { NULL, 0 }, name;
	size_t i = 0;
	const char *p;

	while (i < s.n && (p = memmem(s.p + i, s.n - i, "REC->", 5)) != NULL) {
		name = ctext_word_at(s, (size_t)(p - s.p) + 5);
		if (name.n == 0 || (found.n > 0 && !str_eq(found, name)))
			return (struct str){ NULL, 0 };
		found = name;
		i = (size_t)(name.p - s.p) + name.n;
	}
	return found;
}

/* Returns the place of the bracket that ends what begins at i, or the end. */
static size_t
skip_call(struct str s, size_t i)
{
	while (i < s.n && s.p[i] != ')') {
		i = ctext_skip_argument(s, i);
		if (i < s.n && s.p[i] != ')')
			i++;
	}
	return i;
}

static bool
is_call(struct str word, struct symbols_call *out)
{
	out->wide = word.n > 4 && memcmp(word.p + word.n - 4, "_u64", 4) == 0;
	if (out->wide)
		word.n -= 4;
	out->flags = str_is(word, "__print_flags");
	return out->flags || str_is(word, "__print_symbolic");
}

/* Returns the name of 0 in: field ? call : "name". */
static struct str
find_none(struct str before, struct str after, struct str field)
{
	struct str none = { NULL, 0 };
	bool bracket;
	size_t n;

	if (field.n == 0 || !ctext_take_end(&before, str_of("?")))
		return none;
	bracket = ctext_take_end(&before, str_of(")"));
	if (!ctext_take_end(&before, field) ||
	    !ctext_take_end(&before, str_of("REC->")) ||
	    (bracket && !ctext_take_end(&before, str_of("("))) ||
	    (before.n > 0 && before.p[before.n - 1] != ','))
		return none;
	after = str_trim(after);
	if (!str_starts(after, ":"))
		return none;
	after = str_trim(str_skip(after, 1));
	n = ctext_skip_argument(after, 0);
	if (str_starts(after, "\""))
		none = ctext_part_of(after, 0, n);
	return none;
}

bool
symbols_next(struct str *rest, struct symbols_call *out)
{
	struct str s = *rest, word;
	size_t i = 0, begin, end;

	while (i < s.n) {
		if (s.p[i] == '"') {
			i = ctext_skip_string(s, i);
			continue;
		}
		if (!word_is(s.p[i])) {
			i++;
			continue;
		}
		word = ctext_word_at(s, i);
		begin = i;
		i = ctext_skip_blanks(s, i + word.n);
		if (i == s.n || s.p[i] != '(' || !is_call(word, out))
			continue;
		end = skip_call(s, ++i);
		out->text = ctext_part_of(s, i, end);
		out->field = only_field(
		    ctext_part_of(s, i, i + ctext_skip_argument(out->text, 0)));
		out->none = find_none(ctext_part_of(s, 0, begin),
		    str_skip(s, end < s.n ? end + 1 : end), out->field);
		/* A name may be an argument of another's. */
		*rest = str_skip(s, i);
		return true;
	}
	*rest = str_skip(s, s.n);
	return false;
}

static void
put_byte(struct symbols *t, char c)
{
	t->text = mem_grow(t->text, &t->text_cap, t->text_n + 1, 1);
	t->text[t->text_n++] = c;
}

/*
 * Appends the string at *i to the text, or several that stand side by side;
 * false where there is none.
 */
static bool
read_string(struct symbols *t, struct str s, size_t *i)
{
	size_t at = ctext_skip_blanks(s, *i), end;

	if (at == s.n || s.p[at] != '"')
		return false;
	for (; at < s.n && s.p[at] == '"'; at = ctext_skip_blanks(s, end)) {
		end = ctext_skip_string(s, at);
		for (at++; at + 1 < end; at++) {
			if (s.p[at] == '\\' && at + 2 < end)
				at++;
			put_byte(t, s.p[at]);
		}
	}
	*i = at;
	return true;
}

/* Reads { value, "name" } at *i; false where there is none. */
static bool
read_symbol(struct symbols *t, struct str s, size_t *i)
{
	struct symbol one = { .at = t->text_n };
	size_t at = ctext_skip_blanks(s, *i), end;
	bool known;

	if (at == s.n || s.p[at] != '{' || t->n == SYMBOLS_MAX)
		return false;
	end = ctext_skip_argument(s, ++at);
	if (end == s.n || s.p[end] != ',')
		return false;
	known = expression_value(ctext_part_of(s, at, end), NULL, &one.value);
	if (!known && !t->lenient)
		return false;
	end = ctext_skip_blanks(s, end + 1);
	if (str_starts(str_skip(s, end), "((void *)0)")) {
		t->ended = true;
		end += strlen("((void *)0)");
	} else if (!read_string(t, s, &end)) {
		return false;
	}
	at = ctext_skip_blanks(s, end);
	if (at == s.n || s.p[at] != '}')
		return false;
	one.n = t->text_n - one.at;
	one.value &= t->word;
	*i = at + 1;
	if (t->ended || !known)
		return true;
	t->symbol = mem_grow(t->symbol, &t->cap, t->n + 1, sizeof(one));
	t->symbol[t->n++] = one;
	return true;
}

/*
 * Finds which bits of the field the expression shows; false where it does
 * anything else with them.  What it does to each bit alone tells.
 */
static bool
find_shown(struct symbols *t, const struct symbols_call *call, struct str text)
{
	struct expression_name x = { call->field, 0 };
	uint64_t v;

	x.value = UINT64_MAX;
	if (!expression_value(text, &x, &t->shown))
		return false;
	x.value = 0;
	if (!expression_value(text, &x, &v) || v != 0)
		return false;
	for (int bit = 0; bit < 64; bit++) {
		x.value = (uint64_t)1 << bit;
		if (!expression_value(text, &x, &v) ||
		    v != (t->shown & x.value))
			return false;
	}
	return t->shown != 0;
}

/* Finds how long a text may be. */
static void
measure(struct symbols *t)
{
	size_t room = t->none.n;

	for (size_t k = 0; k < t->n; k++) {
		size_t n = t->symbol[k].n + t->delimiter_n;

		if (t->flags)
			room += n;
		else if (n > room)
			room = n;
	}
	t->room = room + HEX_TEXT;
}

/* Reads all of a call; false where it is not understood. */
static bool
read_call(struct symbols *t, const struct symbols_call *call)
{
	struct str s = call->text;
	size_t i = ctext_skip_argument(s, 0);

	t->shown = UINT64_MAX;
	if (i == s.n)
		return false;
	if (!t->lenient &&
	    (call->field.n == 0 ||
		!find_shown(t, call, ctext_part_of(s, 0, i))))
		return false;
	i++;
	if (call->flags) {
		if (!read_string(t, s, &i))
			return false;
		t->delimiter_n = t->text_n;
		i = ctext_skip_argument(s, i);
	}
	for (;;) {
		i = ctext_skip_blanks(s, i);
		if (i == s.n)
			break;
		if (s.p[i] == ',')
			i++;
		else if (!read_symbol(t, s, &i))
			return false;
	}
	i = 0;
	t->none.at = t->text_n;
	if (t->flags && read_string(t, call->none, &i))
		t->none.n = t->text_n - t->none.at;
	measure(t);
	return t->n > 0 || t->lenient;
}

static struct symbols *
make(const struct symbols_call *call, unsigned long_size, bool lenient)
{
	struct symbols *t = mem_alloc(sizeof(*t));

	t->flags = call->flags;
	t->lenient = lenient;
	t->word = long_size == 4 && !call->wide ? UINT32_MAX : UINT64_MAX;
	if (read_call(t, call))
		return t;
	symbols_free(t);
	return NULL;
}

struct symbols *
symbols_new(const struct symbols_call *call, unsigned long_size)
{
	return make(call, long_size, false);
}

struct symbols *
symbols_named(const struct symbols_call *call, unsigned long_size)
{
	return make(call, long_size, true);
}

void
symbols_free(struct symbols *t)
{
	if (t == NULL)
		return;
	free(t->symbol);
	free(t->text);
	free(t);
}

size_t
symbols_room(const struct symbols *t)
{
	return t->room;
}

static char *
put_number(char *p, uint64_t v)
{
	*p++ = '0';
	*p++ = 'x';
	return p + num_put_hex(p, v);
}

static char *
put_name(const struct symbols *t, const struct symbol *one, char *p)
{
	memcpy(p, t->text + one->at, one->n);
	return p + one->n;
}

static char *
put_flags(const struct symbols *t, uint64_t left, char *out)
{
	char *p = out;

	for (size_t i = 0; i < t->n && left != 0; i++) {
		const struct symbol *one = &t->symbol[i];

		if ((left & one->value) != one->value)
			continue;
		left &= ~one->value;
		if (p != out) {
			memcpy(p, t->text, t->delimiter_n);
			p += t->delimiter_n;
		}
		p = put_name(t, one, p);
	}
	if (left != 0 && p != out) {
		memcpy(p, t->text, t->delimiter_n);
		p += t->delimiter_n;
	}
	return left != 0 ? put_number(p, left) : p;
}

bool
symbols_print(const struct symbols *t, uint64_t value, char *out, size_t *n)
{
	char *p = out;

	value &= t->word;
	if ((value & ~t->shown) != 0)
		return false;
	if (t->flags) {
		p = value == 0 ? put_name(t, &t->none, p)
			       : put_flags(t, value, p);
		*n = (size_t)(p - out);
		return p != out;
	}
	for (size_t i = 0; i < t->n && p == out; i++)
		if (t->symbol[i].value == value)
			p = put_name(t, &t->symbol[i], p);
	if (p == out)
		p = put_number(p, value);
	*n = (size_t)(p - out);
	return true;
}
