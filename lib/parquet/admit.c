/* SPDX-License-Identifier: MIT */
#include "parquet/admit.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parquet/roll.h"

/* A column of the present table. */
struct admit_given {
	size_t column; /* of the family */
	enum kind kind;
	struct vector values;
};

static void
give(struct admit *a, size_t column, enum kind kind, struct vector values)
{
	a->given = mem_grow(a->given, &a->given_cap, a->given_n + 1,
	    sizeof(*a->given));
	a->given[a->given_n++] = (struct admit_given){ column, kind, values };
}

static const char *
kind_name(enum kind kind)
{
	static const char *const name[KINDS] = {
		[KIND_NOTHING] = "null",
		[KIND_BOOLEAN] = "boolean",
		[KIND_INTEGER] = "integer",
		[KIND_UNSIGNED] = "unsigned integer",
		[KIND_DECIMAL] = "decimal",
		[KIND_TEXT] = "text",
		[KIND_LIST] = "list",
	};

	return name[kind];
}

static void
put_name(struct output *out, struct str s)
{
	enum { MOST = 100 };

	output_in_line(out, s.n <= MOST ? s : (struct str){ s.p, MOST });
}

/* Says that a column has values that do not fit those that were written. */
static bool
refuse(struct admit *a, const struct family *f, const struct family_column *c,
    const struct slab_column *values)
{
	enum kind culprit = c->kind;

	if (a->error.name == NULL)
		output_in_memory(&a->error);
	a->line = 0;
	for (int k = KIND_BOOLEAN; values != NULL && k < KINDS; k++) {
		enum kind wider = kind_join(c->written, (enum kind)k, c->facts);

		if (values->line[k] == 0 || wider == c->written ||
		    (a->line > 0 && values->line[k] >= a->line))
			continue;
		a->line = values->line[k];
		culprit = (enum kind)k;
	}
	output_text(&a->error, "column ");
	put_name(&a->error, c->name);
	output_text(&a->error, " of ");
	put_name(&a->error, f->type);
	output_printf(&a->error,
	    " has a value of type %s, and was written as %s before: say with "
	    "--schema what it is to be",
	    kind_name(culprit == c->written ? KIND_TEXT : culprit),
	    kind_name(c->written));
	return false;
}

/* Says that a column is one too many. */
static bool
refuse_more(struct admit *a, const struct family *f,
    const struct slab_column *c)
{
	if (a->error.name == NULL)
		output_in_memory(&a->error);
	a->line = 0;
	for (size_t k = 0; k < KINDS; k++)
		if (c->line[k] > 0 && (a->line == 0 || c->line[k] < a->line))
			a->line = c->line[k];
	output_text(&a->error, "column ");
	put_name(&a->error, c->name);
	output_text(&a->error, " of ");
	put_name(&a->error, f->type);
	output_printf(&a->error,
	    " is one more than %d: say with --schema which there are to be",
	    ROLL_COLUMNS);
	return false;
}

/* Takes the columns of the record, as they are. */
static bool
give_record(struct admit *a, struct family *f, const struct slab_type *t)
{
	size_t next = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct slab_column *c = &t->column[i];
		size_t id;

		if (routing_is_key(&a->routing, c->name))
			continue;
		id = family_column(f, c->name, false, next);
		next = id + 1;
		if (f->schema == NULL && id >= ROLL_COLUMNS)
			return refuse_more(a, f, c);
		if (!family_widen(&f->column[id], c->kind, c->facts))
			return refuse(a, f, &f->column[id], c);
		give(a, id, c->kind, c->values);
	}
	return true;
}

/* Takes what the trace says of itself. */
static bool
give_heading(struct admit *a, struct family *f, const struct heading *h,
    size_t rows)
{
	size_t next = a->given_n > 0 ? a->given[a->given_n - 1].column + 1 : 0;

	for (size_t i = 0; i < h->n; i++) {
		const struct heading_field *field = &h->field[i];
		size_t id;

		if (routing_is_key(&a->routing, field->name))
			continue;
		id = family_column(f, field->name, true, next);
		next = id + 1;
		if (!family_widen(&f->column[id], field->kind, field->facts))
			return refuse(a, f, &f->column[id], NULL);
		give(a, id, field->kind, heading_vector(field, rows));
	}
	return true;
}

