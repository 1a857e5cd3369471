/* SPDX-License-Identifier: MIT */
#include "source/event.h"

#include <stdlib.h>

#include "base/mem.h"
#include "record/frame.h"
#include "source/recorded.h"
#include "source/text.h"

struct event_reader {
	struct input *in;
	struct wanted *wanted;
	struct event_counts counts;

	struct item item; /* of the present line */
	bool held;        /* it was read, but not given yet */
	struct text text;
	struct recorded recorded;

	bool in_trace;
	bool framed;     /* it began with a record that says so */
	bool any;        /* there was a trace in this input */
	bool opening;    /* text said since then that one begins */
	uint64_t cpus;   /* that text told before the first event */
	uint64_t before; /* lines of the input before this trace */
	int64_t last;    /* time of the last event, -1: none yet */
};

struct event_reader *
event_reader_new(void)
{
	struct event_reader *r = mem_alloc(sizeof(*r));

	r->wanted = wanted_new();
	return r;
}

void
event_reader_free(struct event_reader *r)
{
	if (r == NULL)
		return;
	wanted_free(r->wanted);
	fields_free(&r->item.fields);
	json_free(&r->item.record);
	recorded_free(&r->recorded);
	free(r);
}

int
event_want(struct event_reader *r, const char *name)
{
	return wanted_add(r->wanted, str_of(name));
}

void
event_open(struct event_reader *r, struct input *in)
{
	r->in = in;
	r->counts = (struct event_counts){ 0 };
	r->text = (struct text){ 0 };
	r->held = r->in_trace = r->framed = r->any = r->opening = false;
	r->cpus = r->before = 0;
	r->last = -1;
}

const struct event_counts *
event_counts(const struct event_reader *r)
{
	return &r->counts;
}

void
event_reject(struct event_reader *r)
{
	r->counts.bad++;
}

/*
 * Reads the present line, whatever its form.  A line of text may begin as a
 * record does: a comm holds any bytes.
 */
static void
read_line(struct event_reader *r)
{
	struct str line = r->in->line;
	struct item *item = &r->item;
	const char *why = NULL;

	if (line.n > 0 &&
	    (line.p[0] == '{' || str_starts(str_trim(line), "{"))) {
		recorded_read(&r->recorded, r->wanted, line, item);
		if (item->kind != ITEM_BAD)
			return;
		why = item->why;
	}
	text_read(&r->text, r->wanted, r->in, item);
	if (why == NULL || item->kind == ITEM_POINT ||
	    item->kind == ITEM_UNWANTED)
		return;
	item->kind = ITEM_BAD;
	item->why = why;
}

/* Begins a trace; rec is the record that says so, or NULL. */
static void
begin(struct event_reader *r, struct event *ev, const struct json *rec)
{
	*ev = (struct event){ .kind = EVENT_TRACE,
		.record = rec,
		.cpus = r->cpus };
	r->counts = (struct event_counts){ 0 };
	r->in_trace = r->any = true;
	r->framed = rec != NULL;
	r->opening = false;
	r->cpus = 0;
	r->last = -1;
}

/* Ends the trace, whose lines are those up to the number given. */
static void
end(struct event_reader *r, struct event *ev, uint64_t line)
{
	*ev = (struct event){ .kind = EVENT_END };
	r->counts.lines = line - r->before;
	r->before = line;
	r->in_trace = false;
}

/*
 * Ends the input: one without any event is one empty trace.  Blank lines and
 * the like behind the last trace are counted as its own.
 */
static bool
finish(struct event_reader *r, struct event *ev)
{
	if (!r->in_trace && r->any && !r->opening) {
		r->counts.lines += r->in->no - r->before;
		r->before = r->in->no;
		return false;
	}
	if (!r->in_trace) {
		begin(r, ev, NULL);
		return true;
	}
	r->counts.cut_short = r->framed || r->in->why != NULL;
	end(r, ev, r->in->no);
	return true;
}

/* Counts the item that is given as part of a trace, and makes it an event. */
static bool
give(struct event_reader *r, struct event *ev)
{
	struct item *item = &r->item;

	switch (item->kind) {
	case ITEM_POINT:
		*ev = (struct event){ .kind = EVENT_POINT,
			.at = item->at,
			.fields = &item->fields };
		ev->type = wanted_all(r->wanted) ? -1 : item->number;
		/* fall through */
	case ITEM_UNWANTED:
		r->counts.events++;
		if (item->at.ts >= 0) {
			r->counts.backwards += item->at.ts < r->last;
			r->last = item->at.ts;
		}
		return item->kind == ITEM_POINT;
	case ITEM_LOST:
		*ev = (struct event){ .kind = EVENT_LOST,
			.at = item->at,
			.count = item->count };
		if (ev->at.ts < 0)
			ev->at.ts = r->last;
		r->counts.lost_marks++;
		r->counts.lost += item->count > 0 ? (uint64_t)item->count : 0;
		return true;
	case ITEM_BAD:
		*ev = (struct event){ .kind = EVENT_BAD, .why = item->why };
		r->counts.bad++;
		return true;
	default:
		return false;
	}
}

/*
 * Ends the trace where the item says so, or begins one where the item needs
 * one.  Returns true if that gives an event, before the item itself.
 */
static bool
frame(struct event_reader *r, struct event *ev)
{
	uint64_t bad;

	switch (r->item.kind) {
	case ITEM_NOTHING:
		return false;
	case ITEM_OPENING:
		r->cpus = r->item.cpus > 0 ? r->item.cpus : r->cpus;
		if (r->in_trace && r->counts.events == 0 && !r->framed)
			return false;
		r->opening = true;
		if (!r->in_trace)
			return false;
		r->counts.cut_short = r->framed;
		end(r, ev, r->in->no - 1);
		return true;
	case ITEM_TRACE:
		r->held = r->in_trace;
		r->counts.cut_short = r->framed;
		if (r->in_trace)
			end(r, ev, r->in->no - 1);
		else
			begin(r, ev, &r->item.record);
		return true;
	case ITEM_END:
		if (!r->in_trace)
			return false;
		if (json_u64(json_get(&r->item.record, "bad"), &bad))
			r->counts.bad += bad;
		r->counts.cut_short = frame_cut_short(&r->item.record);
		end(r, ev, r->in->no);
		return true;
	default:
		if (r->in_trace)
			return false;
		r->cpus = r->item.cpus > 0 ? r->item.cpus : r->cpus;
		r->held = true;
		begin(r, ev, NULL);
		return true;
	}
}

bool
event_next(struct event_reader *r, struct event *ev)
{
	for (;;) {
		if (!r->held) {
			r->item.cpus = 0;
			if (!input_line(r->in))
				return finish(r, ev);
			read_line(r);
		}
		r->held = false;
		if (frame(r, ev) || give(r, ev))
			return true;
	}
}
