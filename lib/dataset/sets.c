/* SPDX-License-Identifier: MIT */
#include "dataset/sets.h"

#include <stdlib.h>

#include "base/mem.h"

const char *
sets_name(enum split_set set)
{
	static const char *const name[SPLIT_SETS] = { "train.csv",
		"test_seen.csv", "test_unseen.csv" };

	return name[set];
}

/* Begins a file unless an earlier one failed. */
static bool
add(struct sets *sets, const char *name, struct output **out)
{
	*out = files_add(&sets->files, name);
	return *out != NULL;
}

int
sets_open(struct sets *sets, const char *path)
{
	if (files_open(&sets->files, path) < 0)
		return -1;
	for (int i = 0; i < SPLIT_SETS; i++)
		if (!add(sets, sets_name(i), &sets->set[i]))
			return -1;
	if (!add(sets, "all.csv", &sets->all) ||
	    !add(sets, "dataset_meta.json", &sets->meta))
		return -1;
	return 0;
}

/*
 * Finds the digests.  all.csv has the names of the columns once, and begins
 * as the first file does, so that one is not read again for it.
 */
static int
sum_up(struct sets *sets, uint64_t head, struct meta *meta)
{
	struct meta_file *file = meta->file, *whole = &file[SPLIT_SETS];
	struct digest *own, *all = digest_new();
	int64_t n = digest_read(all, sets->set[0]->fd, 0);

	own = digest_copy(all);
	file[0].bytes = whole->bytes = (uint64_t)n;
	digest_end(own, file[0].sha256);
	for (int i = 1; i < SPLIT_SETS && n >= 0; i++) {
		int fd = sets->set[i]->fd;

		own = digest_new();
		n = digest_read(own, fd, 0);
		file[i].bytes = (uint64_t)n;
		digest_end(own, file[i].sha256);
		if (n >= 0)
			n = digest_read(all, fd, head);
		whole->bytes += (uint64_t)n;
	}
	digest_end(all, whole->sha256);
	return n < 0 ? -1 : 0;
}

/*
 * Ends the data set, each of whose sets has its rows behind the names of the
 * columns, head bytes: writes the other files and names all.
 */
static int
end(struct sets *sets, uint64_t head, struct meta *meta)
{
	struct files *files = &sets->files;
	struct output *first = sets->set[0];

	/* The names of the columns are the same in all. */
	if (files_append(files, sets->all, first, 0) < 0)
		return -1;
	for (int i = 1; i < SPLIT_SETS; i++)
		if (files_append(files, sets->all, sets->set[i], head) < 0)
			return -1;
	if (!meta->compat && sum_up(sets, head, meta) < 0)
		return -1;
	meta_put(sets->meta, meta);
	return files_commit(files);
}

int
sets_write(struct sets *sets, struct rows *rows, struct meta *meta)
{
	size_t n = rows_columns(rows);
	struct str *column = mem_alloc((n + 1) * sizeof(*column));
	int done = rows_write(rows, meta->split, sets->set);

	for (size_t i = 0; i < n; i++)
		column[i] = rows_column(rows, i);
	meta->count = rows->count;
	meta->groups = groups_count(rows->groups);
	meta->column = column;
	meta->columns = n;
	meta->type = str_of(rows->type);
	meta->other = rows->other;
	if (done == 0)
		done = end(sets, rows->head, meta);
	free(column);
	meta->column = NULL;
	return done;
}

int
sets_deal(struct sets *sets, const struct deal *deal, struct meta *meta)
{
	struct str column[SWITCHES_COLUMNS];
	int done;

	for (int i = 0; i < SWITCHES_COLUMNS; i++)
		column[i] = str_of(switches_column[i]);
	meta->traces = deal->traces;
	meta->count = deal->count;
	meta->groups = deal->traces->n;
	meta->column = column;
	meta->columns = SWITCHES_COLUMNS;
	meta->type = str_of("sched_switch");
	meta->divided = deal->divided;
	for (int i = 0; i < SPLIT_SETS; i++)
		if (meta->compat && deal->count[i] == 0)
			sets->gone[i] = files_drop(&sets->files, sets->set[i]);
	done = end(sets, deal->head, meta);
	meta->column = NULL;
	return done;
}

void
sets_abandon(struct sets *sets)
{
	files_abandon(&sets->files);
}
