/* SPDX-License-Identifier: MIT */
#include "energy/journal.h"

#include "energy/alias.h"

/* NEAR_S: rows of a second are not always just that apart. */
enum { MICRO = 6, NS_PER_MS = 1000000, NEAR_S = 990000000 };

void
journal_open(struct journal *j, enum argument_format format, struct output *out,
    unsigned smooth, bool fine)
{
	*j = (struct journal){ .format = format, .out = out, .begin = -1 };
	columns_open(&j->columns, out, smooth, fine);
}

void
journal_add(struct journal *j, struct str label)
{
	if (j->format == FORMAT_CSV && !j->columns.headed)
		columns_add(&j->columns, label);
}

void
journal_zone(struct journal *j, const struct sample_zone *z)
{
	if (j->format != FORMAT_RECORDS)
		return;
	sample_put_zone(j->out, z);
	j->records++;
}

/* Ends the row: the next one is so many ns behind it, or there is none. */
static void
end_row(struct journal *j, int64_t apart)
{
	if (j->unsure && !j->columns.headed)
		j->columns.fine = apart < NEAR_S;
	columns_row(&j->columns, j->row);
	j->begin = -1;
}

void
journal_sample(struct journal *j, size_t zone, const struct sample *s,
    int64_t ts)
{
	if (j->format == FORMAT_RECORDS) {
		sample_put(j->out, s);
		j->records++;
		j->late += s->late;
	} else if (j->format == FORMAT_CSV) {
		if (columns_filled(&j->columns, zone))
			end_row(j, ts - j->begin);
		if (j->begin < 0)
			j->begin = ts;
		columns_put(&j->columns, zone, s);
		if (columns_filled(&j->columns, zone))
			j->row = ts;
	}
}

void
journal_row(struct journal *j)
{
	if (j->format == FORMAT_CSV)
		end_row(j, 0);
}

void
journal_end(struct journal *j, const struct frame *said, uint64_t bad)
{
	static const struct frame nothing = { .traces = 0 };

	if (said == NULL)
		said = &nothing;
	journal_row(j);
	if (j->format != FORMAT_RECORDS)
		return;
	frame_open_end(j->out, j->records, said->lost, said->lost_marks,
	    said->bad + bad);
	json_put_u64(j->out, "late", j->late);
	if (said->short_cut)
		json_put_bool(j->out, "cut_short", true);
	json_close(j->out);
	j->records = 0;
	j->late = 0;
}

static void
put_decimal(struct output *out, wide v, unsigned places)
{
	output_used(out,
	    wide_put_decimal(output_room(out, WIDE_TEXT + 2), v, places));
}

/* Writes joules and mean milliwatts. */
static void
put_energy(struct output *out, wide uj, wide mw)
{
	put_decimal(out, uj, MICRO);
	output_text(out, " J   avg ");
	put_decimal(out, mw, 3);
	output_text(out, " W");
}

/* What leaves a gap in what was measured. */
static const enum energy_status gaps[] = { ENERGY_RESET, ENERGY_UNKNOWN,
	ENERGY_UNREADABLE };
enum { GAPS = sizeof(gaps) / sizeof(gaps[0]) };

/* Says what left gaps in the time of a zone. */
static void
put_gaps(struct output *out, const struct meter_zone *z)
{
	for (size_t i = 0; i < GAPS; i++)
		if (z->total.status[gaps[i]] > 0)
			output_printf(out, "   %s: %llu",
			    energy_status_word(gaps[i]),
			    (unsigned long long)z->total.status[gaps[i]]);
}

/* Returns the mean milliwatts of a zone: of all the time, but for gaps. */
static wide
mean_of(const struct meter_zone *z, int64_t dur)
{
	wide time = (wide)dur;

	for (size_t i = 0; i < GAPS; i++)
		if (z->total.status[gaps[i]] > 0)
			time = z->total.measured;
	return time > 0 ? wide_scale(z->total.uj, NS_PER_MS, time) : 0;
}

/* Writes a zone's line, without its end. */
static void
put_zone(struct output *out, const struct meter_zone *z, wide mw,
    const char *path)
{
	alias_put(out, str_of(z->label));
	output_text(out, ": ");
	if (z->measured)
		put_energy(out, z->total.uj, mw);
	else
		output_text(out, "not measured");
	if (path != NULL) {
		output_text(out, "   (");
		alias_put(out, str_of(path));
		output_byte(out, ')');
	}
	put_gaps(out, z);
}

void
journal_text(struct output *out, const struct meter *m, int64_t dur,
    const bool *summed, const char *const *paths)
{
	wide uj = 0, mw = 0;
	size_t parts = 0;

	output_text(out, "Duration: ");
	put_decimal(out, wide_scale((wide)dur, 1, NS_PER_MS), 3);
	output_text(out, "s\n");
	for (size_t i = 0; i < m->n; i++) {
		const struct meter_zone *z = &m->zone[i];
		wide mean = mean_of(z, dur);

		put_zone(out, z, mean, paths[i]);
		output_byte(out, '\n');
		if (z->measured && summed[i]) {
			uj += z->total.uj;
			mw += mean;
			parts++;
		}
	}
	if (parts > 1) {
		output_printf(out, "sum of %zu: ", parts);
		put_energy(out, uj, mw);
		output_byte(out, '\n');
	}
}