/* Takes the type itself: a file cannot be without a column. */
static void
give_type(struct admit *a, struct family *f, size_t rows)
{
	static const uint64_t first;
	const struct vector v = { .rows = rows,
		.n = rows,
		.word = &first,
		.same = true,
		.text = &f->type,
		.texts = 1 };
	size_t id = family_column(f, str_of("type"), false, 0);

	family_widen(&f->column[id], KIND_TEXT, 0);
	give(a, id, KIND_TEXT, v);
}

static void
add_bad(struct admit *a, uint32_t row, struct str column, const char *why)
{
	a->bad = mem_grow(a->bad, &a->bad_cap, a->bads + 1, sizeof(*a->bad));
	a->bad[a->bads++] = (struct admit_bad){ row, column, why };
}

static bool
has_field(const struct schema_type *s, struct str name)
{
	for (size_t i = 0; i < s->n; i++)
		if (!s->column[i].of_trace && str_eq(s->column[i].name, name))
			return true;
	return false;
}

/* Counts the values of fields that the schema does not have, nor a path. */
static uint64_t
count_left(const struct admit *a, const struct schema_type *s,
    const struct slab_type *t)
{
	uint64_t n = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct vector *v = &t->column[i].values;

		if (has_field(s, t->column[i].name) ||
		    routing_is_key(&a->routing, t->column[i].name))
			continue;
		for (size_t row = 0; row < v->rows; row++)
			n += v->defined == NULL || v->defined[row];
	}
	return n;
}

/* Takes the columns of a schema. */
static void
give_fitted(struct admit *a, struct family *f, const struct slab_type *t,
    const struct heading *h)
{
	if (!a->branches->options->schema->open)
		a->omission.values += count_left(a, f->schema, t);
	fit_take(&a->fit, f->schema, t, h);
	for (size_t i = 0; i < f->schema->n; i++) {
		const struct schema_column *c = &f->schema->column[i];

		if (!c->in_path)
			give(a,
			    family_column(f, c->name, c->of_trace, a->given_n),
			    c->kind->kind, a->fit.column[i]);
	}
	for (size_t i = 0; i < a->fit.bads; i++)
		add_bad(a, a->fit.bad[i].row, a->fit.bad[i].column->name,
		    a->fit.bad[i].why);
}

/* Adds rows to a file. */
static bool
add_some(struct admit *a, struct part *p, const struct part_rows *rows,
    const struct heading *h)
{
	size_t before = p->bytes;

	if (rows->n == 0)
		return true;
	for (size_t i = 0; i < a->given_n; i++) {
		const struct admit_given *g = &a->given[i];

		part_add(p, g->column, g->kind, &g->values, rows, &a->room);
	}
	part_end_rows(p, rows->n);
	if (h != NULL)
		heading_share(&p->common, h);
	p->family->rows += rows->n;
	return branches_added(a->branches, p, before);
}

/*
 * The same; where a block may have more rows than a row group is to have, some
 * at a time.
 */
static bool
add_rows(struct admit *a, struct part *p, const struct part_rows *rows,
    const struct heading *h)
{
	enum { VALUE = 16 }; /* bytes of memory, about */
	const size_t row = VALUE * (a->given_n + 1);
	size_t most = a->branches->options->row_group / row;
	struct part_rows some = *rows;

	most += most == 0;
	if (rows->n <= most)
		return add_some(a, p, rows, h);
	if (some.row == NULL) {
		a->row = mem_grow(a->row, &a->row_cap, rows->n,
		    sizeof(*a->row));
		for (uint32_t i = 0; i < rows->n; i++)
			a->row[i] = i;
		some.row = a->row;
	}
	for (size_t left = rows->n; left > 0; left -= some.n) {
		some.n = left < most ? left : most;
		if (!add_some(a, p, &some, h))
			return false;
		some.row += some.n;
	}
	return true;
}

