/* SPDX-License-Identifier: MIT */
#include "dataset/rows.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "dataset/allot.h"
#include "dataset/line.h"
#include "record/csv.h"
#include "record/frame.h"

int
rows_open(struct rows *rows, const char *dir, const char *type,
    struct switches_form form)
{
	*rows = (struct rows){ .chosen = type != NULL, .form = form };
	origin_open(&rows->origin);
	switches_open(&rows->switches, form);
	if (spool_open(&rows->spool, dir) < 0)
		return -1;
	if (type != NULL)
		rows->type = mem_dup(type, strlen(type));
	rows->table = table_new();
	return 0;
}

void
rows_close(struct rows *rows)
{
	origin_close(&rows->origin);
	switches_close(&rows->switches);
	strands_free(&rows->strands);
	table_free(rows->table);
	spool_close(&rows->spool);
	recast_free(&rows->recast);
	free(rows->type);
	free(rows->rival);
	free(rows->text);
	*rows = (struct rows){ 0 };
}

void
rows_stream(struct rows *rows, const struct json *rec, const char *path)
{
	origin_stream(&rows->origin, rec, path);
	strands_begin(&rows->strands, &rows->switches,
	    origin_names(&rows->origin));
}

/* Ends what was written to the spool, n rows. */
static void
end_rows(struct rows *rows, size_t group, size_t cells, const struct event *ev,
    uint64_t n)
{
	int64_t ts = ev != NULL ? ev->at.ts : -1;

	spool_end_row(&rows->spool, group, cells, ts);
	rows->kept += n;
	for (; n > 0; n--)
		origin_row(&rows->origin, group, ts);
}

/* Returns a record's type, p NULL if it has none. */
static struct str
type_of(struct rows *rows, const struct json *rec)
{
	const struct json_field *f = json_get(rec, "type");

	if (f == NULL || f->kind != JSON_STRING)
		return (struct str){ NULL, 0 };
	if (!f->escaped)
		return f->value;
	rows->text = mem_grow(rows->text, &rows->text_cap, f->value.n, 1);
	return (struct str){ rows->text, json_unescape(f->value, rows->text) };
}

/* Makes a row of a record of the right type. */
static const char *
keep(struct rows *rows, const struct json *rec, struct str line,
    const struct event *ev)
{
	const struct table_names names = origin_names(&rows->origin);
	const char *why = table_check(rows->table, rec);
	size_t group, cells;

	/* The group comes last: one without a row would be drawn as well. */
	if (why == NULL)
		why = origin_find(&rows->origin, rec,
		    str_is(str_of(rows->type), "span"), &group);
	if (why != NULL)
		return why;
	if (rows->form.json) {
		table_note(rows->table, rec, &names);
		cells = line_put_record(&rows->spool.out, rec, line,
		    names.workload, names.trace_id);
	} else {
		cells = table_put(rows->table, rec, &names, &rows->spool.out);
	}
	end_rows(rows, group, cells, ev, 1);
	return NULL;
}

/* The same of a sched_switch. */
static const char *
keep_switch(struct rows *rows, const struct json *rec, struct event *ev)
{
	struct switches *s = &rows->switches;
	uint64_t before = s->rows;
	const char *why;
	size_t group;

	strands_turn(&rows->strands, s, rec);
	why = switches_put(s, &rows->spool.out, NULL, ev);
	/* In the original's manner some switches are no row, or several. */
	if (why != NULL || s->rows == before)
		return why;
	why = origin_find(&rows->origin, rec, false, &group);
	assert(why == NULL); /* it is no span */
	end_rows(rows, group, s->rows - before, ev, s->rows - before);
	return why;
}

/* Tells whether records of a type are taken where others are, too. */
static bool
is_usual(struct str type)
{
	return str_is(type, "sched_switch") || str_is(type, "span");
}

/* Drops what was kept of another type than the usual one. */
static void
restart(struct rows *rows)
{
	rows->other += rows->kept;
	rows->kept = 0;
	spool_restart(&rows->spool);
	origin_restart(&rows->origin);
	table_free(rows->table);
	rows->table = table_new();
	free(rows->type);
	free(rows->rival);
	rows->type = rows->rival = NULL;
}

/* Tells whether records of a type are to be rows. */
static bool
is_taken(struct rows *rows, struct str type)
{
	if (rows->type != NULL && str_is(type, rows->type))
		return true;
	if (!rows->chosen && rows->type != NULL && is_usual(type) &&
	    !is_usual(str_of(rows->type)))
		restart(rows);
	if (rows->type == NULL) {
		rows->type = mem_dup(type.p, type.n);
		return true;
	}
	rows->other++;
	if (!rows->chosen && rows->rival == NULL &&
	    is_usual(type) == is_usual(str_of(rows->type)))
		rows->rival = mem_dup(type.p, type.n);
	return false;
}

/* Makes a row of a record that is taken. */
static const char *
keep_record(struct rows *rows, const struct json *rec, struct str line,
    struct event *ev)
{
	if (rows->kept == 0)
		rows->switching = ev != NULL &&
		    str_is(str_of(rows->type), "sched_switch");
	return rows->switching ? keep_switch(rows, rec, ev)
			       : keep(rows, rec, line, ev);
}

const char *
rows_take(struct rows *rows, const struct json *rec, struct str line,
    struct event *ev)
{
	struct str type = type_of(rows, rec);

	if (type.p == NULL)
		return "no type";
	return is_taken(rows, type) ? keep_record(rows, rec, line, ev) : NULL;
}

