/* SPDX-License-Identifier: MIT */
#include "dataset/report.h"

#include <inttypes.h>

#include "dataset/naming.h"

/* How many traces are named. */
enum { NAMED = 5 };

struct line {
	char name[NAMING_MAX];
	uint64_t rows, lost, windows;
	size_t groups, categories;
};

static void
put_line(struct output *out, const struct meta *m, const struct line *l)
{
	output_printf(out, "%-17s %12" PRIu64 " %10zu %11zu", l->name, l->rows,
	    l->groups, l->categories);
	if (m->traces != NULL)
		output_printf(out, " %10" PRIu64, l->lost);
	if (m->windows.size > 0)
		output_printf(out, " %12" PRIu64, l->windows);
	output_byte(out, '\n');
}

/* Counts the groups of a set, and what they tell. */
static void
count_groups(const struct meta *m, size_t set, struct line *l)
{
	bool divided = m->divided && set <= SPLIT_SEEN;
	size_t from = divided ? SPLIT_TRAIN : set, n;
	const size_t *group = split_groups(m->split, from, &n);
	const char *last = NULL; /* those of a category follow each other */

	l->categories = divided ? 0 : split_spread(m->split, set);
	l->groups = divided ? 0 : n;
	for (size_t i = 0; m->traces != NULL && i < n; i++) {
		const struct collected *t = &m->traces->trace[group[i]];

		if (!meta_holds(m, group[i], set))
			continue;
		l->lost += t->lost;
		if (!divided)
			continue;
		l->groups++;
		if (last == NULL || strcmp(last, t->category) != 0)
			l->categories++;
		last = t->category;
	}
}

void
report_table(struct output *out, const struct meta *m)
{
	struct line all = { 0 };
	bool lost = m->traces != NULL;

	output_printf(out, "%-17s %12s %10s %11s%s%s\n", "", "rows",
	    lost ? "traces" : "groups", "categories", lost ? "       lost" : "",
	    m->windows.size > 0 ? "      windows" : "");
	for (size_t i = 0; i < split_sets(m->split); i++) {
		struct line l = { .rows = m->count[i] };
		size_t drawn;

		count_groups(m, i, &l);
		split_groups(m->split, i, &drawn);
		naming_file(m->split, i, m->json, l.name);
		l.windows = m->windows.count[i];
		put_line(out, m, &l);
		all.windows += l.windows;
		all.rows += l.rows;
		all.groups += drawn;
	}
	/* A trace that was divided is in two sets, but here it counts once. */
	for (size_t i = 0; lost && i < m->traces->n; i++)
		all.lost += m->traces->trace[i].lost;
	split_categories(m->split, &all.categories);
	naming_file(m->split, split_sets(m->split), m->json, all.name);
	put_line(out, m, &all);
}

static void
warn_of_losses(struct output *out, const struct meta *m)
{
	size_t n = m->traces != NULL && !m->streamed ? m->traces->n : 0;

	for (size_t i = 0; i < n; i++) {
		const struct collected *t = &m->traces->trace[i];

		if (t->lost_marks == 0)
			continue;
		output_in_line(out, str_of(t->path));
		output_printf(out,
		    ": %" PRIu64 " events were lost in %" PRIu64 " places\n",
		    t->lost, t->lost_marks);
	}
	if (m->lost_marks > 0 && m->streamed)
		output_printf(out,
		    "%" PRIu64 " events were lost in %" PRIu64 " places\n",
		    m->lost, m->lost_marks);
}

/* What was wrong with the source. */
static void
warn_of_source(struct output *out, const struct meta *m, uint64_t told)
{
	uint64_t unread = m->unread;

	for (size_t i = 0; m->traces != NULL && i < m->traces->n; i++)
		unread += m->traces->trace[i].unread;
	if (unread > 0)
		output_printf(out,
		    "%" PRIu64 " switches are no rows: the original does "
		    "not read them\n",
		    unread);
	warn_of_losses(out, m);
	if (m->bad > told)
		output_printf(out,
		    "%" PRIu64 " lines were bad before they came here\n",
		    m->bad - told);
	if (m->cut_short && m->streamed)
		output_text(out,
		    "the input was cut short: a trace has no "
		    "end record\n");
}

