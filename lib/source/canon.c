/* SPDX-License-Identifier: MIT */
#include "source/canon.h"

#include "base/num.h"
#include "source/body.h"
#include "source/letters.h"
#include "source/names.h"

/* What a field is. */
enum what {
	LOOKS,    /* whatever it looks like */
	SIGNED,   /* of 64 bits; hexadecimal as those of a negative one too */
	SIGNED32, /* some print the bits of a negative one in decimal */
	HEX,      /* a number in hexadecimal without 0x */
	BOOLEAN,
	STATE,
	ADDRESS,
	SYMBOL,   /* a name that stands for a number */
	FUTEX,    /* the same, or an argument */
	ARGUMENT, /* of a system call: hexadecimal, with or without 0x */
};

struct rule {
	const char *key;
	enum what what;
};

static const struct rule enter_rules[] = {
	{ "__syscall_nr", SIGNED },
	{ NULL, ARGUMENT },
};
static const struct rule futex_rules[] = {
	{ "__syscall_nr", SIGNED },
	{ "op", FUTEX },
	{ NULL, ARGUMENT },
};
static const struct rule exit_rules[] = {
	{ "ret", SIGNED },
	{ "__syscall_nr", SIGNED },
	{ NULL, LOOKS },
};
static const struct rule sched_rules[] = {
	{ "prev_state", STATE },
	{ "prio", SIGNED32 },
	{ "prev_prio", SIGNED32 },
	{ "next_prio", SIGNED32 },
	{ "oldprio", SIGNED32 },
	{ "newprio", SIGNED32 },
	{ "group_dead", BOOLEAN },
	{ NULL, LOOKS },
};
static const struct rule socket_rules[] = {
	{ "family", SYMBOL },
	{ "protocol", SYMBOL },
	{ "oldstate", SYMBOL },
	{ "newstate", SYMBOL },
	{ "state", SYMBOL },
	{ "saddr", ADDRESS },
	{ "daddr", ADDRESS },
	{ "saddr_v6", ADDRESS },
	{ "daddr_v6", ADDRESS },
	{ "sock_cookie", HEX },
	{ NULL, LOOKS },
};
static const struct rule deliver_rules[] = {
	{ "sa_handler", HEX },
	{ "sa_flags", HEX },
	{ NULL, LOOKS },
};
static const struct rule irq_rules[] = {
	{ "ret", SYMBOL },
	{ NULL, LOOKS },
};
static const struct rule other_rules[] = { { NULL, LOOKS } };

/* The first whose name the event's begins with is it. */
static const struct canon_kind {
	const char *event;
	const struct rule *rules; /* that without a key is for all others */
} kinds[] = {
	{ "sys_enter_futex", futex_rules },
	{ "sys_enter_", enter_rules },
	{ "sys_exit_", exit_rules },
	{ "sched_", sched_rules },
	{ "tcp_", socket_rules },
	{ "inet_", socket_rules },
	{ "sock_", socket_rules },
	{ "sk_data_ready", socket_rules },
	{ "signal_deliver", deliver_rules },
	{ "irq_handler_exit", irq_rules },
	{ "", other_rules },
};

const struct canon_kind *
canon_kind(struct str event)
{
	const struct canon_kind *kind = kinds;

	while (!str_starts(event, kind->event))
		kind++;
	return kind;
}

/* Takes names with bars between, of which each stands for a bit or more. */
static bool
symbol(struct canon *c, struct field *f)
{
	struct str rest = f->value;
	uint64_t sum = 0, one;

	for (;;) {
		const char *bar = memchr(rest.p, '|', rest.n);
		size_t n = bar != NULL ? (size_t)(bar - rest.p) : rest.n;

		if (!names_number((struct str){ rest.p, n }, &one))
			return false;
		sum |= one;
		if (bar == NULL)
			break;
		rest = str_skip(rest, n + 1);
	}
	value_set_u64(&c->room, f, sum);
	return true;
}

/* Takes what the looks of a value tell; false where it is text. */
static bool
looks_like(struct canon *c, struct field *f)
{
	struct str s = f->value;

	if (s.n == 0)
		return false;
	if (s.p[0] == '-' || (s.p[0] >= '0' && s.p[0] <= '9')) {
		if (names_is_pointer(f->key) && value_pointer(&c->room, f))
			return true;
		if (str_starts(s, "0x"))
			return value_hexadecimal(&c->room, f);
		return value_decimal(&c->room, f);
	}
	if (str_starts(s, "ARRAY["))
		return value_array(&c->room, f, false);
	if (names_is_pointer(f->key) && value_pointer(&c->room, f))
		return true;
	return value_boolean(f, false);
}

/* The same of one that may have a comma behind. */
static bool
looks(struct canon *c, struct field *f)
{
	bool comma = f->value.n > 1 && f->value.p[f->value.n - 1] == ',';

	if (names_is_text(f->key)) {
		value_name(&c->room, f);
		return true;
	}
	f->value.n -= comma;
	if (looks_like(c, f))
		return true;
	f->value.n += comma;
	return false;
}

/*
 * Takes an argument of a system call.  The kernel prints "fd: 10" for 16;
 * libtraceevent "fd: 0x00000010" and "val=16".
 */
static bool
argument(struct canon *c, struct field *f, const struct header *h)
{
	bool equals = f->key.p + f->key.n + 1 == f->value.p;
	uint64_t v;

	if (equals && !str_starts(f->value, "0x"))
		return value_decimal(&c->room, f);
	if (!num_hex(f->value, &v))
		return false;
	if (names_is_pointer_argument(h->name, f->key))
		value_set_pointer(&c->room, f, v);
	else
		value_set_u64(&c->room, f, v);
	return true;
}

