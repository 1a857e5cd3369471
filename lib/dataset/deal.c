/* SPDX-License-Identifier: MIT */
#include "dataset/deal.h"

#include <stdlib.h>

#include "base/mem.h"
#include "dataset/divide.h"

/* Where rows are written that other threads read: see struct block_writer. */
static void *
make_part(void *arg)
{
	const struct deal *d = arg;
	struct switches *part = mem_alloc(sizeof(*part));

	switches_copy(part, &d->switches);
	return part;
}

static void
unmake_part(void *part)
{
	switches_close(part);
	free(part);
}

static void
begin_part(void *part)
{
	switches_stretch(part);
}

static bool
put_part(void *part, struct output *out, const struct input *in,
    struct event *ev)
{
	return switches_put(part, out, in, ev) == NULL;
}

static void
take_part(void *arg, void *part, struct output *out, struct str text)
{
	struct deal *d = arg;

	switches_join(&d->switches, part, out, text);
}

static uint64_t
place(const struct output *out)
{
	return out->bytes + out->n;
}

void
deal_open(struct deal *d, struct collection *traces, const struct split *split,
    struct output *const *out, struct switches_form form)
{
	static const struct filter all;

	*d = (struct deal){ .traces = traces, .split = split, .out = out };
	d->sets = split_sets(split);
	d->compat = form.compat;
	switches_open(&d->switches, form);
	d->writer = (struct block_writer){ d, make_part, unmake_part,
		begin_part, put_part, take_part };
	if (switches_apart(&d->switches)) {
		d->crew = crew_new(&all, NULL);
		crew_set_writer(d->crew, &d->writer);
	}
	for (size_t i = 0; i < d->sets; i++) {
		switches_head(&d->switches, out[i]);
		d->head = place(out[i]);
	}
}

void
deal_close(struct deal *d)
{
	crew_free(d->crew);
	switches_close(&d->switches);
	*d = (struct deal){ 0 };
}

/* Ends the present trace, if there is one. */
static void
end_trace(struct deal *d)
{
	struct collected *t = d->trace;

	if (t == NULL)
		return;
	t->bytes = place(d->out[d->set]) - d->begin;
	d->trace = NULL;
}

struct collected *
deal_trace(struct deal *d, size_t i)
{
	size_t group;

	end_trace(d);
	if (!split_drawn(d->split, i, &group, &d->set))
		return NULL;
	d->trace = &d->traces->trace[group];
	d->begin = place(d->out[d->set]);
	switches_begin(&d->switches, str_of(d->trace->workload),
	    str_of(d->trace->trace_id));
	return d->trace;
}

/* Counts what was written since there were so many. */
static void
count(struct deal *d, uint64_t rows, uint64_t unread)
{
	rows = d->switches.rows - rows;
	d->count[d->set] += rows;
	d->trace->rows += rows;
	d->trace->unread += d->switches.unread - unread;
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

	if (ev->kind == EVENT_POINT) {
		event_canon(r, ev);
		why = switches_put(s, out, in, ev);
	} else if (!switches_put_line(s, out, in->line)) {
		why = ev->why;
	}
	count(d, rows, unread);
	return why;
}

bool
deal_pass(struct deal *d, struct event_reader *r, struct input *in)
{
	struct switches *s = &d->switches;
	uint64_t rows = s->rows, unread = s->unread, switches = 0;

	if (d->crew == NULL ||
	    !crew_pass(d->crew, r, in, d->out[d->set], &switches))
		return false;
	count(d, rows, unread);
	return true;
}

void
deal_rest(struct deal *d)
{
	if (d->crew != NULL)
		crew_rest(d->crew);
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
	case EVENT_LINE:
	case EVENT_BAD:
		return put(d, r, in, ev);
	case EVENT_END:
		deal_rest(d);
		collection_count(d->trace, event_counts(r));
		break;
	default: /* losses are counted */
		break;
	}
	return NULL;
}

bool
deal_good(const struct deal *d)
{
	for (size_t i = 0; i < d->sets; i++)
		if (d->out[i]->err != 0)
			return false;
	return true;
}

void
deal_windows(const struct deal *d, struct windows *w)
{
	for (size_t set = 0; set < d->sets; set++) {
		size_t n;
		const size_t *group = split_groups(d->split, set, &n);

		for (size_t i = 0; i < n; i++) {
			const struct collected *t = &d->traces->trace[group[i]];

			windows_add(w, set, t->rows - t->seen);
			windows_add(w, SPLIT_SEEN, t->seen);
		}
	}
}

/* Divides the rows of each trace that trains, or all of them. */
static int
divide(struct deal *d, double ratio)
{
	struct output *train = d->out[SPLIT_TRAIN];
	uint64_t rows = d->count[SPLIT_TRAIN], kept = 0, left = 0;
	struct divide divide;
	size_t n;
	const size_t *group = split_groups(d->split, SPLIT_TRAIN, &n);

	divide_begin(&divide, train, d->out[SPLIT_SEEN], d->head);
	divide.lines = d->switches.form.json;
	if (d->compat) {
		left = divide_share(rows, ratio);
		divide_stretch(&divide, place(train) - d->head, left);
	}
	for (size_t i = 0; i < n; i++) {
		struct collected *t = &d->traces->trace[group[i]];
		uint64_t keep = divide_share(t->rows, ratio);

		if (d->compat) {
			keep = t->rows < left ? t->rows : left;
			left -= keep;
		} else {
			divide_stretch(&divide, t->bytes, keep);
		}
		t->seen = t->rows - keep;
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
	if (split_folds(d->split) > 0 || d->count[SPLIT_SEEN] > 0 ||
	    d->count[SPLIT_TRAIN] == 0 || ratio >= 1)
		return 0;
	return divide(d, ratio);
}