/* Says that the file of a set is empty, and why. */
static void
warn_of_empty(struct output *out, const struct meta *m, size_t set,
    const char *why)
{
	char name[NAMING_MAX];

	naming_file(m->split, set, m->json, name);
	output_printf(out, "%s is empty%s%s\n", name, *why != '\0' ? ": " : "",
	    why);
}

static void
warn_of_field(struct output *out, const struct meta *m)
{
	size_t n;
	const struct str *category = split_categories(m->split, &n);

	if (m->field == NULL || n != 1 || !str_is(category[0], "unknown"))
		return;
	output_text(out, "nothing tells ");
	output_in_line(out, str_of(m->field));
	output_text(out, ": all are of the category unknown\n");
}

/* What was held out is in the last set. */
static void
warn_of_unseen(struct output *out, const struct meta *m)
{
	const struct str unseen = split_unseen(m->split);
	size_t categories, last = split_sets(m->split) - 1;
	char name[NAMING_MAX];

	naming_file(m->split, last, m->json, name);
	split_categories(m->split, &categories);
	if (categories < SPLIT_ENOUGH) {
		output_printf(out,
		    "%s is empty: to hold one out takes %d categories, there "
		    "%s %zu\n",
		    name, SPLIT_ENOUGH, categories == 1 ? "is" : "are",
		    categories);
	} else if (m->traces != NULL && m->count[last] == 0) {
		output_printf(out, "%s is empty: the traces of the category ",
		    name);
		output_in_line(out, unseen);
		output_text(out, " have no rows\n");
	}
}

static void
warn_of_seen(struct output *out, const struct meta *m)
{
	char name[NAMING_MAX];
	size_t groups;

	split_groups(m->split, SPLIT_SEEN, &groups);
	naming_file(m->split, SPLIT_SEEN, m->json, name);
	if (m->traces == NULL && groups == 0)
		warn_of_empty(out, m, SPLIT_SEEN,
		    "no category has groups left beside those that train");
	if (m->traces != NULL && m->divided)
		output_printf(out,
		    "no trace is left to test with: %s has the last rows of "
		    "%s\n",
		    name, m->compat ? "what would train" : "each that trains");
	else if (m->traces != NULL && m->count[SPLIT_SEEN] == 0)
		warn_of_empty(out, m, SPLIT_SEEN,
		    "no trace with rows is left beside those that train");
	if (m->traces != NULL && m->count[SPLIT_TRAIN] == 0)
		warn_of_empty(out, m, SPLIT_TRAIN, "");
}

static void
warn_of_folds(struct output *out, const struct meta *m)
{
	for (size_t i = 0; i < split_folds(m->split); i++) {
		size_t groups;

		split_groups(m->split, i, &groups);
		if (m->count[i] == 0)
			warn_of_empty(out, m, i,
			    groups > 0 ? "its traces have no rows"
				       : "there are more folds than groups");
	}
}

void
report_warnings(struct output *out, const struct meta *m, uint64_t told)
{
	warn_of_source(out, m, told);
	warn_of_field(out, m);
	if (m->hold_out)
		warn_of_unseen(out, m);
	if (split_folds(m->split) > 0)
		warn_of_folds(out, m);
	else
		warn_of_seen(out, m);
}

void
report_inferred(struct output *out, const struct collection *c)
{
	size_t named = 0, all = collection_inferred(c);

	for (size_t i = 0; i < c->n && named < NAMED; i++) {
		const struct collected *t = &c->trace[i];

		if (!t->inferred)
			continue;
		output_text(out, named++ > 0 ? ", " : "");
		output_in_line(out, str_of(t->trace_id));
		output_text(out, " (");
		output_in_line(out, str_of(t->category));
		output_byte(out, ')');
	}
	if (all > named)
		output_printf(out, " and %zu more", all - named);
}
