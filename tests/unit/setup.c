/* SPDX-License-Identifier: MIT */
/* setup: masks of CPUs as the kernel reads them */
#include "tracefs/setup.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
mask_is(const char *list, const char *want)
{
	char *got = setup_mask(str_of(list));

	if (got == NULL || strcmp(got, want) != 0)
		fprintf(stderr, "%s: %s\n", list, got != NULL ? got : "none");
	assert(got != NULL && strcmp(got, want) == 0);
	free(got);
}

static void
lists(void)
{
	mask_is("0", "00000001");
	mask_is("1", "00000002");
	mask_is("0,2-5", "0000003d");
	mask_is("2-5,0", "0000003d");
	mask_is("0-31", "ffffffff");
	mask_is("31", "80000000");
	mask_is("32", "00000001,00000000");
	mask_is("63,0", "80000000,00000001");
	mask_is("31-32", "00000001,80000000");
	mask_is("64", "00000001,00000000,00000000");
	mask_is("0-95", "ffffffff,ffffffff,ffffffff");
	mask_is("7-7,7,7", "00000080");
	mask_is("007", "00000080");
}

static void
the_last_cpu_that_there_may_be(void)
{
	char *got = setup_mask(str_of("8191"));

	assert(strlen(got) == 256 * 9 - 1);
	assert(strncmp(got, "80000000,00000000,", 18) == 0);
	free(got);
	got = setup_mask(str_of("0-8191"));
	assert(strlen(got) == 256 * 9 - 1);
	assert(strspn(got, "f,") == strlen(got));
	free(got);
}

static void
no_lists(void)
{
	static const char *const bad[] = { "", ",", "0,", ",0", "0,,1", "-",
		"-1", "1-", "3-1", "0-1-2", "x", "0x1", "1 ", " 1", "0 1", "+1",
		"1.0", "8192", "0-8192", "18446744073709551615",
		"18446744073709551616", "0-18446744073709551616", "all", "0;1",
		"0\n", "4294967296", "\xff" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char *got = setup_mask(str_of(bad[i]));

		if (got != NULL)
			fprintf(stderr, "%s: %s\n", bad[i], got);
		assert(got == NULL);
	}
	/* A NUL ends no list. */
	assert(setup_mask((struct str){ "0\0,1", 4 }) == NULL);
}

int
main(void)
{
	lists();
	the_last_cpu_that_there_may_be();
	no_lists();
	return 0;
}
