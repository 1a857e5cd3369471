/* SPDX-License-Identifier: MIT */
/* allot: the last rows of what trains, where nothing is left to test with */
#include "dataset/allot.h"

#include <assert.h>

static struct collected trace[8];
static struct collection traces = { .trace = trace };

/* Draws n groups, whose categories are letters. */
static struct split *
drawn(const char *categories, double ratio)
{
	struct split *s = split_new();
	struct mt mt;

	for (const char *c = categories; *c != '\0'; c++)
		split_add(s, (struct str){ c, 1 });
	assert(mt_seed_text(&mt, str_of("42")));
	split_draw(s, &mt, ratio, true);
	return s;
}

/* Gives n traces as many rows as there are of their digits. */
static void
count_rows(size_t n, const char *groups)
{
	traces.n = n;
	for (size_t i = 0; i < n; i++)
		trace[i].rows = 0;
	for (; *groups != '\0'; groups++)
		trace[*groups - '0'].rows++;
}

/*
 * Tells whether rows of these groups, digits, go to these sets: t, s and u.
 * The traces have as many rows as there are digits.
 */
static bool
goes(const char *categories, double ratio, bool compat, const char *groups,
    const char *sets)
{
	struct split *split = drawn(categories, ratio);
	struct allot allot;
	bool good = true;

	count_rows(strlen(categories), groups);
	allot_open(&allot, split, &traces, ratio, compat);
	for (size_t i = 0; i < traces.n; i++)
		trace[i].seen = 0;
	assert(allot.divided == (strchr(sets, 's') != NULL));
	for (size_t i = 0; groups[i] != '\0'; i++)
		good &= allot_row(&allot, (size_t)(groups[i] - '0')) ==
		    (size_t)(strchr("tsu", sets[i]) - "tsu");
	for (size_t i = 0; sets[i] != '\0'; i++)
		trace[groups[i] - '0'].seen -= sets[i] == 's';
	for (size_t i = 0; i < traces.n; i++)
		good &= trace[i].seen == 0;
	allot_close(&allot);
	split_free(split);
	return good;
}

int
main(void)
{
	struct split *split;
	struct allot allot;

	/* floor(3 * 0.7) = 2, floor(4 * 0.7) = 2, floor(0.7) = 0 */
	assert(goes("ab", 0.7, false, "0001111", "ttsttss"));
	assert(goes("ab", 0.7, false, "1010101", "tttttss") == false);
	assert(goes("ab", 0.7, false, "1010101", "ttttsss"));
	assert(goes("ab", 0.7, false, "01", "ss"));
	/* The last of all: floor(7 * 0.7) = 4. */
	assert(goes("ab", 0.7, true, "0001111", "ttttsss"));
	assert(goes("ab", 0, false, "0011", "ssss"));
	assert(goes("ab", 1, false, "0011", "tttt"));
	/* Of three categories seed 42 holds out the last (CPython). */
	assert(goes("abc", 0.5, false, "00112222", "tstsuuuu"));
	/* Groups that are no traces stay whole. */
	split = drawn("ab", 0.5);
	allot_open(&allot, split, NULL, 0.5, false);
	assert(!allot.divided);
	for (int i = 0; i < 4; i++)
		assert(allot_row(&allot, 1) == SPLIT_TRAIN);
	allot_close(&allot);
	split_free(split);
	return 0;
}
