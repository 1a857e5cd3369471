/* SPDX-License-Identifier: MIT */
#include "dataset/switches.h"

#include "dataset/cell.h"
#include "dataset/line.h"

/* Room for a row without its names and other text. */
enum { ROOM = 128 };

enum slot {
	NEXT_COMM,
	NEXT_PID,
	PREV_STATE,
	PREV_COMM,
	PREV_PID,
	PREV_PRIO,
	NEXT_PRIO,
};

static const char *const key[] = { "next_comm", "next_pid", "prev_state",
	"prev_comm", "prev_pid", "prev_prio", "next_prio" };

static const char *const usual[SWITCHES_COLUMNS] = { "timestamp", "time_diff",
	"task_name", "pid", "cpu", "prev_state", "prev_comm", "workload_type",
	"trace_id" };

void
switches_open(struct switches *s, struct switches_form form)
{
	*s = (struct switches){ .form = form, .last = -1 };
	s->baseline = s->likeness.baseline = baseline_new(form.baseline);
	for (size_t i = 0; i < sizeof(key) / sizeof(key[0]); i++)
		s->slot[i].key = str_of(key[i]);
	output_in_memory(&s->tail);
	output_in_memory(&s->line);
}

void
switches_close(struct switches *s)
{
	if (s->tail.buf != NULL)
		output_close(&s->tail);
	if (s->line.buf != NULL)
		output_close(&s->line);
	likeness_free(&s->likeness);
	baseline_free(s->baseline);
	*s = (struct switches){ 0 };
}

static const char *
line_end(const struct switches *s)
{
	return s->form.compat && s->baseline == NULL ? "\r\n" : "\n";
}

size_t
switches_columns(const struct switches *s)
{
	return s->baseline != NULL ? BASELINE_COLUMNS : SWITCHES_COLUMNS;
}

const char *
switches_column(const struct switches *s, size_t column)
{
	return s->baseline != NULL ? baseline_column[column] : usual[column];
}

bool
switches_apart(const struct switches *s)
{
	return s->baseline == NULL || !baseline_tells_difference(s->baseline);
}

void
switches_head(const struct switches *s, struct output *out)
{
	if (s->form.json)
		return;
	for (size_t i = 0; i < switches_columns(s); i++) {
		if (i > 0)
			output_byte(out, ',');
		output_text(out, switches_column(s, i));
	}
	output_text(out, line_end(s));
}

/* Adds a cell of the trace; what is not known is empty. */
static void
add_cell(struct switches *s, struct str text)
{
	output_byte(&s->tail, ',');
	if (text.n > 0)
		csv_put(&s->tail, text);
}

void
switches_name(struct switches *s, struct str workload, struct str trace_id)
{
	s->tail.n = 0;
	if (s->form.json) {
		line_put_tail(&s->tail, workload, trace_id);
	} else {
		add_cell(s, workload);
		add_cell(s, trace_id);
		output_text(&s->tail, line_end(s));
	}
}

void
switches_begin(struct switches *s, struct str workload, struct str trace_id)
{
	switches_name(s, workload, trace_id);
	s->last = -1;
	s->likeness.any = false;
}

struct switches_before
switches_before(const struct switches *s)
{
	const struct likeness *l = &s->likeness;

	return (struct switches_before){ s->last, l->last, l->any };
}

void
switches_resume(struct switches *s, const struct switches_before *before)
{
	s->last = before->last;
	s->likeness.last = before->seconds;
	s->likeness.any = before->any;
}

void
switches_part(struct switches *s)
{
	s->last = -1;
}

/* Writes a time of that many nanoseconds in seconds. */
static inline char *
put_seconds(char *p, uint64_t ns, bool nine)
{
	uint64_t seconds = ns / 1000000000;
	uint32_t rest = (uint32_t)(ns - seconds * 1000000000);

	p += num_put(p, seconds);
	*p++ = '.';
	return nine ? cell_nine(p, rest) : cell_six(p, rest / 1000);
}

