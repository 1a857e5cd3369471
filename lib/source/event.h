/* SPDX-License-Identifier: MIT */
/*
 * event -- the one door through which a trace comes in, whatever its form
 *
 *	struct event_reader *r = event_reader_new();
 *	int sent = event_want(r, "sys_exit_sendto");
 *
 *	event_open(r, in);
 *	while (event_next(r, &ev))
 *		if (ev.kind == EVENT_POINT && ev.type == sent)
 *			...
 *
 * It reads trace text (header.h, body.h), records (tk-record(5)), trace.dat
 * files and raw pages of ring buffers (recording.h).  What an input is shows
 * in its first bytes; text and records are told apart line by line, so that
 * they can be joined by cat(1).  For each trace of the input it gives one
 * EVENT_TRACE, then what is in it, then one EVENT_END; an input without any
 * event is one empty trace.
 *
 * The body of an event is taken apart only if it is wanted, but each line or
 * binary event is accounted for: it is an event, a part of one, a mark, a
 * comment, or bad.
 */
#ifndef TK_EVENT_H
#define TK_EVENT_H

#include "record/json.h"
#include "source/body.h"
#include "source/header.h"
#include "source/intake.h"
#include "source/recording.h"
#include "stream/input.h"

enum event_kind {
	EVENT_TRACE, /* a trace begins */
	EVENT_POINT, /* something happened: a tracepoint was hit */
	EVENT_LOST,  /* the tracer lost events here */
	EVENT_LINE,  /* another line that was asked for: event_want_lines */
	EVENT_BAD,   /* a line that is nothing of these */
	EVENT_END,   /* the trace is at its end */
};

/* What is there for other kinds is not set. */
struct event {
	enum event_kind kind;
	int type; /* EVENT_POINT: what event_want said */
	/*
	 * EVENT_POINT: who, where, when, what.  Of EVENT_LOST only ts (that
	 * of the event before, -1 if there was none) and cpu (-1: not known).
	 */
	struct header at;
	struct fields *fields; /* EVENT_POINT: its body, see event_field */
	int64_t count;         /* EVENT_LOST: how many, -1: not told */
	const char *why;       /* EVENT_BAD: what is wrong, a phrase */
	/* EVENT_TRACE, EVENT_POINT: the record that said so, or NULL. */
	const struct json *record;
	struct about about; /* EVENT_TRACE: what the trace tells of itself */
	struct str line;    /* the line of an EVENT_POINT that is a record */
	size_t bytes;       /* EVENT_POINT: how many it takes up in the input */
	/* EVENT_POINT: what its record begins with (wanted.h), or NULL. */
	const struct str *label;
};

/* What was read of the present trace, or of the last one that ended. */
struct event_counts {
	uint64_t lines;      /* of the input; of a binary one, its items */
	uint64_t events;     /* wanted or not */
	uint64_t bad;        /* lines, or binary events */
	uint64_t lost;       /* sum of the counts that were told */
	uint64_t lost_marks; /* how many EVENT_LOST */
	int64_t first, last; /* times of the first and last event, or -1 */
	uint64_t backwards;  /* events that are earlier than the one before */
	bool cut_short;      /* the end of a stream or file was missing */
	/*
	 * States of sched_switch that may be X or Z: trace-cmd report printed
	 * them by libtraceevent before 1.8, or by a later one (canon.h).
	 */
	uint64_t doubtful;
};

struct event_reader; /* opaque */

/* Returns a reader with no input, to be freed by event_reader_free. */
struct event_reader *event_reader_new(void);
void event_reader_free(struct event_reader *);

/*
 * Asks for an event, by its name without its system; returns the number that
 * event.type will have: 0, 1, 2, ... in the order of asking.  A reader of
 * which nothing was asked gives all events, with type -1.
 */
int event_want(struct event_reader *, const char *name);

/*
 * Asks for lines of text, too: for those that pass a test and of which no event
 * is given, such as comments, marks, and events that nobody asked for.  The
 * test is called in several threads.
 */
void event_want_lines(struct event_reader *, wanted_test *);

/* Says how to read binary traces; what o points to must outlive the reader. */
void event_set_options(struct event_reader *,
    const struct recording_options *o);

/*
 * Tells whether an input holds the raw pages of a CPU: such inputs are read
 * together.  r is a struct event_reader.
 */
bool event_is_raw(struct input *in, void *r);

/* Begins to read in, which must outlive the reading. */
void event_open(struct event_reader *, struct input *in);

/* Begins to read n > 0 inputs: one, or several of raw pages. */
void event_open_all(struct event_reader *, struct input *const *in, size_t n);

/*
 * After event_open: gives the counts of the ring buffers that stand beside
 * the trace, which count where the trace brings none of its own.  What they
 * lost and the trace does not tell is then given as EVENT_LOST, before its
 * EVENT_END.  They must outlive the reading.
 */
void event_set_stats(struct event_reader *, const struct cpu_stats *, size_t n);

/*
 * Steps to the next event.  Returns false at the end of the input.  What ev
 * points to lives until the next call.
 */
bool event_next(struct event_reader *, struct event *ev);

/*
 * After event_next returned false: why the input is one that cannot be read
 * at all, a phrase, or NULL.
 */
const char *event_refusal(const struct event_reader *);

/*
 * Gives the fields of the present event, all of them, the form and kind that
 * they have in its record, whatever they were read from.
 */
void event_canon(struct event_reader *, struct event *);

/* Counts an event of that time; -1 is none. */
static inline void
event_count(struct event_counts *n, int64_t ts)
{
	n->events++;
	if (ts < 0)
		return;
	if (n->first < 0)
		n->first = ts;
	n->backwards += ts < n->last;
	n->last = ts;
}

/*
 * Sets of an event what an EVENT_POINT has beside at, and no more: to clear it
 * all would cost as much as to read a field.
 */
void event_point(struct event *, struct item *, const struct wanted *);

/*
 * For those who read parts of a file elsewhere (crew.h).  event_apart tells
 * whether that can be done from here on: within a trace of text, after an
 * event of it; and the manner of that.  event_pass counts what was read so as
 * part of the present trace, whose input is behind it already.
 */
bool event_apart(const struct event_reader *, struct manner *);
void event_pass(struct event_reader *, const struct event_counts *more,
    const struct manner *after);
const struct wanted *event_wanted(const struct event_reader *);

/* Counts the present event as bad: its reader could make nothing of it. */
void event_reject(struct event_reader *);

const struct event_counts *event_counts(const struct event_reader *);

/* Returns how many bytes were read, of all inputs that are read together. */
uint64_t event_at(const struct event_reader *);

/*
 * A field that is looked for in the inner loop: key is its name, and at where
 * it was the last time, which is most often where it is.
 */
struct event_slot {
	struct str key;
	size_t at;
};

/* Returns the value of a field; p NULL if the event does not have it. */
static inline struct str
event_field(const struct event *ev, struct event_slot *slot)
{
	struct fields *f = ev->fields;

	while (slot->at >= f->n && body_more(f))
		;
	if (slot->at < f->n && str_eq(f->field[slot->at].key, slot->key))
		return f->field[slot->at].value;
	for (size_t i = 0; i < f->n || body_more(f); i++)
		if (str_eq(f->field[i].key, slot->key))
			return f->field[slot->at = i].value;
	return (struct str){ NULL, 0 };
}

#endif
