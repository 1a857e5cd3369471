/* SPDX-License-Identifier: MIT */
#include "source/body.h"

#include <endian.h>

#include "base/word.h"
#include "source/probe.h"

/*
 * trace-cmd report pads the event's name and its colon to so many columns,
 * so blanks beyond it are the beginning of a comm.
 */
enum { NAME_COLUMN = 22 };

enum { ADDRESS_MAX = 28 /* bytes of the longest, a sockaddr_in6 */ };

#define STR(z)                                                                 \
	{                                                                      \
		(z), sizeof(z) - 1                                             \
	}

/*
 * What TP_printk of include/trace/events/tcp.h, sock.h and workqueue.h calls
 * fields that the format names otherwise.
 */
static const struct rename socket_renames[] = {
	{ STR("src"), STR("saddr") },
	{ STR("dest"), STR("daddr") },
	{ STR("saddrv6"), STR("saddr_v6") },
	{ STR("daddrv6"), STR("daddr_v6") },
	{ { NULL, 0 }, { NULL, 0 } },
};
static const struct rename work_renames[] = {
	{ STR("struct"), STR("work") },
	{ { NULL, 0 }, { NULL, 0 } },
};
static const struct {
	const char *events; /* how their names begin */
	const struct rename *renames;
} renamed[] = {
	{ "tcp_", socket_renames },
	{ "inet_", socket_renames },
	{ "workqueue_queue_work", work_renames },
};

/*
 * Events that report -R may break at the bytes of an address: which field is
 * their last, in one kernel or another.
 */
static const struct str probe_last[] = { STR("skaddr"), STR("skbaddr"),
	STR("sock_cookie"), STR("rcv_wnd"), { NULL, 0 } };
static const struct str adjust_last[] = { STR("sock_cookie"), { NULL, 0 } };
static const struct str state_last[] = { STR("daddr_v6"), STR("newstate"),
	{ NULL, 0 } };

static const struct {
	const char *event;
	const struct str *last;
} broken[] = {
	{ "tcp_probe", probe_last },
	{ "tcp_rcv_space_adjust", adjust_last },
	{ "tcp_destroy_sock", adjust_last },
	{ "tcp_receive_reset", adjust_last },
	{ "inet_sock_set_state", state_last },
};

struct body_kind
body_kind(const struct layouts *all, struct str event)
{
	struct body_kind kind = { .layout = layouts_find(all, event) };

	kind.enter = str_starts(event, "sys_enter_");
	kind.exit = str_starts(event, "sys_exit_");
	kind.print = str_is(event, "print");
	kind.function = str_is(event, "function");
	kind.stack = str_is(event, "kernel_stack") ||
	    str_is(event, "user_stack");
	for (size_t i = 0; i < sizeof(renamed) / sizeof(renamed[0]); i++)
		if (str_starts(event, renamed[i].events))
			kind.renames = renamed[i].renames;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		if (str_is(event, broken[i].event))
			kind.last = broken[i].last;
	return kind;
}

/* Returns the length of the key that s begins with, or 0 if none does. */
static inline size_t
key_length(const char *p, const char *end, char mark)
{
	const char *start = p;

	while (p < end && word_is(*p))
		p++;
	return p < end && *p == mark ? (size_t)(p - start) : 0;
}

/* Finds the next blank, eight bytes at a time: most values are short. */
static inline const char *
find_blank(const char *p, const char *end)
{
	const uint64_t ones = 0x0101010101010101, blanks = ones * ' ';

	for (uint64_t word; end - p >= 8; p += 8) {
		memcpy(&word, p, 8);
		word = le64toh(word) ^ blanks; /* a blank is now a zero */
		word = (word - ones) & ~word & ones << 7;
		if (word != 0) /* its lowest bit is that of the first zero */
			return p + (__builtin_ctzll(word) >> 3);
	}
	while (p < end && *p != ' ')
		p++;
	return p;
}

/*
 * Finds where a value ends: at the blanks before the next key.  Stores where
 * that is and how long.
 */
