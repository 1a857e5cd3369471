/* SPDX-License-Identifier: MIT */
/* mt: the numbers of CPython's random, taken down from CPython 3.11 */
#include <assert.h>
#include <string.h>

#include "dataset/mt.h"

/*
 * random.seed(seed); random.choice(range(categories)); then, of the same
 * generator, random.shuffle(list(range(k))) for k = 1 to 8.
 */
static const struct {
	const char *seed;
	uint64_t categories, choice;
	const char *shuffled;
} vector[] = {
	{ "0", 3, 1, "0 01 210 0213 10423 530214 5031624 70432561" },
	{ "0", 7, 6, "0 01 201 0132 04123 203514 1532406 37126504" },
	{ "1", 12, 2, "0 10 201 0213 24013 152430 6041235 23147605" },
	{ "2", 6, 0, "0 10 210 0321 30412 052314 0132456 57132604" },
	{ "7", 12, 5, "0 10 201 1320 13402 241350 6253401 71204653" },
	{ "42", 3, 2, "0 10 210 3201 31240 123450 5321064 51602473" },
	{ "42", 4, 0, "0 10 012 3201 31240 123450 5321064 51602473" },
	{ "42", 6, 5, "0 10 210 3201 31240 123450 5321064 51602473" },
	{ "123", 12, 0, "0 01 210 1302 40123 043251 2340615 14532706" },
	{ "1234", 7, 6, "0 01 120 1320 23140 321450 6250134 56271340" },
	{ "2147483648", 4, 2, "0 01 102 1230 31042 215340 0465132 74625310" },
	{ "4294967296", 12, 1, "0 01 201 3120 12034 541230 5420163 30615742" },
	{ "18446744073709551621", 3, 2,
	    "0 10 201 1032 20143 012453 5621043 43025716" },
	{ "18446744073709551621", 4, 0,
	    "0 01 102 1032 20143 012453 5621043 43025716" },
	{ "-42", 12, 10, "0 10 210 3201 31240 123450 5321064 51602473" },
};

static void
draws_as_cpython_does(void)
{
	for (size_t i = 0; i < sizeof(vector) / sizeof(vector[0]); i++) {
		const char *want = vector[i].shuffled;
		struct mt mt;

		assert(mt_seed_text(&mt, str_of(vector[i].seed)));
		assert(mt_below(&mt, vector[i].categories) == vector[i].choice);
		for (size_t k = 1; k <= 8; k++) {
			size_t item[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };

			mt_shuffle(&mt, item, k);
			for (size_t j = 0; j < k; j++)
				assert(item[j] == (size_t)(want[j] - '0'));
			want += k + 1;
		}
	}
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
	static const char *const bad[] = { "", "-", "x", "1x", " 1", "1 ", "+1",
		"--1", "1.0", "0x10", "1e3" };
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
