/* SPDX-License-Identifier: MIT */
/*
 * counts: of any stats file only numbers are taken, and of any list of CPUs
 * the mask names just those
 */
#include "tracefs/counts.h"

#include <string.h>

#include "check.h"
#include "tracefs/setup.h"

enum { CPUS_MAX = 8192 };

/* What was not told stays; the lines alone say no more than all of them. */
static void
check_counts(struct str text)
{
	struct counts all = { .cpu = 7, .entries = 42 }, lines = all;
	struct str rest = text, line;
	bool any = false;

	while (str_line(&rest, &line))
		any |= counts_parse(&lines, line);
	CHECK(counts_parse(&all, text) == any);
	CHECK(all.cpu == 7 && all.entries == lines.entries);
	CHECK(counts_lost(&all) == counts_lost(&lines));
	CHECK(all.read == lines.read && all.now == lines.now);
	CHECK(any || all.read == 0);
}

/* Tells whether a mask, whose last digit is of CPU 0, has a CPU. */
static bool
has(const char *mask, size_t cpu)
{
	size_t n = strlen(mask), at = cpu / 4 + cpu / 32;
	char digit;

	if (at >= n)
		return false;
	digit = mask[n - 1 - at];
	return ((digit <= '9' ? digit - '0' : digit - 'a' + 10) >> cpu % 4 &
		   1) != 0;
}

/* A mask is words of eight digits; as a list of single CPUs it is the same. */
static void
check_mask(struct str text)
{
	char *mask = setup_mask(text), *again;
	static char list[CPUS_MAX * 5];
	size_t n = 0;

	if (mask == NULL)
		return;
	CHECK(strlen(mask) % 9 == 8);
	CHECK(strspn(mask, "0123456789abcdef,") == strlen(mask));
	for (size_t cpu = 0; cpu < CPUS_MAX; cpu++)
		if (has(mask, cpu))
			n += (size_t)snprintf(list + n, sizeof(list) - n,
			    "%s%zu", n > 0 ? "," : "", cpu);
	CHECK(n > 0);
	again = setup_mask((struct str){ list, n });
	CHECK(again != NULL && strcmp(mask, again) == 0);
	free(again);
	free(mask);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };

	check_counts(text);
	check_mask(text);
	return 0;
}
