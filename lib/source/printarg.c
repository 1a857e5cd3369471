/* SPDX-License-Identifier: MIT */
#include "source/printarg.h"

#include "base/word.h"
#include "source/ctext.h"
#include "source/formulate.h"

enum {
	DEPTH = 64,    /* of choices, one in another */
	STRIPPED = 64, /* brackets and casts around an argument */
	COMM = 16,
};

/* What is still to be done of choices. */
struct task {
	enum { PRINT, OTHERWISE, END } kind;
	struct str text; /* PRINT */
	size_t step;     /* OTHERWISE: the jump to it; END: the jump over it */
};

static char
escaped(char c)
{
	return (char)(c == 'n' ? '\n' : c == 't' ? '\t' : c);
}

size_t
printarg_literal(struct steps *steps, struct str s)
{
	size_t at = ctext_skip_blanks(s, 0), end = 0;

	for (; at < s.n && s.p[at] == '"'; at = ctext_skip_blanks(s, end)) {
		end = ctext_skip_string(s, at);
		for (at++; at + 1 < end; at++) {
			char c = s.p[at];

			if (c == '\\' && at + 2 < end)
				c = escaped(s.p[++at]);
			steps_text(steps, &c, 1);
		}
	}
	return end;
}

/*
 * Takes brackets around all of it, and casts to pointers, off: not without
 * end, since each may have to be looked for at the other end of the text.
 */
static struct str
strip(struct str s)
{
	s = str_trim(s);
	for (int i = 0; i < STRIPPED && s.n > 1 && s.p[0] == '('; i++) {
		size_t close = ctext_skip_argument(s, 1);
		struct str inner;

		if (close == s.n || s.p[close] != ')')
			break;
		inner = str_trim(ctext_part_of(s, 1, close));
		if (close + 1 == s.n)
			s = inner;
		else if (inner.n > 0 && inner.p[inner.n - 1] == '*')
			s = str_trim(str_skip(s, close + 1));
		else
			break;
	}
	return s;
}

/* Returns where c stands outside of brackets and strings, or the end. */
static size_t
find_outside(struct str s, size_t i, char c)
{
	size_t depth = 0, asked = 0;

	for (; i < s.n; i++) {
		char here = s.p[i];

		if (here == '"') {
			i = ctext_skip_string(s, i) - 1;
			continue;
		}
		if (depth == 0 && here == c && asked == 0)
			return i;
		if (here == '(' || here == '{' || here == '[')
			depth++;
		if (depth > 0 && (here == ')' || here == '}' || here == ']'))
			depth--;
		if (depth == 0)
			asked += here == '?'           ? 1
			    : here == ':' && asked > 0 ? -1ul
						       : 0;
	}
	return s.n;
}

/* Splits FUNCTION(ARGUMENTS); false where s is none. */
static bool
split_call(struct str s, struct str *function, struct str *arguments)
{
	size_t i;

	*function = ctext_word_at(s, 0);
	i = ctext_skip_blanks(s, function->n);
	if (function->n == 0 || i == s.n || s.p[i] != '(' ||
	    s.p[s.n - 1] != ')')
		return false;
	*arguments = str_trim(ctext_part_of(s, i + 1, s.n - 1));
	return true;
}

static bool
make(const struct printarg *a, struct formula *out, struct str text)
{
	return formulate(out, text, a->format, a->long_size);
}

/* Fills in where the bytes are that an expression points to. */
static bool
find_bytes(const struct printarg *a, struct str text, struct step *out)
{
	static const char *const calls[] = { "__get_str", "__get_rel_str",
		"__get_dynamic_array", "__get_rel_dynamic_array",
		"__get_sockaddr", "__get_rel_sockaddr", "__get_bitmask",
		"__get_rel_bitmask", "__get_cpumask", "__get_rel_cpumask" };
	struct str s = strip(text), function, name;
	const struct format_field *f;
	bool known = false;

	if (s.n > 0 && s.p[0] == '&')
		s = strip(str_skip(s, 1));
	if (str_starts(s, "REC->")) {
		name = str_skip(s, strlen("REC->"));
	} else {
		if (!split_call(s, &function, &name))
			return false;
		for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
			known |= str_is(function, calls[i]);
		if (!known)
			return false;
	}
	if ((f = format_field(a->format, name)) == NULL)
		return false;
	out->place = f->place;
	out->offset = f->offset;
	out->size = f->size;
	out->scale = 1;
	out->dump.element = f->element;
	return known ? f->place != PLACE_HERE : true;
}

