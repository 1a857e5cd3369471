/* SPDX-License-Identifier: MIT */
#include "energy/remarks.h"

#include <errno.h>
#include <inttypes.h>

#include "energy/alias.h"
#include "energy/survey.h"

static void
put_zone(struct output *out, const char *label)
{
	alias_put(out, str_of(label));
	output_text(out, ": ");
}

/* Says that a range was told for no zone. */
static void
put_no_zone(struct output *out, struct str zone)
{
	output_text(out, "--range: there is no zone ");
	alias_put(out, zone);
	output_byte(out, '\n');
}

static bool
is_zone(const struct zones *zones, struct str label)
{
	for (size_t i = 0; i < zones->n; i++)
		if (str_is(label, zones->zone[i].label))
			return true;
	return false;
}

static bool
lacks_range(const struct zone *z)
{
	return !z->left_out && !z->has_range && !z->virtual;
}

/* Tells whether Scaphandre may have written it. */
static bool
is_raw(const struct zone *z)
{
	return !z->left_out && !z->has_range && z->written_raw;
}

/* Writes what there is to say of all zones of a kind, if there are any. */
static void
put_kind(const struct zones *zones, bool (*is_of)(const struct zone *),
    const char *what, struct output *out)
{
	const struct zone *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < zones->n; i++)
		if (is_of(&zones->zone[i])) {
			if (n++ == 0)
				first = &zones->zone[i];
		}
	if (n == 0)
		return;
	alias_put(out, str_of(first->label));
	if (n > 1)
		output_printf(out, " and %zu more", n - 1);
	output_printf(out, ": %s\n", what);
}

void
remarks_before(const struct zones *zones, const struct arguments *a,
    struct output *out)
{
	for (size_t i = 0; i < a->ranges; i++)
		if (!is_zone(zones, a->range[i].zone))
			put_no_zone(out, a->range[i].zone);
	put_kind(zones, lacks_range,
	    "the range is not known: where it goes round, energy is not "
	    "measured; --range tells it",
	    out);
	if (a->fix)
		return;
	put_kind(zones, is_raw,
	    "written as by Scaphandre, of which 1.0.0 to 1.0.3 count about a "
	    "fifth of the energy: if it is one of them, use --scaphandre-fix",
	    out);
}

static bool
is_recorded(const struct meter *m, struct str label)
{
	for (size_t i = 0; i < m->n; i++)
		if (str_is(label, m->zone[i].label))
			return true;
	return false;
}

void
remarks_recorded(const struct meter *m, const struct arguments *a,
    struct output *out)
{
	for (size_t i = 0; i < a->ranges; i++)
		if (!is_recorded(m, a->range[i].zone))
			put_no_zone(out, a->range[i].zone);
}

/* Writes how many samples had a status, if any had. */
static void
put_count(const struct meter_zone *z, enum energy_status status,
    const char *what, struct output *out)
{
	if (z->total.status[status] == 0)
		return;
	put_zone(out, z->label);
	output_printf(out, "%s: %" PRIu64 "\n", what, z->total.status[status]);
}

void
remarks_after(const struct meter *m, uint64_t limit_w, struct output *out)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct meter_zone *z = &m->zone[i];

		put_count(z, ENERGY_RESET,
		    "samples without an energy, since the counter began anew",
		    out);
		put_count(z, ENERGY_UNKNOWN,
		    "samples without an energy, since the counter fell and "
		    "its range is not known",
		    out);
		put_count(z, ENERGY_UNREADABLE,
		    z->error != 0 ? strerror(z->error)
				  : "samples without a reading",
		    out);
		if (z->above > 0) {
			put_zone(out, z->label);
			output_printf(out,
			    "powers above %" PRIu64 " W: %" PRIu64
			    "; --max-watts should be higher, or wraps are "
			    "taken for resets\n",
			    limit_w, z->above);
		}
		if (z->unsure > 0) {
			put_zone(out, z->label);
			output_printf(out,
			    "times without a reading that are long enough for "
			    "the counter to go round at %" PRIu64 " W: %" PRIu64
			    "; there may be more energy\n",
			    limit_w, z->unsure);
		}
	}
}

bool
remarks_incomplete(const struct meter *m)
{
	for (size_t i = 0; i < m->n; i++) {
		const uint64_t *status = m->zone[i].total.status;

		if (status[ENERGY_RESET] > 0 || status[ENERGY_UNKNOWN] > 0 ||
		    status[ENERGY_UNREADABLE] > 0 || m->zone[i].unsure > 0)
			return true;
	}
	return false;
}

void
remarks_watts(const struct meter *m, size_t columns, struct output *out)
{
	static const char more[] = " ...";
	size_t end = 0;

	for (size_t i = 0; i < m->n; i++) {
		const struct meter_zone *z = &m->zone[i];

		if (i > 0)
			output_text(out, "  ");
		alias_put(out, str_of(z->label));
		if (z->has_power)
			output_printf(out, " %.1f W",
			    (double)z->power_uw / 1e6);
		else
			output_text(out, " - W");
		if (out->n + (i + 1 < m->n ? sizeof(more) : 1) > columns)
			break;
		end = out->n;
	}
	if (end == out->n)
		return;
	out->n = end;
	output_text(out, more);
}

size_t
remarks_unreadable(const struct zones *zones, struct output *out)
{
	bool advised = false;
	size_t n = 0;

	for (size_t i = 0; i < zones->n; i++) {
		const struct zone *z = &zones->zone[i];

		if (z->left_out || z->has_value || z->error == 0)
			continue;
		n++;
		if (z->error != EACCES && z->error != EPERM) {
			survey_advice(z->path, z->error, out);
		} else if (!advised) {
			survey_advice(z->path, z->error, out);
			advised = true;
		} else {
			put_zone(out, z->path);
			output_text(out, "the same\n");
		}
	}
	return n;
}