/* Counts what the trace or the stream that ends tells of itself. */
static void
end_trace(struct rows *rows, const struct event_counts *n)
{
	/* Some may not have been given, since nobody wanted them. */
	rows->other += n->events - rows->given;
	rows->given = 0;
	origin_end(&rows->origin, n);
}

/*
 * Returns the type that the record of an event has or will have; p NULL where
 * it has to be looked at, or written.
 */
static struct str
type_of_event(const struct event *ev)
{
	struct str name = ev->at.name;

	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] <= ' ' || name.p[i] > '~' || name.p[i] == '\\')
			return (struct str){ NULL, 0 };
	return frame_is_taken(name) ? (struct str){ NULL, 0 } : name;
}

/* Takes an event: most are a switch among switches, or left out. */
static const char *
take_event(struct rows *rows, struct event_reader *r, struct event *ev)
{
	struct str type = type_of_event(ev), line = ev->line;
	const struct json *rec;

	if (type.p != NULL && !is_taken(rows, type))
		return NULL;
	if (type.p != NULL && rows->kept > 0 && rows->switching &&
	    rows->origin.field == NULL) {
		if (ev->record == NULL)
			event_canon(r, ev);
		return keep_switch(rows, ev->record, ev);
	}
	rec = recast_point(&rows->recast, r, ev);
	if (ev->record == NULL)
		line = (struct str){ rows->recast.line.buf,
			rows->recast.line.n };
	return type.p != NULL ? keep_record(rows, rec, line, ev)
			      : rows_take(rows, rec, line, ev);
}

const char *
rows_event(struct rows *rows, struct event_reader *r, struct event *ev,
    const struct metadata *beside, const char *path)
{
	const char *why;

	switch (ev->kind) {
	case EVENT_TRACE:
		if (rows->origin.known == NULL)
			rows_stream(rows,
			    recast_trace(&rows->recast, ev, beside), path);
		return NULL;
	case EVENT_POINT:
		rows->given++;
		why = take_event(rows, r, ev);
		if (why != NULL)
			event_reject(r);
		return why;
	case EVENT_BAD:
		return ev->why;
	case EVENT_END:
		end_trace(rows, event_counts(r));
		return NULL;
	default: /* losses are counted */
		return NULL;
	}
}

bool
rows_good(const struct rows *rows)
{
	return rows->spool.err == 0 && rows->spool.out.err == 0;
}

uint64_t
rows_unread(const struct rows *rows)
{
	return rows->switches.unread;
}

void
rows_split(struct rows *rows, struct split *split)
{
	size_t n = origin_groups(&rows->origin);

	origin_settle(&rows->origin);
	for (size_t i = 0; i < n; i++)
		split_add(split, origin_category(&rows->origin, i));
}

size_t
rows_columns(const struct rows *rows)
{
	return rows->switching ? switches_columns(&rows->switches)
			       : table_columns(rows->table);
}

struct str
rows_column(const struct rows *rows, size_t column)
{
	return rows->switching
	    ? str_of(switches_column(&rows->switches, column))
	    : table_column(rows->table, column);
}

/* Writes a row of records, with what was not known of it before. */
static void
write_row(const struct rows *rows, const struct spool_row *row,
    struct output *out)
{
	struct str category = origin_category(&rows->origin, row->group);

	output_str(out, row->text);
	if (!rows->form.json)
		table_end(rows->table, out, row->cells, category);
	else if (row->cells > 0)
		line_end_record(out, (struct str){ NULL, 0 });
	else
		line_end_record(out, category);
}

/* Widens the times of a set so that they hold that one; -1 is none. */
static void
hold(struct rows *rows, size_t set, int64_t ts)
{
	if (ts >= 0 && (rows->first[set] < 0 || ts < rows->first[set]))
		rows->first[set] = ts;
	if (ts > rows->last[set])
		rows->last[set] = ts;
}

/* Writes the rows that wait together, each to the set that it is dealt. */
static struct output *
write_rows(struct rows *rows, struct spool_row *row, struct allot *allot,
    struct output *const *out, struct windows *windows)
{
	size_t n = rows->switching ? row->cells : 1, set;
	struct str rest = row->text;

	do {
		set = allot_row(allot, row->group);
		if (rows->switching)
			output_str(out[set], n > 1 ? csv_cut(&rest) : rest);
		else
			write_row(rows, row, out[set]);
		rows->count[set]++;
		hold(rows, set, row->ts);
		windows_row(windows, row->group, set);
	} while (--n > 0);
	return out[set];
}

int
rows_write(struct rows *rows, const struct split *split, double ratio,
    struct output *const *out, struct windows *windows)
{
	struct spool_row row;
	struct allot allot;

	for (size_t i = 0; i < split_sets(split); i++) {
		if (rows->switching)
			switches_head(&rows->switches, out[i]);
		else if (!rows->form.json)
			table_head(rows->table, out[i]);
		rows->head = out[i]->bytes + out[i]->n;
		rows->first[i] = rows->last[i] = -1;
	}
	if (spool_rewind(&rows->spool) < 0)
		return -1;
	allot_open(&allot, split, origin_traces(&rows->origin), ratio,
	    rows->form.compat);
	rows->divided = allot.divided;
	while (spool_next(&rows->spool, &row))
		if (write_rows(rows, &row, &allot, out, windows)->err != 0)
			break; /* a full disk: no use going on */
	windows_end(windows);
	allot_close(&allot);
	return rows->spool.err == 0 ? 0 : -1;
}
