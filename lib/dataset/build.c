/* SPDX-License-Identifier: MIT */
#include "dataset/build.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "dataset/original.h"
#include "source/tree.h"

/* The type of the records that are taken of traces in files. */
static const char usual[] = "sched_switch";

const char *
build_settle(struct build *b)
{
	struct windows *windows = &b->meta.windows;
	bool baseline = b->baseline != BASELINE_NONE;

	if (b->meta.compat && b->folds > 0)
		return "--compat and --folds: either or";
	if (b->meta.compat && b->meta.field != NULL)
		return "--compat and -c: either or";
	if (b->meta.compat && b->type != NULL && strcmp(b->type, usual) != 0)
		return "the rows of --compat are switches, not what -t names";
	if (b->meta.compat && b->meta.json)
		return "--compat and -f jsonl: either or";
	if (baseline && b->meta.json)
		return "--baseline and -f jsonl: either or";
	if (windows->stride > 0 && windows->size == 0)
		return "--stride without --window";
	if (windows->stride == 0)
		windows->stride = 1;
	if ((baseline || b->meta.compat) && b->type == NULL)
		b->type = usual;
	if (baseline && strcmp(b->type, usual) != 0)
		return "the rows of --baseline are switches, not what -t names";
	if (!meta_clock(&b->meta))
		return "SOURCE_DATE_EPOCH is not a number of seconds";
	return NULL;
}

int
build_open(struct build *b, const char *dir, const char *tmp)
{
	b->tmp = tmp;
	b->split = split_new();
	if (b->folds > 0)
		split_into(b->split, b->folds);
	if (sets_open(&b->sets, b->split, b->meta.json, dir) == 0)
		return 0;
	snprintf(b->where, sizeof(b->where), "%s", b->sets.files.where);
	return -1;
}

const char *
build_plan(struct build *b, char **operands, collection_raw *is_raw, void *arg,
    char **where)
{
	const char *why;

	*where = NULL;
	b->operands = collection_operands(operands);
	if (!collection_suits(b->operands)) {
		char **all = tree_operands(b->operands);

		free(b->operands);
		b->operands = all;
		return NULL;
	}
	if (b->type == NULL)
		b->type = usual;
	b->dealing = strcmp(b->type, usual) == 0;
	why = collection_make(&b->traces, b->operands, b->meta.compat, is_raw,
	    arg, where);
	if (why == NULL && b->meta.field != NULL)
		collection_categorize(&b->traces, b->meta.field);
	return why;
}

void
build_want(const struct build *b, struct event_reader *r)
{
	if (b->dealing)
		event_want(r, usual);
	/* Of some events the record has another name. */
	else if (b->traces.n > 0 && strncmp(b->type, "event_", 6) != 0)
		event_want(r, b->type);
	if (b->dealing && b->meta.compat)
		event_want_lines(r, original_may);
}

static void
draw(struct build *b)
{
	b->meta.split = b->split;
	split_draw(b->split, &b->mt, b->meta.ratio, b->meta.hold_out);
}

/* Begins the digests of the operands, which are streams. */
static void
sum_inputs(struct build *b)
{
	static char dash[] = "-";
	static char *standard[] = { dash, NULL };
	char **path = *b->operands != NULL ? b->operands : standard;
	size_t n = 0;

	while (path[n] != NULL)
		n++;
	b->input = mem_alloc(n * sizeof(*b->input));
	b->sums = sums_new(n);
	for (size_t i = 0; i < n; i++) {
		struct meta_input *input = &b->input[i];
		bool is_dash = strcmp(path[i], "-") == 0;

		input->path[0] = is_dash ? "standard input" : path[i];
		if (!is_dash)
			sums_begin(b->sums, input->path, input->sha256);
	}
	b->meta.input = b->input;
	b->meta.inputs = n;
}

/* Begins to read; what fails shows in build_good. */
static void
begin(struct build *b)
{
	struct switches_form form = { .compat = b->meta.compat,
		.json = b->meta.json,
		.baseline = b->baseline };

	if (!b->dealing)
		rows_open(&b->rows, b->tmp, b->type, form);
	if (b->traces.n == 0) {
		origin_ask(&b->rows.origin, b->meta.field);
		if (!b->meta.compat)
			sum_inputs(b);
		return;
	}
	for (size_t i = 0; i < b->traces.n; i++)
		split_add(b->split, str_of(b->traces.trace[i].category));
	draw(b);
	if (!b->meta.compat)
		b->sums = sums_new(b->traces.n);
	if (b->dealing)
		deal_open(&b->deal, &b->traces, b->split, b->sets.set, form);
	else
		origin_know(&b->rows.origin, &b->traces);
}