static const char *
value_end(const char *p, const char *end, struct str *next)
{
	if (end - p > 6 && memcmp(p, "ARRAY[", 6) == 0) {
		const char *close = memchr(p, ']', (size_t)(end - p));

		if (close != NULL)
			p = close + 1;
	}
	for (;;) {
		const char *blank = find_blank(p, end);

		for (p = blank; p < end && *p == ' ';)
			p++;
		*next = (struct str){ p, key_length(p, end, '=') };
		if (p == end || next->n > 0)
			return blank;
	}
}

/* Finds what a field is called in the event's format. */
static struct str
rename_key(const struct rename *renames, struct str key)
{
	for (; renames->printed.p != NULL; renames++)
		if (str_eq(key, renames->printed))
			return renames->name;
	return key;
}

bool
body_more(struct fields *f)
{
	const char *end = f->end, *value, *stop;
	struct str key = f->next;

	if (key.n == 0)
		return false;
	value = key.p + key.n + 1;
	stop = value_end(value, end, &f->next);
	if (f->renames != NULL)
		key = rename_key(f->renames, key);
	fields_add(f, key, (struct str){ value, (size_t)(stop - value) });
	return true;
}

/*
 * Begins to split key=value, where n is the length of the word at the front;
 * text before the first key is passed over.
 */
static void
begin_pairs(struct fields *f, struct str body, size_t n,
    const struct rename *renames)
{
	const char *end = body.p + body.n;

	f->end = end;
	f->renames = renames;
	f->next = (struct str){ body.p, n };
	if (n == 0 || n == body.n || body.p[n] != '=')
		value_end(body.p, end, &f->next);
}

/* Finds the comma before the next "key: ", or the end. */
static const char *
argument_end(const char *p, const char *end, const char **next)
{
	while ((p = memchr(p, ',', (size_t)(end - p))) != NULL) {
		const char *comma = p++;

		while (p < end && *p == ' ')
			p++;
		*next = p;
		if (key_length(p, end, ':') > 0)
			return comma;
	}
	return *next = end;
}

/*
 * Reads "fd: 0x04, buf: 0x7f, count: 0x10", with or without a ) behind, or
 * the blanks behind the commas.
 */
static void
read_arguments(struct str s, struct fields *f)
{
	const char *p = s.p, *end = s.p + s.n;

	if (s.n > 0 && end[-1] == ')')
		end--;
	while (p < end) {
		struct str key = { p, key_length(p, end, ':') };
		const char *value = p + key.n + 1, *stop;

		if (key.n == 0)
			return;
		while (value < end && *value == ' ')
			value++;
		stop = argument_end(value, end, &p);
		fields_add(f, key,
		    (struct str){ value, (size_t)(stop - value) });
	}
}

/*
 * Tells whether a body ends with a field with which the event may end, and
 * whole: the bytes of an address, printed as a string, may hold newlines.
 */
static bool
is_whole(const struct body_kind *kind, struct str body)
{
	const char *end = body.p + body.n, *p, *equals;
	struct str key;

	if (body.n > 0 && end[-1] == ']')
		return (p = memrchr(body.p, '[', body.n)) != NULL &&
		    p - body.p > 6 && memcmp(p - 6, "=ARRAY", 6) == 0;
	p = body.n > 0 ? memrchr(body.p, ' ', body.n) : NULL;
	p = p != NULL ? p + 1 : body.p;
	if ((equals = memchr(p, '=', (size_t)(end - p))) == NULL)
		return false;
	key = (struct str){ p, (size_t)(equals - p) };
	for (const struct str *last = kind->last; last->p != NULL; last++)
		if (str_eq(key, *last))
			return !str_starts(key, "daddr") || equals == end - 1;
	return false;
}

/* Returns how many of the blanks before the body are part of a comm. */
static size_t
comm_blanks(const struct header *h)
{
	size_t column = h->name.n + 1 + h->gap;

	if (h->name.n + 2 > NAME_COLUMN)
		return h->gap > 1 ? h->gap - 1 : 0;
	return column > NAME_COLUMN ? column - NAME_COLUMN : 0;
}

static bool
read_layout(const struct layouts *all, int layout, const struct header *h,
    struct fields *f)
{
	size_t n = comm_blanks(h);
	struct str body = { h->body.p - n, h->body.n + n };

	if (n > 0 && layouts_read(all, layout, body, f))
		return true;
	return layouts_read(all, layout, h->body, f);
}

/*
 * What was written to trace_marker is the field buf, whatever it looks like;
 * trace-cmd report -R puts "ip=tracing_mark_write buf=" before it.
 */
