/* SPDX-License-Identifier: MIT */
#include "dataset/sets.h"

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

int
sets_write(struct sets *sets, struct rows *rows, const struct split *split,
    const struct meta *meta)
{
	struct files *files = &sets->files;

	if (rows_write(rows, split, sets->set) < 0)
		return -1;
	table_head(rows->table, sets->all);
	for (int i = 0; i < SPLIT_SETS; i++)
		if (files_append(files, sets->all, sets->set[i], rows->head) <
		    0)
			return -1;
	meta_put(sets->meta, meta, rows, split);
	return files_commit(files);
}

void
sets_abandon(struct sets *sets)
{
	files_abandon(&sets->files);
}