/*
 * Takes a state as libtraceevent's layout prints it: what its version is
 * shows in letters that only one of them has.
 */
static void
cooked_state(struct canon *c, struct field *f)
{
	static const char old[] = "XZxW", new[] = "ZXPI";
	struct str s = f->value;
	char *out = c->room.text + c->room.n;

	if (str_is(s, "W"))
		c->states = CANON_OLD;
	else if (memchr(s.p, 'P', s.n) != NULL || memchr(s.p, 'I', s.n) != NULL)
		c->states = CANON_NEW;
	for (size_t i = 0; i < s.n; i++) {
		const char *at = memchr(old, s.p[i], 3 + (s.n == 1));

		out[i] = s.p[i];
		if (at == NULL)
			continue;
		if (c->states == CANON_OLD)
			out[i] = new[at - old];
		c->doubtful += c->states == CANON_UNKNOWN;
	}
	s.p = out;
	c->room.n += s.n;
	value_printed(&c->room, f, letters_of_text(s, c->room.text + c->room.n),
	    FIELD_TEXT);
}

static void
state(struct canon *c, struct field *f)
{
	char *out = c->room.text + c->room.n;
	uint64_t v;

	if (num_u64(f->value, &v))
		value_printed(&c->room, f, letters_of_number(v, out),
		    FIELD_TEXT);
	else
		value_printed(&c->room, f, letters_of_text(f->value, out),
		    FIELD_TEXT);
}

/*
 * Takes "0x7ae4 (31460)", as the trace option fields has it: of a pointer
 * what stands before the blank, otherwise what is in brackets.
 */
static void
in_brackets(struct field *f, enum what what)
{
	struct str s = f->value;
	const char *open = memchr(s.p, ' ', s.n);
	struct str inner;
	uint64_t hex;
	int64_t decimal;

	if (open == NULL || s.p + s.n - open <= 3 || open[1] != '(')
		return;
	inner.p = open + 2;
	inner.n = (size_t)(s.p + s.n - 1 - inner.p);
	s.n = (size_t)(open - s.p);
	if (!num_hex(s, &hex) || !num_s64(inner, &decimal))
		return;
	if (what == ARGUMENT || what == FUTEX || what == HEX ||
	    names_is_pointer(f->key))
		f->value = s;
	else
		f->value = inner;
}

/* Takes a field as what it is; false where it does not look so. */
static bool
take_as(struct canon *c, struct field *f, enum what what,
    const struct header *h)
{
	switch (what) {
	case SIGNED:
		return value_signed(&c->room, f);
	case SIGNED32:
		return value_signed32(&c->room, f);
	case HEX:
		return value_hexadecimal(&c->room, f);
	case BOOLEAN:
		return value_boolean(f, true);
	case STATE:
		state(c, f);
		return true;
	case ADDRESS:
		value_address(&c->room, f);
		return true;
	case SYMBOL:
		return symbol(c, f);
	case FUTEX:
		return symbol(c, f) || argument(c, f, h);
	case ARGUMENT:
		return argument(c, f, h);
	case LOOKS:
		break;
	}
	return false;
}

static void
take(struct canon *c, struct field *f, enum what what, const struct header *h)
{
	if (f->value.n > 0 && f->value.p[f->value.n - 1] == ')')
		in_brackets(f, what);
	if (!take_as(c, f, what, h) && !looks(c, f))
		f->kind = FIELD_TEXT;
}

/* Finds what a field of that name is. */
static enum what
what_of(const struct canon_kind *kind, struct str key)
{
	const struct rule *rule = kind->rules;

	while (rule->key != NULL && !str_is(key, rule->key))
		rule++;
	return rule->what;
}

/*
 * The address of IPv4 of a socket of IPv6 is all zero where it is printed as
 * one of IPv6, "::": what it has of IPv6 are fields of their own.
 */
static void
four_of_six(struct field *f, const struct fields *all)
{
	if (!str_is(f->value, "::") || f->key.n != strlen("saddr"))
		return;
	for (size_t i = 0; i < all->n; i++)
		if (str_is(all->field[i].key, "saddr_v6") ||
		    str_is(all->field[i].key, "daddr_v6"))
			value_set(f, "0.0.0.0", 7, FIELD_TEXT);
}

/* Tells whether an event has its text in the lines below it alone. */
static bool
is_stack(const struct header *h)
{
	return str_is(h->name, "kernel_stack") || str_is(h->name, "user_stack");
}

void
canon_fields(struct canon *c, const struct canon_kind *kind,
    const struct header *h, struct fields *fields)
{
	size_t need = 0;

	while (body_more(fields))
		;
	if (fields->n == 0 && h->body.n > 0 && !is_stack(h))
		fields_add_kind(fields, str_of("text"), h->body, FIELD_TEXT);
	for (size_t i = 0; i < fields->n; i++)
		if (fields->field[i].kind == FIELD_PLAIN ||
		    fields->field[i].kind == FIELD_COOKED)
			need += value_need(fields->field[i].value);
	if (need == 0)
		return;
	value_begin(&c->room, need);
	for (size_t i = 0; i < fields->n; i++) {
		struct field *f = &fields->field[i];
		enum what what;

		if (f->kind == FIELD_COOKED)
			cooked_state(c, f);
		if (f->kind != FIELD_PLAIN)
			continue;
		what = what_of(kind, f->key);
		take(c, f, what, h);
		if (what == ADDRESS)
			four_of_six(f, fields);
	}
}

void
canon_free(struct canon *c)
{
	value_free(&c->room);
	*c = (struct canon){ .doubtful = 0 };
}