/* Lets all.csv follow, unless what trains may have to be divided. */
static void
follow(struct build *b)
{
	size_t seen;

	split_groups(b->split, SPLIT_SEEN, &seen);
	if (split_folds(b->split) > 0 || seen > 0)
		sets_follow(&b->sets, &b->deal);
}

char **
build_next(struct build *b)
{
	struct collected *t;
	size_t i = b->next++, group, set;

	if (i == 0)
		begin(b);
	if (b->traces.n == 0)
		return i == 0 ? b->operands : NULL;
	if (b->dealing)
		deal_trace(&b->deal, i);
	if (!split_drawn(b->split, i, &group, &set))
		return NULL;
	if (b->dealing)
		follow(b);
	else
		origin_trace(&b->rows.origin, group);
	t = &b->traces.trace[group];
	if (b->sums != NULL)
		sums_begin(b->sums, (const char *const *)t->files, t->sha256);
	return t->files;
}

/* Adds up what a trace that ended says of itself. */
static void
end_trace(struct meta *m, const struct event_counts *n)
{
	m->lost += n->lost;
	m->lost_marks += n->lost_marks;
	m->bad += n->bad;
	m->cut_short |= n->cut_short;
}

const char *
build_take(struct build *b, struct event_reader *r, const struct input *in,
    const struct metadata *beside, struct event *ev)
{
	const char *why;

	if (b->dealing)
		why = deal_take(&b->deal, r, in, ev);
	else
		why = rows_event(&b->rows, r, ev, beside, in->path);
	if (ev->kind == EVENT_END)
		end_trace(&b->meta, event_counts(r));
	return why;
}

bool
build_pass(struct build *b, struct event_reader *r, struct input *in)
{
	if (!b->dealing || !deal_pass(&b->deal, r, in))
		return false;
	if (b->sums != NULL)
		sums_until(b->sums, event_at(r));
	follow(b);
	return true;
}

bool
build_good(const struct build *b)
{
	if (b->next == 0)
		return true;
	if (b->dealing)
		return deal_good(&b->deal);
	/* A rival may yet be left out: see rows_open. */
	return rows_good(&b->rows);
}

bool
build_any(const struct build *b)
{
	if (b->dealing)
		return b->deal.switches.rows > 0;
	return b->rows.kept > 0;
}

/* Reports that the rows could not be kept until the end. */
static int
blame_spool(struct build *b)
{
	const struct spool *spool = &b->rows.spool;

	errno = spool->err != 0 ? spool->err : spool->out.err;
	/* It has a name if it could be opened. */
	snprintf(b->where, sizeof(b->where), "%s%s", b->tmp,
	    spool->out.name != NULL ? ": cannot keep the rows" : "");
	return -1;
}

int
build_end(struct build *b)
{
	int done;

	if (build_good(b))
		sums_free(b->sums);
	else
		sums_drop(b->sums);
	b->sums = NULL;
	if (b->dealing) {
		/* If it fails, what it wrote to does so again, with a name. */
		deal_end(&b->deal, b->meta.ratio);
		done = sets_deal(&b->sets, &b->deal, &b->meta);
	} else {
		if (!rows_good(&b->rows))
			return blame_spool(b);
		b->meta.streamed = b->traces.n == 0;
		if (b->meta.streamed) {
			rows_split(&b->rows, b->split);
			draw(b);
		}
		done = sets_write(&b->sets, &b->rows, &b->meta);
		if (done < 0 && !rows_good(&b->rows))
			return blame_spool(b);
	}
	if (done < 0)
		snprintf(b->where, sizeof(b->where), "%s", b->sets.files.where);
	return done;
}

void
build_abandon(struct build *b)
{
	deal_rest(&b->deal);
	sums_drop(b->sums);
	b->sums = NULL;
	sets_abandon(&b->sets);
}

bool
build_interrupt(const void *b)
{
	return files_interrupt(&((const struct build *)b)->sets.files);
}

void
build_free(struct build *b)
{
	split_free(b->split);
	free(b->input);
	sets_close(&b->sets);
	rows_close(&b->rows);
	deal_close(&b->deal);
	collection_free(&b->traces);
	b->split = NULL;
}