static void
read_print(struct str body, struct fields *f)
{
	static const char before[] = " buf=";
	const char *buf = memmem(body.p, body.n, before, strlen(before));

	if (buf != NULL && str_starts(body, "ip=") &&
	    memchr(body.p, ' ', body.n) == buf)
		body = str_skip(body, (size_t)(buf - body.p) + strlen(before));
	fields_add_kind(f, str_of("buf"), body, FIELD_TEXT);
}

/* "schedule <-do_wait" of the kernel, "schedule <-- do_wait" of trace-cmd. */
static bool
read_function(struct str body, struct fields *f)
{
	static const char before[] = " <-";
	const char *arrow = memmem(body.p, body.n, before, strlen(before));
	struct str ip, parent;

	if (arrow == NULL)
		return false;
	ip = (struct str){ body.p, (size_t)(arrow - body.p) };
	parent = str_skip(body, ip.n + strlen(before));
	if (str_starts(parent, "- "))
		parent = str_skip(parent, 2);
	fields_add_kind(f, str_of("ip"), str_trim(ip), FIELD_TEXT);
	fields_add_kind(f, str_of("parent_ip"), parent, FIELD_TEXT);
	return true;
}

bool
body_read(const struct layouts *all, const struct body_kind *kind,
    const struct header *h, struct fields *f)
{
	struct str body = str_trim(h->body);
	bool probe = kind->layout >= 0 && probe_is(body) &&
	    !layouts_like_probe(all, kind->layout);
	size_t n = 0;

	fields_clear(f);
	if (kind->layout >= 0 && !probe && read_layout(all, kind->layout, h, f))
		return !layouts_open(all, kind->layout) &&
		    !layouts_in_comm(all, kind->layout, f);
	if (kind->print) {
		read_print(h->body, f);
		return false;
	}
	if (kind->function && read_function(body, f))
		return true;
	if (kind->stack && (body.n == 0 || body.p[0] == '<'))
		return true;
	while (n < body.n && word_is(body.p[n]))
		n++;
	if (kind->enter && n > 0 && n < body.n && body.p[n] == ':') {
		read_arguments(body, f);
		return true;
	}
	if (kind->exit && (n == body.n || body.p[n] != '=')) {
		fields_add(f, str_of("ret"), body);
		return true;
	}
	begin_pairs(f, body, n, kind->renames);
	if (kind->layout >= 0 && !probe)
		f->layout = layouts_pairs(all, kind->layout);
	f->pairs = true;
	if (kind->exit || kind->enter)
		return true;
	return kind->last != NULL && is_whole(kind, body);
}

static bool
has_key(struct str s)
{
	const char *end = s.p + s.n;
	struct str next = { s.p, key_length(s.p, end, '=') };

	if (next.n == 0)
		value_end(s.p, end, &next);
	return next.n > 0;
}

/*
 * A name is short, and its event's layout tells where it ends: so any line
 * can be part of it that fits, whatever it looks like.
 */
static bool
layout_goes_on(const struct layouts *all, int layout, const struct header *h,
    struct fields *f, bool mark)
{
	enum layout_end end;

	if (read_layout(all, layout, h, f))
		return true;
	end = layouts_end(all, layout, h->body, f);
	return end == LAYOUT_IN_COMM || (end == LAYOUT_IN_TEXT && !mark);
}

bool
body_goes_on(const struct layouts *all, const struct body_kind *kind,
    const struct header *h, struct str next, enum body_next like,
    struct fields *f)
{
	struct header both = *h;

	if (kind->layout >= 0) {
		if (layouts_open(all, kind->layout))
			return like == NEXT_TEXT;
		both.body.n = (size_t)(next.p + next.n - h->body.p);
		if (layout_goes_on(all, kind->layout, &both, f,
			like != NEXT_TEXT))
			return true;
		/* It may be printed as key=value all the same. */
		if (layouts_pairs(all, kind->layout) == NULL)
			return false;
	}
	if (kind->last != NULL) /* a piece of an address, or what follows */
		return like != NEXT_MARK &&
		    (next.n < ADDRESS_MAX || has_key(next));
	return like == NEXT_TEXT &&
	    (kind->print || !has_key(h->body) || has_key(next));
}
