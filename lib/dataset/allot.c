/* SPDX-License-Identifier: MIT */
#include "dataset/allot.h"

#include <stdlib.h>

#include "base/mem.h"
#include "dataset/divide.h"

/* Tells whether the rows of what trains have to be divided. */
static bool
must_divide(const struct split *split, const uint64_t *rows, double ratio)
{
	return split_folds(split) == 0 && rows[SPLIT_SEEN] == 0 &&
	    rows[SPLIT_TRAIN] > 0 && ratio < 1;
}

void
allot_open(struct allot *a, const struct split *split,
    const struct collection *traces, double ratio, bool compat)
{
	uint64_t rows[SPLIT_SETS] = { 0 };

	*a = (struct allot){ .split = split,
		.traces = traces,
		.compat = compat };
	for (size_t i = 0; traces != NULL && i < traces->n; i++)
		rows[split_set(split, i)] += traces->trace[i].rows;
	a->divided = must_divide(split, rows, ratio);
	if (!a->divided)
		return;
	a->left = mem_alloc(traces->n * sizeof(*a->left));
	for (size_t i = 0; i < traces->n; i++)
		a->left[i] = divide_share(traces->trace[i].rows, ratio);
	if (compat)
		a->left[0] = divide_share(rows[SPLIT_TRAIN], ratio);
}

size_t
allot_row(struct allot *a, size_t group)
{
	size_t set = split_set(a->split, group);
	uint64_t *left;

	if (!a->divided || set != SPLIT_TRAIN)
		return set;
	left = &a->left[a->compat ? 0 : group];
	if (*left == 0) {
		a->traces->trace[group].seen++;
		return SPLIT_SEEN;
	}
	--*left;
	return SPLIT_TRAIN;
}

void
allot_close(struct allot *a)
{
	free(a->left);
	a->left = NULL;
}
