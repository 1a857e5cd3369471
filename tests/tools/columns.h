/* SPDX-License-Identifier: MIT */
/*
 * columns -- a column that was made up: its values, and how they are written
 */
#ifndef TK_TESTS_COLUMNS_H
#define TK_TESTS_COLUMNS_H

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "parquet/file.h"

struct made {
	struct leaf leaf;
	const char *kind, *duckdb;
	size_t rows, filled;
	bool late; /* not among the columns of the first row groups */
	uint8_t *defined;
	size_t defined_cap;
	uint32_t *length; /* by row; 1 if it is no list */
	size_t length_cap;
	uint64_t *word;
	size_t n, word_cap;
	struct str *text;
	size_t texts, text_cap;
};

static void
made_row(struct made *m)
{
	m->defined = mem_grow(m->defined, &m->defined_cap, m->filled + 1, 1);
	m->length = mem_grow(m->length, &m->length_cap, m->filled + 1,
	    sizeof(*m->length));
	m->length[m->filled] = 0;
	m->defined[m->filled++] = 1;
}

static void
made_null(struct made *m)
{
	made_row(m);
	m->defined[m->filled - 1] = 0;
}

static void
made_value(struct made *m, uint64_t word)
{
	m->word = mem_grow(m->word, &m->word_cap, m->n + 1, sizeof(*m->word));
	m->word[m->n++] = word;
	m->length[m->filled - 1]++;
}

static uint64_t
made_add(struct made *m, struct str text)
{
	m->text = mem_grow(m->text, &m->text_cap, m->texts + 1,
	    sizeof(*m->text));
	m->text[m->texts] = text;
	return m->texts++;
}

/* The text of so many times what z says. */
static uint64_t
made_long(struct made *m, const char *z, size_t times)
{
	size_t n = strlen(z);
	char *p = mem_alloc(n * times + 1);

	for (size_t i = 0; i < times; i++)
		memcpy(p + i * n, z, n);
	return made_add(m, (struct str){ p, n * times });
}

/* One of many texts by its number, or one of ten. */
static uint64_t
made_text(struct made *m, uint64_t number, bool many)
{
	char text[200];
	int n = snprintf(text, sizeof(text), "%s%" PRIu64 "\xc3\xa9\"\\",
	    number % 2 > 0 ? "a text that is longer than others are, " : "",
	    many ? number : number % 10);

	if (m->leaf.logical != LEAF_STRING && n > 0)
		text[n - 1] = (char)0xff;
	if (number % 10 == 7)
		n = 0;
	return made_add(m, (struct str){ mem_dup(text, (size_t)n), (size_t)n });
}

/* Makes the first rows null. */
static void
made_absent(struct made *m, size_t rows)
{
	size_t at = 0;

	for (size_t i = 0; i < rows; i++) {
		at += m->length[i];
		m->length[i] = 0;
		m->defined[i] = 0;
	}
	memmove(m->word, m->word + at, (m->n - at) * sizeof(*m->word));
	m->n -= at;
}

static void
made_free(struct made *m)
{
	for (size_t i = 0; i < m->texts; i++)
		free((char *)m->text[i].p);
	free((char *)m->leaf.name.p);
	free(m->text);
	free(m->defined);
	free(m->length);
	free(m->word);
}

static void
show_text(FILE *out, struct str s, bool hexadecimal)
{
	putc('"', out);
	for (size_t i = 0; i < s.n; i++)
		if (hexadecimal)
			fprintf(out, "%02x", (unsigned char)s.p[i]);
		else if ((unsigned char)s.p[i] < ' ' || s.p[i] == '"' ||
		    s.p[i] == '\\')
			fprintf(out, "\\u%04x", (unsigned)s.p[i]);
		else
			putc(s.p[i], out);
	putc('"', out);
}

static void
show_value(FILE *out, const struct made *m, uint64_t word)
{
	double wide;

	if (m->leaf.type == LEAF_BOOLEAN) {
		fputs(word > 0 ? "true" : "false", out);
	} else if (m->leaf.type == LEAF_BYTES) {
		show_text(out, m->text[word], strcmp(m->kind, "bytes") == 0);
	} else if (strcmp(m->kind, "decimal") == 0) {
		memcpy(&wide, &word, 8);
		if (m->leaf.type == LEAF_FLOAT)
			wide = (double)(float)wide;
		memcpy(&word, &wide, 8);
		if (wide != wide)
			word = 0x7ff8000000000000;
		fprintf(out, "\"%016" PRIx64 "\"", word);
	} else if (strcmp(m->kind, "unsigned") == 0) {
		fprintf(out, "\"%" PRIu64 "\"", word);
	} else {
		fprintf(out, "\"%" PRId64 "\"", (int64_t)word);
	}
}

static size_t
show_row(FILE *out, const struct made *m, size_t row, size_t at)
{
	uint32_t n = m->length[row];

	if (!m->defined[row]) {
		fputs("null", out);
		return at;
	}
	if (m->leaf.list)
		putc('[', out);
	for (uint32_t i = 0; i < n; i++) {
		if (i > 0)
			putc(',', out);
		show_value(out, m, m->word[at + i]);
	}
	if (m->leaf.list)
		putc(']', out);
	return at + n;
}

