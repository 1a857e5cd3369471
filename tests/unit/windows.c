/* SPDX-License-Identifier: MIT */
/* windows: how many there are, none beyond the rows of a group */
#include <assert.h>

#include "dataset/windows.h"

/* Begins of windows in n rows, one by one. */
static uint64_t
begins(uint64_t rows, uint64_t size, uint64_t stride)
{
	uint64_t n = 0;

	for (uint64_t at = 0; at + size <= rows; at += stride)
		n++;
	return n;
}

static void
as_many_as_begin(void)
{
	for (uint64_t rows = 0; rows < 20; rows++)
		for (uint64_t size = 1; size < 12; size++)
			for (uint64_t stride = 1; stride < 9; stride++) {
				struct windows w;

				windows_open(&w, size, stride);
				windows_add(&w, SPLIT_SEEN, rows);
				assert(w.count[SPLIT_SEEN] ==
				    begins(rows, size, stride));
				assert(w.count[SPLIT_TRAIN] == 0);
				windows_end(&w);
			}
}

/* Rows of two groups that take turns: 0 has five, 7 has four. */
static void
none_is_of_two_groups(void)
{
	struct windows w;

	windows_open(&w, 3, 1);
	for (int i = 0; i < 9; i++)
		windows_row(&w, i % 2 == 0 ? 0 : 7, SPLIT_UNSEEN);
	windows_end(&w);
	assert(w.count[SPLIT_UNSEEN] == 3 + 2);
}

/* A group of seven rows, of which four train and three test. */
static void
none_is_of_two_sets(void)
{
	struct windows w;

	windows_open(&w, 3, 1);
	for (int i = 0; i < 7; i++)
		windows_row(&w, 1, i < 4 ? SPLIT_TRAIN : SPLIT_SEEN);
	windows_end(&w);
	assert(w.count[SPLIT_TRAIN] == 2 && w.count[SPLIT_SEEN] == 1);
}

static void
nobody_asks(void)
{
	struct windows w = { 0 };

	windows_row(&w, 5, SPLIT_TRAIN);
	windows_add(&w, SPLIT_TRAIN, 100);
	windows_end(&w);
	assert(w.count[SPLIT_TRAIN] == 0);
}

int
main(void)
{
	as_many_as_begin();
	none_is_of_two_groups();
	none_is_of_two_sets();
	nobody_asks();
	return 0;
}
