/* SPDX-License-Identifier: MIT */
#include "source/event.h"

#include <stdlib.h>

#include "base/mem.h"
#include "record/frame.h"
#include "source/intake.h"
#include "source/losses.h"
#include "source/tree.h"

struct event_reader {
	struct recording_options options;
	struct wanted *wanted;
	struct event_counts counts;
	struct intake intake;

	struct item item;   /* the present one */
	bool held;          /* it was read, but not given yet */
	struct header kept; /* its header, then */

	struct losses losses; /* that the trace told */
	const struct cpu_stats *stats;
	size_t stats_n, settled; /* how many of them are told, too */

	bool in_trace;
	bool framed;     /* it began with a record that says so */
	bool any;        /* there was a trace in this input */
	bool opening;    /* text said since then that one begins */
	uint64_t cpus;   /* that text told before the first event */
	uint64_t no;     /* lines or binary events up to the present one */
	uint64_t before; /* how many of them before this trace */
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
	intake_close(&r->intake);
	losses_free(&r->losses);
	free(r);
}

void
event_set_options(struct event_reader *r, const struct recording_options *o)
{
	r->options = *o;
}

bool
event_is_raw(struct input *in, void *reader)
{
	const struct event_reader *r = reader;
	struct str beginning = recording_beginning(in);
	struct page_shape shape;

	if (beginning.n > 0 || in->why != NULL)
		return recording_is_raw(beginning, &shape);
	/* A CPU on which nothing happened has no pages. */
	return r->options.formats != NULL || tree_is_file(in->path);
}

int
event_want(struct event_reader *r, const char *name)
{
	return wanted_add(r->wanted, str_of(name));
}

void
event_want_lines(struct event_reader *r, wanted_test *test)
{
	wanted_set_test(r->wanted, test);
}

void
event_open_all(struct event_reader *r, struct input *const *in, size_t n)
{
	r->counts = (struct event_counts){ 0 };
	r->held = r->in_trace = r->framed = r->any = r->opening = false;
	r->counts.first = r->counts.last = -1;
	r->cpus = r->no = r->before = 0;
	losses_clear(&r->losses);
	intake_open(&r->intake, in, n, &r->options);
	r->stats_n = r->settled = 0;
	if (r->intake.binary)
		event_set_stats(r, r->intake.recording.stats.stats,
		    r->intake.recording.stats.stats_n);
}

void
event_open(struct event_reader *r, struct input *in)
{
	event_open_all(r, &in, 1);
}

void
event_set_stats(struct event_reader *r, const struct cpu_stats *stats, size_t n)
{
	if (r->stats_n > 0)
		return;
	r->stats = stats;
	r->stats_n = n;
}

const char *
event_refusal(const struct event_reader *r)
{
	return r->intake.refusal;
}

void
event_canon(struct event_reader *r, struct event *ev)
{
	intake_canon(&r->intake, &ev->at, r->item.number, ev->fields);
	r->counts.doubtful = r->intake.canon.doubtful;
}

bool
event_apart(const struct event_reader *r, struct manner *m)
{
	if (!r->in_trace || r->held || r->framed || r->counts.first < 0 ||
	    !intake_is_text(&r->intake))
		return false;
	*m = intake_manner(&r->intake);
	return true;
}

void
event_pass(struct event_reader *r, const struct event_counts *more,
    const struct manner *after)
{
	struct event_counts *n = &r->counts;

	if (more->first >= 0) {
		n->backwards += more->backwards + (more->first < n->last);
		n->last = more->last;
	}
	n->events += more->events;
	r->no += more->lines;
	r->intake.canon.doubtful += more->doubtful;
	n->doubtful = r->intake.canon.doubtful;
	intake_resume(&r->intake, r->intake.in, after);
}

const struct wanted *
event_wanted(const struct event_reader *r)
{
	return r->wanted;
}

const struct event_counts *
event_counts(const struct event_reader *r)
{
	return &r->counts;
}

uint64_t
event_at(const struct event_reader *r)
{
	return intake_at(&r->intake);
}

void
event_reject(struct event_reader *r)
{
	r->counts.bad++;
}

