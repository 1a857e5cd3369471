/* SPDX-License-Identifier: MIT */
#include "dataset/naming.h"

#include <stdio.h>

void
naming_file(const struct split *split, size_t set, bool json,
    char name[NAMING_MAX])
{
	char of_set[SPLIT_NAME] = "all";

	if (set < split_sets(split))
		split_name(split, set, of_set);
	snprintf(name, NAMING_MAX, "%s.%s", of_set, json ? "jsonl" : "csv");
}

bool
naming_is_file(const char *name)
{
	static const char *const set[] = { "train", "test_seen", "test_unseen",
		"all" };
	size_t n = strcspn(name, "."), digits;

	if (strcmp(name + n, ".csv") != 0 && strcmp(name + n, ".jsonl") != 0)
		return false;
	for (size_t i = 0; i < sizeof(set) / sizeof(set[0]); i++)
		if (str_is((struct str){ name, n }, set[i]))
			return true;
	if (n < 5 || memcmp(name, "fold", 4) != 0)
		return false;
	digits = strspn(name + 4, "0123456789");
	return digits <= 2 && digits == n - 4;
}
