/* SPDX-License-Identifier: MIT */
#include "energy/statement.h"

#include "base/num.h"
#include "energy/alias.h"
#include "energy/watts.h"
#include "record/csv.h"
#include "record/json.h"

enum {
	COLUMNS = 24,
	TEXT = WIDE_TEXT + 2,
	NS_PLACES = 9,
};

enum kind { ABSENT, NUMBER, DECIMAL, NAME };

/* A value of a row, as text. */
struct column {
	const char *key;
	enum kind kind;
	struct str text; /* into the digits, but for a name */
	char digits[TEXT];
};

struct columns {
	struct column column[COLUMNS];
	size_t n;
};

static struct column *
add(struct columns *all, const char *key, enum kind kind)
{
	struct column *c = &all->column[all->n++];

	c->key = key;
	c->kind = kind;
	c->text = (struct str){ c->digits, 0 };
	return c;
}

static void
add_number(struct columns *all, const char *key, bool known, wide v)
{
	struct column *c = add(all, key, known ? NUMBER : ABSENT);

	if (known)
		c->text.n = wide_put(c->digits, v);
}

static void
add_watts(struct columns *all, const char *key, bool known, wide uw)
{
	struct column *c = add(all, key, known ? DECIMAL : ABSENT);

	if (known)
		c->text.n = wide_put_decimal(c->digits, uw, WATTS_PLACES);
}

static void
add_counts(struct columns *all, const struct account *a)
{
	static const enum energy_status order[] = { ENERGY_WRAP, ENERGY_RESET,
		ENERGY_STALE, ENERGY_MISSED, ENERGY_UNREADABLE,
		ENERGY_UNKNOWN };

	add_watts(all, "min_w", a->has_power, a->least_uw);
	add_watts(all, "max_w", a->has_power, a->most_uw);
	add_number(all, "samples", true, a->samples);
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		add_number(all, energy_status_word(order[i]), true,
		    a->status[order[i]]);
}

/* Returns the time of a row that was not measured. */
static wide
unmeasured(const struct statement_row *row)
{
	wide measured = row->account->measured;

	return row->dur > measured ? row->dur - measured : 0;
}

static void
set_columns(struct columns *all, const struct statement_row *row)
{
	const struct account *a = row->account;
	const struct interval *i = row->interval;
	struct column *c;
	wide mean;
	bool known = account_mean(a, &mean);

	all->n = 0;
	c = add(all, "ts", NUMBER);
	c->text.n = num_put_signed(c->digits, row->ts);
	c = add(all, "zone", row->zone.p != NULL ? NAME : ABSENT);
	c->text = row->zone;
	add_number(all, "dur", true, row->dur);
	add_number(all, "measured", true, a->measured);
	add_number(all, "unmeasured", true, unmeasured(row));
	add_number(all, "energy_uj", a->known, a->uj);
	add_watts(all, "mean_w", known, mean);
	if (i == NULL) {
		add_counts(all, a);
		return;
	}
	add_number(all, "interval", true, i->no);
	add_number(all, "span", i->has_span, i->span);
	add_number(all, "trace", i->has_trace, i->trace);
}

static void
put_record(struct output *out, const struct columns *all)
{
	json_open(out, "energy_sum");
	for (size_t i = 0; i < all->n; i++) {
		const struct column *c = &all->column[i];
		struct json_field f = { .key = str_of(c->key),
			.value = c->text,
			.kind = JSON_INTEGER };

		if (c->kind == ABSENT)
			json_put_null(out, c->key);
		else if (c->kind == NAME)
			json_put_name(out, c->key, c->text);
		else
			json_put_field(out, &f);
	}
	json_close(out);
}

/* A row of CSV: the keys, or the values. */
static void
put_csv(struct output *out, const struct columns *all, bool keys)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct column *c = &all->column[i];

		if (i > 0)
			output_byte(out, ',');
		if (keys)
			csv_put(out, str_of(c->key));
		else if (c->kind != ABSENT)
			csv_put(out, c->text);
	}
	output_byte(out, '\n');
}

