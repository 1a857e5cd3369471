/* SPDX-License-Identifier: MIT */
/* tk-from-parquet -- turn the rows of Parquet files into records */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/num.h"
#include "cli/cli.h"
#include "parquet/foldersin.h"
#include "parquet/outline.h"
#include "parquet/recite.h"

enum { NULLS = 0x100, SCHEMA }; /* without a letter */

static const struct cli_option options[] = {
	{ 'c', "columns", "NAME,...", "take these columns, in this order" },
	{ 'r', "rows", "FROM:TO", "take these rows of each file, from 1" },
	{ 't', "type", "TYPE", "of the records" },
	{ NULLS, "nulls", NULL, "write what is null as a field, too" },
	{ SCHEMA, "schema", NULL, "print what columns there are, no rows" },
	{ 0, NULL, NULL, NULL },
};

static struct recite_options recite = { .from = 1, .to = UINT64_MAX };
static struct str *names;
static size_t names_cap;
static struct outline *outline; /* what --schema prints, or NULL */

/* Reads names that have commas between. */
static void
read_columns(struct str s)
{
	for (;;) {
		const char *comma = memchr(s.p, ',', s.n);
		struct str name = s;

		if (comma != NULL)
			name.n = (size_t)(comma - s.p);
		if (name.n == 0)
			cli_usage("-c %s: a column without a name", optarg);
		for (size_t i = 0; i < recite.columns; i++)
			if (str_eq(names[i], name))
				cli_usage("-c %s: a column twice", optarg);
		names = mem_grow(names, &names_cap, recite.columns + 1,
		    sizeof(*names));
		names[recite.columns++] = name;
		if (comma == NULL)
			return;
		s = str_skip(s, name.n + 1);
	}
}

/* Reads FROM:TO, either of which may be left out. */
static void
read_rows(struct str s)
{
	const char *colon = memchr(s.p, ':', s.n);
	struct str from = s, to;

	if (colon == NULL)
		cli_usage("-r %s: not FROM:TO", optarg);
	else
		from.n = (size_t)(colon - s.p);
	to = str_skip(s, from.n + 1);
	if ((from.n > 0 && !num_u64(from, &recite.from)) ||
	    (to.n > 0 && !num_u64(to, &recite.to)) || recite.from == 0 ||
	    recite.from > recite.to)
		cli_usage("-r %s: not the numbers of rows, from 1", optarg);
}

static void
read_options(void)
{
	int c;

	while ((c = cli_getopt()) != -1)
		switch (c) {
		case 'c':
			read_columns(str_of(optarg));
			break;
		case 'r':
			read_rows(str_of(optarg));
			break;
		case 't':
			recite.type = optarg;
			break;
		case NULLS:
			recite.nulls = true;
			break;
		case SCHEMA:
			outline = outline_new();
			break;
		}
	recite.column = names;
	recite.found = mem_alloc(recite.columns * sizeof(*recite.found));
}

/* Puts the files of folders in the place of the folders. */
static void
expand(struct foldersin *files)
{
	for (char **operand = cli_operands(); *operand != NULL; operand++) {
		struct stat st;
		long n;

		if (stat(*operand, &st) != 0 || !S_ISDIR(st.st_mode)) {
			foldersin_add(files, *operand);
			continue;
		}
		n = foldersin_read(files, *operand);
		if (n < 0)
			cli_err("%s", files->where);
		else if (n == 0)
			cli_errx("%s: a folder without Parquet files",
			    *operand);
	}
	if (files->n > 0)
		cli_set_operands(files->path);
}

/* Adds what a file has to the outline. */
static void
outline_add(const struct reader *r, const char *path)
{
	static const char unit[] = "tracekit.unit.";
	const struct footerin *f = &r->footer;
	struct output type;

	output_in_memory(&type);
	recite_put_type(r, recite.type, path, &type);
	outline_file(outline, (struct str){ type.buf, type.n });
	output_close(&type);
	for (size_t i = 0; i < f->columns; i++)
		if (recite_can(&f->column[i].leaf))
			outline_column(outline, &f->column[i].leaf);
	for (size_t i = 0; i < f->facts; i++)
		if (str_starts(f->fact[i].key, unit) &&
		    f->fact[i].value.p != NULL)
			outline_unit(outline,
			    str_skip(f->fact[i].key, sizeof(unit) - 1),
			    f->fact[i].value);
}

/* Says which columns are left out of a file. */
static void
tell(struct output *notes, const char *name)
{
	struct str rest = { notes->buf, notes->n }, line;

	while (str_line(&rest, &line))
		cli_note("%s: %.*s", name, (int)line.n, line.p);
	if (notes->n > 0)
		cli_incomplete();
	output_close(notes);
}

static void
read_rows_of(struct reader *r, const struct input *in, uint64_t size)
{
	const struct footerin *f = &r->footer;
	struct output notes;
	struct recite *rows;

	output_in_memory(&notes);
	rows = recite_new(r, &recite, in->path, &notes);
	tell(&notes, in->name);
	while (recite_some(rows, cli_output()) && cli_output()->err == 0)
		cli_progress(in->name, size / (f->groups + 1) * (r->group + 1),
		    size);
	recite_free(rows);
}

static void
read_file(struct input *in)
{
	struct reader *r;
	uint64_t size;
	int fd = input_file(in, cli_tmp(), &size);

	if (fd < 0 || in->why != NULL)
		return; /* it is told when the input is closed */
	r = reader_new(fd, size);
	if (r->trouble.n == 0 && outline != NULL)
		outline_add(r, in->path);
	else if (r->trouble.n == 0)
		read_rows_of(r, in, size);
	if (r->trouble.n > 0)
		cli_errx("%s: %.*s", in->name, (int)r->trouble.n,
		    r->trouble.buf);
	reader_free(r);
}

/* Names the columns that no file has. */
static void
check_columns(void)
{
	for (size_t i = 0; i < recite.columns; i++)
		if (!recite.found[i] && outline == NULL)
			cli_errx("no column %.*s", (int)recite.column[i].n,
			    recite.column[i].p);
}

int
main(int argc, char *argv[])
{
	struct foldersin files = { 0 };
	struct input **in;
	size_t n, read = 0;
	int status;

	cli_start(argc, argv, "[FILE | DIR ...]", options);
	read_options();
	expand(&files);
	while ((files.n > 0 || *cli_operands() == NULL) &&
	    (in = cli_inputs(&n, NULL, NULL)) != NULL) {
		read_file(in[0]);
		read++;
	}
	if (read > 0)
		check_columns();
	if (outline != NULL && !cli_failed())
		outline_put(outline, cli_output());
	status = cli_finish();
	outline_free(outline);
	foldersin_free(&files);
	free(recite.found);
	free(names);
	return status;
}