static void
made_show(const char *path, const struct made *m, size_t n)
{
	FILE *out = fopen(path, "w");
	size_t *at = mem_alloc(n * sizeof(*at));

	assert(out != NULL);
	for (size_t i = 0; i < n; i++)
		fprintf(out,
		    "%c{\"name\":\"%s\",\"kind\":\"%s\",\"type\":\"%s\"}",
		    i > 0 ? ',' : '[', m[i].leaf.name.p, m[i].kind,
		    m[i].duckdb);
	fputs("]\n", out);
	for (size_t row = 0; row < m[0].rows; row++)
		for (size_t i = 0; i < n; i++) {
			putc(i > 0 ? ',' : '[', out);
			at[i] = show_row(out, &m[i], row, at[i]);
			if (i + 1 == n)
				fputs("]\n", out);
		}
	fclose(out);
	free(at);
}

static bool
all_same(const uint64_t *word, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (word[i] != word[0])
			return false;
	return true;
}

/*
 * Gives the rows from one to another as vectors of so many rows.  Where a
 * vector can say in short what it has, it does so if it can be brief.
 */
static size_t
made_vectors(const struct made *m, size_t row, size_t to, size_t rows,
    bool brief, struct vector *v)
{
	size_t at = 0, n = 0;

	for (size_t i = 0; i < row; i++)
		at += m->length[i];
	for (; row < to; row += v[n++].rows) {
		struct vector one = { .word = m->word + at,
			.rows = to - row < rows ? to - row : rows,
			.text = m->text,
			.texts = m->texts,
			.defined = m->defined + row };

		if (m->leaf.list)
			one.length = m->length + row;
		for (size_t i = 0; i < one.rows; i++)
			one.n += m->length[row + i];
		at += one.n;
		if (brief && one.n > 0)
			one.same = all_same(one.word, one.n);
		if ((brief || m->leaf.required) &&
		    memchr(one.defined, 0, one.rows) == NULL)
			one.defined = NULL;
		v[n] = one;
	}
	return n;
}

static bool
same_chunk(const struct chunk *a, const struct chunk *b)
{
	return a->bytes.n == b->bytes.n &&
	    memcmp(a->bytes.buf, b->bytes.buf, a->bytes.n) == 0 &&
	    a->unpacked == b->unpacked && a->pages == b->pages;
}

/* Encodes it twice, cut in two ways: to the same bytes. */
static void
made_chunk(const struct made *m, size_t row, size_t to,
    struct chunk_coder *coder, struct chunk *chunk)
{
	struct vector *v = mem_alloc((to - row + 1) * sizeof(*v));
	struct chunk other = { 0 };
	size_t n = made_vectors(m, row, to, 37, true, v);

	chunk_encode(coder, &m->leaf, v, n, &other);
	n = made_vectors(m, row, to, to - row, false, v);
	chunk_encode(coder, &m->leaf, v, n, chunk);
	assert(chunk->err == 0 && same_chunk(chunk, &other));
	chunk_free(&other);
	free(v);
}

static void
write_group(struct parquet_file *f, const struct made *m, size_t n, size_t row,
    size_t to, struct chunk_coder *coder)
{
	struct chunk *chunk = mem_alloc(n * sizeof(*chunk));

	for (size_t i = 0; i < n; i++)
		if (!m[i].leaf.required &&
		    memchr(m[i].defined + row, 1, to - row) == NULL)
			chunk_encode_absent(coder, &m[i].leaf, to - row,
			    &chunk[i]);
		else
			made_chunk(&m[i], row, to, coder, &chunk[i]);
	file_group(f, chunk, n, to - row);
	free(chunk);
}

static void
made_write(const char *path, const struct made *m, size_t n, size_t group,
    const struct chunk_options *options)
{
	struct file_fact fact[] = { { str_of("who"), str_of("columns") },
		{ str_of("empty"), str_of("") } };
	struct chunk_coder *coder = chunk_coder_new(options);
	struct leaf *leaf = mem_alloc(n * sizeof(*leaf));
	struct parquet_file *f;
	struct output out;
	int failed = output_open(&out, path);
	size_t to;

	assert(failed == 0);
	f = file_new(&out);
	for (size_t row = 0; row < m[0].rows; row = to) {
		size_t columns = n;

		to = m[0].rows - row < group ? m[0].rows : row + group;
		while (row == 0 && columns > 1 && m[columns - 1].late)
			columns--;
		write_group(f, m, columns, row, to, coder);
	}
	for (size_t i = 0; i < n; i++)
		leaf[i] = m[i].leaf;
	file_end(f, leaf, n, fact, 2, coder);
	file_free(f);
	failed = output_close(&out);
	assert(failed == 0);
	chunk_coder_free(coder);
	free(leaf);
}

#endif
