/* SPDX-License-Identifier: MIT */
#include "dataset/deal.h"

#include "dataset/divide.h"

static uint64_t
place(const struct output *out)
{
	return out->bytes + out->n;
}

void
deal_open(struct deal *d, struct collection *traces, const struct split *split,
    struct output *const out[SPLIT_SETS], bool compat)
{
	*d = (struct deal){ .traces = traces, .split = split };
	d->compat = compat;
	switches_open(&d->switches, compat);
	for (int i = 0; i < SPLIT_SETS; i++) {
		d->out[i] = out[i];
		switches_head(&d->switches, out[i]);
		d->head = place(out[i]);
	}
}

void
deal_close(struct deal *d)
{
	switches_close(&d->switches);
	*d = (struct deal){ 0 };
}

/* Ends the present trace, if there is one. */
static void
end_trace(struct deal *d)
{
	if (d->trace != NULL)
		d->trace->bytes = place(d->out[d->set]) - d->begin;
	d->trace = NULL;
}

struct collected *
deal_trace(struct deal *d, size_t i)
{
	end_trace(d);
	for (d->set = 0; d->set < SPLIT_SETS; d->set++) {
		size_t n;
		const size_t *group = split_groups(d->split, d->set, &n);

		if (i < n) {
			d->trace = &d->traces->trace[group[i]];
			break;
		}
		i -= n;
	}
	if (d->trace == NULL)
		return NULL;
	d->begin = place(d->out[d->set]);
	switches_begin(&d->switches, str_of(d->trace->workload),
	    str_of(d->trace->trace_id));
	return d->trace;
}

/* Notes what was counted of a part of the trace, which ends here. */
static void
end_part(struct collected *t, const struct event_counts *n)
{
	t->lost += n->lost;
	t->lost_marks += n->lost_marks;
	t->bad += n->bad;
	t->cut_short |= n->cut_short;
	if (n->first >= 0 && t->first < 0)
		t->first = n->first;
	if (n->last >= 0)
		t->last = n->last;
}

/* Writes the rows of an event or a line, and counts them. */
static const char *
put(struct deal *d, struct event_reader *r, const struct input *in,
    struct event *ev)
{
	struct output *out = d->out[d->set];
	struct switches *s = &d->switches;
	uint64_t rows = s->rows, unread = s->unread;
	const char *why = NULL;

	if (ev->kind == EVENT_POINT)
		why = switches_put(s, out, r, in, ev);
	else if (!switches_put_line(s, out, in->line))
		why = ev->why;
	d->count[d->set] += s->rows - rows;
	d->trace->rows += s->rows - rows;
	d->trace->unread += s->unread - unread;
	return why;
}

const char *
deal_take(struct deal *d, struct event_reader *r, const struct input *in,
    struct event *ev)
{
	const char *why;

	switch (ev->kind) {
	case EVENT_TRACE:
		switches_part(&d->switches);
		break;
	case EVENT_POINT:
		why = put(d, r, in, ev);
		if (why != NULL)
			event_reject(r);
		return why;
	case EVENT_BAD:
		return put(d, r, in, ev);
	case EVENT_END:
		end_part(d->trace, event_counts(r));
		break;
	default: /* losses are counted */
		break;
	}
	return NULL;
}

bool
deal_good(const struct deal *d)
{
	for (int i = 0; i < SPLIT_SETS; i++)
		if (d->out[i]->err != 0)
			return false;
	return true;
}

/* The first n * ratio, as CPython's int() has it. */
static uint64_t
share(uint64_t n, double ratio)
{
	return (uint64_t)((double)n * ratio);
}

/* Divides the rows of each trace that trains, or all of them. */
static int
divide(struct deal *d, double ratio)
{
	struct output *train = d->out[SPLIT_TRAIN];
	uint64_t rows = d->count[SPLIT_TRAIN], kept = 0;
	struct divide divide;
	size_t n;
	const size_t *group = split_groups(d->split, SPLIT_TRAIN, &n);

	divide_begin(&divide, train, d->out[SPLIT_SEEN], d->head);
	if (d->compat) {
		kept = share(rows, ratio);
		divide_stretch(&divide, place(train) - d->head, kept);
		n = 0;
	}
	for (size_t i = 0; i < n; i++) {
		const struct collected *t = &d->traces->trace[group[i]];
		uint64_t keep = share(t->rows, ratio);

		divide_stretch(&divide, t->bytes, keep);
		kept += keep;
	}
	d->count[SPLIT_TRAIN] = kept;
	d->count[SPLIT_SEEN] = rows - kept;
	d->divided = true;
	return divide_end(&divide);
}

int
deal_end(struct deal *d, double ratio)
{
	end_trace(d);
	if (d->count[SPLIT_SEEN] > 0 || d->count[SPLIT_TRAIN] == 0 ||
	    ratio >= 1)
		return 0;
	return divide(d, ratio);
}
