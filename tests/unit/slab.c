/* SPDX-License-Identifier: MIT */
/*
 * slab: columns that were worked out by hand.  A column is shown as its name,
 * its kind and its rows: ~ is null, texts stand between quotes.
 */
#include "parquet/slab.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/output.h"

static const char *const kinds[KINDS] = {
	[KIND_NOTHING] = "nothing",
	[KIND_BOOLEAN] = "boolean",
	[KIND_INTEGER] = "integer",
	[KIND_UNSIGNED] = "unsigned",
	[KIND_DECIMAL] = "decimal",
	[KIND_TEXT] = "text",
	[KIND_LIST] = "list",
};

enum { BLANK = 256 };

static struct output shown;
static struct slab *slab;

static void
show_word(const struct slab_column *c, uint64_t word)
{
	double d;

	memcpy(&d, &word, sizeof(d));
	switch (c->kind) {
	case KIND_BOOLEAN:
		output_text(&shown, word ? "true" : "false");
		break;
	case KIND_UNSIGNED:
		output_u64(&shown, word);
		break;
	case KIND_DECIMAL:
		output_printf(&shown, "%.17g", d);
		break;
	case KIND_TEXT:
		assert(word < c->values.texts);
		output_byte(&shown, '"');
		output_str(&shown, c->values.text[word]);
		output_byte(&shown, '"');
		break;
	default:
		output_s64(&shown, (int64_t)word);
	}
}

static void
show_column(const struct slab_column *c, size_t rows)
{
	const struct vector *v = &c->values;
	size_t at = 0;

	output_str(&shown, c->name);
	output_printf(&shown, ":%s", kinds[c->kind]);
	assert(v->rows == rows && !v->same);
	assert((v->length != NULL) == (c->kind == KIND_LIST));
	for (size_t row = 0; row < rows; row++) {
		output_byte(&shown, ' ');
		if (v->defined != NULL && !v->defined[row]) {
			output_byte(&shown, '~');
			assert(v->length == NULL || v->length[row] == 0);
		} else if (v->length != NULL) {
			output_byte(&shown, '[');
			for (size_t i = 0; i < v->length[row]; i++) {
				if (i > 0)
					output_byte(&shown, ',');
				show_word(c, v->word[at++]);
			}
			output_byte(&shown, ']');
		} else {
			show_word(c, v->word[at++]);
		}
	}
	assert(at == v->n);
	output_byte(&shown, '\n');
}

static void
show(void)
{
	size_t n;
	const struct slab_stretch *s = slab_stretches(slab, &n);

	shown.n = 0;
	for (size_t i = 0; i < n; i++) {
		if (i > 0 || s[i].trace.p != NULL) {
			output_text(&shown, "== ");
			output_str(&shown, s[i].trace);
			output_byte(&shown, '\n');
		}
		for (size_t k = 0; k < s[i].n; k++) {
			const struct slab_type *t = &s[i].type[k];

			output_byte(&shown, '<');
			output_str(&shown, t->type);
			output_printf(&shown, "> %zu\n", t->rows);
			for (size_t c = 0; c < t->n; c++)
				show_column(&t->column[c], t->rows);
		}
	}
}

/*
 * Reads a block without the quick path and with it.  Blank lines behind it let
 * that read up to its end; the last time, what was learned is used.
 */
static void
gives(const char *text, const char *expected)
{
	size_t n = strlen(text);
	char *copy = mem_alloc(n + BLANK);

	memcpy(copy, text, n);
	memset(copy + n, '\n', BLANK);
	slab_free(slab);
	slab = slab_new();
	for (int i = 0; i < 4; i++) {
		slab_quick(slab, i > 0);
		slab_read(slab, (struct str){ copy, n + (i > 1) * BLANK });
		show();
		if (shown.n == strlen(expected) &&
		    memcmp(shown.buf, expected, shown.n) == 0)
			continue;
		fprintf(stderr, "%s\ngives\n%.*sinstead of\n%s", text,
		    (int)shown.n, shown.buf, expected);
		abort();
	}
	free(copy);
}

