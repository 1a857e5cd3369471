/* SPDX-License-Identifier: MIT */
#include "parquet/wish.h"

#include "base/num.h"

const char *
wish_names(struct wish_names *names, const char *list)
{
	for (;;) {
		const char *comma = strchrnul(list, ',');
		struct str name;

		if (comma == list)
			return "a name is empty";
		if (names->n == WISH_NAMES)
			return "there are too many names";
		name = (struct str){ list, (size_t)(comma - list) };
		for (size_t i = 0; i < names->n; i++)
			if (str_eq(names->name[i], name))
				return "a name is there twice";
		names->name[names->n++] = name;
		if (*comma == '\0')
			return NULL;
		list = comma + 1;
	}
}

bool
wish_bytes(const char *text, size_t *bytes)
{
	static const char units[] = "kMG";
	struct str s = str_of(text);
	const char *unit = s.n > 0
	    ? memchr(units, s.p[s.n - 1], sizeof(units) - 1)
	    : NULL;
	unsigned shift = unit != NULL ? 10 * (unsigned)(unit - units + 1) : 0;
	uint64_t n;

	s.n -= unit != NULL;
	if (!num_u64(s, &n) || n == 0 || n > (UINT64_C(1) << 40) >> shift)
		return false;
	*bytes = (size_t)(n << shift);
	return true;
}
