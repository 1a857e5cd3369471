/* SPDX-License-Identifier: MIT */
#include "dataset/rows.h"

#include <stdlib.h>

#include "base/mem.h"
#include "record/json.h"
#include "source/event.h"

int
rows_open(struct rows *rows, const char *dir, const char *type, bool compat)
{
	*rows = (struct rows){ .chosen = type != NULL };
	switches_open(&rows->switches, compat);
	output_in_memory(&rows->line);
	if (spool_open(&rows->spool, dir) < 0)
		return -1;
	if (type != NULL)
		rows->type = mem_dup(type, strlen(type));
	rows->groups = groups_new();
	rows->table = table_new();
	return 0;
}

void
rows_close(struct rows *rows)
{
	groups_free(rows->groups);
	switches_close(&rows->switches);
	if (rows->line.buf != NULL)
		output_close(&rows->line);
	table_free(rows->table);
	spool_close(&rows->spool);
	recast_free(&rows->recast);
	free(rows->type);
	free(rows->rival);
	free(rows->text);
	*rows = (struct rows){ 0 };
}

/* Returns a string of the record that begins a stream, p NULL if it has none.
 */
static struct str
name_in(const struct json *rec, const char *key, char **text)
{
	const struct json_field *f = rec != NULL ? json_get(rec, key) : NULL;

	*text = NULL;
	if (f == NULL || f->kind != JSON_STRING)
		return (struct str){ NULL, 0 };
	*text = mem_alloc(f->value.n + 1);
	return (struct str){ *text, json_unescape_name(f->value, *text) };
}

void
rows_stream(struct rows *rows, const struct json *rec)
{
	char *workload, *id;
	struct str type = name_in(rec, "workload_type", &workload);

	switches_begin(&rows->switches, type, name_in(rec, "trace_id", &id));
	free(workload);
	free(id);
	groups_stream(rows->groups, rec);
}

void
rows_know(struct rows *rows, struct collection *traces)
{
	rows->known = traces;
}

void
rows_trace(struct rows *rows, size_t trace)
{
	rows->trace = trace;
}

/* Returns what the trace of the present records is called. */
static struct table_names
names_of(const struct rows *rows)
{
	const struct collected *t;

	if (rows->known == NULL)
		return (struct table_names){ groups_workload(rows->groups),
			groups_trace_id(rows->groups) };
	t = &rows->known->trace[rows->trace];
	return (struct table_names){ str_of(t->workload), str_of(t->trace_id) };
}

/* Finds the group of a record. */
static const char *
find_group(struct rows *rows, const struct json *rec, bool span, size_t *group)
{
	if (rows->known == NULL)
		return groups_find(rows->groups, rec, span, group);
	*group = rows->trace;
	return NULL;
}

