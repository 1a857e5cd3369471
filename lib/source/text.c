/* SPDX-License-Identifier: MIT */
#include "source/text.h"

#include "source/mark.h"

enum {
	COMM_WIDTH = 16,        /* to which the kernel pads a comm */
	JOINED_MAX = 64 * 1024, /* bytes of an event on several lines */
	LINES_MAX = 256,        /* and how many these are */
};

/* The line without the carriage return that may end it. */
static struct str
without_return(struct str s)
{
	if (s.n > 0 && s.p[s.n - 1] == '\r')
		s.n--;
	return s;
}

/* Reads the header of the present line. */
static bool
read_header(struct text *t, const struct input *in, struct header *h)
{
	return header_parse(h, &t->prefix, without_return(in->line),
	    t->name[t->turn]);
}

/* Takes the header that was read ahead, if it is the present line's. */
static bool
take_ahead(struct text *t, const struct input *in, struct header *h)
{
	struct str was = t->ahead_line;

	t->ahead_line.p = NULL;
	if (was.p != in->line.p || was.n != in->line.n)
		return false;
	*h = t->ahead;
	t->turn = !t->turn;
	return true;
}

/* Reads the header of the line after the present one, if it has one. */
static bool
has_header(struct text *t, struct str next)
{
	if (!header_parse(&t->ahead, &t->prefix, without_return(next),
		t->name[!t->turn]))
		return false;
	t->ahead_line = next;
	return true;
}

/* Tells what a line looks like that has no header. */
static enum body_next
look(struct str line)
{
	enum mark_kind mark = mark_read(line).kind;

	line = str_trim(line);
	if (line.n > 0 && line.p[0] == '{' && line.p[line.n - 1] == '}')
		return NEXT_MARK;
	if (mark == MARK_COMMENT)
		return NEXT_COMMENT;
	return mark == MARK_NONE ? NEXT_TEXT : NEXT_MARK;
}

/* Shows the next line; h follows the present one where that moved. */
static bool
peek(struct text *t, struct input *in, struct str *next, struct header *h)
{
	const char *was = in->line.p;
	bool any = input_peek(in, next);

	if (in->line.p != was)
		read_header(t, in, h);
	return any;
}

/*
 * Adds the lines that belong to the present event: those that follow and go
 * on with its body, until that is complete.
 */
static void
add_lines(struct text *t, const struct layouts *all, struct input *in,
    struct item *item)
{
	struct body_kind kind = body_kind(all, item->at.name);
	struct str next;

	for (int i = 0; i < LINES_MAX; i++) {
		if (body_read(all, &kind, &item->at, &item->fields))
			return;
		if (!peek(t, in, &next, &item->at) || has_header(t, next) ||
		    in->line.n + next.n > JOINED_MAX ||
		    !body_goes_on(all, &kind, &item->at, next, look(next),
			&item->fields))
			break;
		input_join(in);
		read_header(t, in, &item->at);
	}
	body_read(all, &kind, &item->at, &item->fields);
}

/*
 * Reads the body of an event.  Of one that is not wanted it is read only if
 * the next line may be part of it.
 */
static void
read_body(struct text *t, const struct wanted *w, struct input *in,
    struct item *item)
{
	const struct layouts *all = wanted_layouts(w);
	struct str next;

	if (item->kind == ITEM_POINT &&
	    body_read(all, wanted_kind(w, item->number), &item->at,
		&item->fields))
		return;
	if (!peek(t, in, &next, &item->at) || !has_header(t, next))
		add_lines(t, all, in, item);
	else if (item->kind == ITEM_POINT)
		body_read(all, wanted_kind(w, item->number), &item->at,
		    &item->fields);
}

static void
read_point(struct text *t, struct wanted *w, struct input *in,
    struct item *item)
{
	item->kind = wanted_find(w, item->at.name, &item->number)
	    ? ITEM_POINT
	    : ITEM_UNWANTED;
	read_body(t, w, in, item);
}

/*
 * Tells whether the present line is the first part of a comm with a newline
 * in it, at the front of the next line's header; it is then joined to it.
 */
static bool
joins_header(struct text *t, struct input *in, struct header *h)
{
	struct str prefix = { t->prefix.bytes, t->prefix.n }, line, next;
	size_t dash = COMM_WIDTH;

	if (in->line.n >= prefix.n &&
	    memcmp(in->line.p, prefix.p, prefix.n) == 0)
		dash += prefix.n;
	if (in->line.n >= dash || !input_peek(in, &next))
		return false;
	line = in->line;
	line.n += 1 + next.n;
	if (line.n <= dash || line.p[dash] != '-')
		return false;
	if (!header_parse(h, &t->prefix, without_return(line),
		t->name[t->turn]))
		return false;
	input_join(in);
	return true;
}

void
text_read(struct text *t, struct wanted *w, struct input *in, struct item *item)
{
	static const enum item_kind of_mark[] = {
		[MARK_NONE] = ITEM_BAD,
		[MARK_COMMENT] = ITEM_NOTHING,
		[MARK_OPENING] = ITEM_OPENING,
		[MARK_LOST] = ITEM_LOST,
	};
	struct mark m;

	if (take_ahead(t, in, &item->at) || read_header(t, in, &item->at)) {
		read_point(t, w, in, item);
		return;
	}
	m = mark_read(in->line);
	if (m.kind == MARK_NONE && joins_header(t, in, &item->at)) {
		read_point(t, w, in, item);
		return;
	}
	item->kind = of_mark[m.kind];
	item->count = m.count;
	item->cpus = m.cpus;
	item->at =
	    (struct header){ .cpu = m.cpu, .ts = -1, .tid = -1, .tgid = -1 };
	item->why = in->cut ? "a line of more than a MiB"
			    : "no event, no mark, no record";
}
