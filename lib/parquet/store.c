/* SPDX-License-Identifier: MIT */
#include "parquet/store.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "parquet/trail.h"
#include "source/header.h"

enum { SLOTS_EACH = 2, SLOTS_MORE = 2, QUOTED = 200 };

/* A block, and what was read of it. */
struct store_slot {
	struct gang_job job;
	struct slab *slab;
	char *text;
	size_t cap, n;
};

/* Takes a block apart: a job. */
static void
work(void *arg, unsigned who)
{
	struct store_slot *s = arg;

	(void)who;
	slab_read(s->slab, (struct str){ s->text, s->n });
}

struct store *
store_new(const struct store_options *options)
{
	struct store *s = mem_alloc(sizeof(*s));
	unsigned threads;

	s->options = *options;
	s->options.branch.press.most = 2 * options->branch.row_group;
	s->options.branch.partitioned = options->keys > 0;
	s->gang = gang_new(options->threads);
	branches_init(&s->branches, s->gang, &s->options.branch);
	s->admit.branches = &s->branches;
	s->admit.routing.key = options->key;
	s->admit.routing.keys = options->keys;
	threads = gang_size(s->gang);
	s->slots = threads == 1 ? 1 : SLOTS_EACH * threads + SLOTS_MORE;
	s->slot = mem_alloc(s->slots * sizeof(*s->slot));
	for (size_t i = 0; i < s->slots; i++) {
		s->slot[i].slab = slab_new();
		s->slot[i].job = (struct gang_job){ .work = work,
			.arg = &s->slot[i] };
	}
	return s;
}

void
store_forgive(struct store *s)
{
	for (size_t i = 0; i < s->bads; i++) {
		free(s->bad[i].text);
		free(s->bad[i].why);
	}
	s->bads = 0;
	s->bad_count = 0;
}

void
store_free(struct store *s)
{
	if (s == NULL)
		return;
	for (; s->taken < s->given; s->taken++)
		gang_wait(s->gang, &s->slot[s->taken % s->slots].job);
	branches_free(&s->branches);
	admit_free(&s->admit);
	heading_free(&s->heading);
	gang_free(s->gang);
	for (size_t i = 0; i < s->slots; i++) {
		slab_free(s->slot[i].slab);
		free(s->slot[i].text);
	}
	free(s->slot);
	store_forgive(s);
	free(s);
}

/* Notes a line that is left out; true if it has room to be quoted. */
static bool
can_quote(struct store *s)
{
	return s->bad_count++ < sizeof(s->bad) / sizeof(s->bad[0]);
}

static void
quote(struct store *s, uint64_t line, struct str text, const char *why)
{
	size_t n = text.n < QUOTED ? text.n : QUOTED;

	s->bad[s->bads++] = (struct store_bad){ .line = s->line + line,
		.text = mem_dup(text.p, n),
		.n = n,
		.why = mem_dup(why, strlen(why)) };
}

/* Says what is wrong with a line; some hint at what to do. */
static const char *
explain(const struct slab_bad *bad)
{
	struct header_prefix prefix = { .n = 0 };
	char name[HEADER_NAME_MAX];
	struct header h;

	if (!str_starts(bad->text, "# tracer:") &&
	    (str_starts(bad->text, "{") ||
		!header_parse(&h, &prefix, bad->text, name)))
		return bad->why;
	return "trace text behind records: let tk-parse read both";
}

static void
note_bad_lines(struct store *s, const struct slab *slab)
{
	uint64_t count;
	size_t n;
	const struct slab_bad *bad = slab_bad_lines(slab, &n, &count);

	for (uint64_t i = 0; i < count; i++)
		if (can_quote(s) && i < n)
			quote(s, bad[i].line, bad[i].text, explain(&bad[i]));
}

/* Notes the rows that a table had to leave out. */
static void
note_bad_rows(struct store *s, const struct store_slot *slot, size_t stretch,
    struct str type)
{
	const struct str block = { slot->text, slot->n };