/* A cell of the table, to the right of its width. */
static void
put_cell(struct output *out, struct str text, size_t width)
{
	for (size_t n = text.n; n < width; n++)
		output_byte(out, ' ');
	output_str(out, text);
	output_text(out, "  ");
}

static void
put_fraction(struct output *out, bool known, wide v, unsigned places,
    size_t width)
{
	char digits[TEXT];
	struct str text = { digits, 0 };

	if (!known)
		text = str_of("-");
	else
		text.n = wide_put_decimal(digits, v, places);
	put_cell(out, text, width);
}

static void
put_count(struct output *out, uint64_t v, size_t width)
{
	char digits[NUM_TEXT];

	put_cell(out, (struct str){ digits, num_put(digits, v) }, width);
}

enum { WIDE = 18, USUAL = 14, NARROW = 7 };

static void
put_heading(const struct statement *st)
{
	static const char *const heads[] = { "J", "mean W", "min W", "max W",
		"measured s", "not measured s" };

	if (st->times)
		put_cell(st->out, str_of("from s"), WIDE + 2);
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		put_cell(st->out, str_of(heads[i]), i == 0 ? WIDE : USUAL);
	put_cell(st->out, str_of("wraps"), NARROW);
	put_cell(st->out, str_of("resets"), NARROW);
	output_text(st->out, "zone\n");
}

static void
put_time(struct output *out, int64_t ts)
{
	uint64_t past = ts < 0 ? 0 - (uint64_t)ts : (uint64_t)ts;
	char digits[TEXT + 1] = "-";
	size_t n = wide_put_decimal(digits + 1, past, NS_PLACES);

	put_cell(out, (struct str){ digits + (ts >= 0), n + (ts < 0) },
	    WIDE + 2);
}

static void
put_text(const struct statement *st, const struct statement_row *row)
{
	const struct account *a = row->account;
	struct output *out = st->out;
	wide mean;
	bool known = account_mean(a, &mean);

	if (st->times)
		put_time(out, row->ts);
	put_fraction(out, a->known, a->uj, WATTS_PLACES, WIDE);
	put_fraction(out, known, mean, WATTS_PLACES, USUAL);
	put_fraction(out, a->has_power, a->least_uw, WATTS_PLACES, USUAL);
	put_fraction(out, a->has_power, a->most_uw, WATTS_PLACES, USUAL);
	put_fraction(out, true, a->measured, NS_PLACES, USUAL);
	put_fraction(out, true, unmeasured(row), NS_PLACES, USUAL);
	put_count(out, a->status[ENERGY_WRAP], NARROW);
	put_count(out, a->status[ENERGY_RESET], NARROW);
	if (row->zone.p != NULL)
		alias_put(out, row->zone);
	else
		output_text(out, "(all)");
	output_byte(out, '\n');
}

void
statement_put(struct statement *st, const struct statement_row *row)
{
	struct columns all;
	bool first = st->rows++ == 0;

	if (st->format == FORMAT_TEXT) {
		if (first)
			put_heading(st);
		put_text(st, row);
		return;
	}
	set_columns(&all, row);
	if (st->format == FORMAT_CSV && first)
		put_csv(st->out, &all, true);
	if (st->format == FORMAT_CSV)
		put_csv(st->out, &all, false);
	else
		put_record(st->out, &all);
}

void
statement_end(const struct statement *st, bool intervals)
{
	const struct interval interval = { .no = 0 };
	const struct account none = { .known = false };
	const struct statement_row row = { .account = &none,
		.interval = intervals ? &interval : NULL };
	struct columns all;

	if (st->format != FORMAT_CSV || st->rows > 0)
		return;
	set_columns(&all, &row);
	put_csv(st->out, &all, true);
}
