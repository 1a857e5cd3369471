/* SPDX-License-Identifier: MIT */
/*
 * source -- what the tests of the event reader share: text made up or read
 * from tests/data/source, and the truth that was decoded from the binary
 * buffer of the same recording
 */
#ifndef TK_TEST_SOURCE_H
#define TK_TEST_SOURCE_H

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "input_of.h"
#include "source/event.h"

#define SOURCE "tests/data/source/"
#define FLOW "tests/data/flow/"

/* Bytes that grow; starts zeroed. */
struct bytes {
	char *p;
	size_t n, cap;
};

static inline void
put(struct bytes *t, const void *p, size_t n)
{
	t->p = mem_grow(t->p, &t->cap, t->n + n + 1, 1);
	if (n > 0)
		memcpy(t->p + t->n, p, n);
	t->n += n;
}

static inline void
put_text(struct bytes *t, const char *z)
{
	put(t, z, strlen(z));
}

/* All of a file, unpacked. */
static inline struct bytes
slurp(const char *path)
{
	struct bytes t = { NULL, 0, 0 };
	struct input in;

	if (input_open(&in, path) < 0) {
		perror(path);
		abort();
	}
	while (input_line(&in)) {
		put(&t, in.line.p, in.line.n);
		put(&t, "\n", 1);
	}
	assert(in.why == NULL);
	input_close(&in);
	return t;
}

static inline uint64_t
count_lines(struct bytes t)
{
	uint64_t n = 0;

	for (size_t i = 0; i < t.n; i++)
		n += t.p[i] == '\n';
	return n + (t.n > 0 && t.p[t.n - 1] != '\n');
}

/* What is in a field, looked up by its name; p NULL where it is not. */
static inline struct str
field_of(const struct event *ev, const char *key)
{
	struct event_slot slot = { str_of(key), 0 };

	return event_field(ev, &slot);
}

static inline bool
field_is(const struct event *ev, const char *key, const char *value)
{
	struct str s = field_of(ev, key);

	return s.p != NULL && str_is(s, value);
}

/* Splits off all the fields. */
static inline size_t
all_fields(const struct event *ev)
{
	while (body_more(ev->fields))
		;
	return ev->fields->n;
}

/* What came out of an input. */
struct sums {
	uint64_t traces, points, bad, lines, lost, lost_marks, events;
	uint64_t cpus;
	bool cut_short;
};

/* Adds up what each trace says at its end; returns its lines. */
static inline uint64_t
sum_up(struct sums *s, const struct event_reader *r)
{
	const struct event_counts *c = event_counts(r);

	s->lines += c->lines;
	s->bad += c->bad;
	s->lost += c->lost;
	s->lost_marks += c->lost_marks;
	s->events += c->events;
	s->cut_short |= c->cut_short;
	return c->lines;
}

/* Reads bytes to their end with a reader that may want something. */
static inline struct sums
read_with(struct event_reader *r, const char *p, size_t n)
{
	struct sums s = { 0 };
	struct input in = input_of(p, n);
	struct event ev;
	bool open = false;
	uint64_t last = 0;

	event_open(r, &in);
	while (event_next(r, &ev)) {
		assert(open == (ev.kind != EVENT_TRACE));
		if (ev.kind == EVENT_TRACE) {
			s.traces++;
			s.cpus = ev.about.cpus;
		}
		open = ev.kind != EVENT_END;
		s.points += ev.kind == EVENT_POINT;
		if (ev.kind == EVENT_POINT)
			all_fields(&ev);
		if (ev.kind == EVENT_END)
			last = sum_up(&s, r);
	}
	assert(!open && !event_next(r, &ev));
	/* Lines behind the last trace are known only at the end. */
	s.lines += event_counts(r)->lines - last;
	input_close(&in);
	return s;
}

static inline struct sums
read_all(const char *p, size_t n)
{
	struct event_reader *r = event_reader_new();
	struct sums s = read_with(r, p, n);

	event_reader_free(r);
	return s;
}

static inline struct sums
read_text(const char *z)
{
	return read_all(z, strlen(z));
}

#endif
