/* SPDX-License-Identifier: MIT */
/*
 * slab: arbitrary bytes as a block of lines.  What is read quickly is what is
 * read without haste, be the shapes of the records new or known; and each
 * line is blank, bad, or a row, as the codec of records says.
 */
#include "parquet/slab.h"

#include <string.h>

#include "check.h"
#include "record/json.h"

static void
same_text(struct str a, struct str b)
{
	CHECK((a.p == NULL) == (b.p == NULL));
	CHECK(a.p == NULL || str_eq(a, b));
}

static void
same_words(const struct slab_column *c, const struct vector *a,
    const struct vector *b)
{
	CHECK(a->n == b->n);
	for (size_t i = 0; i < a->n; i++) {
		if (c->kind != KIND_TEXT) {
			CHECK(a->word[i] == b->word[i]);
			continue;
		}
		CHECK(a->word[i] < a->texts && b->word[i] < b->texts);
		same_text(a->text[a->word[i]], b->text[b->word[i]]);
	}
}

static void
same_column(const struct slab_column *a, const struct slab_column *b)
{
	const struct vector *v = &a->values, *w = &b->values;
	size_t words = 0;

	same_text(a->name, b->name);
	CHECK(a->kind == b->kind && a->facts == b->facts);
	CHECK(memcmp(a->line, b->line, sizeof(a->line)) == 0);
	CHECK(v->rows == w->rows && !v->same && !w->same);
	CHECK((v->defined == NULL) == (w->defined == NULL));
	CHECK((v->length == NULL) == (w->length == NULL));
	CHECK((v->length != NULL) == (a->kind == KIND_LIST));
	for (size_t i = 0; i < v->rows; i++) {
		bool there = v->defined == NULL || v->defined[i];

		CHECK(v->defined == NULL || v->defined[i] == w->defined[i]);
		CHECK(v->length == NULL || v->length[i] == w->length[i]);
		CHECK(there || v->length == NULL || v->length[i] == 0);
		words += v->length != NULL ? v->length[i] : there;
	}
	CHECK(words == v->n);
	same_words(a, v, w);
}

static void
same_type(const struct slab_type *a, const struct slab_type *b)
{
	same_text(a->type, b->type);
	CHECK(a->rows == b->rows && a->n == b->n);
	for (size_t i = 0; i < a->n; i++) {
		CHECK(a->column[i].values.rows == a->rows);
		same_column(&a->column[i], &b->column[i]);
	}
}

static void
same(const struct slab *a, const struct slab *b)
{
	size_t n, m;
	const struct slab_stretch *s = slab_stretches(a, &n);
	const struct slab_stretch *t = slab_stretches(b, &m);

	CHECK(n == m && n > 0);
	for (size_t i = 0; i < n; i++) {
		same_text(s[i].trace, t[i].trace);
		CHECK(s[i].n == t[i].n);
		for (size_t k = 0; k < s[i].n; k++)
			same_type(&s[i].type[k], &t[i].type[k]);
	}
}

static void
same_bad(const struct slab *a, const struct slab *b)
{
	uint64_t in_a, in_b;
	size_t n, m;
	const struct slab_bad *bad = slab_bad_lines(a, &n, &in_a);
	const struct slab_bad *other = slab_bad_lines(b, &m, &in_b);

	CHECK(n == m && in_a == in_b && slab_lines(a) == slab_lines(b));
	for (size_t i = 0; i < n; i++) {
		CHECK(bad[i].line == other[i].line);
		CHECK(bad[i].why == other[i].why);
		same_text(bad[i].text, other[i].text);
	}
}

/* Counts the rows, as the codec alone sees them. */
static void
check_counts(const struct slab *slab, struct str text)
{
	struct json rec = { 0 };
	struct str line;
	size_t good = 0, bad = 0, lines = 0, rows = 0, n;
	const struct slab_stretch *s = slab_stretches(slab, &n);
	uint64_t count;

	for (; str_line(&text, &line); lines++) {
		const char *why = json_parse(&rec, line);
		const struct json_field *type = json_get(&rec, "type");

		if (why != NULL && strcmp(why, "an empty line") == 0)
			continue;
		if (why == NULL && type != NULL && type->kind == JSON_STRING &&
		    type->value.n > 0)
			good++;
		else
			bad++;
	}
	json_free(&rec);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < s[i].n; k++)
			rows += s[i].type[k].rows;
	slab_bad_lines(slab, &n, &count);
	CHECK(rows == good && count == bad && slab_lines(slab) == lines);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* One that has seen all inputs so far, so that it may be misled. */
	static struct slab *old;
	struct slab *quick = slab_new(), *slow = slab_new();
	char *exact = malloc(size > 0 ? size : 1);
	struct str text = { exact, size };

	if (size > 0)
		memcpy(exact, data, size);
	if (old == NULL)
		old = slab_new();
	slab_quick(slow, false);
	slab_read(slow, text);
	check_counts(slow, text);
	for (int i = 0; i < 2; i++) {
		slab_read(quick, text);
		same(quick, slow);
		same_bad(quick, slow);
	}
	slab_read(old, text);
	same(old, slow);
	same_bad(old, slow);
	slab_free(quick);
	slab_free(slow);
	free(exact);
	return 0;
}
