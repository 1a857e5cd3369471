/* SPDX-License-Identifier: MIT */
#include "energy/zone.h"

#include "energy/alias.h"
#include "energy/counter.h"

enum { WATTS = 400, GAP = 2, TENTH_NS = 100000000 };

static const char *
or_nothing(const char *text)
{
	return text != NULL && *text != '\0' ? text : "-";
}

/* Writes "intel-rapl:0 (package-0)". */
static void
put_zone(struct output *out, const struct zone *z)
{
	alias_put(out, str_of(z->label));
	if (z->name == NULL)
		return;
	output_text(out, " (");
	alias_put(out, str_of(z->name));
	output_text(out, ")");
}

/* Returns why a zone is not summed, but for the one that this is due to. */
static const char *
why_not(const struct zone *z)
{
	static const char *const why[ZONE_ROLES] = {
		[ZONE_PSYS] = "it holds the packages",
		[ZONE_PART] = "it is part of ",
		[ZONE_TWIN] = "it is the same as ",
		[ZONE_MIRROR] = "it shows the counter of ",
		[ZONE_SHARE] = "it is a virtual machine's share of the rest",
		[ZONE_FILE] = "it has no name, and may be part of the rest",
		[ZONE_OTHER] = "the packages may hold it",
	};

	return why[z->role];
}

void
zone_explain(const struct zones *zs, struct output *out)
{
	for (size_t i = 0; i < zs->n; i++) {
		const struct zone *z = &zs->zone[i];

		if (z->summed)
			continue;
		put_zone(out, z);
		output_text(out,
		    z->left_out ? " is left out: " : " is not summed: ");
		output_text(out, why_not(z));
		if (z->of != NULL)
			put_zone(out, z->of);
		output_byte(out, '\n');
	}
}

enum column { ZONE, NAME, ROLE, RANGE, UNIT, WRAP, USE, PATH, COLUMNS };

static const char *const titles[COLUMNS] = { "ZONE", "NAME", "ROLE", "RANGE_UJ",
	"UNIT_NJ", "WRAP_AT_400W", "USE", "PATH" };

/* Writes a number, or what stands for one that is not known. */
static void
put_number(struct output *out, bool known, uint64_t v)
{
	if (known)
		output_u64(out, v);
	else
		output_byte(out, '-');
}

/* Writes the seconds in which a counter surely does not go round. */
static void
put_wrap(struct output *out, const struct counter_law *law)
{
	int64_t ns = counter_round_time(law, WATTS);
	uint64_t tenths = (uint64_t)ns / TENTH_NS;

	put_number(out, ns < INT64_MAX, tenths / 10);
	if (ns < INT64_MAX)
		output_printf(out, ".%u", (unsigned)(tenths % 10));
}

/* Writes what stands in a column, of a zone or, if that is NULL, above all. */
static void
put_cell(struct output *out, const struct zone *z, enum column column)
{
	struct counter_law law;

	if (z == NULL) {
		output_text(out, titles[column]);
		return;
	}
	counter_law(&law, z->has_range ? z->range_uj : 0, WATTS);
	if (column == ZONE)
		alias_put(out, str_of(or_nothing(z->label)));
	else if (column == NAME)
		alias_put(out, str_of(or_nothing(z->name)));
	else if (column == ROLE)
		output_text(out, zone_role_word(z->role));
	else if (column == RANGE)
		put_number(out, z->has_range, z->range_uj);
	else if (column == UNIT)
		put_number(out, law.unit > 0, law.unit);
	else if (column == WRAP)
		put_wrap(out, &law);
	else if (column == USE)
		output_text(out,
		    z->summed         ? "summed"
			: z->left_out ? "left-out"
				      : "recorded");
	else
		alias_put(out, str_of(or_nothing(z->path)));
}

/* Writes a cell to cell; returns how many columns it takes on a terminal. */
static size_t
make_cell(struct output *cell, const struct zone *z, enum column column)
{
	size_t width = 0;

	cell->n = 0;
	put_cell(cell, z, column);
	for (size_t i = 0; i < cell->n; i++)
		width += ((unsigned char)cell->buf[i] & 0xc0) != 0x80;
	return width;
}

static void
put_line(struct output *out, struct output *cell, const struct zone *z,
    const size_t *width)
{
	for (enum column c = ZONE; c < COLUMNS; c++) {
		size_t n = make_cell(cell, z, c), fill = width[c] - n;
		bool right = c == RANGE || c == UNIT || c == WRAP;

		for (size_t i = 0; right && i < fill; i++)
			output_byte(out, ' ');
		output_put(out, cell->buf, cell->n);
		if (c == PATH)
			break;
		for (size_t i = right ? fill : 0; i < fill + GAP; i++)
			output_byte(out, ' ');
	}
	output_byte(out, '\n');
}

void
zone_list(const struct zones *zs, struct output *out)
{
	size_t width[COLUMNS] = { 0 }, n;
	struct output cell = { 0 };

	output_in_memory(&cell);
	for (size_t i = 0; i <= zs->n; i++)
		for (enum column c = ZONE; c < COLUMNS; c++) {
			n = make_cell(&cell, i > 0 ? &zs->zone[i - 1] : NULL,
			    c);
			width[c] = n > width[c] ? n : width[c];
		}
	for (size_t i = 0; i <= zs->n; i++)
		put_line(out, &cell, i > 0 ? &zs->zone[i - 1] : NULL, width);
	output_close(&cell);
}
