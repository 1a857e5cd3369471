/* SPDX-License-Identifier: MIT */
#include "source/text.h"

#include "base/num.h"
#include "source/mark.h"
#include "source/perf.h"

enum {
	JOINED_MAX = 64 * 1024, /* bytes of an event on several lines */
	LINES_MAX = 256,        /* and how many these are, */
	LAYOUT_LINES_MAX = 32,  /* of one with a layout, two comms full of */
				/* newlines: it is tried with each of them */
};

/* The line without the carriage return that may end it. */
static struct str
without_return(struct str s)
{
	if (s.n > 0 && s.p[s.n - 1] == '\r')
		s.n--;
	return s;
}

/* Reads the header of a line; as the last one was, it will be. */
static bool
read_header_of(struct text *t, struct str line, struct header *h, char *name)
{
	line = without_return(line);
	if (t->perf && perf_parse(h, line))
		return true;
	if (header_parse(h, &t->prefix, line, name)) {
		t->perf = false;
		return true;
	}
	if (t->perf || !perf_parse(h, line))
		return false;
	t->perf = true;
	return true;
}

/* Reads the header of the present line. */
static bool
read_header(struct text *t, const struct input *in, struct header *h)
{
	return read_header_of(t, in->line, h, t->name[t->turn]);
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

/*
 * Returns where byte HEADER_COMM_WIDTH of a line is, behind the prefix, if the
 * line is too short to have it, and begins as a padded comm does; else 0.
 */
static size_t
comm_begins(const struct text *t, struct str line)
{
	struct str prefix = { t->prefix.bytes, t->prefix.n };

	if (line.n >= prefix.n + HEADER_COMM_WIDTH)
		return 0;
	if (line.n < prefix.n || memcmp(line.p, prefix.p, prefix.n) != 0)
		prefix.n = 0;
	if (line.n == prefix.n || line.n >= prefix.n + HEADER_COMM_WIDTH ||
	    line.p[prefix.n] != ' ')
		return 0;
	return prefix.n + HEADER_COMM_WIDTH;
}

/*
 * Reads the header of lines that are one, with the comm up to the given byte,
 * but for newlines in the comm.
 */
static bool
read_padded(struct text *t, struct str lines, size_t width, struct header *h,
    char *name)
{
	size_t prefix = width - HEADER_COMM_WIDTH;
	struct str line = without_return(str_skip(lines, prefix));

	if (lines.n <= width || memchr(lines.p + width, '\n', lines.n - width))
		return false;
	if (t->perf)
		return perf_parse_padded(h, line);
	return header_parse_padded(h, line, name);
}

/*
 * Tells whether the line next, which input_peek showed, is the first part of
 * a comm with newlines in it, that the lines after it go on with.  The present
 * line may move.
 */
static bool
begins_split(struct text *t, struct input *in, struct str next)
{
	size_t width = comm_begins(t, next);
	char name[HEADER_NAME_MAX];
	struct header h;

	if (width == 0)
		return false;
	while (next.n <= width)
		if (!input_peek_on(in, &next))
			return false;
	return read_padded(t, next, width, &h, name);
}

/*
 * The same for the present line; the others are then joined to it.  A comm of
 * no more bytes than that cannot have more of them.
 */
static bool
joins_header(struct text *t, struct input *in, struct header *h)
{
	size_t width = comm_begins(t, in->line), joined = 1;
	struct str next, lines;

	if (width == 0 || !input_peek(in, &next))
		return false;
	for (; in->line.n + 1 + next.n <= width; joined++)
		if (!input_peek_on(in, &next))
			return false;
	lines = (struct str){ in->line.p, in->line.n + 1 + next.n };
	if (!read_padded(t, lines, width, h, t->name[t->turn]))
		return false;
	while (joined-- > 0)
		input_join(in);
	lines.p = in->line.p;
	return read_padded(t, lines, width, h, t->name[t->turn]);
}

/* Reads the header of the line after the present one, if it has one. */
static bool
has_header(struct text *t, struct str next)
{
	if (!read_header_of(t, next, &t->ahead, t->name[!t->turn]))
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

/*
 * Shows the next line, unless there is none or it begins a new event; h
 * follows the present one where that moved.
 */
static bool
peek(struct text *t, struct input *in, struct str *next, struct header *h)
{
	const char *was = in->line.p;
	bool any = input_peek(in, next);
	bool split = any && begins_split(t, in, *next);

	any = any && input_peek(in, next);
	if (in->line.p != was)
		read_header(t, in, h);
	return any && !split && !has_header(t, *next);
}

/*
 * Adds the lines that belong to the present event: those that follow and go
 * on with its body, until that is complete.
 */
static void
add_lines(struct text *t, const struct layouts *all, struct input *in,
    struct item *item)
{
	struct body_kind kind = body_kind(all, item->at->name);
	int max = kind.layout >= 0 && !layouts_open(all, kind.layout)
	    ? LAYOUT_LINES_MAX
	    : LINES_MAX;
	struct str next;

	for (int i = 0; i < max; i++) {
		if (body_read(all, &kind, item->at, &item->fields))
			return;
		if (!peek(t, in, &next, item->at) ||
		    in->line.n + next.n > JOINED_MAX ||
		    !body_goes_on(all, &kind, item->at, next, look(next),
			&item->fields))
			break;
		input_join(in);
		read_header(t, in, item->at);
	}
	body_read(all, &kind, item->at, &item->fields);
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
	    body_read(all, wanted_kind(w, item->number), item->at,
		&item->fields))
		return;
	if (peek(t, in, &next, item->at))
		add_lines(t, all, in, item);
	else if (item->kind == ITEM_POINT)
		body_read(all, wanted_kind(w, item->number), item->at,
		    &item->fields);
}

/* Reads what perf script prints of a record that is no sample. */
static void
read_perf_record(struct item *item)
{
	static const char lost[] = "lost ";
	struct str body = str_trim(item->at->body);
	int64_t count = -1;

	item->kind = ITEM_NOTHING;
	if (!str_starts(item->at->name, "PERF_RECORD_LOST"))
		return;
	if (str_starts(body, lost))
		num_s64(str_skip(body, strlen(lost)), &count);
	item->kind = ITEM_LOST;
	item->count = count;
	item->cpus = 0;
}

static void
read_point(struct text *t, struct wanted *w, struct input *in,
    struct item *item)
{
	t->any = true;
	if (t->perf && str_starts(item->at->name, "PERF_RECORD_")) {
		read_perf_record(item);
		return;
	}
	item->kind = wanted_find(w, item->at->name, &item->number)
	    ? ITEM_POINT
	    : ITEM_UNWANTED;
	/* A sample of no tracepoint has no body, and what follows is none. */
	if (t->perf && item->at->body.n == 0)
		fields_clear(&item->fields);
	else
		read_body(t, w, in, item);
}

/*
 * Refuses an input that is of a kind that cannot be read.  A line that looks
 * so is enough where a trace begins, two are needed elsewhere.
 */
static void
refuse(struct text *t, struct str line, struct item *item)
{
	enum refused was = t->like;

	if (refused_comment(line) != REFUSED_NOT) {
		t->like = refused_comment(line);
	} else {
		if (t->any || item->kind != ITEM_BAD)
			return;
		t->like = refused_line(line);
		if (t->like == REFUSED_NOT || (!t->opened && t->like != was))
			return;
	}
	item->kind = ITEM_REFUSED;
	item->why = refused_why(t->like);
}

/*
 * Refuses an event that is of a kind that cannot be read well, where it is the
 * first of a trace.  What was written to trace_marker may look so.
 */
static bool
refuse_point(const struct text *t, struct item *item)
{
	enum refused why;

	if (t->any || t->perf || str_is(item->at->name, "print"))
		return false;
	if ((why = refused_body(item->at->body)) == REFUSED_NOT)
		return false;
	item->kind = ITEM_REFUSED;
	item->why = refused_why(why);
	return true;
}

/* Reads a line that is no event. */
static void
read_mark(struct text *t, const struct mark *m, struct item *item)
{
	static const enum item_kind of_mark[] = {
		[MARK_NONE] = ITEM_BAD,
		[MARK_COMMENT] = ITEM_NOTHING,
		[MARK_OPENING] = ITEM_OPENING,
		[MARK_LOST] = ITEM_LOST,
	};

	if (m->kind == MARK_OPENING) {
		t->opened = true;
		t->any = false;
	}
	item->kind = of_mark[m->kind];
	item->count = m->count;
	item->cpus = m->cpus;
	*item->at =
	    (struct header){ .cpu = m->cpu, .ts = -1, .tid = -1, .tgid = -1 };
}

void
text_read(struct text *t, struct wanted *w, struct input *in, struct item *item)
{
	struct mark m;

	if (take_ahead(t, in, item->at) || joins_header(t, in, item->at) ||
	    read_header(t, in, item->at)) {
		if (!refuse_point(t, item))
			read_point(t, w, in, item);
		return;
	}
	m = mark_read(in->line);
	read_mark(t, &m, item);
	item->why = in->cut ? "a line of more than a MiB"
			    : "no event, no mark, no record";
	if (m.kind != MARK_LOST)
		refuse(t, in->line, item);
}