static inline char *
put_difference(char *p, int64_t ns, bool nine)
{
	if (ns < 0)
		*p++ = '-';
	/* The row before may have had more places. */
	nine = nine || ns % 1000 != 0;
	return put_seconds(p, ns < 0 ? 0 - (uint64_t)ns : (uint64_t)ns, nine);
}

/* Writes the time since the row before, or leaves a gap for it. */
static inline char *
put_since(struct switches *s, const struct output *out, char *p, int64_t ts,
    bool nine)
{
	if (!s->open)
		return put_difference(p, s->last >= 0 ? ts - s->last : 0, nine);
	s->gap = (size_t)(p - out->buf);
	s->first = ts;
	s->nine = nine;
	s->open = false;
	return p;
}

/* Writes the cells behind the times. */
static inline char *
put_cells(struct output *out, char *p, const struct line_switch *c, size_t room)
{
	*p++ = ',';
	p = cell_put(out, p, c->next, room);
	*p++ = ',';
	p = cell_put(out, p, c->pid, room);
	*p++ = ',';
	if (c->cpu >= 0)
		p += num_put(p, (uint64_t)c->cpu);
	*p++ = ',';
	p = cell_put(out, p, c->state, room);
	*p++ = ',';
	return cell_put(out, p, c->prev, room);
}

static inline void
put_row(struct switches *s, struct output *out, int64_t ts,
    const struct line_switch *c, bool nine)
{
	const struct str tail = { s->tail.buf, s->tail.n };
	size_t room = ROOM + line_room(c) + tail.n;
	char *p = output_room(out, room);

	if (s->form.json)
		p = str_copy(p, str_of(LINE_BEGIN));
	p = put_seconds(p, (uint64_t)ts, nine);
	p = str_copy(p, str_of(s->form.json ? LINE_DIFFERENCE : ","));
	p = put_since(s, out, p, ts, nine);
	if (s->form.json)
		p = line_put_switch(out, p, c, room);
	else
		p = put_cells(out, p, c, room);
	p = str_copy(p, tail);
	cell_fill(out, p);
}

static void
put_baseline(struct switches *s, struct output *out, int64_t ts,
    const struct line_switch *c, bool nine)
{
	char time[ROOM], *end;

	if (baseline_tells_difference(s->baseline))
		end = put_difference(time, s->last >= 0 ? ts - s->last : 0,
		    nine);
	else
		end = put_seconds(time, (uint64_t)ts, nine);
	baseline_put(s->baseline, out,
	    (struct str){ time, (size_t)(end - time) }, c->next, c->pid);
}

/* Writes the row as it is. */
static const char *
put_exact(struct switches *s, struct output *out, struct event *ev)
{
	const struct line_switch c = {
		.next = event_field(ev, &s->slot[NEXT_COMM]),
		.pid = event_field(ev, &s->slot[NEXT_PID]),
		.cpu = ev->at.cpu,
		.state = event_field(ev, &s->slot[PREV_STATE]),
		.prev = event_field(ev, &s->slot[PREV_COMM]),
	};
	int64_t ts = ev->at.ts;
	/* A clock of ticks may count in any unit. */
	bool nine = ev->at.nsec || ts % 1000 != 0;

	if (c.pid.p == NULL)
		return "a switch without next_pid";
	if (ts < 0)
		return "a switch without a time";
	if (s->baseline != NULL)
		put_baseline(s, out, ts, &c, nine);
	else
		put_row(s, out, ts, &c, nine);
	s->last = ts;
	s->rows++;
	return NULL;
}

static void
put_text(struct output *out, const char *before, struct str s)
{
	output_text(out, before);
	output_str(out, s);
}

