/* SPDX-License-Identifier: MIT */
/*
 * text: of any bytes, the event reader comes to an end, accounts for each
 * line, frames what it gives, and shows nothing from outside the line
 *
 * The first byte tells whether some events are wanted or all, whether lines are
 * wanted, too, and whether each line is looked at by itself as well.
 */
#include "source/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"
#include "source/canon.h"
#include "source/event.h"
#include "source/mark.h"
#include "source/perf.h"

static bool
within(struct str s, struct str all)
{
	return s.p == NULL ||
	    (s.p >= all.p && s.p + s.n <= all.p + all.n && s.n <= all.n);
}

/* Reads the value in all the ways that there are. */
static void
understand(struct str value)
{
	struct endpoint e;
	uint8_t byte[28];
	int64_t v;

	field_s64(value, &v);
	CHECK(field_bytes(value, byte, sizeof(byte)) <= (int)sizeof(byte));
	field_endpoint(value, &e);
}

static void
check_fields(struct fields *f, struct str line)
{
	while (body_more(f))
		;
	CHECK(!body_more(f));
	for (size_t i = 0; i < f->n; i++) {
		CHECK(within(f->field[i].value, line));
		CHECK(f->field[i].key.n > 0 && f->field[i].value.p != NULL);
		understand(f->field[i].value);
	}
}

static void
check_header(const struct header *h, struct str line)
{
	CHECK(within(h->task, line) && within(h->body, line));
	CHECK(within(h->flags, line));
	CHECK(h->task.n <= 16 && h->tid >= -1 && h->tgid >= -1);
	CHECK(h->cpu >= -1 && h->name.n > 0 && h->name.n <= line.n + 16);
	CHECK(h->ts >= 0);
}

/* A number as JSON has it, or one of its words. */
static bool
is_literal(struct str s)
{
	size_t i = s.n > 1 && s.p[0] == '-';

	if (str_is(s, "true") || str_is(s, "false") || str_is(s, "null"))
		return true;
	if (s.n > 1 && s.p[0] == '[' && s.p[s.n - 1] == ']')
		return memchr(s.p, ' ', s.n) == NULL;
	if (i == s.n || (s.p[i] == '0' && s.n > i + 1))
		return false;
	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return s.n > 0 && i == s.n;
}

/* Gives the fields their form. */
/* Tells whether a string needs no escaping in JSON. */
static bool
is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' ||
		    (unsigned char)s.p[i] > '~' || s.p[i] == '"' ||
		    s.p[i] == '\\')
			return false;
	return true;
}

static void
check_canon(const struct header *h, struct fields *f)
{
	static struct canon canon;

	canon_fields(&canon, canon_kind(h->name), h, f);
	for (size_t i = 0; i < f->n; i++) {
		CHECK(f->field[i].kind == FIELD_TEXT ||
		    f->field[i].kind == FIELD_WORD ||
		    f->field[i].kind == FIELD_LITERAL);
		if (f->field[i].kind == FIELD_LITERAL)
			CHECK(is_literal(f->field[i].value));
		if (f->field[i].kind == FIELD_WORD)
			CHECK(is_plain(f->field[i].value));
	}
}

/* Reads a line whose end is the end of its memory. */
static void
read_alone(const struct layouts *all, struct str line)
{
	static struct header_prefix prefix;
	static struct fields fields;
	char name[HEADER_NAME_MAX];
	struct header h;

	if (!header_parse(&h, &prefix, line, name) && !perf_parse(&h, line)) {
		mark_read(line);
		refused_why(refused_line(line));
		refused_comment(line);
		return;
	}
	check_header(&h, line);
	for (int last = 0; last < 2; last++) {
		struct body_kind kind = body_kind(all, h.name);

		if (last > 0)
			kind.layout = -1;
		body_read(all, &kind, &h, &fields);
		check_fields(&fields, line);
		check_canon(&h, &fields);
	}
}

static void
read_lines_alone(const char *p, size_t size)
{
	struct layouts *all = layouts_new();

	while (size > 0) {
		const char *nl = memchr(p, '\n', size);
		size_t n = nl != NULL ? (size_t)(nl - p) : size;
		char *line = malloc(n > 0 ? n : 1);

		memcpy(line, p, n);
		read_alone(all, (struct str){ line, n });
		free(line);
		p += n + (nl != NULL);
		size -= n + (nl != NULL);
	}
	layouts_free(all);
}

/* Reads it all; returns how many lines the traces say there were. */
static uint64_t
read_whole(struct event_reader *r, struct input *in)
{
	uint64_t lines = 0, points = 0, last = 0;
	bool open = false;
	struct event ev;

	event_open(r, in);
	while (event_next(r, &ev)) {
		CHECK(open == (ev.kind != EVENT_TRACE));
		open = ev.kind != EVENT_END;
		if (ev.kind == EVENT_TRACE)
			points = 0;
		if (ev.kind == EVENT_BAD)
			CHECK(ev.why != NULL);
		if (ev.kind == EVENT_POINT) {
			points++;
			if (in->line.n > 0 && str_trim(in->line).p[0] != '{') {
				check_header(&ev.at, in->line);
				check_fields(ev.fields, in->line);
			}
		}
		if (ev.kind == EVENT_END) {
			CHECK(points <= event_counts(r)->events);
			last = event_counts(r)->lines;
			lines += last;
		}
	}
	CHECK(!open && in->why == NULL);
	/* Lines behind the last trace are known only at the end. */
	return lines + event_counts(r)->lines - last;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("text", MFD_CLOEXEC);
	struct event_reader *r = event_reader_new();
	struct input in;
	uint8_t mode = size > 0 ? data[0] : 0;
	uint64_t lines = 1, read;
	char path[32];

	data += size > 0;
	size -= size > 0;
	if (mode & 1) {
		event_want(r, "sched_switch");
		event_want(r, "sys_enter_sendto");
		event_want(r, "tcp_probe");
	}
	if (mode & 4)
		event_want_lines(r, is_plain);
	if (mode & 2)
		read_lines_alone((const char *)data, size);
	/* A newline before it, so that it never is packed. */
	CHECK(write(fd, "\n", 1) == 1);
	CHECK(write(fd, data, size) == (ssize_t)size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	CHECK(input_open(&in, path) == 0);
	close(fd);
	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n' || i + 1 == size;
	read = read_whole(r, &in);
	if (event_refusal(r) != NULL)
		CHECK(read <= lines && in.no <= lines);
	else if (in.no > 0) /* none were read of what looks like raw pages */
		CHECK(read == lines && in.no == lines);
	input_close(&in);
	event_reader_free(r);
	return 0;
}
