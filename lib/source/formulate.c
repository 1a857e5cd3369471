/* SPDX-License-Identifier: MIT */
#include "source/formulate.h"

#include "base/word.h"
#include "source/ctext.h"

enum { TEXT_MAX = 4096 };

/* Operators as they are written, the longer ones first. */
static const struct {
	const char *text;
	enum formula_code code;
	int precedence;
} binary[] = {
	{ "||", FORMULA_OR, 2 },
	{ "&&", FORMULA_AND, 3 },
	{ "==", FORMULA_EQUAL, 7 },
	{ "!=", FORMULA_UNEQUAL, 7 },
	{ "<<", FORMULA_LEFT, 9 },
	{ ">>", FORMULA_RIGHT, 9 },
	{ "<=", FORMULA_AT_MOST, 8 },
	{ ">=", FORMULA_AT_LEAST, 8 },
	{ "|", FORMULA_BIT_OR, 4 },
	{ "^", FORMULA_BIT_XOR, 5 },
	{ "&", FORMULA_BIT_AND, 6 },
	{ "<", FORMULA_LESS, 8 },
	{ ">", FORMULA_MORE, 8 },
	{ "+", FORMULA_PLUS, 10 },
	{ "-", FORMULA_MINUS, 10 },
	{ "*", FORMULA_TIMES, 11 },
	{ "/", FORMULA_OVER, 11 },
	{ "%", FORMULA_MODULO, 11 },
};

/* Dijkstra's shunting-yard: operators wait, operands are steps at once. */
struct yard {
	struct str s;
	const struct format *format;
	unsigned long_size;
	struct formula *out;
	struct {
		enum formula_code code;
		int precedence;
		struct ctype cast;
	} wait[FORMULA_STACK];
	unsigned waiting;
	struct ctype type[FORMULA_STACK]; /* of the values on the stack */
	unsigned values;
	bool want; /* an operand, or what may stand before one */
};

static const struct ctype int_type = { 4, true };

/* Adds a step that takes values and leaves one. */
static bool
add(struct yard *y, const struct formula_op *op)
{
	unsigned takes = formula_takes(op->code);

	if (y->values < takes)
		return false;
	y->values -= takes;
	if (y->values == FORMULA_STACK)
		return false;
	y->type[y->values++] = op->to;
	return formula_add(y->out, op);
}

/* Does the operator that waits last. */
static bool
reduce(struct yard *y)
{
	struct formula_op op = { .code = y->wait[--y->waiting].code };
	const struct ctype *last = y->type + y->values;

	if (op.code == FORMULA_ASK || op.code == FORMULA_OPEN || y->values == 0)
		return false;
	if (op.code == FORMULA_CAST) {
		op.of = last[-1];
		op.to = y->wait[y->waiting].cast;
		return add(y, &op);
	}
	if (op.code <= FORMULA_NOT) {
		op.of = op.code == FORMULA_NOT ? last[-1]
					       : ctype_promote(last[-1]);
		op.to = op.code == FORMULA_NOT ? int_type : op.of;
		return add(y, &op);
	}
	if (y->values < 2)
		return false;
	op.of = op.to = ctype_common(last[-2], last[-1]);
	if (op.code == FORMULA_CHOOSE)
		return add(y, &op);
	if (op.code == FORMULA_LEFT || op.code == FORMULA_RIGHT)
		op.of = op.to = ctype_promote(last[-2]);
	else if (op.code < FORMULA_LEFT &&
	    !(op.code >= FORMULA_BIT_OR && op.code <= FORMULA_BIT_AND))
		op.to = int_type;
	return add(y, &op);
}

static bool
wait_for(struct yard *y, enum formula_code code, int precedence,
    struct ctype cast)
{
	if (y->waiting == FORMULA_STACK)
		return false;
	y->wait[y->waiting].code = code;
	y->wait[y->waiting].precedence = precedence;
	y->wait[y->waiting++].cast = cast;
	return true;
}

/* Does all that waits and binds as tight as that or tighter. */
static bool
reduce_to(struct yard *y, int precedence)
{
	while (
	    y->waiting > 0 && y->wait[y->waiting - 1].precedence >= precedence)
		if (!reduce(y))
			return false;
	return true;
}

/* Reduces to what has that code, and takes it off. */
static bool
reduce_up_to(struct yard *y, enum formula_code code)
{
	while (y->waiting > 0 && y->wait[y->waiting - 1].code != code)
		if (!reduce(y))
			return false;
	if (y->waiting == 0)
		return false;
	y->waiting--;
	return true;
}