static bool
is_array(const struct printarg *a, struct str text)
{
	struct str s = strip(text);
	const struct format_field *f;

	if (!str_starts(s, "REC->"))
		return true;
	f = format_field(a->format, str_skip(s, strlen("REC->")));
	return f != NULL && f->form != FORM_POINTER && f->form != FORM_SIGNED &&
	    f->form != FORM_UNSIGNED && f->form != FORM_BOOL;
}

static bool
add_dump(const struct printarg *a, struct str text, enum dump_form form)
{
	struct step step = { .kind = STEP_DUMP };

	if (!find_bytes(a, text, &step))
		return false;
	step.dump.form = form;
	if (form == DUMP_BITMASK || form == DUMP_LIST)
		step.dump.element = a->long_size;
	if (form == DUMP_TEXT && step.place == PLACE_HERE && step.size == COMM)
		step.kind = STEP_COMM;
	steps_add(a->steps, &step);
	return true;
}

/* Adds __print_flags and __print_symbolic. */
static bool
add_names(const struct printarg *a, struct str s)
{
	struct step step = { .kind = STEP_NAMES };
	struct symbols_call call;
	size_t i;

	if (!symbols_next(&s, &call))
		return false;
	i = ctext_skip_argument(call.text, 0);
	if (!make(a, &step.value, ctext_part_of(call.text, 0, i)))
		return false;
	call.none.n = 0;
	step.names = symbols_named(&call, a->long_size);
	if (step.names == NULL) {
		formula_free(&step.value);
		return false;
	}
	steps_add(a->steps, &step);
	return true;
}

/* Adds __print_hex(p, n), __print_hex_str, and __print_array(p, n, size). */
static bool
add_bytes(const struct printarg *a, struct str arguments, enum dump_form form)
{
	struct step step = { .kind = STEP_DUMP, .limited = true };
	struct str where, count, size;
	struct formula element;
	uint64_t v = 1;

	if (!symbols_argument(&arguments, &where) ||
	    !symbols_argument(&arguments, &count) ||
	    !find_bytes(a, where, &step))
		return false;
	step.dump.form = form;
	if (form == DUMP_ARRAY) {
		if (!symbols_argument(&arguments, &size) ||
		    !make(a, &element, size))
			return false;
		if (!formula_constant(&element, &v))
			v = 0;
		formula_free(&element);
	}
	if ((v != 1 && v != 2 && v != 4 && v != 8) ||
	    !make(a, &step.value, count))
		return false;
	step.dump.element = step.scale = (unsigned)v;
	steps_add(a->steps, &step);
	return true;
}

/* A pointer to text that only the kernel can read: its number. */
static bool
add_address(const struct printarg *a, struct str s, enum step_kind kind)
{
	struct step step = { .kind = kind };

	step.conversion = (struct conversion){ .letter = 'x', .precision = -1 };
	step.conversion.type.size = 8;
	if (!make(a, &step.value, s))
		return false;
	steps_add(a->steps, &step);
	return true;
}

/* Adds what a %s prints, if it is no choice. */
static bool
add_leaf(const struct printarg *a, struct str s)
{
	struct str function, arguments;
	bool wide;

	if (s.n > 0 && s.p[0] == '"')
		return printarg_literal(a->steps, s) == s.n;
	if (str_is(s, "0") || str_is(s, "NULL")) {
		steps_text(a->steps, "(null)", 6);
		return true;
	}
	if (str_starts(s, "REC->") && !is_array(a, s))
		return add_address(a, s, STEP_NUMBER);
	if (!split_call(s, &function, &arguments))
		return add_dump(a, s, DUMP_TEXT);
	wide = function.n > 4 &&
	    str_is(str_skip(function, function.n - 4), "_u64");
	function.n -= wide ? 4 : 0;
	if (str_is(function, "__print_flags") ||
	    str_is(function, "__print_symbolic"))
		return add_names(a, s);
	if (str_is(function, "__print_hex"))
		return add_bytes(a, arguments, DUMP_HEX);
	if (str_is(function, "__print_hex_str"))
		return add_bytes(a, arguments, DUMP_JOINED);
	if (str_is(function, "__print_array"))
		return add_bytes(a, arguments, DUMP_ARRAY);
	if (str_is(function, "__get_bitmask") ||
	    str_is(function, "__get_rel_bitmask") ||
	    str_is(function, "__get_cpumask") ||
	    str_is(function, "__get_rel_cpumask"))
		return add_dump(a, s, DUMP_BITMASK);
	return add_dump(a, s, DUMP_TEXT);
}

