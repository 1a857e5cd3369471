/* SPDX-License-Identifier: MIT */
#include "tracefs/similar.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST = 64, SHORTEST_PART = 3 };

static size_t
smallest(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Returns how many letters have to change to make a b. */
static size_t
changes(const char *a, const char *b)
{
	size_t row[LONGEST], n = strlen(b);

	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 0; a[i] != '\0'; i++) {
		size_t before = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < n; j++) {
			size_t same = before + (lower(a[i]) != lower(b[j]));

			before = row[j + 1];
			row[j + 1] = smallest(same, row[j] + 1, before + 1);
		}
	}
	return row[n];
}

size_t
similar_distance(const char *typed, const char *name)
{
	size_t n = strlen(typed), allowed = (n + 2) / 4, far;

	if (n == 0 || n >= LONGEST || strlen(name) >= LONGEST)
		return SIZE_MAX;
	far = changes(typed, name);
	if (far <= allowed)
		return far;
	if (n >= SHORTEST_PART && strcasestr(name, typed) != NULL)
		return allowed + strlen(name) - n;
	return SIZE_MAX;
}