/*
 * Sorts the rows by their files, those without one left out; those of file i
 * are the ones from start[i] to below start[i + 1] then.
 */
static void
sort_rows(struct admit *a, const uint32_t *file, size_t rows, size_t files)
{
	size_t at = 0;

	a->row = mem_grow(a->row, &a->row_cap, rows, sizeof(*a->row));
	a->start = mem_grow(a->start, &a->start_cap, files + 2,
	    sizeof(*a->start));
	memset(a->start, 0, (files + 2) * sizeof(*a->start));
	for (size_t i = 0; i < rows; i++)
		if (file[i] != ROUTING_NOWHERE)
			a->start[file[i] + 2]++;
	for (size_t i = 0; i < files + 2; i++)
		a->start[i] = (uint32_t)(at += a->start[i]);
	for (size_t i = 0; i < rows; i++)
		if (file[i] != ROUTING_NOWHERE)
			a->row[a->start[file[i] + 1]++] = (uint32_t)i;
}

/* Adds the rows to the files that they go to. */
static bool
deal(struct admit *a, struct branch *b, const uint32_t *file, size_t rows,
    const struct heading *h)
{
	size_t files = intern_count(b->paths);

	sort_rows(a, file, rows, files);
	for (size_t i = 0; i < files; i++) {
		struct part_rows some = { a->row + a->start[i],
			a->start[i + 1] - a->start[i] };

		if (some.n > 0 && !add_rows(a, branch_part(b, i), &some, h))
			return false;
	}
	return true;
}

/* Finds the files of the rows, and adds them there. */
static bool
route(struct admit *a, struct branch *b, const struct slab_type *t,
    const struct heading *h)
{
	static const struct heading none = { .field = NULL };
	struct part_rows all_rows = { NULL, t->rows };
	const size_t bads = a->bads; /* rows that do not fit, in order */
	size_t next = 0;
	uint32_t *file;
	bool all;

	file = routing_rows(&a->routing, t, h != NULL ? h : &none, b->paths,
	    &all);
	if (all && a->bads == 0 && file[0] != ROUTING_NOWHERE)
		return add_rows(a, branch_part(b, file[0]), &all_rows, h);
	for (size_t i = 1; all && i < t->rows; i++)
		file[i] = file[0];
	for (uint32_t i = 0; i < t->rows; i++)
		if (next < bads && a->bad[next].row == i) {
			file[i] = ROUTING_NOWHERE;
			next++;
		} else if (file[i] == ROUTING_NOWHERE) {
			add_bad(a, i, a->routing.key[0],
			    "too long for the name of a folder");
		}
	return deal(a, b, file, t->rows, h);
}

bool
admit_take(struct admit *a, const struct slab_type *t, const struct heading *h)
{
	const struct branch_options *o = a->branches->options;
	struct branch *b;

	a->given_n = a->bads = 0;
	if (!branches_want(a->branches, t->type)) {
		omission_add(&a->omission, t->type, t->rows);
		return true;
	}
	if (t->rows == 0)
		return true;
	if (str_is(t->type, "trace"))
		h = NULL; /* it says so itself */
	b = branches_of(a->branches, t->type);
	if (b->family->schema != NULL)
		give_fitted(a, b->family, t, h);
	else if (!give_record(a, b->family, t) ||
	    (h != NULL && !give_heading(a, b->family, h, t->rows)))
		return false;
	if (a->given_n == 0 && b->family->schema == NULL)
		give_type(a, b->family, t->rows);
	if (o->shelf == NULL && o->out == NULL)
		return true;
	return route(a, b, t, h);
}

void
admit_free(struct admit *a)
{
	routing_free(&a->routing);
	fit_free(&a->fit);
	omission_free(&a->omission);
	if (a->error.name != NULL)
		output_close(&a->error);
	free(a->bad);
	free(a->given);
	free(a->room.number);
	free(a->room.stamp);
	free(a->row);
	free(a->start);
}