/* Adds the question of a choice, and the rest of it to what is to be done. */
static bool
add_choice(const struct printarg *a, struct str s, size_t ask,
    struct task *task, size_t *n)
{
	struct step step = { .kind = STEP_UNLESS };
	size_t colon = find_outside(s, ask + 1, ':');

	if (*n + 4 > DEPTH || colon == s.n ||
	    !make(a, &step.value, ctext_part_of(s, 0, ask)))
		return false;
	task[(*n)++] = (struct task){ END, { NULL, 0 }, 0 };
	task[(*n)++] = (struct task){ PRINT, str_skip(s, colon + 1), 0 };
	task[(*n)++] = (struct task){ OTHERWISE, { NULL, 0 },
		steps_add(a->steps, &step) };
	task[(*n)++] = (struct task){ PRINT, ctext_part_of(s, ask + 1, colon),
		0 };
	return true;
}

bool
printarg_string(const struct printarg *a, struct str text)
{
	static const struct step jump = { .kind = STEP_GOTO };
	struct task task[DEPTH];
	size_t n = 0;

	task[n++] = (struct task){ PRINT, text, 0 };
	while (n > 0) {
		struct task t = task[--n];
		struct str s;
		size_t ask;

		if (t.kind == OTHERWISE) {
			/* Below it are what is printed, and the end. */
			task[n - 2].step = steps_add(a->steps, &jump);
			a->steps->step[t.step].to = a->steps->n;
			continue;
		}
		if (t.kind == END) {
			a->steps->step[t.step].to = steps_here(a->steps);
			continue;
		}
		s = strip(t.text);
		ask = find_outside(s, 0, '?');
		if (ask < s.n ? !add_choice(a, s, ask, task, &n)
			      : !add_leaf(a, s))
			return false;
	}
	return true;
}

bool
printarg_number(const struct printarg *a, struct str text,
    const struct conversion *c)
{
	struct step step = { .kind = STEP_NUMBER, .conversion = *c };

	step.type = c->type;
	if (c->letter == 'c')
		step.kind = STEP_CHAR;
	else if (conversion_is_plain(c))
		step.kind = STEP_DECIMAL;
	if (!make(a, &step.value, text))
		return false;
	steps_add(a->steps, &step);
	return true;
}

/* The forms of %p that print what it points to (lib/vsprintf.c, pointer). */
static const struct {
	const char *kind;
	enum dump_form form;
} pointers[] = {
	{ "I4", DUMP_IP4 },
	{ "i4", DUMP_IP4 },
	{ "I6", DUMP_IP6 },
	{ "I6c", DUMP_IP6 },
	{ "IS", DUMP_SOCKADDR },
	{ "ISc", DUMP_SOCKADDR },
	{ "ISp", DUMP_ENDPOINT },
	{ "ISpc", DUMP_ENDPOINT },
	{ "M", DUMP_MAC },
	{ "U", DUMP_UUID },
	{ "Ub", DUMP_UUID },
	{ "b", DUMP_BITMASK },
	{ "bl", DUMP_LIST },
};

bool
printarg_pointer(const struct printarg *a, struct str text,
    const struct conversion *c)
{
	static const char *const plain[] = { "", "K", "x", "S", "s", "F", "f",
		"SR", "B", "Sb", "sb" };

	for (size_t i = 0; i < sizeof(pointers) / sizeof(pointers[0]); i++)
		if (str_is(c->kind, pointers[i].kind))
			return add_dump(a, text, pointers[i].form);
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (str_is(c->kind, plain[i]))
			return add_address(a, text, STEP_POINTER);
	return false;
}