/* Begins a trace; rec is the record that says so, or NULL. */
static void
begin(struct event_reader *r, struct event *ev, const struct json *rec)
{
	*ev = (struct event){ .kind = EVENT_TRACE, .record = rec };
	if (rec == NULL && r->held)
		ev->line = r->item.line;
	if (r->intake.binary)
		ev->about = r->intake.recording.about;
	else
		ev->about.cpus = r->cpus;
	r->counts = (struct event_counts){ .first = -1, .last = -1 };
	r->intake.canon.states = CANON_UNKNOWN;
	r->intake.canon.doubtful = 0;
	r->in_trace = r->any = true;
	r->framed = rec != NULL;
	r->opening = false;
	r->cpus = 0;
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

static void
give_lost(struct event_reader *r, struct event *ev, const struct header *at,
    int64_t count)
{
	uint64_t n = count > 0 ? (uint64_t)count : 0;

	*ev = (struct event){ .kind = EVENT_LOST, .at = *at, .count = count };
	if (ev->at.ts < 0)
		ev->at.ts = r->counts.last;
	r->counts.lost_marks++;
	if (__builtin_add_overflow(r->counts.lost, n, &r->counts.lost))
		r->counts.lost = UINT64_MAX;
}

/*
 * Gives what the ring buffers lost and the trace did not tell; false if there
 * is no more.  Records have been told already.
 */
static bool
give_unseen(struct event_reader *r, struct event *ev)
{
	while (!r->framed && r->settled < r->stats_n) {
		const struct cpu_stats *s = &r->stats[r->settled++];
		uint64_t unseen = losses_unseen(&r->losses, s);
		struct header at = { .cpu = s->cpu,
			.ts = -1,
			.tid = -1,
			.tgid = -1 };

		if (unseen == 0)
			continue;
		give_lost(r, ev, &at,
		    unseen < INT64_MAX ? (int64_t)unseen : INT64_MAX);
		return true;
	}
	return false;
}

/*
 * Ends the input: one without any event is one empty trace.  Blank lines and
 * the like behind the last trace are counted as its own.
 */
static bool
finish(struct event_reader *r, struct event *ev)
{
	if (!r->in_trace &&
	    (event_refusal(r) != NULL || (r->any && !r->opening))) {
		r->counts.lines += r->no - r->before;
		r->before = r->no;
		return false;
	}
	if (!r->in_trace) {
		begin(r, ev, NULL);
		return true;
	}
	if (give_unseen(r, ev))
		return true;
	r->counts.cut_short = r->framed || r->intake.cut ||
	    r->intake.in->why != NULL;
	end(r, ev, r->no);
	return true;
}

void
event_point(struct event *ev, struct item *item, const struct wanted *wanted)
{
	ev->kind = EVENT_POINT;
	ev->type = wanted_all(wanted) ? -1 : item->number;
	ev->fields = &item->fields;
	ev->record = item->line.p != NULL ? &item->record : NULL;
	ev->line = item->line;
	ev->bytes = item->bytes;
	ev->label = wanted_label(wanted, item->number);
}

/* Counts the item that is given as part of a trace, and makes it an event. */
static bool
give(struct event_reader *r, struct event *ev)
{
	struct item *item = &r->item;

	switch (item->kind) {
	case ITEM_POINT:
		event_point(ev, item, r->wanted);
		/* fall through */
	case ITEM_UNWANTED:
		event_count(&r->counts, item->at->ts);
		return item->kind == ITEM_POINT;
	case ITEM_LINE:
		if (item->at->name.n > 0)
			event_count(&r->counts, item->at->ts);
		*ev = (struct event){ .kind = EVENT_LINE, .at = *item->at };
		return true;
	case ITEM_LOST:
		losses_note(&r->losses, item->at->cpu, item->count);
		give_lost(r, ev, item->at, item->count);
		return true;
	case ITEM_BAD:
		*ev = (struct event){ .kind = EVENT_BAD,
			.at = *item->at,
			.why = item->why };
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
		end(r, ev, r->no - 1);
		return true;
	case ITEM_TRACE:
		r->held = r->in_trace;
		r->counts.cut_short = r->framed;
		if (r->in_trace)
			end(r, ev, r->no - 1);
		else
			begin(r, ev, &r->item.record);
		return true;
	case ITEM_END:
		if (!r->in_trace)
			return false;
		if (json_u64(json_get(&r->item.record, "bad"), &bad) &&
		    __builtin_add_overflow(r->counts.bad, bad, &r->counts.bad))
			r->counts.bad = UINT64_MAX;
		r->counts.cut_short = frame_cut_short(&r->item.record);
		end(r, ev, r->no);
		return true;
	default:
		if (r->in_trace)
			return false;
		r->cpus = r->item.cpus > 0 ? r->item.cpus : r->cpus;
		r->held = true;
		r->kept = *r->item.at;
		begin(r, ev, NULL);
		return true;
	}
}

bool
event_next(struct event_reader *r, struct event *ev)
{
	/* Headers are read to where they are given. */
	r->item.at = &ev->at;
	if (r->held)
		ev->at = r->kept;
	for (;;) {
		if (!r->held) {
			if (!intake_read(&r->intake, r->wanted, &r->item))
				return finish(r, ev);
			r->no = r->intake.binary ? r->no + 1 : r->intake.in->no;
		}
		r->held = false;
		if (frame(r, ev) || give(r, ev))
			return true;
	}
}
