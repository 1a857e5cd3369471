/* SPDX-License-Identifier: MIT */
#include "energy/remarks.h"

#include <errno.h>
#include <inttypes.h>

#include "energy/alias.h"
#include "energy/survey.h"

/* Writes of which n zones a line is. */
static void
put_zones(struct output *out, const char *first, size_t n)
{
	alias_put(out, str_of(first));
	if (n > 1)
		output_printf(out, " and %zu more", n - 1);
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
	put_zones(out, first->label, n);
	output_text(out, what);
	output_byte(out, '\n');
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

/* What there can be to say of a zone, each with a count. */
enum kind { RESET, FELL, UNTIMED, UNREADABLE, ABOVE, UNSURE, KINDS };

static const struct text {
	const char *what, *behind; /* the count */
	bool watts;                /* stand before the count */
} texts[KINDS] = {
	[RESET] = { "samples without an energy, since the counter began anew",
	    "", false },
	[FELL] = { "samples without an energy, since the counter fell and its "
		   "range is not known",
	    "", false },
	[UNTIMED] = { "samples without an energy, since the time of a power "
		      "is not known (of the first change, or after a fall)",
	    "", false },
	[UNREADABLE] = { "samples without a reading", "", false },
	[ABOVE] = { "powers above",
	    "; --max-watts should be higher, or wraps are taken for resets",
	    true },
	[UNSURE] = { "times without a reading that are long enough for the "
		     "counter to go round at",
	    "; there may be more energy", true },
};

static uint64_t
count_of(const struct meter_zone *z, enum kind kind)
{
	const uint64_t *status = z->total.status;
	bool fix = z->counter.fix;

	switch (kind) {
	case RESET:
		return status[ENERGY_RESET];
	case FELL:
		return fix ? 0 : status[ENERGY_UNKNOWN];
	case UNTIMED:
		return fix ? status[ENERGY_UNKNOWN] : 0;
	case UNREADABLE:
		return status[ENERGY_UNREADABLE];
	case ABOVE:
		return z->above;
	default:
		return z->unsure;
	}
}

/* Tells whether the same is to be said of a zone, but for the count. */
static bool
is_alike(const struct meter_zone *z, const struct meter_zone *first,
    enum kind kind)
{
	return count_of(z, kind) > 0 &&
	    (kind != UNREADABLE || z->error == first->error);
}

/* Says why there was no reading. */
static const char *
why(int error)
{
	if (error == ESPIPE)
		return "no file that can be read again and again";
	return error == EINVAL ? "no number of microjoules" : strerror(error);
}

/* Writes a line for all zones that are like one, if that is their first. */
static void
put_alike(const struct meter *m, size_t zone, enum kind kind, uint64_t limit_w,
    struct output *out)
{
	const struct meter_zone *first = &m->zone[zone];
	const struct text *text = &texts[kind];
	uint64_t count = 0;
	size_t n = 0;

	for (size_t i = 0; i < zone; i++)
		if (is_alike(&m->zone[i], first, kind))
			return;
	for (size_t i = zone; i < m->n; i++)
		if (is_alike(&m->zone[i], first, kind)) {
			count += count_of(&m->zone[i], kind);
			n++;
		}
	put_zones(out, first->label, n);
	output_text(out, text->what);
	if (kind == UNREADABLE && first->error != 0)
		output_printf(out, " (%s)", why(first->error));
	if (text->watts)
		output_printf(out, " %" PRIu64 " W", limit_w);
	output_printf(out, ": %" PRIu64 "%s\n", count, text->behind);
}

void
remarks_after(const struct meter *m, uint64_t limit_w, struct output *out)
{
	for (enum kind kind = RESET; kind < KINDS; kind++) {
		int told = -1;

		for (size_t i = 0; i < m->n; i++) {
			/* Zones are alike but for what errno says of them. */
			int error = kind == UNREADABLE ? m->zone[i].error : 0;

			if (count_of(&m->zone[i], kind) == 0 || error == told)
				continue;
			put_alike(m, i, kind, limit_w, out);
			told = error;
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

/* Tells whether a zone that is recorded cannot be read. */
static bool
is_unreadable(const struct zone *z)
{
	return !z->left_out && !z->has_value && z->error != 0;
}

/* Returns errno, one for both that say that one may not. */
static int
error_of(const struct zone *z)
{
	return z->error == EPERM ? EACCES : z->error;
}

/* Writes advice for the first zone with its error, and names the others. */
static void
put_unreadable(const struct zones *zones, size_t zone, struct output *out)
{
	const struct zone *z = &zones->zone[zone], *other = NULL;
	size_t n = 0;

	for (size_t i = 0; i < zones->n; i++)
		if (is_unreadable(&zones->zone[i]) &&
		    error_of(&zones->zone[i]) == error_of(z)) {
			if (i < zone)
				return;
			if (n++ == 1)
				other = &zones->zone[i];
		}
	survey_advice(z->path, z->error, out);
	if (other == NULL)
		return;
	put_zones(out, other->path, n - 1);
	/* A file that is being written is not like a FIFO. */
	output_text(out,
	    z->error == ENODATA ? "nothing in it either\n" : "the same\n");
}

size_t
remarks_unreadable(const struct zones *zones, struct output *out)
{
	size_t n = 0;

	for (size_t i = 0; i < zones->n; i++)
		if (is_unreadable(&zones->zone[i])) {
			put_unreadable(zones, i, out);
			n++;
		}
	return n;
}
