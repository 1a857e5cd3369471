/* SPDX-License-Identifier: MIT */
/* named: what the names of recorded zones tell, in whatever order they come */
#undef NDEBUG
#include "energy/named.h"

#include <assert.h>
#include <stdio.h>

/* A zone, its role, and the zone that it is part of: NULL, it is summed. */
struct want {
	const char *name, *role, *of;
};

enum { MOST = 12 };

static void
is(const struct intern *zones, const struct want *want)
{
	struct named got;
	size_t id, of;

	assert(intern_find(zones, str_of(want->name), &id));
	named_judge(zones, id, &got);
	if (strcmp(zone_role_word(got.role), want->role) != 0)
		fprintf(stderr, "%s: %s\n", want->name,
		    zone_role_word(got.role));
	assert(strcmp(zone_role_word(got.role), want->role) == 0);
	assert(got.summed == (want->of == NULL && got.role != ZONE_PSYS));
	assert((got.of == NAMED_NONE) == (want->of == NULL));
	if (want->of != NULL)
		assert(intern_find(zones, str_of(want->of), &of) &&
		    (size_t)got.of == of);
}

/* Asserts what each zone is, among all of them in either order. */
static void
are(const struct want *want)
{
	size_t n = 0;

	while (n < MOST && want[n].name != NULL)
		n++;
	for (int back = 0; back < 2; back++) {
		struct intern *zones = intern_new();

		for (size_t i = 0; i < n; i++)
			intern_id(zones,
			    str_of(want[back ? n - 1 - i : i].name));
		for (size_t i = 0; i < n; i++)
			is(zones, &want[i]);
		intern_free(zones);
	}
}

static void
ids_tell_what_is_in_what(void)
{
	are((const struct want[]){ { "intel-rapl:0", "other", NULL },
	    { "intel-rapl:0:0", "part", "intel-rapl:0" },
	    { "intel-rapl:0:a:1", "part", "intel-rapl:0" },
	    { "intel-rapl:00", "other", NULL },
	    { "intel-rapl:1:0", "other", NULL }, /* without its package */
	    { "intel-rapl:1:0:2", "part", "intel-rapl:1:0" },
	    { "intel-rapl-mmio:0", "twin", "intel-rapl:0" },
	    { "intel-rapl-mmio:0:0", "twin", "intel-rapl:0:0" },
	    { "intel-rapl-mmio:0:7", "part", "intel-rapl-mmio:0" },
	    { "intel-rapl-mmio:1:0:2:1", "part", "intel-rapl:1:0:2" },
	    { "intel-rapl-mmio:5", "other", NULL }, { NULL, NULL, NULL } });
}

static void
names_of_the_kernel_tell_it_too(void)
{
	are((const struct want[]){ { "package-0", "package", NULL },
	    { "package-1-die-0", "package", NULL },
	    { "core", "part", "package-0" }, { "uncore", "part", "package-0" },
	    { "package-1-die-0:core", "part", "package-1-die-0" },
	    { "dram", "dram", NULL }, { "package-0/dram", "dram", NULL },
	    { "psys", "psys", NULL }, { "web", "other", NULL },
	    { NULL, NULL, NULL } });
	are((const struct want[]){ { "core", "other", NULL },
	    { "dram", "dram", NULL }, { NULL, NULL, NULL } });
	are((const struct want[]){ { "core", "part", "intel-rapl:0" },
	    { "intel-rapl:0", "other", NULL },
	    { "intel-rapl:0:dram", "dram", NULL }, { NULL, NULL, NULL } });
}

/* What is before a slash is a machine: zones are in those of the same one. */
static void
machines_are_apart(void)
{
	are((const struct want[]){ { "a/intel-rapl:0", "other", NULL },
	    { "b/intel-rapl:0:0", "other", NULL },
	    { "a/intel-rapl:0:0", "part", "a/intel-rapl:0" },
	    { "a/intel-rapl-mmio:0", "twin", "a/intel-rapl:0" },
	    { "b/intel-rapl-mmio:0", "other", NULL },
	    { "c/package-0", "package", NULL },
	    { "c/core", "part", "c/package-0" }, { "d/psys", "psys", NULL },
	    { "core", "other", NULL }, { NULL, NULL, NULL } });
}

static void
other_names_tell_nothing(void)
{
	are((const struct want[]){ { "node", "other", NULL },
	    { "node:1", "other", NULL }, /* a control type is no zone */
	    { "node:x", "other", NULL }, { "intel-rapl", "other", NULL },
	    { "intel-rapl-mmio", "other", NULL },
	    { "intel-rapl-mmio:", "other", NULL },
	    { "intel-rapl-mmio:x", "other", NULL }, { ":", "other", NULL },
	    { "/", "other", NULL }, { "package-", "other", NULL },
	    { NULL, NULL, NULL } });
}

int
main(void)
{
	ids_tell_what_is_in_what();
	names_of_the_kernel_tell_it_too();
	machines_are_apart();
	other_names_tell_nothing();
	return 0;
}