static void
each_type_has_its_columns(void)
{
	gives("", "");
	gives("{\"type\":\"a\"}\n", "<a> 1\n");
	gives("{\"type\":\"a\",\"x\":1,\"s\":\"b\"}\n"
	      "{\"type\":\"b\",\"x\":true}\n"
	      "{\"type\":\"a\",\"x\":-2,\"s\":\"b\"}\n"
	      "{\"type\":\"a\",\"x\":3,\"s\":\"\"}\n",
	    "<a> 3\nx:integer 1 -2 3\ns:text \"b\" \"b\" \"\"\n"
	    "<b> 1\nx:boolean true\n");
	gives("{\"type\":\"lost\",\"ts\":5,\"cpu\":null}\n"
	      "{\"type\":\"end\",\"records\":1}",
	    "<lost> 1\nts:integer 5\ncpu:nothing ~\n"
	    "<end> 1\nrecords:integer 1\n");
	gives("{\"x\":1,\"type\":\"no\",\"y\":2,\"type\":\"a\"}\n"
	      " {\"y\" : 3 , \"t\\u0079pe\" : \"\\u0061\", \"x\":4} \r\n",
	    "<a> 2\nx:integer 1 4\ny:integer 2 3\n");
}

static void
what_is_absent_is_null(void)
{
	gives("{\"type\":\"a\",\"x\":1}\n{\"type\":\"a\",\"y\":2}\n"
	      "{\"type\":\"a\"}\n{\"type\":\"a\",\"x\":3,\"z\":[]}\n"
	      "{\"type\":\"a\"}\n",
	    "<a> 5\nx:integer 1 ~ ~ 3 ~\ny:integer ~ 2 ~ ~ ~\n"
	    "z:list ~ ~ ~ [] ~\n");
	gives("{\"type\":\"a\",\"x\":null,\"y\":\"k\"}\n"
	      "{\"type\":\"a\",\"x\":[1,-2],\"y\":null}\n"
	      "{\"type\":\"a\",\"x\":[],\"y\":\"l\"}\n"
	      "{\"type\":\"a\",\"x\":[3],\"y\":\"k\"}\n",
	    "<a> 4\nx:list ~ [1,-2] [] [3]\ny:text \"k\" ~ \"l\" \"k\"\n");
}

static void
the_last_of_equal_keys_counts(void)
{
	gives("{\"type\":\"a\",\"x\":1,\"y\":0,\"x\":2}\n"
	      "{\"type\":\"a\",\"x\":\"s\",\"y\":1,\"\\u0078\":3}\n"
	      "{\"type\":\"a\",\"x\":4,\"y\":2}\n",
	    "<a> 3\nx:integer 2 3 4\ny:integer 0 1 2\n");
}