	for (size_t i = 0; i < s->admit.bads; i++) {
		const struct admit_bad *bad = &s->admit.bad[i];
		char why[200];
		struct str text;
		uint32_t line;

		if (!can_quote(s))
			continue;
		line = trail_find(block, stretch, type, bad->row, &text);
		snprintf(why, sizeof(why), "%.*s: %s",
		    (int)(bad->column.n < 100 ? bad->column.n : 100),
		    bad->column.p, bad->why);
		quote(s, line, text, why);
	}
}

/* Returns the sum of the numbers of a column, of up to 64 bits. */
static uint64_t
sum(const struct slab_type *t, const char *name)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct slab_column *c = &t->column[i];

		if (!str_is(c->name, name) ||
		    (c->kind != KIND_INTEGER && c->kind != KIND_BOOLEAN))
			continue;
		for (size_t j = 0; j < c->values.n; j++)
			sum += c->values.word[c->values.same ? 0 : j];
	}
	return sum;
}

/* Takes what the records that frame a stream say of it. */
static void
take_frame(struct frame *f, const struct slab_type *t)
{
	if (str_is(t->type, "trace")) {
		f->short_cut |= f->open;
		f->open = true;
		f->traces++;
	} else if (str_is(t->type, "lost")) {
		f->lost_marks += t->rows;
		f->lost += sum(t, "count");
	} else if (str_is(t->type, "end")) {
		f->bad += sum(t, "bad");
		f->short_cut |= sum(t, "cut_short") > 0;
		f->open = false;
	} else {
		f->records += t->rows;
	}
}

static const struct slab_type *
find_type(const struct slab_stretch *stretch, const char *name)
{
	for (size_t i = 0; i < stretch->n; i++)
		if (str_is(stretch->type[i].type, name))
			return &stretch->type[i];
	return NULL;
}

/* Takes the oldest of the blocks under way. */
static bool
take(struct store *s)
{
	struct store_slot *slot = &s->slot[s->taken % s->slots];
	const struct slab_stretch *stretch;
	const struct slab_type *trace;
	size_t n;

	gang_wait(s->gang, &slot->job);
	s->taken++;
	note_bad_lines(s, slot->slab);
	stretch = slab_stretches(slot->slab, &n);
	for (size_t i = 0; i < n; i++) {
		trace = find_type(&stretch[i], "trace");
		if (trace != NULL)
			heading_take(&s->heading, trace);
		for (size_t j = 0; j < stretch[i].n; j++) {
			const struct slab_type *t = &stretch[i].type[j];

			take_frame(&s->frame, t);
			s->failed = !admit_take(&s->admit, t, &s->heading);
			if (s->failed)
				return false;
			note_bad_rows(s, slot, i, t->type);
		}
	}
	s->line += slab_lines(slot->slab);
	return true;
}

bool
store_block(struct store *s, char **block, size_t *cap, size_t n)
{
	struct store_slot *slot = &s->slot[s->given % s->slots];
	char *text = slot->text;
	size_t text_cap = slot->cap;

	if (s->failed || (s->given - s->taken == s->slots && !take(s)))
		return false;
	slot->text = *block;
	slot->cap = *cap;
	slot->n = n;
	*block = text;
	*cap = text_cap;
	s->given++;
	gang_give(s->gang, &slot->job);
	return true;
}

bool
store_input_end(struct store *s)
{
	while (!s->failed && s->taken < s->given)
		take(s);
	if (s->failed)
		return false;
	s->line = 0;
	heading_clear(&s->heading);
	s->heading.number++;
	return true;
}

bool
store_has_any(const struct store *s)
{
	const struct branch_options *o = &s->options.branch;

	if (o->only.p != NULL || o->schema != NULL)
		return s->branches.n > 0;
	return s->frame.records + s->frame.lost_marks > 0;
}

bool
store_end(struct store *s)
{
	s->failed |= !branches_end(&s->branches);
	return !s->failed;
}
