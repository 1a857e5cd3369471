/* SPDX-License-Identifier: MIT */
/* split: whole categories held out, the others dealt as CPython deals them */
#include <assert.h>

#include "dataset/split.h"

/* Draws groups, whose categories are letters of the alphabet. */
static struct split *
draw(struct split *s, const char *categories, const char *seed, double ratio,
    bool hold_out)
{
	struct mt mt;

	for (const char *c = categories; *c != '\0'; c++)
		split_add(s, (struct str){ c, 1 });
	assert(mt_seed_text(&mt, str_of(seed)));
	split_draw(s, &mt, ratio, hold_out);
	return s;
}

/* The same of a new split. */
static struct split *
given(const char *categories, const char *seed, double ratio, bool hold_out)
{
	return draw(split_new(), categories, seed, ratio, hold_out);
}

/* Tells whether a set holds those groups, in that order. */
static bool
holds(const struct split *s, size_t set, const char *groups)
{
	size_t n;
	const size_t *group = split_groups(s, set, &n);

	if (n != strlen(groups))
		return false;
	for (size_t i = 0; i < n; i++)
		if (group[i] != (size_t)(groups[i] - '0') ||
		    split_set(s, group[i]) != set)
			return false;
	return true;
}

/*
 * Groups 0 to 6 of the categories a, s, a, w, s, a, s: what a loop over
 * CPython's random.choice and random.shuffle makes of them.
 */
static void
draws_as_cpython_does(void)
{
	struct split *s = given("asawsas", "42", 0.8, true);

	assert(str_is(split_unseen(s), "w"));
	assert(holds(s, SPLIT_TRAIN, "2514"));
	assert(holds(s, SPLIT_SEEN, "06"));
	assert(holds(s, SPLIT_UNSEEN, "3"));
	assert(split_spread(s, SPLIT_TRAIN) == 2);
	assert(split_spread(s, SPLIT_UNSEEN) == 1);
	split_free(s);
	s = given("asawsas", "18446744073709551615", 0.8, true);
	assert(str_is(split_unseen(s), "a"));
	assert(holds(s, SPLIT_TRAIN, "643"));
	assert(holds(s, SPLIT_SEEN, "1"));
	assert(holds(s, SPLIT_UNSEEN, "025"));
	split_free(s);
	s = given("asawsas", "42", 0.8, false);
	assert(split_unseen(s).p == NULL);
	assert(holds(s, SPLIT_TRAIN, "20643"));
	assert(holds(s, SPLIT_SEEN, "51"));
	split_free(s);
}

/* The same loop, that deals what it shuffled to one fold after the other. */
static void
deals_to_folds(void)
{
	struct split *s = split_new();
	char name[SPLIT_NAME];

	split_into(s, 3);
	assert(draw(s, "asawsas", "42", 0.8, true) == s);
	assert(str_is(split_unseen(s), "w"));
	assert(split_folds(s) == 3 && split_sets(s) == 4);
	assert(holds(s, 0, "21") && holds(s, 1, "54") && holds(s, 2, "06"));
	assert(holds(s, 3, "3"));
	assert(split_spread(s, 0) == 2 && split_spread(s, 3) == 1);
	split_name(s, 2, name);
	assert(strcmp(name, "fold3") == 0);
	split_name(s, 3, name);
	assert(strcmp(name, "test_unseen") == 0);
	split_free(s);
	s = split_new();
	split_into(s, 12);
	draw(s, "aaa", "1", 0.8, true);
	assert(holds(s, 0, "1") && holds(s, 1, "2") && holds(s, 2, "0"));
	assert(holds(s, 3, "") && holds(s, 11, "") && holds(s, 12, ""));
	split_name(s, 0, name);
	assert(strcmp(name, "fold01") == 0);
	split_free(s);
	s = split_new();
	split_into(s, 3);
	draw(s, "aabbabab", "7", 0, false);
	assert(holds(s, 0, "647") && holds(s, 1, "132") && holds(s, 2, "05"));
	split_free(s);
}

static void
each_group_is_in_one_set(void)
{
	for (int seed = 0; seed < 50; seed++) {
		const char text[] = { (char)('0' + seed / 10),
			(char)('0' + seed % 10), '\0' };
		struct split *s = given("abcabcddaab", text, 0.5, true);
		int seen[11] = { 0 };

		for (size_t i = 0; i < split_sets(s); i++) {
			size_t n;
			const size_t *group = split_groups(s, i, &n);

			for (size_t k = 0; k < n; k++)
				seen[group[k]]++;
		}
		for (int i = 0; i < 11; i++)
			assert(seen[i] == 1);
		split_free(s);
	}
}

/* floor(n * ratio), but at least one; ten groups of one category. */
static void
ratio_is_of_groups(void)
{
	static const struct {
		double ratio;
		size_t train;
	} want[] = { { 0, 1 }, { 0.09, 1 }, { 0.19, 1 }, { 0.2, 2 }, { 0.8, 8 },
		{ 0.99, 9 }, { 1, 10 } };

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct split *s = given("aaaaaaaaaa", "1", want[i].ratio, true);
		size_t n;

		split_groups(s, SPLIT_TRAIN, &n);
		assert(n == want[i].train);
		split_groups(s, SPLIT_SEEN, &n);
		assert(n == 10 - want[i].train);
		split_free(s);
	}
}

static void
two_categories_are_too_few_to_hold_one_out(void)
{
	struct split *s = given("abab", "3", 0.5, true);

	assert(split_unseen(s).p == NULL);
	assert(holds(s, SPLIT_UNSEEN, ""));
	split_free(s);
	s = given("", "3", 0.5, true);
	assert(holds(s, SPLIT_TRAIN, ""));
	split_free(s);
}

/* As Python sorts strings: by code points, the shorter of two first. */
static void
categories_are_sorted_by_bytes(void)
{
	static const char *const name[] = { "b", "\xc3\xa9", "", "ab", "a",
		"B" };
	static const char *const want[] = { "", "B", "a", "ab", "b",
		"\xc3\xa9" };
	struct split *s = split_new();
	const struct str *sorted;
	struct mt mt;
	size_t n;

	for (int i = 0; i < 6; i++)
		split_add(s, str_of(name[i]));
	assert(mt_seed_text(&mt, str_of("1")));
	split_draw(s, &mt, 0.8, true);
	sorted = split_categories(s, &n);
	assert(n == 6);
	for (int i = 0; i < 6; i++)
		assert(str_is(sorted[i], want[i]));
	split_free(s);
}

static void
ratios_are_from_0_to_1(void)
{
	static const char *const bad[] = { "", "-1", "-0.1", "1.1", "2", "nan",
		"inf", "0x1p-1", " 0.5", "0.5 ", "0.5x", "1e1", "e", "." };
	double v = 7;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert(!split_ratio(bad[i], &v) && v == 7);
	assert(split_ratio("0", &v) && v == 0);
	assert(split_ratio("1", &v) && v == 1);
	assert(split_ratio(".8", &v) && v == 0.8);
	assert(split_ratio("5e-1", &v) && v == 0.5);
}

int
main(void)
{
	draws_as_cpython_does();
	deals_to_folds();
	each_group_is_in_one_set();
	ratio_is_of_groups();
	two_categories_are_too_few_to_hold_one_out();
	categories_are_sorted_by_bytes();
	ratios_are_from_0_to_1();
	split_free(NULL);
	return 0;
}