static void
columns_widen(void)
{
	gives("{\"type\":\"a\",\"x\":1}\n{\"type\":\"a\",\"x\":1.50}\n"
	      "{\"type\":\"a\",\"x\":-0}\n{\"type\":\"a\",\"x\":-0.0}\n",
	    "<a> 4\nx:decimal 1 1.5 0 -0\n");
	gives("{\"type\":\"a\",\"x\":1}\n{\"type\":\"a\",\"x\":1.50}\n"
	      "{\"type\":\"a\",\"x\":-0}\n{\"type\":\"a\",\"x\":\"\"}\n"
	      "{\"type\":\"a\",\"x\":2.5e1}\n{\"type\":\"a\",\"x\":true}\n",
	    "<a> 6\nx:text \"1\" \"1.50\" \"0\" \"\" \"2.5e1\" \"true\"\n");
	gives("{\"type\":\"a\",\"x\":9007199254740991}\n"
	      "{\"type\":\"a\",\"x\":0.5}\n",
	    "<a> 2\nx:decimal 9007199254740991 0.5\n");
	gives("{\"type\":\"a\",\"x\":0.50}\n"
	      "{\"type\":\"a\",\"x\":9007199254740992}\n",
	    "<a> 2\nx:text \"0.50\" \"9007199254740992\"\n");
	gives("{\"type\":\"a\",\"x\":18446744073709551615}\n"
	      "{\"type\":\"a\",\"x\":7}\n",
	    "<a> 2\nx:unsigned 18446744073709551615 7\n");
	gives("{\"type\":\"a\",\"x\":18446744073709551615}\n"
	      "{\"type\":\"a\",\"x\":-7}\n{\"type\":\"a\",\"x\":8}\n",
	    "<a> 3\nx:text \"18446744073709551615\" \"-7\" \"8\"\n");
	gives("{\"type\":\"a\",\"x\":18446744073709551616}\n"
	      "{\"type\":\"a\",\"x\":7}\n{\"type\":\"a\",\"x\":1e999}\n",
	    "<a> 3\nx:text \"18446744073709551616\" \"7\" \"1e999\"\n");
	gives("{\"type\":\"a\",\"x\":9223372036854775807}\n"
	      "{\"type\":\"a\",\"x\":-9223372036854775808}\n",
	    "<a> 2\nx:integer 9223372036854775807 -9223372036854775808\n");
	gives("{\"type\":\"a\",\"x\":-1}\n"
	      "{\"type\":\"a\",\"x\":1700000000000000000}\n"
	      "{\"type\":\"a\",\"x\":-1700000000000000000}\n"
	      "{\"type\":\"a\",\"x\":9223372036854775808}\n"
	      "{\"type\":\"a\",\"x\":5}\n",
	    "<a> 5\nx:text \"-1\" \"1700000000000000000\" "
	    "\"-1700000000000000000\" \"9223372036854775808\" \"5\"\n");
	gives("{\"type\":\"a\",\"x\":false}\n{\"type\":\"a\",\"x\":0}\n",
	    "<a> 2\nx:text \"false\" \"0\"\n");
}

static void
lists_widen(void)
{
	gives("{\"type\":\"a\",\"x\":[]}\n{\"type\":\"a\",\"x\":null}\n"
	      "{\"type\":\"a\",\"x\":[]}\n{\"type\":\"a\",\"x\":[ 1 , -0]}\n"
	      "{\"type\":\"a\",\"x\":[ -0,9223372036854775808]}\n"
	      "{\"type\":\"a\",\"x\":[]}\n{\"type\":\"a\",\"x\":1}\n",
	    "<a> 7\nx:text \"[]\" ~ \"[]\" \"[1,0]\" "
	    "\"[0,9223372036854775808]\" \"[]\" \"1\"\n");
}

static void
strings_lose_their_escapes(void)
{
	gives("{\"type\":\"a\",\"\\u00e9\":\"\\\"\\n\\u20ac\\ud834\\udd1e\"}\n"
	      "{\"type\":\"a\",\"\xc3\xa9\":\"\xe2\x82\xac\"}\n"
	      "{\"type\":\"a\",\"\\u00e9\":\"a\\\\x80\"}\n",
	    "<a> 3\n\xc3\xa9:text \"\"\n\xe2\x82\xac\xf0\x9d\x84\x9e\" "
	    "\"\xe2\x82\xac\" \"a\\x80\"\n");
}

static void
a_trace_begins_a_stretch(void)
{
	gives("{\"type\":\"trace\",\"cpus\":4}\n{\"type\":\"a\",\"x\":1}\n"
	      "{\"type\":\"end\"}\n\n{\"type\":\"trace\"}\n"
	      "{\"type\":\"a\",\"x\":\"s\"}\n",
	    "== {\"type\":\"trace\",\"cpus\":4}\n<trace> 1\ncpus:integer 4\n"
	    "<a> 1\nx:integer 1\n<end> 1\n"
	    "== {\"type\":\"trace\"}\n<trace> 1\n<a> 1\nx:text \"s\"\n");
	gives("{\"type\":\"a\",\"y\":1,\"x\":null}\n"
	      "{\"type\":\"tr\\u0061ce\"}\n{\"type\":\"a\",\"x\":[1]}\n"
	      "{\"type\":\"a\",\"x\":[2,3],\"y\":2}\n",
	    "<a> 1\ny:integer 1\nx:nothing ~\n"
	    "== {\"type\":\"tr\\u0061ce\"}\n<trace> 1\n"
	    "<a> 2\nx:list [1] [2,3]\ny:integer ~ 2\n");
}