/* Ends the row that was written to the spool. */
static void
end_row(struct rows *rows, size_t group, size_t cells)
{
	spool_end_row(&rows->spool, group, cells);
	rows->kept++;
	if (rows->known != NULL)
		rows->known->trace[group].rows++;
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
keep(struct rows *rows, const struct json *rec, bool span)
{
	const struct table_names names = names_of(rows);
	const char *why = table_check(rows->table, rec);
	size_t group;

	/* The group comes last: one without a row would be drawn as well. */
	if (why == NULL)
		why = find_group(rows, rec, span, &group);
	if (why != NULL)
		return why;
	end_row(rows, group,
	    table_put(rows->table, rec, &names, &rows->spool.out));
	return NULL;
}

/* The same of a sched_switch. */
static const char *
keep_switch(struct rows *rows, const struct json *rec, struct event *ev)
{
	struct output *line = &rows->line;
	const char *why;
	size_t group;

	line->n = 0;
	why = switches_put(&rows->switches, line, NULL, ev);
	/* In the original's manner some switches are no row. */
	if (why != NULL || line->n == 0)
		return why;
	why = find_group(rows, rec, false, &group);
	if (why != NULL)
		return why;
	output_put(&rows->spool.out, line->buf, line->n);
	end_row(rows, group, 0);
	return NULL;
}

/* Tells whether an event is a switch, and says so in the kernel's terms. */
static bool
is_switch(const struct event *ev)
{
	struct event_slot slot = { str_of("next_pid"), 0 };

	return str_is(ev->at.name, "sched_switch") &&
	    event_field(ev, &slot).p != NULL;
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
	groups_restart(rows->groups);
	table_free(rows->table);
	rows->table = table_new();
	free(rows->type);
	free(rows->rival);
	rows->type = rows->rival = NULL;
}

const char *
rows_take(struct rows *rows, const struct json *rec, struct event *ev)
{
	struct str type = type_of(rows, rec);

	if (type.p == NULL)
		return "no type";
	if (!rows->chosen && rows->type != NULL && is_usual(type) &&
	    !is_usual(str_of(rows->type)))
		restart(rows);
	if (rows->type == NULL)
		rows->type = mem_dup(type.p, type.n);
	if (rows->kept == 0)
		rows->switching = ev != NULL && is_switch(ev);
	if (rows->switching && str_is(type, rows->type))
		return keep_switch(rows, rec, ev);
	if (str_is(type, rows->type))
		return keep(rows, rec, str_is(type, "span"));
	rows->other++;
	if (!rows->chosen && rows->rival == NULL &&
	    is_usual(type) == is_usual(str_of(rows->type)))
		rows->rival = mem_dup(type.p, type.n);
	return NULL;
}

/* Counts what the trace or the stream that ends tells of itself. */
static void
end_trace(struct rows *rows, const struct event_counts *n)
{
	/* Some may not have been given, since nobody wanted them. */
	rows->other += n->events - rows->given;
	rows->given = 0;
	if (rows->known != NULL)
		collection_count(&rows->known->trace[rows->trace], n);
}

const char *
rows_event(struct rows *rows, struct event_reader *r, struct event *ev,
    const struct metadata *beside)
{
	const char *why;

	switch (ev->kind) {
	case EVENT_TRACE:
		if (rows->known != NULL)
			return NULL;
		rows_stream(rows, recast_trace(&rows->recast, ev, beside));
		return NULL;
	case EVENT_POINT:
		rows->given++;
		why = rows_take(rows, recast_point(&rows->recast, r, ev), ev);
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

void
rows_split(const struct rows *rows, struct split *split)
{
	size_t n = groups_count(rows->groups);

	for (size_t i = 0; i < n; i++)
		split_add(split, groups_category(rows->groups, i));
}

size_t
rows_columns(const struct rows *rows)
{
	return rows->switching ? SWITCHES_COLUMNS : table_columns(rows->table);
}

struct str
rows_column(const struct rows *rows, size_t column)
{
	return rows->switching ? str_of(switches_column[column])
			       : table_column(rows->table, column);
}

size_t
rows_groups(const struct rows *rows)
{
	return rows->known != NULL ? rows->known->n
				   : groups_count(rows->groups);
}

static struct str
category_of(const struct rows *rows, size_t group)
{
	return rows->known != NULL ? str_of(rows->known->trace[group].category)
				   : groups_category(rows->groups, group);
}

int
rows_write(struct rows *rows, const struct split *split,
    struct output *out[SPLIT_SETS])
{
	struct spool_row row;

	for (int i = 0; i < SPLIT_SETS; i++) {
		if (rows->switching)
			switches_head(&rows->switches, out[i]);
		else
			table_head(rows->table, out[i]);
		rows->head = out[i]->bytes + out[i]->n;
	}
	if (spool_rewind(&rows->spool) < 0)
		return -1;
	while (spool_next(&rows->spool, &row)) {
		enum split_set set = split_set(split, row.group);

		output_str(out[set], row.text);
		if (!rows->switching)
			table_end(rows->table, out[set], row.cells,
			    category_of(rows, row.group));
		rows->count[set]++;
		if (out[set]->err != 0)
			break; /* a full disk: no use going on */
	}
	return rows->spool.err == 0 ? 0 : -1;
}
