/* SPDX-License-Identifier: MIT */
#include "dataset/sets.h"

#include <errno.h>
#include <stdlib.h>

#include "base/mem.h"
#include "dataset/past.h"

/* Begins a file unless an earlier one failed. */
static bool
add(struct sets *sets, const char *name, struct output **out)
{
	*out = files_add(&sets->files, name);
	return *out != NULL;
}

/* What an earlier data set had is not to stand beside this one. */
static void
replace_past(struct sets *sets, const char *path)
{
	char **name = past_files(path);

	for (size_t i = 0; name[i] != NULL; i++) {
		files_remove(&sets->files, name[i]);
		free(name[i]);
	}
	free(name);
}

int
sets_open(struct sets *sets, const struct split *split, bool json,
    const char *path)
{
	sets->n = split_sets(split);
	if (files_open(&sets->files, path) < 0)
		return -1;
	replace_past(sets, path);
	for (size_t i = 0; i < sets->n; i++) {
		naming_file(split, i, json, sets->name[i]);
		if (!add(sets, sets->name[i], &sets->set[i]))
			return -1;
	}
	naming_file(split, sets->n, json, sets->name[sets->n]);
	if (!add(sets, sets->name[sets->n], &sets->all) ||
	    !add(sets, "dataset_meta.json", &sets->meta))
		return -1;
	return 0;
}

/* Begins to copy the sets to all.csv, or does so again. */
static void
gather(struct sets *sets, uint64_t head, bool digests)
{
	whole_drop(sets->whole);
	sets->whole = whole_new(sets->set, sets->n, sets->all, head, digests);
}

void
sets_follow(struct sets *sets, const struct deal *deal)
{
	if (sets->whole == NULL)
		gather(sets, deal->head, !deal->compat);
	if (deal->set < sets->n)
		whole_until(sets->whole, deal->set);
}

/*
 * Ends the data set, each of whose sets has its rows: writes the other files
 * and names all.
 */
static int
end(struct sets *sets, struct meta *meta)
{
	struct files *files = &sets->files;
	const char *where;
	int done = whole_end(sets->whole, meta->file, &where);

	sets->whole = NULL;
	if (done < 0) {
		files_blame(files, where);
		return -1;
	}
	meta_put(sets->meta, meta);
	return files_commit(files);
}

/* In the original's manner a set without rows has no file. */
static void
drop_empty(struct sets *sets, const struct meta *meta)
{
	for (size_t i = 0; i < sets->n; i++)
		if (meta->compat && meta->count[i] == 0)
			files_drop(&sets->files, sets->set[i]);
}

int
sets_write(struct sets *sets, struct rows *rows, struct meta *meta)
{
	size_t n = rows_columns(rows);
	struct str *column = mem_alloc((n + 1) * sizeof(*column));
	int done = rows_write(rows, meta->split, meta->ratio, sets->set,
	    &meta->windows);

	for (size_t i = 0; i < n; i++)
		column[i] = rows_column(rows, i);
	meta->count = rows->count;
	meta->first = rows->first;
	meta->last = rows->last;
	meta->traces = origin_traces(&rows->origin);
	meta->divided = rows->divided;
	meta->groups = origin_groups(&rows->origin);
	meta->column = column;
	meta->columns = n;
	meta->type = str_of(rows->type);
	meta->other = rows->other;
	meta->unread = rows_unread(rows);
	if (done == 0) {
		drop_empty(sets, meta);
		gather(sets, rows->head, !meta->compat);
		done = end(sets, meta);
	}
	free(column);
	meta->column = NULL;
	return done;
}

int
sets_deal(struct sets *sets, const struct deal *deal, struct meta *meta)
{
	struct str column[SWITCHES_COLUMNS];
	size_t n = switches_columns(&deal->switches);
	int done;

	for (size_t i = 0; i < n; i++)
		column[i] = str_of(switches_column(&deal->switches, i));
	meta->traces = deal->traces;
	meta->count = deal->count;
	meta->groups = deal->traces->n;
	meta->column = column;
	meta->columns = n;
	meta->type = str_of("sched_switch");
	meta->divided = deal->divided;
	deal_windows(deal, &meta->windows);
	drop_empty(sets, meta);
	/* What was divided is no longer what was copied. */
	if (sets->whole == NULL || deal->divided)
		gather(sets, deal->head, !meta->compat);
	done = end(sets, meta);
	meta->column = NULL;
	return done;
}

void
sets_abandon(struct sets *sets)
{
	int why = errno;

	whole_drop(sets->whole);
	sets->whole = NULL;
	errno = why;
	files_abandon(&sets->files);
}

void
sets_close(struct sets *sets)
{
	files_close(&sets->files);
}
