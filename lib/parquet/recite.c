/* SPDX-License-Identifier: MIT */
#include "parquet/recite.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parquet/cellout.h"
#include "parquet/hivein.h"
#include "record/quote.h"

/* A column that is taken. */
struct field {
	size_t column;
	const struct leaf *leaf;
	bool counts;    /* rows only: it is not written */
	struct str key; /* as it stands in a record, with its comma */
	struct vector v;
	size_t row, word; /* the next of them */
};

struct recite {
	struct reader *reader;
	const struct recite_options *options;
	struct output text; /* keys, the type, and what folders tell */
	struct field *field;
	size_t fields, cap;
	size_t typed; /* the field that is the type, or fields */
	struct str type, folders;
	bool begun;
	uint64_t left; /* rows of the group that are to be written */
};

static const struct leaf *
leaf_of(const struct reader *r, size_t column)
{
	return &r->footer.column[column].leaf;
}

/* Returns the number of the column of that name, or how many there are. */
static size_t
find(const struct reader *r, struct str name)
{
	size_t i = 0;

	while (i < r->footer.columns && !str_eq(leaf_of(r, i)->name, name))
		i++;
	return i;
}

bool
recite_can(const struct leaf *leaf)
{
	return !leaf->list || leaf->type == LEAF_INT32 ||
	    leaf->type == LEAF_INT64;
}

static void
note(struct output *notes, struct str name, const char *why)
{
	output_text(notes, "column ");
	output_in_line(notes, name);
	output_printf(notes, " is left out: %s\n", why);
}

static void
add_field(struct recite *r, size_t column, struct output *notes)
{
	const struct leaf *leaf = leaf_of(r->reader, column);

	if (!recite_can(leaf)) {
		note(notes, leaf->name,
		    "it has lists that are not of integers");
		return;
	}
	r->field = mem_grow(r->field, &r->cap, r->fields + 1,
	    sizeof(*r->field));
	r->field[r->fields++] = (struct field){
		.column = column,
		.leaf = leaf,
	};
}

static bool
wanted(const struct recite_options *o, struct str name)
{
	bool found = o->columns == 0;

	for (size_t i = 0; i < o->columns; i++)
		if (str_eq(o->column[i], name))
			found = o->found[i] = true;
	return found;
}

/* Takes those that are asked for, in the order that is asked for. */
static void
choose(struct recite *r, struct output *notes)
{
	const struct recite_options *o = r->options;
	const struct footerin *f = &r->reader->footer;

	for (size_t i = 0; i < f->others; i++)
		if (wanted(o, f->other[i].name))
			note(notes, f->other[i].name, f->other[i].why);
	if (o->columns == 0)
		for (size_t i = 0; i < f->columns; i++)
			add_field(r, i, notes);
	for (size_t i = 0; i < o->columns; i++) {
		size_t column = find(r->reader, o->column[i]);

		if (column < f->columns) {
			o->found[i] = true;
			add_field(r, column, notes);
		}
	}
}

void
recite_put_type(const struct reader *r, const char *given, const char *path,
    struct output *out)
{
	struct str fact = reader_fact(r, "tracekit.type");

	if (given != NULL)
		output_text(out, given);
	else if (fact.p != NULL)
		output_str(out, fact);
	else
		hivein_put_type(out, str_of(path));
}

/* Finds the column that tells the type of each record. */
static void
find_type(struct recite *r, const char *path, struct output *notes)
{
	size_t column = find(r->reader, str_of("type"));
	struct output type;

	r->typed = SIZE_MAX;
	if (r->options->type == NULL && column < r->reader->footer.columns &&
	    leaf_of(r->reader, column)->type == LEAF_BYTES &&
	    !leaf_of(r->reader, column)->list) {
		for (size_t i = 0; i < r->fields; i++)
			if (r->field[i].column == column)
				r->typed = i;
		if (r->typed == SIZE_MAX) {
			add_field(r, column, notes);
			r->typed = r->fields - 1;
		}
	}
	output_in_memory(&type);
	recite_put_type(r->reader, r->options->type, path, &type);
	output_text(&r->text, "{\"type\":");
	quote_put(&r->text, (struct str){ type.buf, type.n });
	r->type.n = r->text.n;
	output_close(&type);
}

/*
 * What the footer tells of rows is not believed: where no column is wanted,
 * the rows are those of one that can be read.
 */
static void
count_rows(struct recite *r)
{
	struct reader *reader = r->reader;

	if (r->fields > 0 || reader->footer.rows == 0)
		return;
	if (reader->footer.columns == 0) {
		output_text(&reader->trouble,
		    "it has no column that can be read");
		return;
	}
	r->field = mem_grow(r->field, &r->cap, 1, sizeof(*r->field));
	r->field[r->fields++] = (struct field){
		.leaf = leaf_of(reader, 0),
		.counts = true,
	};
}

static void
put_key(struct recite *r, struct str name)
{
	output_byte(&r->text, ',');
	if (str_is(name, "type"))
		name = str_of("arg_type");
	quote_put(&r->text, name);
	output_byte(&r->text, ':');
}

