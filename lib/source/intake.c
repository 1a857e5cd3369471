/* SPDX-License-Identifier: MIT */
#include "source/intake.h"

#include <stdlib.h>

#include "base/mem.h"
#include "source/refused.h"

/* Ends what was open; canon and the tables stay for the next input. */
static void
reset(struct intake *t)
{
	if (t->binary)
		recording_close(&t->recording);
	t->binary = t->cut = t->printed = false;
	t->refusal = NULL;
	t->text = (struct text){ 0 };
	t->canon.states = CANON_UNKNOWN;
	t->canon.doubtful = 0;
}

void
intake_open(struct intake *t, struct input *const *in, size_t n,
    const struct recording_options *o)
{
	struct str beginning = recording_beginning(in[0]);
	struct page_shape shape;

	reset(t);
	t->in = in[0];
	t->refusal = refused_file(beginning);
	if (t->refusal != NULL)
		return;
	if (recording_is_dat(beginning)) {
		t->refusal = recording_open_dat(&t->recording, in[0], o);
		t->binary = t->refusal == NULL;
	} else if (n > 1 || recording_is_raw(beginning, &shape)) {
		t->refusal = recording_open_raw(&t->recording, in, n, o);
		t->binary = t->refusal == NULL;
	}
}

struct manner
intake_manner(const struct intake *t)
{
	return (struct manner){ t->text.prefix, t->text.perf, t->canon.states };
}

static bool
prefix_eq(const struct header_prefix *a, const struct header_prefix *b)
{
	return a->n == b->n &&
	    (a->n == 0 || memcmp(a->bytes, b->bytes, a->n) == 0);
}

bool
manner_eq(const struct manner *a, const struct manner *b)
{
	return a->perf == b->perf && a->states == b->states &&
	    prefix_eq(&a->prefix, &b->prefix);
}

void
intake_follow(const struct intake *t, struct manner *m)
{
	if (m->perf != t->text.perf || m->states != t->canon.states ||
	    !prefix_eq(&m->prefix, &t->text.prefix))
		*m = intake_manner(t);
}

bool
intake_is_text(const struct intake *t)
{
	return t->printed && t->text.any && t->refusal == NULL;
}

void
intake_resume(struct intake *t, struct input *in, const struct manner *m)
{
	t->in = in;
	t->refusal = NULL;
	t->text.prefix = m->prefix;
	t->text.perf = m->perf;
	t->text.any = true;
	t->text.ahead_line.p = NULL; /* there is another line there now */
	t->canon.states = m->states;
}

void
intake_close(struct intake *t)
{
	reset(t);
	recorded_free(&t->recorded);
	canon_free(&t->canon);
	free(t->kind);
	*t = (struct intake){ .in = NULL };
}

/* Reads the present line as text. */
static void
read_text(struct intake *t, struct wanted *w, struct item *item)
{
	text_read(&t->text, w, t->in, item);
	t->cut = t->in->unended;
	t->printed = true;
	item->line = (struct str){ NULL, 0 };
	item->bytes = t->in->line.n + 1;
	if (item->kind == ITEM_POINT && t->in->cut) {
		item->kind = ITEM_BAD;
		item->why = "a line of more than a MiB";
	}
	if (item->kind != ITEM_POINT && item->kind != ITEM_BAD &&
	    item->kind != ITEM_REFUSED && wanted_line(w, t->in->line))
		item->kind = ITEM_LINE;
}

/* Reads the present line as a record; false if it is none. */
static bool
read_record(struct intake *t, struct wanted *w, struct item *item)
{
	recorded_read(&t->recorded, w, t->in->line, item);
	t->printed = false;
	item->bytes = t->in->line.n + 1;
	return item->kind != ITEM_BAD;
}

/*
 * Reads the present line.  A line of text may begin as a record does, since
 * a comm holds any bytes; and a record may have blanks before it, as text
 * has, but is no line of it.
 */
static void
read_line(struct intake *t, struct wanted *w, struct item *item)
{
	struct str line = t->in->line;
	bool brace = line.n > 0 && line.p[0] == '{';
	const char *why = NULL;

	if (brace && read_record(t, w, item))
		return;
	if (brace)
		why = item->why;
	read_text(t, w, item);
	if (item->kind == ITEM_POINT || item->kind == ITEM_UNWANTED)
		return;
	if (why != NULL) {
		item->kind = ITEM_BAD;
		item->why = why;
	} else if (item->kind == ITEM_BAD && !t->in->cut &&
	    str_starts(str_trim(t->in->line), "{")) {
		read_record(t, w, item);
	}
}

/* Reads the next of a binary trace; what the file lacks is told at its end. */
static bool
read_binary(struct intake *t, struct wanted *w, struct item *item)
{
	item->line = (struct str){ NULL, 0 };
	if (binary_read(t->recording.binary, w, item))
		return true;
	t->cut |= binary_damaged(t->recording.binary);
	if (t->recording.why == NULL)
		return false;
	/* It is not of the CPU whose event was the last. */
	*item->at =
	    (struct header){ .cpu = -1, .ts = -1, .tid = -1, .tgid = -1 };
	item->kind = ITEM_BAD;
	item->why = t->recording.why;
	t->recording.why = NULL;
	t->cut = true;
	return true;
}

bool
intake_read(struct intake *t, struct wanted *w, struct item *item)
{
	item->cpus = 0;
	if (t->refusal != NULL)
		return false;
	if (t->binary)
		return read_binary(t, w, item);
	if (!input_line(t->in))
		return false;
	read_line(t, w, item);
	if (item->kind != ITEM_REFUSED)
		return true;
	t->refusal = item->why;
	t->cut = true;
	return false;
}

/* Returns what is known of the fields of an event. */
static const struct canon_kind *
kind_of(struct intake *t, const struct header *h, int number)
{
	size_t id = (size_t)number;

	if (number < 0)
		return canon_kind(h->name);
	if (id >= t->kinds_cap)
		t->kind = mem_grow(t->kind, &t->kinds_cap, id + 1,
		    sizeof(*t->kind));
	if (t->kind[id] == NULL)
		t->kind[id] = canon_kind(h->name);
	return t->kind[id];
}

uint64_t
intake_at(const struct intake *t)
{
	if (t->binary)
		return binary_at(t->recording.binary);
	return input_at(t->in);
}

void
intake_canon(struct intake *t, struct header *h, int number,
    struct fields *fields)
{
	if (!t->printed)
		return;
	while (fields->next.n > 0 && body_more(fields))
		;
	canon_fields(&t->canon, kind_of(t, h, number), h, fields);
	/* What trace-cmd and the kernel print for a name they do not know. */
	if (str_is(h->task, "<...>"))
		h->task.p = NULL;
}
