/* SPDX-License-Identifier: MIT */
#include "base/duration.h"

#include "base/num.h"
#include "base/wide.h"

enum { PLACES = 9 };

static const struct unit {
	const char *word;
	int64_t ns;
} units[] = {
	/* Longer words first: each is looked for at the end. */
	{ "ns", 1 },
	{ "us", 1000 },
	{ "ms", 1000000 },
	{ "s", 1000000000 },
	{ "m", 60000000000 },
	{ "h", 3600000000000 },
	{ "d", 86400000000000 },
	{ "", 1000000000 },
};

/* Reads the digits behind a point, if any, as a number of 10^-9. */
static bool
read_places(struct str s, uint64_t *value)
{
	if (s.n == 0)
		return true;
	if (s.n > PLACES || !num_u64(s, value))
		return false;
	for (size_t i = s.n; i < PLACES; i++)
		*value *= 10;
	return true;
}

bool
duration_read(struct str text, int64_t *ns)
{
	const struct unit *unit = units;
	uint64_t whole = 0, part = 0;
	const char *point;
	wide sum;

	/* That of no word is at the end of all. */
	while (!str_ends(text, unit->word))
		unit++;
	text.n -= strlen(unit->word);
	if (text.n == 0 || str_is(text, "."))
		return false;
	point = memchr(text.p, '.', text.n);
	if (point != NULL) {
		size_t at = (size_t)(point - text.p);

		if (!read_places(str_skip(text, at + 1), &part))
			return false;
		text.n = at;
	}
	if ((point == NULL || text.n > 0) && !num_u64(text, &whole))
		return false;
	sum = (wide)whole * (uint64_t)unit->ns +
	    (wide)part * (uint64_t)unit->ns / 1000000000u;
	if (sum > INT64_MAX)
		return false;
	*ns = (int64_t)sum;
	return true;
}
