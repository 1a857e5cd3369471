/* SPDX-License-Identifier: MIT */
#include "energy/named.h"

#include <stdlib.h>

#include "base/mem.h"

static const char msr[] = "intel-rapl", mmio[] = "intel-rapl-mmio";

/* Returns what is behind the last c. */
static struct str
behind(struct str s, char c)
{
	const char *at = s.n > 0 ? memrchr(s.p, c, s.n) : NULL;

	return at != NULL ? str_skip(s, (size_t)(at - s.p) + 1) : s;
}

/* Returns the number of a zone, or NAMED_NONE. */
static int64_t
find(const struct intern *zones, struct str name)
{
	size_t id;

	return intern_find(zones, name, &id) ? (int64_t)id : NAMED_NONE;
}

/* Returns the nearest zone, of those whose names it begins with, or none. */
static int64_t
find_above(const struct intern *zones, struct str name, struct str id)
{
	int64_t of = NAMED_NONE;

	while (of == NAMED_NONE && memchr(id.p, ':', id.n) != NULL) {
		size_t cut = behind(id, ':').n + 1;

		name.n -= cut;
		id.n -= cut;
		of = find(zones, name);
	}
	return of;
}

/* Finds the zone that one of the mmio interface shows once more or is in. */
static void
judge_mmio(const struct intern *zones, struct str name, struct str id,
    struct named *judged)
{
	char *text = mem_alloc(name.n);
	size_t before = name.n - id.n;
	struct str other = { text, name.n - (strlen(mmio) - strlen(msr)) };
	char *p = str_copy(text, (struct str){ name.p, before });

	p = str_copy(p, str_of(msr));
	str_copy(p, str_skip(id, strlen(mmio)));
	judged->of = find(zones, other);
	if (judged->of != NAMED_NONE)
		judged->role = ZONE_TWIN;
	else if ((judged->of = find_above(zones, name, id)) == NAMED_NONE)
		judged->of = find_above(zones, other, str_skip(other, before));
	free(text);
}

/* Returns the zone that cores are part of, which has a name beside theirs. */
static int64_t
find_package(const struct intern *zones, struct str name, struct str word)
{
	static const char *const packages[] = { "package-0", "intel-rapl:0" };
	const size_t before = name.n - word.n;
	int64_t of = NAMED_NONE;

	if (before > 0)
		of = find(zones, (struct str){ name.p, before - 1 });
	for (size_t i = 0; i < 2 && of == NAMED_NONE; i++) {
		struct str package = str_of(packages[i]);
		char *text = mem_alloc(before + package.n);

		str_copy(str_copy(text, (struct str){ name.p, before }),
		    package);
		of = find(zones, (struct str){ text, before + package.n });
		free(text);
	}
	return of;
}

void
named_judge(const struct intern *zones, size_t zone, struct named *judged)
{
	struct str name = intern_str(zones, zone), id = behind(name, '/');
	struct str word = behind(id, ':');
	struct powercap place;
	uint64_t package;
	int64_t die;

	*judged = (struct named){ .role = ZONE_OTHER, .of = NAMED_NONE };
	powercap_read(&place, id);
	if (str_is(word, "psys"))
		judged->role = ZONE_PSYS;
	else if (str_is(word, "dram"))
		judged->role = ZONE_DRAM;
	else if (str_is(word, "core") || str_is(word, "uncore"))
		judged->of = find_package(zones, name, word);
	else if (powercap_package(word, &package, &die))
		judged->role = ZONE_PACKAGE;
	else if (place.n > 0 && str_is(place.type, mmio))
		judge_mmio(zones, name, id, judged);
	else if (place.n > 1)
		judged->of = find_above(zones, name, id);
	if (judged->role == ZONE_OTHER && judged->of != NAMED_NONE)
		judged->role = ZONE_PART;
	judged->summed = judged->of == NAMED_NONE && judged->role != ZONE_PSYS;
}