static bool
add_load(struct yard *y, unsigned offset, struct ctype type)
{
	struct formula_op op = { .code = FORMULA_LOAD,
		.to = type,
		.offset = offset };

	return add(y, &op);
}

static bool
add_value(struct yard *y, uint64_t v, struct ctype type)
{
	struct formula_op op = { .code = FORMULA_VALUE, .to = type, .v = v };

	return add(y, &op);
}

/* The fields that all events have. */
static bool
add_common(struct yard *y, struct str name)
{
	if (str_is(name, "common_type"))
		return add_load(y, 0, (struct ctype){ 2, false });
	if (str_is(name, "common_flags"))
		return add_load(y, y->format->flags_at,
		    (struct ctype){ 1, false });
	if (str_is(name, "common_preempt_count"))
		return add_load(y, y->format->preempt_at,
		    (struct ctype){ 1, false });
	return str_is(name, "common_pid") &&
	    add_load(y, y->format->pid_at, int_type);
}

/* Takes the constant between brackets [ ]. */
static bool
take_index(struct str *s, uint64_t *out)
{
	const char *close;
	struct ctype type;
	struct str digits;

	if (s->n == 0 || s->p[0] != '[' ||
	    (close = memchr(s->p, ']', s->n)) == NULL)
		return false;
	digits = (struct str){ s->p + 1, (size_t)(close - s->p) - 1 };
	*s = str_skip(*s, digits.n + 2);
	return digits.n > 0 && ctype_number(digits, 8, out, &type);
}

/* Takes what follows REC-> */
static bool
take_field(struct yard *y)
{
	struct str name = ctext_word_at(y->s, 0);
	const struct format_field *f = format_field(y->format, name);
	bool array;
	uint64_t i = 0;

	y->s = str_skip(y->s, name.n);
	if (f == NULL)
		return add_common(y, name);
	array = f->form == FORM_ARRAY || f->form == FORM_CHARS ||
	    f->form == FORM_ADDRESS || f->form == FORM_SOCKADDR;
	if (f->place != PLACE_HERE || f->form == FORM_BITMASK)
		return false;
	if (!array)
		return add_load(y, f->offset,
		    (struct ctype){ (uint8_t)f->size, f->is_signed });
	if (!take_index(&y->s, &i) || i >= f->size / f->element)
		return false;
	return add_load(y, f->offset + (unsigned)i * f->element,
	    (struct ctype){ (uint8_t)f->element, f->is_signed });
}

/* Takes the argument of a call that has one word of it. */
static bool
take_call(struct yard *y, struct str function)
{
	static const struct ctype word = { 4, false };
	size_t i = ctext_skip_blanks(y->s, 0), close;
	const struct format_field *f;
	struct formula_op op = { .code = FORMULA_RIGHT,
		.of = word,
		.to = word };
	struct str name;
	struct ctype type;

	if (i == y->s.n || y->s.p[i] != '(')
		return false;
	close = ctext_skip_argument(y->s, i + 1);
	if (close == y->s.n || y->s.p[close] != ')')
		return false;
	name = str_trim(ctext_part_of(y->s, i + 1, close));
	y->s = str_skip(y->s, close + 1);
	if (str_is(function, "sizeof")) {
		type = ctype_of(name, y->long_size);
		return type.size > 0 &&
		    add_value(y, type.size,
			(struct ctype){ (uint8_t)y->long_size, false });
	}
	f = format_field(y->format, name);
	if (f == NULL ||
	    (f->place != PLACE_DYNAMIC && f->place != PLACE_RELATIVE) ||
	    (!str_is(function, "__get_dynamic_array_len") &&
		!str_is(function, "__get_rel_dynamic_array_len")))
		return false;
	return add_load(y, f->offset, word) && add_value(y, 16, int_type) &&
	    add(y, &op);
}