static void
put_folders(struct recite *r, struct str path)
{
	struct str key, value, name;
	struct output text;

	output_in_memory(&text);
	while (hivein_next(&path, &key, &value)) {
		text.n = 0;
		hivein_put(&text, key);
		name = (struct str){ text.buf, text.n };
		if (find(r->reader, name) < r->reader->footer.columns ||
		    !wanted(r->options, name) ||
		    (hivein_null(value) && !r->options->nulls))
			continue;
		put_key(r, name);
		hivein_put_value(&r->text, value);
	}
	output_close(&text);
}

/* The texts are taken when all are there, and stay where they are. */
static void
put_keys(struct recite *r, const char *path)
{
	size_t at = r->text.n;

	for (size_t i = 0; i < r->fields; i++) {
		if (!r->field[i].counts)
			put_key(r, r->field[i].leaf->name);
		r->field[i].key.n = r->text.n - at;
		at = r->text.n;
	}
	put_folders(r, str_of(path));
	r->type.p = r->text.buf;
	at = r->type.n;
	for (size_t i = 0; i < r->fields; i++) {
		r->field[i].key.p = r->text.buf + at;
		at += r->field[i].key.n;
	}
	r->folders = (struct str){ r->text.buf + at, r->text.n - at };
}

struct recite *
recite_new(struct reader *reader, const struct recite_options *options,
    const char *path, struct output *notes)
{
	struct recite *r = mem_alloc(sizeof(*r));

	r->reader = reader;
	r->options = options;
	output_in_memory(&r->text);
	choose(r, notes);
	find_type(r, path, notes);
	count_rows(r);
	put_keys(r, path);
	return r;
}

void
recite_free(struct recite *r)
{
	if (r == NULL)
		return;
	output_close(&r->text);
	free(r->field);
	free(r);
}

/* Reads more of a column, where there is nothing left of it. */
static bool
fill(struct recite *r, struct field *f, uint64_t most)
{
	if (f->row < f->v.rows)
		return true;
	f->row = f->word = 0;
	return reader_read(r->reader, f->column, most, &f->v);
}

/* Leaves out rows of a column. */
static bool
skip(struct recite *r, struct field *f, uint64_t rows)
{
	struct vector v;

	while (rows > 0) {
		if (!reader_read(r->reader, f->column, rows, &v))
			return false;
		rows -= v.rows;
	}
	return true;
}

/* Finds the next group that has rows to be written, from one on. */
static size_t
find_group(const struct recite *r, size_t group)
{
	const struct footerin *f = &r->reader->footer;

	for (; group < f->groups; group++) {
		const struct footerin_group *g = &f->group[group];

		if (g->rows > 0 && g->before + g->rows >= r->options->from &&
		    g->before < r->options->to)
			break;
	}
	return group;
}

/* Steps to that. */
static bool
next_group(struct recite *r)
{
	uint64_t from = r->options->from, to = r->options->to;
	size_t group = find_group(r, r->begun ? r->reader->group + 1 : 0);
	const struct footerin_group *g;
	uint64_t end;

	r->begun = true;
	if (!reader_seek(r->reader, group))
		return false;
	g = &r->reader->footer.group[group];
	from = from > g->before ? from - g->before - 1 : 0;
	end = to - g->before < g->rows ? to - g->before : g->rows;
	r->left = end - from;
	for (size_t i = 0; i < r->fields; i++) {
		r->field[i].v.rows = r->field[i].row = 0;
		if (!reader_choose(r->reader, r->field[i].column) ||
		    !skip(r, &r->field[i], from))
			return false;
	}
	return true;
}

static bool
is_null(const struct field *f)
{
	return f->v.defined != NULL && !f->v.defined[f->row];
}

static void
put_type(const struct recite *r, struct output *out)
{
	if (r->typed == SIZE_MAX || is_null(&r->field[r->typed])) {
		output_str(out, r->type);
	} else {
		const struct field *f = &r->field[r->typed];

		output_text(out, "{\"type\":");
		cellout_put(out, f->leaf, &f->v, f->word);
	}
}

static void
put_row(struct recite *r, struct output *out)
{
	put_type(r, out);
	for (size_t i = 0; i < r->fields; i++) {
		struct field *f = &r->field[i];
		bool null = is_null(f);

		if (i != r->typed && !f->counts &&
		    (!null || r->options->nulls)) {
			output_str(out, f->key);
			if (null)
				output_text(out, "null");
			else if (f->leaf->list)
				cellout_put_list(out, f->leaf, &f->v, f->word,
				    f->v.length[f->row]);
			else
				cellout_put(out, f->leaf, &f->v, f->word);
		}
		if (!null)
			f->word += f->leaf->list ? f->v.length[f->row] : 1;
		f->row++;
	}
	output_str(out, r->folders);
	output_text(out, "}\n");
}

bool
recite_some(struct recite *r, struct output *out)
{
	uint64_t rows;

	if (r->left == 0 && !next_group(r))
		return false;
	rows = r->left < 4096 ? r->left : 4096;
	for (size_t i = 0; i < r->fields; i++) {
		struct field *f = &r->field[i];

		if (!fill(r, f, r->left))
			return false;
		if (rows > f->v.rows - f->row)
			rows = f->v.rows - f->row;
	}
	for (uint64_t i = 0; i < rows; i++)
		put_row(r, out);
	r->left -= rows;
	return true;
}