static const char bad_text[] = "{\"type\":\"a\",\"x\":1}\n"
			       " \t\r\n\n"
			       "{\"type\":\"a\",\"x\":01}\n"
			       "{\"type\":\"a\",\"x\":2}\n"
			       "{\"type\":7}\n"
			       "{\"type\":\"\"}\n"
			       "{\"type\":\"a\",\"y\":3,\"x\":\n"
			       "{\"x\":1}\n"
			       "{\"type\":\"a\",\"x\":3}x\n"
			       "{\"type\":\"a\",\"x\":4}";

static void
bad_lines_are_told_and_left_out(void)
{
	static const uint32_t lines[] = { 4, 6, 7, 8, 9, 10 };
	static const char *const whys[] = { "a number with a zero before it",
		"a record without a type", "a record without a type",
		"a key without a value", "a record without a type",
		"something behind the object" };
	const struct slab_bad *bad;
	uint64_t count;
	size_t n;

	gives(bad_text, "<a> 3\nx:integer 1 2 4\n");
	slab_read(slab, str_of(bad_text));
	assert(slab_lines(slab) == 11);
	bad = slab_bad_lines(slab, &n, &count);
	assert(n == 6 && count == 6);
	for (size_t i = 0; i < n; i++) {
		assert(bad[i].line == lines[i]);
		assert(strcmp(bad[i].why, whys[i]) == 0);
	}
	assert(str_is(bad[1].text, "{\"type\":7}"));
}

static void
of_many_bad_lines_the_first_are_told(void)
{
	char text[3 * 1000 + 1] = "";
	const struct slab_bad *bad;
	uint64_t count;
	size_t n;

	for (size_t i = 0; i < 1000; i++)
		memcpy(text + 3 * i, "{x\n", 4);
	slab_read(slab, str_of(text));
	bad = slab_bad_lines(slab, &n, &count);
	assert(count == 1000 && n > 0 && n < 1000);
	for (size_t i = 0; i < n; i++)
		assert(bad[i].line == i + 1);
}

static void
the_line_of_each_kind_is_known(void)
{
	const struct slab_stretch *s;
	const struct slab_column *c;
	size_t n;

	slab_read(slab,
	    str_of("\n{\"type\":\"a\",\"x\":1}\n"
		   "{\"type\":\"a\",\"x\":2}\n{\"type\":\"a\",\"x\":-0.5}\n"
		   "{\"type\":\"a\",\"x\":-3}\n{\"type\":\"a\",\"x\":null}\n"
		   "{\"type\":\"a\",\"x\":\"s\"}\n{\"type\":\"a\",\"x\":4}\n"));
	s = slab_stretches(slab, &n);
	assert(n == 1 && s[0].n == 1 && s[0].type[0].n == 1);
	c = &s[0].type[0].column[0];
	assert(c->kind == KIND_TEXT && c->facts == KIND_BELOW);
	assert(c->line[KIND_INTEGER] == 2 && c->line[KIND_DECIMAL] == 4);
	assert(c->line[KIND_NOTHING] == 6 && c->line[KIND_TEXT] == 7);
	assert(c->line[KIND_LIST] == 0 && c->line[KIND_BOOLEAN] == 0);
}

