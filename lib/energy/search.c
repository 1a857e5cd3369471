/* SPDX-License-Identifier: MIT */
#include "energy/search.h"

#include <errno.h>
#include <string.h>

#include "energy/alias.h"
#include "energy/remarks.h"
#include "energy/result.h"
#include "energy/survey.h"

/* Where zones are looked for, if no other place is told. */
static const char *const usual[] = { "/sys/class/powercap",
	"/var/lib/libvirt/scaphandre" };

void
search_failed(struct output *errors, const char *name, int error)
{
	alias_put(errors, str_of(name));
	output_printf(errors, ": %s\n", result_error(error));
}

static void
find_named(struct zones *zones, const char *path, struct output *errors)
{
	if (survey_named(zones, path) < 0)
		survey_advice(path, errno, errors);
}

/* Finds the zones that were named, or else those in the usual places. */
static void
find(struct zones *zones, const struct arguments *a, char *const *operands,
    struct output *errors)
{
	for (size_t i = 0; i < a->files; i++)
		find_named(zones, a->file[i], errors);
	for (; a->verb != VERB_RUN && *operands != NULL; operands++)
		find_named(zones, *operands, errors);
	for (size_t i = 0; i < a->roots; i++)
		if (survey_root(zones, a->root[i]) < 0)
			survey_advice(a->root[i], errno, errors);
	if (zones->n > 0 || a->roots > 0 || errors->n > 0)
		return;
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		if (survey_root(zones, usual[i]) < 0 && errno != ENOENT)
			survey_advice(usual[i], errno, errors);
}

/* A range that was told is right, whatever the kernel says. */
static void
set_ranges(struct zones *zones, const struct arguments *a)
{
	for (size_t i = 0; i < zones->n; i++) {
		struct zone *z = &zones->zone[i];
		uint64_t told = arguments_range(a, z->label);

		if (told == 0)
			continue;
		z->has_range = true;
		z->range_uj = told;
	}
}

static size_t
count_recorded(const struct zones *zones)
{
	size_t n = 0;

	for (size_t i = 0; i < zones->n; i++)
		n += !zones->zone[i].left_out;
	return n;
}

bool
search_zones(struct zones *zones, const struct arguments *a,
    char *const *operands, struct output *notes, struct output *errors)
{
	size_t unreadable;

	find(zones, a, operands, errors);
	survey_mirrors(zones, a->watts);
	zone_choose(zones, a->all);
	set_ranges(zones, a);
	if (zones->shut > 0)
		survey_advice(zones->shut_path, zones->shut_error, errors);
	unreadable = remarks_unreadable(zones, errors);
	if (zones->n == 0 && errors->n == 0)
		output_text(errors,
		    "there is no energy counter here; --files and --root tell "
		    "of others (virtual machines often have none)\n");
	if (a->list)
		return zones->n > 0;
	if (unreadable == count_recorded(zones))
		return false;
	zone_explain(zones, notes);
	remarks_before(zones, a, notes);
	return true;
}
