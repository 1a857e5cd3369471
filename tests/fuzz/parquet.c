/* SPDX-License-Identifier: MIT */
/*
 * parquet: of any file, what the reader gives lies in memory, no column has
 * other rows than its row group, and each row that is written is a record
 *
 * What begins as a Parquet file does is one.  Else the first two bytes tell
 * how many at the end are its footer, and the others are its pages: so that
 * the file's end fits when bytes come or go.
 */
#include "parquet/recite.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"
#include "record/json.h"

/* A few bytes may tell of many rows, groups and columns. */
enum { ROWS = 1 << 14, GROUPS = 16, COLUMNS = 256, LINES = 1 << 12 };

static volatile unsigned char sink;

static void
touch(struct str s)
{
	CHECK(s.n == 0 || s.p != NULL);
	for (size_t i = 0; i < s.n; i += 1 + s.n / 64)
		sink ^= (unsigned char)s.p[i];
	if (s.n > 0)
		sink ^= (unsigned char)s.p[s.n - 1];
}

static void
check_vector(const struct vector *v, const struct leaf *leaf)
{
	size_t n = 0;

	CHECK(v->rows > 0 && !v->same);
	CHECK(v->defined == NULL || !leaf->required);
	CHECK(leaf->list == (v->length != NULL));
	for (size_t i = 0; i < v->rows; i++) {
		bool defined = v->defined == NULL || v->defined[i];

		CHECK(v->defined == NULL || v->defined[i] <= 1);
		CHECK(defined || v->length == NULL || v->length[i] == 0);
		n += v->length != NULL ? v->length[i] : defined;
	}
	CHECK(n == v->n);
	for (size_t i = 0; i < v->n; i++)
		if (leaf->type == LEAF_BYTES) {
			CHECK(v->word[i] < v->texts);
			touch(v->text[v->word[i]]);
		} else if (leaf->type == LEAF_BOOLEAN) {
			CHECK(v->word[i] <= 1);
		}
}

/* Reads a column of the present group. */
static void
check_column(struct reader *r, size_t column)
{
	const struct leaf *leaf = &r->footer.column[column].leaf;
	uint64_t rows = 0, all = r->footer.group[r->group].rows;
	struct vector v;

	if (!reader_choose(r, column)) {
		CHECK(r->trouble.n > 0);
		r->trouble.n = 0;
		return;
	}
	while (rows < ROWS && reader_read(r, column, ROWS / 2, &v)) {
		check_vector(&v, leaf);
		rows += v.rows;
	}
	CHECK(rows <= all);
	CHECK(rows == all || rows >= ROWS || r->trouble.n > 0);
	r->trouble.n = 0; /* the other columns may be well */
}

static void
check_columns(int fd, size_t size)
{
	struct reader *r = reader_new(fd, size);
	const struct footerin *f = &r->footer;

	CHECK(f->groups == 0 || r->trouble.n == 0);
	for (size_t i = 0; i < f->columns; i++)
		touch(f->column[i].leaf.name);
	for (size_t i = 0; i < f->facts; i++) {
		touch(f->fact[i].key);
		touch(f->fact[i].value);
	}
	for (size_t g = 0; g < f->groups && g < GROUPS; g++) {
		if (!reader_seek(r, g)) {
			CHECK(r->trouble.n > 0);
			r->trouble.n = 0;
			continue;
		}
		for (size_t i = 0; i < f->columns && i < COLUMNS; i++)
			check_column(r, i);
	}
	reader_free(r);
}

/* Each line is a record; of lists too long for one json.h says so. */
static void
check_records(int fd, size_t size)
{
	const struct recite_options options = { .from = 1,
		.to = LINES,
		.nulls = size % 2 };
	struct reader *r = reader_new(fd, size);
	struct output notes, out;
	struct recite *rows;
	struct json record = { 0 };
	struct str rest, line;

	if (r->trouble.n > 0 || r->footer.columns > COLUMNS) {
		reader_free(r);
		return;
	}
	output_in_memory(&notes);
	output_in_memory(&out);
	rows = recite_new(r, &options, "k=v/file.parquet", &notes);
	while (recite_some(rows, &out)) {
		rest = (struct str){ out.buf, out.n };
		while (str_line(&rest, &line)) {
			CHECK(json_parse(&record, line) == NULL);
			CHECK(json_get(&record, "type") != NULL);
		}
		out.n = 0;
	}
	json_free(&record);
	recite_free(rows);
	output_close(&out);
	output_close(&notes);
	reader_free(r);
}

static void
put(int fd, const void *p, size_t n)
{
	CHECK(n == 0 || write(fd, p, n) == (ssize_t)n);
}

/* Writes a file whose end has so many bytes. */
static size_t
assemble(int fd, const uint8_t *data, size_t size)
{
	size_t footer = size >= 2 ? data[0] | (size_t)data[1] << 8 : 0;
	size_t n = size >= 2 ? size - 2 : 0;
	uint8_t length[4] = { 0 };

	if (footer > n)
		footer = n;
	length[0] = (uint8_t)footer;
	length[1] = (uint8_t)(footer >> 8);
	put(fd, "PAR1", 4);
	put(fd, data + (size - n), n);
	put(fd, length, 4);
	put(fd, "PAR1", 4);
	return n + 12;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	size_t n = size;

	CHECK(fd >= 0);
	if (size >= 4 && memcmp(data, "PAR1", 4) == 0)
		put(fd, data, size);
	else
		n = assemble(fd, data, size);
	check_columns(fd, n);
	check_records(fd, n);
	close(fd);
	return 0;
}
