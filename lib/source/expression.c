/* SPDX-License-Identifier: MIT */
#include "source/expression.h"

#include "base/num.h"
#include "base/word.h"

enum {
	DEPTH = 64,
	TEXT_MAX = 4096,
	/* Operators of two characters, and unary ones, have a letter. */
	LEFT = 'l',
	RIGHT = 'r',
	NEGATE = 'n',
	PLUS = 'p',
};

/* Two stacks: Dijkstra's shunting-yard. */
struct yard {
	uint64_t value[DEPTH];
	char op[DEPTH];
	unsigned values, ops;
};

static bool
is_unary(char op)
{
	return op == NEGATE || op == PLUS || op == '~' || op == '!';
}

static int
precedence(char op)
{
	if (is_unary(op))
		return 7;
	switch (op) {
	case '*':
	case '/':
	case '%':
		return 6;
	case '+':
	case '-':
		return 5;
	case LEFT:
	case RIGHT:
		return 4;
	case '&':
		return 3;
	case '^':
		return 2;
	case '|':
		return 1;
	default:
		return 0; /* an open bracket */
	}
}

static uint64_t
apply_unary(char op, uint64_t v)
{
	if (op == NEGATE)
		return 0 - v;
	if (op == '~')
		return ~v;
	return op == '!' ? v == 0 : v;
}

/* b is not 0 where it must not be. */
static uint64_t
apply_binary(char op, uint64_t a, uint64_t b)
{
	switch (op) {
	case '*':
		return a * b;
	case '/':
		return a / b;
	case '%':
		return a % b;
	case '+':
		return a + b;
	case '-':
		return a - b;
	case LEFT:
		return b < 64 ? a << b : 0;
	case RIGHT:
		return b < 64 ? a >> b : 0;
	case '&':
		return a & b;
	case '^':
		return a ^ b;
	default:
		return a | b;
	}
}

/* Does the uppermost operator; false where it lacks something. */
static bool
reduce(struct yard *y)
{
	char op = y->op[--y->ops];
	uint64_t *top;

	if (y->values == 0)
		return false;
	top = &y->value[y->values - 1];
	if (is_unary(op)) {
		*top = apply_unary(op, *top);
		return true;
	}
	if (y->values < 2 || ((op == '/' || op == '%') && *top == 0))
		return false;
	top[-1] = apply_binary(op, top[-1], *top);
	y->values--;
	return true;
}

/* Does what binds as tight as op or tighter, and keeps op. */
static bool
push_binary(struct yard *y, char op)
{
	while (y->ops > 0 && precedence(y->op[y->ops - 1]) >= precedence(op))
		if (!reduce(y))
			return false;
	if (y->ops == DEPTH)
		return false;
	y->op[y->ops++] = op;
	return true;
}

static bool
close_bracket(struct yard *y)
{
	while (y->ops > 0 && y->op[y->ops - 1] != '(')
		if (!reduce(y))
			return false;
	if (y->ops == 0)
		return false;
	y->ops--;
	return true;
}

static bool
push_value(struct yard *y, uint64_t v)
{
	if (y->values == DEPTH)
		return false;
	y->value[y->values++] = v;
	return true;
}

/* Takes a word off the text. */
static struct str
take_word(struct str *s)
{
	struct str word = { s->p, 0 };

	while (word.n < s->n && word_is(s->p[word.n]))
		word.n++;
	*s = str_skip(*s, word.n);
	return word;
}

/* Reads digits as C has them: 0x1f, 017, 15, with U and L behind. */
static bool
read_number(struct str word, uint64_t *out)
{
	char last;

	while (word.n > 1 && (last = (char)(word.p[word.n - 1] | 0x20)) != 0 &&
	    (last == 'u' || last == 'l'))
		word.n--;
	if (word.n > 2 && word.p[0] == '0' && (word.p[1] | 0x20) == 'x')
		return num_hex(str_skip(word, 2), out);
	if (word.n == 1 || word.p[0] != '0')
		return num_u64(word, out);
	*out = 0;
	for (size_t i = 1; i < word.n; i++) {
		if (word.p[i] < '0' || word.p[i] > '7' || *out >> 61 != 0)
			return false;
		*out = *out << 3 | (uint64_t)(word.p[i] - '0');
	}
	return true;
}

/* Reads a number, or the name that is known. */
static bool
take_operand(struct yard *y, struct str *s, const struct expression_name *x)
{
	struct str word = take_word(s);
	uint64_t v;

	if (word.n == 0)
		return false;
	if (word.p[0] >= '0' && word.p[0] <= '9')
		return read_number(word, &v) && push_value(y, v);
	if (!str_is(word, "REC") || x == NULL || !str_starts(*s, "->"))
		return false;
	*s = str_skip(*s, 2);
	word = take_word(s);
	return str_eq(word, x->name) && push_value(y, x->value);
}

/*
 * Skips a cast, such as (unsigned long) or (enum x): words that are neither
 * numbers nor REC in brackets.
 */
static bool
take_cast(struct str *s)
{
	struct str rest = str_skip(*s, 1), word;
	bool any = false;

	for (;;) {
		rest = str_trim(rest);
		if (rest.n == 0)
			return false;
		if (rest.p[0] == ')')
			break;
		word = take_word(&rest);
		if (word.n == 0 || str_is(word, "REC") ||
		    (word.p[0] >= '0' && word.p[0] <= '9'))
			return false;
		any = true;
	}
	if (any)
		*s = str_skip(rest, 1);
	return any;
}

/* Takes what may stand before an operand, or the operand: want tells. */
static bool
take_prefix(struct yard *y, struct str *s, const struct expression_name *x,
    bool *want)
{
	char c = s->p[0];

	if (c == '(' && take_cast(s))
		return true;
	if (c != '(' && c != '-' && c != '+' && c != '~' && c != '!') {
		*want = false;
		return take_operand(y, s, x);
	}
	if (y->ops == DEPTH)
		return false;
	*s = str_skip(*s, 1);
	y->op[y->ops++] = (char)(c == '-' ? NEGATE : c == '+' ? PLUS : c);
	return true;
}

/* Takes what may stand behind an operand. */
static bool
take_suffix(struct yard *y, struct str *s, bool *want)
{
	char c = s->p[0];

	*s = str_skip(*s, 1);
	if (c == ')')
		return close_bracket(y);
	*want = true;
	if (c == '<' || c == '>') {
		if (s->n == 0 || s->p[0] != c)
			return false;
		*s = str_skip(*s, 1);
		return push_binary(y, (char)(c == '<' ? LEFT : RIGHT));
	}
	if (strchr("*/%+-&^|", c) == NULL)
		return false;
	return push_binary(y, c);
}

bool
expression_value(struct str text, const struct expression_name *x,
    uint64_t *out)
{
	struct yard y;
	bool want = true;

	y.values = y.ops = 0;
	if (text.n > TEXT_MAX)
		return false;
	for (text = str_trim(text); text.n > 0; text = str_trim(text))
		if (!(want ? take_prefix(&y, &text, x, &want)
			   : take_suffix(&y, &text, &want)))
			return false;
	if (want)
		return false;
	while (y.ops > 0)
		if (y.op[y.ops - 1] == '(' || !reduce(&y))
			return false;
	*out = y.value[0];
	return true;
}