/* Takes a number, a field, or a call. */
static bool
take_operand(struct yard *y)
{
	struct str word = ctext_word_at(y->s, 0);
	struct ctype type;
	uint64_t v;

	if (word.n == 0 && y->s.n > 2 && y->s.p[0] == '\'' &&
	    y->s.p[1] != '\\' && y->s.p[2] == '\'') {
		v = (uint8_t)y->s.p[1];
		y->s = str_skip(y->s, 3);
		return add_value(y, v, int_type);
	}
	if (word.n == 0)
		return false;
	y->s = str_skip(y->s, word.n);
	/* What the compiler is to expect changes nothing. */
	if (str_is(word, "__builtin_expect")) {
		y->want = true;
		return true;
	}
	if (word.p[0] >= '0' && word.p[0] <= '9')
		return ctype_number(word, y->long_size, &v, &type) &&
		    add_value(y, v, type);
	/* Only the kernel knows it; trace-cmd report prints this as well. */
	if (str_is(word, "vmemmap_base"))
		return add_value(y, 0, (struct ctype){ 8, false });
	if (str_is(word, "true") || str_is(word, "false"))
		return add_value(y, word.n == 4, int_type);
	if (!str_is(word, "REC"))
		return take_call(y, word);
	if (!str_starts(y->s, "->"))
		return false;
	y->s = str_skip(y->s, 2);
	return take_field(y);
}

/* Takes (TYPE), if it is one that is followed by an operand. */
static bool
take_cast(struct yard *y)
{
	size_t close = ctext_skip_argument(y->s, 1);
	struct str name, rest;
	struct ctype type;

	if (close == y->s.n || y->s.p[close] != ')')
		return false;
	name = ctext_part_of(y->s, 1, close);
	for (size_t i = 0; i < name.n; i++)
		if (!word_is(name.p[i]) && strchr(" *", name.p[i]) == NULL)
			return false;
	rest = str_trim(str_skip(y->s, close + 1));
	if (rest.n == 0 ||
	    (!word_is(rest.p[0]) && rest.p[0] != '(' &&
		strchr("-~!'", rest.p[0]) == NULL))
		return false;
	type = ctype_of(name, y->long_size);
	if (type.size == 0 || !wait_for(y, FORMULA_CAST, 12, type))
		return false;
	y->s = rest;
	return true;
}

/* Takes what may stand before an operand, or the operand. */
static bool
take_prefix(struct yard *y)
{
	char c = y->s.p[0];

	if (c == '(' && take_cast(y))
		return true;
	if (c != '(' && c != '-' && c != '~' && c != '!') {
		y->want = false;
		return take_operand(y);
	}
	y->s = str_skip(y->s, 1);
	if (c == '(')
		return wait_for(y, FORMULA_OPEN, 0, int_type);
	return wait_for(y,
	    c == '-'       ? FORMULA_NEGATE
		: c == '~' ? FORMULA_INVERT
			   : FORMULA_NOT,
	    12, int_type);
}

/* Takes what may stand behind an operand. */
static bool
take_suffix(struct yard *y)
{
	char c = y->s.p[0];

	if (c == ')') {
		y->s = str_skip(y->s, 1);
		return reduce_up_to(y, FORMULA_OPEN);
	}
	/* The second argument of __builtin_expect. */
	if (c == ',') {
		y->s = str_skip(y->s, 1);
		y->s = str_skip(y->s, ctext_skip_argument(y->s, 0));
		return y->s.n > 0;
	}
	y->want = true;
	if (c == '?') {
		y->s = str_skip(y->s, 1);
		return reduce_to(y, 2) && wait_for(y, FORMULA_ASK, 1, int_type);
	}
	if (c == ':') {
		y->s = str_skip(y->s, 1);
		return reduce_up_to(y, FORMULA_ASK) &&
		    wait_for(y, FORMULA_CHOOSE, 1, int_type);
	}
	for (size_t i = 0; i < sizeof(binary) / sizeof(binary[0]); i++) {
		if (!str_starts(y->s, binary[i].text))
			continue;
		y->s = str_skip(y->s, strlen(binary[i].text));
		return reduce_to(y, binary[i].precedence) &&
		    wait_for(y, binary[i].code, binary[i].precedence, int_type);
	}
	return false;
}

bool
formulate(struct formula *out, struct str text, const struct format *format,
    unsigned long_size)
{
	struct yard y = { .s = str_trim(text), .format = format };
	bool good = text.n <= TEXT_MAX;

	*out = (struct formula){ .need = 0 };
	y.out = out;
	y.want = true;
	y.long_size = long_size;
	for (; good && y.s.n > 0;
	     y.s = str_skip(y.s, ctext_skip_blanks(y.s, 0)))
		good = y.want ? take_prefix(&y) : take_suffix(&y);
	while (good && !y.want && y.waiting > 0)
		good = reduce(&y);
	if (!good || y.want || y.values != 1) {
		formula_free(out);
		return false;
	}
	out->type = y.type[0];
	formula_end(out);
	return true;
}
