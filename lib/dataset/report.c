/* SPDX-License-Identifier: MIT */
#include "dataset/report.h"

#include <inttypes.h>

#include "dataset/sets.h"

/* How many traces are named. */
enum { NAMED = 5 };

struct line {
	const char *name;
	uint64_t rows, lost;
	size_t groups, categories;
};

static void
put_line(struct output *out, const struct line *l, bool lost)
{
	output_printf(out, "%-16s %12" PRIu64 " %10zu %11zu", l->name, l->rows,
	    l->groups, l->categories);
	if (lost)
		output_printf(out, " %10" PRIu64, l->lost);
	output_byte(out, '\n');
}

void
report_table(struct output *out, const struct meta *m)
{
	struct line all = { .name = "all.csv" };
	bool lost = m->traces != NULL;

	output_printf(out, "%-16s %12s %10s %11s", "", "rows",
	    lost ? "traces" : "groups", "categories");
	output_text(out, lost ? "       lost\n" : "\n");
	for (int i = 0; i < SPLIT_SETS; i++) {
		struct line l = { .name = sets_name(i) };
		const size_t *group = split_groups(m->split, i, &l.groups);

		l.rows = m->count[i];
		l.categories = split_spread(m->split, i);
		for (size_t k = 0; lost && k < l.groups; k++)
			l.lost += m->traces->trace[group[k]].lost;
		put_line(out, &l, lost);
		all.rows += l.rows;
		all.lost += l.lost;
		all.groups += l.groups;
	}
	split_categories(m->split, &all.categories);
	put_line(out, &all, lost);
}

/* What was wrong with the source; of traces each was told by itself. */
static void
warn_of_source(struct output *out, const struct meta *m, uint64_t told)
{
	uint64_t unread = 0;

	for (size_t i = 0; m->traces != NULL && i < m->traces->n; i++)
		unread += m->traces->trace[i].unread;
	if (unread > 0)
		output_printf(out,
		    "%" PRIu64 " switches are no rows: the original does "
		    "not read them\n",
		    unread);
	if (m->lost_marks > 0 && m->streamed)
		output_printf(out,
		    "%" PRIu64 " events were lost in %" PRIu64 " places\n",
		    m->lost, m->lost_marks);
	if (m->bad > told)
		output_printf(out,
		    "%" PRIu64 " lines were bad before they came here\n",
		    m->bad - told);
	if (m->cut_short && m->streamed)
		output_text(out,
		    "the input was cut short: a trace has no "
		    "end record\n");
}

static void
warn_of_unseen(struct output *out, const struct meta *m)
{
	struct str unseen = split_unseen(m->split);
	size_t categories;

	split_categories(m->split, &categories);
	if (categories < SPLIT_ENOUGH)
		output_printf(out,
		    "test_unseen.csv is empty: to hold one out takes %d "
		    "categories, there %s %zu\n",
		    SPLIT_ENOUGH, categories == 1 ? "is" : "are", categories);
	else if (m->traces != NULL && m->count[SPLIT_UNSEEN] == 0)
		output_printf(out,
		    "test_unseen.csv is empty: the traces of the category "
		    "%.*s have no rows\n",
		    (int)unseen.n, unseen.p);
}

static void
warn_of_seen(struct output *out, const struct meta *m)
{
	size_t groups;

	split_groups(m->split, SPLIT_SEEN, &groups);
	if (m->traces == NULL && groups == 0)
		output_text(out,
		    "test_seen.csv is empty: no category has "
		    "groups left beside those that train\n");
	if (m->traces != NULL && m->divided)
		output_printf(out,
		    "no trace is left to test with: test_seen.csv has the "
		    "last rows of %s\n",
		    m->compat ? "what would train" : "each that trains");
	else if (m->traces != NULL && m->count[SPLIT_SEEN] == 0)
		output_text(out,
		    "test_seen.csv is empty: no trace with rows "
		    "is left beside those that train\n");
}

void
report_warnings(struct output *out, const struct meta *m, uint64_t told)
{
	warn_of_source(out, m, told);
	if (m->hold_out)
		warn_of_unseen(out, m);
	warn_of_seen(out, m);
	if (m->traces != NULL && m->count[SPLIT_TRAIN] == 0)
		output_text(out, "train.csv is empty\n");
}

void
report_inferred(struct output *out, const struct collection *c)
{
	size_t named = 0, all = collection_inferred(c);

	for (size_t i = 0; i < c->n && named < NAMED; i++) {
		const struct collected *t = &c->trace[i];

		if (!t->inferred)
			continue;
		output_printf(out, "%s%s (%s)", named++ > 0 ? ", " : "",
		    t->trace_id, t->category);
	}
	if (all > named)
		output_printf(out, " and %zu more", all - named);
}