/* The text kind comes from two others here, before there is a text. */
static void
the_line_of_the_first_text_is_known(void)
{
	const struct slab_stretch *s;
	size_t n;

	slab_read(slab,
	    str_of(
		"{\"type\":\"a\",\"x\":true}\n"
		"{\"type\":\"a\",\"x\":2}\n{\"type\":\"a\",\"x\":\"s\"}\n"
		"{\"type\":\"a\",\"x\":\"t\"}\n{\"type\":\"a\",\"x\":\"u\"}\n"
		"{\"type\":\"b\",\"a long line\":\"so that there is room "
		"behind all others for what reads some words of them at "
		"once, and more than it needs\"}\n"));
	s = slab_stretches(slab, &n);
	assert(s[0].type[0].column[0].line[KIND_TEXT] == 3);
}

/* Else many short traces would each have the texts of all before them. */
static void
a_stretch_has_its_own_texts(void)
{
	const struct slab_stretch *s;
	size_t n;

	slab_read(slab,
	    str_of("{\"type\":\"a\",\"x\":\"s\"}\n{\"type\":\"trace\"}\n"
		   "{\"type\":\"a\",\"x\":\"t\"}\n"));
	s = slab_stretches(slab, &n);
	assert(n == 2 && s[1].type[1].column[0].values.texts == 1);
}

/* Each row with a key of its own would be a square of nulls. */
static void
keys_without_end_are_refused(void)
{
	enum { ROWS = 50000, LINE = 48 };
	char *text = mem_alloc(ROWS * LINE), *p = text;
	const struct slab_stretch *s;
	const struct slab_bad *bad;
	uint64_t count;
	size_t n;

	for (int i = 0; i < ROWS; i++)
		p += snprintf(p, LINE, "{\"type\":\"a\",\"k%d\":%d}\n",
		    i % 3 == 0 ? 0 : i, i);
	slab_read(slab, (struct str){ text, (size_t)(p - text) });
	s = slab_stretches(slab, &n);
	bad = slab_bad_lines(slab, &n, &count);
	assert(s[0].type[0].n == 2000 && count > 0);
	assert(s[0].type[0].rows + count == ROWS);
	assert(str_is(str_of(bad[0].why),
	    "more keys than a table is to have columns"));
	assert(s[0].type[0].column[0].values.n == (ROWS + 2) / 3);
	free(text);
}

static void
many_different_texts_are_all_there(void)
{
	enum { ROWS = 100000, LINE = 64 };
	char *text = mem_alloc(ROWS * LINE), *p = text, expected[LINE];
	const struct slab_column *c;
	const struct slab_stretch *s;
	size_t n;

	for (int i = 0; i < ROWS; i++)
		p += snprintf(p, LINE,
		    "{\"type\":\"a\",\"x\":\"t%d\",\"y\":%s}\n", i * 7 % ROWS,
		    i % 2 ? "\"odd\"" : "\"even\"");
	slab_read(slab, (struct str){ text, (size_t)(p - text) });
	s = slab_stretches(slab, &n);
	c = s[0].type[0].column;
	assert(c[0].values.n == ROWS && c[1].values.n == ROWS);
	assert(c[1].values.texts == 2);
	for (int i = 0; i < ROWS; i++) {
		snprintf(expected, LINE, "t%d", i * 7 % ROWS);
		assert(str_is(c[0].values.text[c[0].values.word[i]], expected));
	}
	free(text);
}

int
main(void)
{
	slab = slab_new();
	output_in_memory(&shown);
	each_type_has_its_columns();
	what_is_absent_is_null();
	the_last_of_equal_keys_counts();
	columns_widen();
	lists_widen();
	strings_lose_their_escapes();
	a_trace_begins_a_stretch();
	bad_lines_are_told_and_left_out();
	of_many_bad_lines_the_first_are_told();
	the_line_of_each_kind_is_known();
	the_line_of_the_first_text_is_known();
	a_stretch_has_its_own_texts();
	keys_without_end_are_refused();
	many_different_texts_are_all_there();
	assert(output_close(&shown) == 0);
	slab_free(slab);
	return 0;
}
