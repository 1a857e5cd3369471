/* SPDX-License-Identifier: MIT */
#include "workload/traced.h"

#include "base/num.h"

/* In the order in which they are asked for. */
enum { SWITCH, WAKEUP, WAKEUP_NEW, FORK, EXIT };

static const char *const events[TRACED_EVENTS] = { "sched_switch",
	"sched_wakeup", "sched_wakeup_new", "sched_process_fork",
	"sched_process_exit" };

enum {
	PREV_COMM,
	PREV_PID,
	PREV_STATE,
	NEXT_COMM,
	NEXT_PID,
	COMM,
	PID,
	CHILD_COMM,
	CHILD_PID,
};

static const char *const keys[TRACED_FIELDS] = { "prev_comm", "prev_pid",
	"prev_state", "next_comm", "next_pid", "comm", "pid", "child_comm",
	"child_pid" };

void
traced_open(struct traced *t, struct event_reader *r,
    const struct lifetimes_rules *rules)
{
	*t = (struct traced){ .lives = lifetimes_new(rules) };
	for (int i = 0; i < TRACED_EVENTS; i++)
		event_want(r, events[i]);
	for (int i = 0; i < TRACED_FIELDS; i++)
		t->slot[i].key = str_of(keys[i]);
}

void
traced_close(struct traced *t)
{
	lifetimes_free(t->lives);
	t->lives = NULL;
}

static bool
read_tid(struct traced *t, const struct event *ev, int field, int64_t *tid)
{
	return num_s64(event_field(ev, &t->slot[field]), tid) && *tid >= 0;
}

static bool
has(struct str s, char c)
{
	return s.n > 0 && memchr(s.p, c, s.n) != NULL;
}

static const char *
take_switch(struct traced *t, struct event_reader *r, struct event *ev)
{
	struct lifetimes_switch s = { .ts = ev->at.ts, .cpu = ev->at.cpu };
	struct str state;

	event_canon(r, ev);
	if (!read_tid(t, ev, PREV_PID, &s.prev))
		return "a switch without prev_pid";
	if (!read_tid(t, ev, NEXT_PID, &s.next))
		return "a switch without next_pid";
	state = event_field(ev, &t->slot[PREV_STATE]);
	s.runnable = has(state, 'R');
	s.dead = has(state, 'X') || has(state, 'Z');
	s.prev_name = event_field(ev, &t->slot[PREV_COMM]);
	s.next_name = event_field(ev, &t->slot[NEXT_COMM]);
	if (s.cpu < 0)
		return "a switch of no CPU";
	lifetimes_switch(t->lives, &s);
	return NULL;
}

static const char *
take_point(struct traced *t, struct event_reader *r, struct event *ev)
{
	int64_t tid, ts = ev->at.ts;

	if (ts < 0)
		return "an event without a time";
	switch (ev->type) {
	case SWITCH:
		return take_switch(t, r, ev);
	case WAKEUP:
	case WAKEUP_NEW:
		if (!read_tid(t, ev, PID, &tid))
			return "a wakeup without pid";
		lifetimes_wake(t->lives, ts, tid,
		    event_field(ev, &t->slot[COMM]), ev->type == WAKEUP_NEW);
		return NULL;
	case FORK:
		if (!read_tid(t, ev, CHILD_PID, &tid))
			return "a fork without child_pid";
		lifetimes_wake(t->lives, ts, tid,
		    event_field(ev, &t->slot[CHILD_COMM]), true);
		return NULL;
	default:
		if (!read_tid(t, ev, PID, &tid))
			return "an exit without pid";
		lifetimes_exit(t->lives, ts, tid);
		return NULL;
	}
}

static void
begin(struct traced *t, const struct event *ev, struct str trace_id)
{
	const struct json_field *own = NULL;
	struct str node = ev->about.host;

	if (ev->record != NULL)
		own = json_get(ev->record, "trace_id");
	if (own != NULL && own->kind == JSON_STRING && !own->escaped)
		trace_id = own->value;
	lifetimes_begin(t->lives, trace_id, node);
}

const char *
traced_take(struct traced *t, struct event_reader *r, struct event *ev,
    struct str trace_id)
{
	const struct event_counts *n = event_counts(r);

	switch (ev->kind) {
	case EVENT_TRACE:
		begin(t, ev, trace_id);
		return NULL;
	case EVENT_POINT:
		return take_point(t, r, ev);
	case EVENT_LOST:
		lifetimes_lost(t->lives, ev->at.ts, ev->at.cpu);
		return NULL;
	case EVENT_END:
		lifetimes_end(t->lives, n->last);
		return NULL;
	default:
		return NULL;
	}
}
