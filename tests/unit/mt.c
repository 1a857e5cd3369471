/* SPDX-License-Identifier: MIT */
/* mt: the numbers of CPython's random, taken down from CPython 3.11 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "dataset/mt.h"

enum { VECTORS = 66 }; /* lines of the file */

/* Checks a line: seed, categories, choice, and what was shuffled. */
static void
check(char *line)
{
	const char *seed = strsep(&line, "\t");
	uint64_t categories, choice;
	struct mt mt;

	assert(num_u64(str_of(strsep(&line, "\t")), &categories));
	assert(num_u64(str_of(strsep(&line, "\t")), &choice));
	assert(mt_seed_text(&mt, str_of(seed)));
	assert(mt_below(&mt, categories) == choice);
	for (size_t k = 1; k <= 8; k++) {
		size_t item[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };

		mt_shuffle(&mt, item, k);
		for (size_t j = 0; j < k; j++)
			assert(item[j] == (size_t)(line[j] - '0'));
		line += k + (k < 8);
	}
	assert(strcmp(line, "\n") == 0);
}

/*
 * tests/data/mt-vectors.tsv was written by CPython: of a generator, seeded by
 * random.seed(seed), random.choice(range(categories)) and then
 * random.shuffle(list(range(k))) for k = 1 to 8.
 */
static void
draws_as_cpython_does(void)
{
	FILE *f = fopen("tests/data/mt-vectors.tsv", "r");
	char line[256];
	int n = 0;

	assert(f != NULL);
	while (fgets(line, sizeof(line), f) != NULL)
		if (line[0] != '#') {
			check(line);
			n++;
		}
	fclose(f);
	assert(n == VECTORS);
}

/* The first numbers that the authors of MT19937 print for this key. */
static void
puts_out_what_its_authors_published(void)
{
	static const uint32_t key[] = { 0x123, 0x234, 0x345, 0x456 };
	struct mt mt;

	mt_seed(&mt, key, 4);
	assert(mt_next(&mt) == 1067595299u);
	assert(mt_next(&mt) == 955945823u);
	assert(mt_next(&mt) == 477289528u);
}

static void
long_lists_and_large_numbers(void)
{
	static size_t item[10000];
	struct mt mt;

	assert(mt_seed_text(&mt, str_of("42")));
	for (size_t i = 0; i < 10000; i++)
		item[i] = i;
	mt_shuffle(&mt, item, 10000);
	assert(item[0] == 3771 && item[4999] == 3820 && item[9999] == 1824);
	assert(mt_seed_text(&mt, str_of("42")));
	assert(mt_below(&mt, 1000000000039) == 123005401501);
	assert(mt_below(&mt, 1000000000039) == 811856239313);
	assert(mt_below(&mt, 1000000000039) == 267469214295);
}

static void
seeds_of_any_size(void)
{
	char text[MT_DIGITS + 2] = "1";
	struct mt mt;

	assert(mt_seed_text(&mt, str_of("18446744073709551615")));
	assert(mt_next(&mt) == 93740670u);
	assert(mt_next(&mt) == 1068495656u);
	/* 7 more than 10 to the power of 400 */
	memset(text + 1, '0', 399);
	text[400] = '7';
	assert(mt_seed_text(&mt, str_of(text)));
	assert(mt_next(&mt) == 641582644u);
	assert(mt_next(&mt) == 930827141u);
	memset(text, '9', MT_DIGITS);
	text[MT_DIGITS] = '\0';
	assert(mt_seed_text(&mt, str_of(text)));
	text[MT_DIGITS] = '9';
	assert(!mt_seed_text(&mt, str_of(text)));
}

static void
what_is_no_integer_is_no_seed(void)
{
	static const char *const bad[] = { "", "-", "x", "1x", "1 2", "- 1",
		"_1", "1_", "1__2", "--1", "+-1", "1.0", "0x10", "1e3" };
	struct mt mt;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert(!mt_seed_text(&mt, str_of(bad[i])));
}

int
main(void)
{
	draws_as_cpython_does();
	puts_out_what_its_authors_published();
	long_lists_and_large_numbers();
	seeds_of_any_size();
	what_is_no_integer_is_no_seed();
	return 0;
}