/* Prints the line that the kernel does, its time rounded as there. */
static struct str
print_line(struct switches *s, struct event *ev)
{
	struct output *out = &s->line;
	struct str task = ev->at.task;
	uint64_t micro = ((uint64_t)ev->at.ts + 500) / 1000;

	if (task.p == NULL)
		task = str_of("<...>");
	out->n = 0;
	for (size_t n = task.n; n < HEADER_COMM_WIDTH; n++)
		output_byte(out, ' ');
	output_str(out, task);
	output_printf(out, "-%-7lld [%03d] .....  %llu.%06llu: sched_switch:",
	    (long long)ev->at.tid, ev->at.cpu,
	    (unsigned long long)(micro / 1000000),
	    (unsigned long long)(micro % 1000000));
	put_text(out, " prev_comm=", event_field(ev, &s->slot[PREV_COMM]));
	put_text(out, " prev_pid=", event_field(ev, &s->slot[PREV_PID]));
	put_text(out, " prev_prio=", event_field(ev, &s->slot[PREV_PRIO]));
	put_text(out, " prev_state=", event_field(ev, &s->slot[PREV_STATE]));
	put_text(out, " ==> next_comm=", event_field(ev, &s->slot[NEXT_COMM]));
	put_text(out, " next_pid=", event_field(ev, &s->slot[NEXT_PID]));
	put_text(out, " next_prio=", event_field(ev, &s->slot[NEXT_PRIO]));
	return (struct str){ out->buf, out->n };
}

/* Tells whether an event was read from the present line of in. */
static bool
is_of_line(const struct event *ev, const struct input *in)
{
	const char *p = ev->at.body.p;

	return in != NULL && ev->line.p == NULL && in->line.p != NULL &&
	    p >= in->line.p && p <= in->line.p + in->line.n;
}

const char *
switches_put(struct switches *s, struct output *out, const struct input *in,
    struct event *ev)
{
	const struct str tail = { s->tail.buf, s->tail.n };
	size_t rows;

	if (!s->form.compat)
		return put_exact(s, out, ev);
	if (is_of_line(ev, in))
		rows = likeness_put(&s->likeness, out, in->line, tail);
	else if (ev->at.ts >= 0)
		rows = likeness_put(&s->likeness, out, print_line(s, ev), tail);
	else
		return "a switch without a time";
	s->rows += rows;
	s->unread += rows == 0;
	return NULL;
}

bool
switches_put_line(struct switches *s, struct output *out, struct str line)
{
	const struct str tail = { s->tail.buf, s->tail.n };
	size_t rows = 0;

	if (s->form.compat)
		rows = likeness_put(&s->likeness, out, line, tail);
	s->rows += rows;
	return rows > 0;
}

void
switches_copy(struct switches *part, const struct switches *s)
{
	switches_open(part, s->form);
	output_put(&part->tail, s->tail.buf, s->tail.n);
}

void
switches_stretch(struct switches *part)
{
	part->rows = part->unread = 0;
	part->open = part->likeness.open = true;
}

/* Writes the difference that the first row of a stretch leaves out. */
static void
fill_gap(const struct switches *s, const struct switches *part,
    struct output *out)
{
	char *p = output_room(out, LIKENESS_NINE);

	if (s->form.compat)
		p += likeness_nine(p,
		    s->likeness.any ? part->likeness.first - s->likeness.last
				    : 0);
	else
		p = put_difference(p, s->last >= 0 ? part->first - s->last : 0,
		    part->nine);
	cell_fill(out, p);
}

void
switches_join(struct switches *s, const struct switches *part,
    struct output *out, struct str text)
{
	size_t gap = s->form.compat ? part->likeness.gap : part->gap;

	s->unread += part->unread;
	if (part->rows == 0)
		return;
	if (s->baseline == NULL) {
		output_put(out, text.p, gap);
		fill_gap(s, part, out);
		text = str_skip(text, gap);
	}
	output_pass(out, text.p, text.n);
	s->rows += part->rows;
	s->last = part->last;
	s->likeness.last = part->likeness.last;
	s->likeness.any = true;
}
