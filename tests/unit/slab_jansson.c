/* SPDX-License-Identifier: MIT */
/*
 * slab against jansson: blocks of random records, most of one shape, many of
 * them spoilt, are read line by line by jansson, and what columns that makes
 * is worked out anew from its values.  The quick path, first and when it knows
 * the shapes, and the general one must all give them.
 *
 * jansson takes no integer and no decimal that no word holds; such numbers are
 * given to it as strings with a mark.
 */
#include "parquet/slab.h"

#include <assert.h>
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LINES = 48,
	COLUMNS = 40,
	TYPES = 12,
	STRETCHES = LINES + 1,
	BLOCK = 1 << 14,
	BLOCKS = 5000
};

#define MARK "\x01#"

/* Of a value that is absent NULL. */
struct column {
	const char *name;
	json_t *cell[LINES];
	enum kind kind;
};

struct type {
	const char *name;
	struct column column[COLUMNS];
	size_t n, rows;
};

struct stretch {
	struct type type[TYPES];
	size_t n;
	struct str trace;
};

static struct stretch stretch[STRETCHES];
static size_t stretches, bad, kept_n, cells[KINDS], lines_bad, lines_good;
static json_t *kept[LINES * 8];
static uint64_t state = 42;

static size_t
any(size_t below)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(state >> 33) % below;
}

static bool
is_marked(const json_t *v)
{
	return json_is_string(v) && strncmp(json_string_value(v), MARK, 2) == 0;
}

/* Returns the kind of one value, by itself. */
static enum kind
kind_of(const json_t *v)
{
	const char *text;
	char *end;

	if (v == NULL || json_is_null(v))
		return KIND_NOTHING;
	if (json_is_boolean(v))
		return KIND_BOOLEAN;
	if (json_is_integer(v))
		return KIND_INTEGER;
	if (json_is_real(v))
		return KIND_DECIMAL;
	if (is_marked(v)) {
		text = json_string_value(v) + 2;
		return strlen(text) <= 20 &&
			strspn(text, "0123456789") == strlen(text) &&
			(strlen(text) < 20 ||
			    strcmp(text, "18446744073709551615") <= 0) &&
			strtoull(text, &end, 10) > INT64_MAX
		    ? KIND_UNSIGNED
		    : KIND_TEXT;
	}
	if (!json_is_array(v))
		return KIND_TEXT;
	for (size_t i = 0; i < json_array_size(v); i++)
		if (!json_is_integer(json_array_get(v, i)))
			return KIND_TEXT;
	return KIND_LIST;
}

/* Returns the kind of all, from which kinds there are and the extremes. */
static enum kind
kind_of_all(const struct column *c, size_t rows)
{
	bool has[KINDS] = { false }, below = false, wide = false;
	size_t kinds = 0;
	enum kind last = KIND_NOTHING;

	for (size_t i = 0; i < rows; i++) {
		json_int_t v;

		has[kind_of(c->cell[i])] = true;
		if (!json_is_integer(c->cell[i]))
			continue;
		v = json_integer_value(c->cell[i]);
		below |= v < 0;
		wide |= v >= 1LL << 53 || v <= -(1LL << 53);
	}
	for (enum kind k = KIND_BOOLEAN; k < KINDS; k++) {
		kinds += has[k];
		last = has[k] ? k : last;
	}
	if (kinds <= 1)
		return last;
	if (kinds == 2 && has[KIND_INTEGER] && has[KIND_UNSIGNED])
		return below ? KIND_TEXT : KIND_UNSIGNED;
	if (kinds == 2 && has[KIND_INTEGER] && has[KIND_DECIMAL])
		return wide ? KIND_TEXT : KIND_DECIMAL;
	return KIND_TEXT;
}

static size_t
digits(const char *p)
{
	return strspn(p, "0123456789");
}

/* Tells whether it is a number of JSON's that no word holds. */
static bool
is_large(const char *number)
{
	const char *p = number + (*number == '-');
	bool whole = true;
	double v;

	if (digits(p) == 0 || (*p == '0' && digits(p) > 1))
		return false;
	p += digits(p);
	if (*p == '.') {
		whole = false;
		if (digits(++p) == 0)
			return false;
		p += digits(p);
	}
	if (*p == 'e' || *p == 'E') {
		whole = false;
		p++;
		p += *p == '+' || *p == '-';
		if (digits(p) == 0)
			return false;
		p += digits(p);
	}
	errno = 0;
	if (whole)
		strtoll(number, NULL, 10);
	v = strtod(number, NULL);
	return *p == '\0' && (whole ? errno == ERANGE : isinf(v));
}

/* Copies a line, with numbers that are too large as strings with the mark. */
static size_t
mark(struct str line, char *to)
{
	char *p = to, number[BLOCK];
	bool quoted = false;

	for (size_t i = 0, n; i < line.n; i += n) {
		struct str rest = str_skip(line, i);

		for (n = 0; !quoted && n < rest.n && rest.p[n] != '\0' &&
		     strchr("+-.0123456789eE", rest.p[n]) != NULL;
		     n++)
			number[n] = rest.p[n];
		number[n] = '\0';
		if (is_large(number)) {
			p += sprintf(p, "\"\\u0001#%s\"", number);
			continue;
		}
		if (n == 0)
			n = quoted && rest.p[0] == '\\' && rest.n > 1 ? 2 : 1;
		if (rest.p[0] == '"')
			quoted = !quoted;
		memcpy(p, rest.p, n);
		p += n;
	}
	return (size_t)(p - to);
}

/* What the codec does not take as a value, and jansson does. */
static bool
is_foreign(const json_t *v)
{
	if (!json_is_array(v))
		return json_is_object(v);
	for (size_t i = 0; i < json_array_size(v); i++) {
		const json_t *e = json_array_get(v, i);

		if (!json_is_integer(e) &&
		    (!is_marked(e) ||
			strpbrk(json_string_value(e), ".eE") != NULL))
			return true;
	}
	return false;
}

/* Returns the record of a line, or NULL if it is bad. */
static json_t *
record(struct str line)
{
	static char copy[8 * BLOCK];
	json_t *o = json_loadb(copy, mark(line, copy), JSON_ALLOW_NUL, NULL);
	const char *key;
	json_t *v;

	if (json_is_object(o) && json_is_string(json_object_get(o, "type")) &&
	    json_string_length(json_object_get(o, "type")) > 0) {
		json_object_foreach(o, key, v) if (is_foreign(v)) break;
		if (json_object_iter(o) != NULL && key == NULL)
			return kept[kept_n++] = o;
	}
	json_decref(o);
	return NULL;
}

static struct type *
type_of(struct stretch *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->type[i].name, name) == 0)
			return &s->type[i];
	assert(s->n < TYPES);
	memset(&s->type[s->n], 0, sizeof(s->type[0]));
	s->type[s->n].name = name;
	return &s->type[s->n++];
}

static struct column *
column_of(struct type *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->column[i].name, name) == 0)
			return &t->column[i];
	assert(t->n < COLUMNS);
	t->column[t->n].name = name;
	return &t->column[t->n++];
}

static void
take(struct str line)
{
	json_t *o, *v;
	struct stretch *s = &stretch[stretches - 1];
	const char *name, *key;
	struct type *t;

	while (line.n > 0 && memchr(" \t\r", line.p[0], 3) != NULL)
		line = str_skip(line, 1);
	if (line.n == 0)
		return;
	o = record(line);
	if (o == NULL) {
		bad++;
		return;
	}
	name = json_string_value(json_object_get(o, "type"));
	if (strcmp(name, "trace") == 0) {
		if (stretches > 1 || s->n > 0 || s->trace.p != NULL)
			s = &stretch[stretches++];
		s->n = 0;
		s->trace = line;
	}
	t = type_of(s, name);
	json_object_foreach(o, key, v) if (strcmp(key, "type") != 0)
	    column_of(t, key)
		->cell[t->rows] = v;
	t->rows++;
}

/* Works out the columns of a block. */
static void
expect(struct str text)
{
	struct str line;

	for (size_t i = 0; i < kept_n; i++)
		json_decref(kept[i]);
	kept_n = bad = 0;
	stretches = 1;
	stretch[0].n = 0;
	stretch[0].trace = (struct str){ 0 };
	while (str_line(&text, &line))
		take(line);
	lines_bad += bad;
	lines_good += kept_n;
}

static bool
text_is(struct str text, const json_t *v)
{
	char copy[BLOCK], *p = copy, *end;
	bool same;

	memcpy(copy, text.p, text.n);
	copy[text.n] = '\0';
	if (is_marked(v))
		return str_is(text, json_string_value(v) + 2);
	if (json_is_string(v))
		return text.n == json_string_length(v) &&
		    memcmp(text.p, json_string_value(v), text.n) == 0;
	if (json_is_boolean(v))
		return str_is(text, json_is_true(v) ? "true" : "false");
	if (json_is_real(v))
		return strtod(copy, &end) == json_real_value(v) && *end == '\0';
	if (json_is_integer(v))
		return sprintf(copy, "%lld", json_integer_value(v)) > 0 &&
		    str_is(text, copy);
	same = *p++ == '[';
	for (size_t i = 0; same && i < json_array_size(v); i++) {
		json_t *e = json_array_get(v, i);

		if (i > 0)
			same = *p++ == ',';
		end = p + strspn(p, "-0123456789");
		same = same && text_is((struct str){ p, (size_t)(end - p) }, e);
		p = end;
	}
	return same && strcmp(p, "]") == 0;
}

static bool
word_is(const struct vector *v, enum kind kind, uint64_t word, const json_t *j)
{
	double d = 0;

	switch (kind) {
	case KIND_BOOLEAN:
		return word == (uint64_t)json_is_true(j);
	case KIND_TEXT:
		return word < v->texts && text_is(v->text[word], j);
	case KIND_DECIMAL:
		memcpy(&d, &word, sizeof(d));
		return d == json_number_value(j) &&
		    (!json_is_real(j) ||
			!signbit(d) == !signbit(json_real_value(j)));
	default:
		if (is_marked(j))
			return word ==
			    strtoull(json_string_value(j) + 2, NULL, 10);
		return word == (uint64_t)json_integer_value(j);
	}
}

static void
check_column(const struct slab_column *c, const struct column *e, size_t rows)
{
	const struct vector *v = &c->values;
	size_t at = 0;

	assert(str_is(c->name, e->name) && v->rows == rows);
	assert(c->kind == kind_of_all(e, rows));
	cells[c->kind] += rows;
	for (size_t i = 0; i < rows; i++) {
		const json_t *j = e->cell[i];
		bool there = kind_of(j) != KIND_NOTHING;

		assert((v->defined == NULL || v->defined[i]) == there);
		if (there && v->length != NULL) {
			assert(v->length[i] == json_array_size(j));
			for (size_t k = 0; k < v->length[i]; k++, at++)
				assert(word_is(v, KIND_INTEGER, v->word[at],
				    json_array_get(j, k)));
		} else if (there) {
			assert(word_is(v, c->kind, v->word[at], j));
			at++;
		}
	}
	assert(at == v->n);
}

static void
check(const struct slab *slab)
{
	size_t n;
	const struct slab_stretch *s = slab_stretches(slab, &n);
	uint64_t count;

	assert(n == stretches);
	for (size_t i = 0; i < n; i++) {
		assert(s[i].n == stretch[i].n);
		assert((s[i].trace.p == NULL) == (stretch[i].trace.p == NULL));
		for (size_t k = 0; k < s[i].n; k++) {
			const struct slab_type *t = &s[i].type[k];
			const struct type *e = &stretch[i].type[k];

			assert(str_is(t->type, e->name) && t->n == e->n);
			assert(t->rows == e->rows);
			for (size_t c = 0; c < t->n; c++)
				check_column(&t->column[c], &e->column[c],
				    t->rows);
		}
	}
	slab_bad_lines(slab, &n, &count);
	assert(count == bad);
}

/* What stands in a field most of the time, by the first letter of its key. */
static char *
put_usual(char *p, char key)
{
	static const char *const texts[] = { "swapper/0", "hackbench", "",
		"kworker/u4:1-events_unbound", "R+", "\xc3\xa9\xe2\x82\xac",
		"a/b c", "d..2." };
	size_t n = any(9);

	switch (key) {
	case 't':
		return p + sprintf(p, "%zu", 1125525591000 + any(1u << 31));
	case 'e':
		return p + sprintf(p, "17%017zu", any(1u << 31));
	case 'i':
		return p + sprintf(p, "%zu", any(1u << any(31)));
	case 'n':
		return p + sprintf(p, "-%zu", any(1u << any(31)));
	case 'd':
		return p +
		    sprintf(p, "%zu.%0*zu", any(1u << any(20)),
			(int)(1 + any(9)), any(1u << any(31)));
	case 's':
		return p + sprintf(p, "\"%s\"", texts[any(8)]);
	case 'u':
		return p + sprintf(p, "\"text %zu\"", any(1u << 31));
	case 'b':
		return p + sprintf(p, any(2) ? "true" : "false");
	case 'z':
		return p + sprintf(p, "null");
	default:
		p += sprintf(p, "[");
		while (n-- > 1)
			p += sprintf(p, n > 1 ? "%zu," : "%zu", any(99));
		return p + sprintf(p, "]");
	}
}

static char *
put_odd(char *p)
{
	static const char *const odd[] = { "null", "true", "false", "0", "-0",
		"-1", "7", "9007199254740991", "9007199254740992",
		"-9007199254740991", "-9007199254740992", "999999999999999999",
		"1000000000000000000", "9223372036854775807",
		"9223372036854775808", "-9223372036854775808",
		"-9223372036854775809", "18446744073709551615",
		"18446744073709551616", "123456789012345678901234567890", "00",
		"01", "-", "-01", "1.", ".5", "0.5", "-0.0", "-0.1", "1.0",
		"0.1e1", "1e5", "1E-400", "1e400", "-1e999", "2.5e+3", "5e-324",
		"1.7976931348623157e308", "0.30000000000000004",
		"9007199254740993.0", "123456789012345.6", "12345678.12345678",
		"1234567890.123456789012345678901234", "01.5", "\"\"",
		"\"a\\nb\"", "\"\\u00e9\\ud83d\\ude00\"", "\"\\ud83d\"",
		"\"\xff\"", "\"\xf0\x9f\x98\x80\"", "\"\\\\x80\"", "\"a\tb\"",
		"\"long long long long long long long long long long long\"",
		"[]", "[1,2]", "[ 1 , -2 ]", "[9223372036854775808]", "[-0]",
		"[-9223372036854775808,9223372036854775807]", "[,]", "[1,]",
		"nul", "tru", "nulll", "falsee", "1 ", " 1", "\"x\" ",
		"\t\"x\"", "" };

	return p + sprintf(p, "%s", odd[any(sizeof(odd) / sizeof(odd[0]))]);
}

/* Writes a record; each thing that is not as usual is one in so many. */
static char *
put_record(char *p, size_t rare)
{
	static const char *const types[] = { "trace", "sched_switch", "wakeup",
		"a type with a long name", "l", "x", "\xc3\xa9" };
	static const char *const keys[] = { "t i j k", "t s i u s2 d b",
		"t s n i i2 e prefix_of_a_key_that_is_long", "d z d2 e t z2 b",
		"l i z", "",
		"s z b a_key_that_is_even_longer_than_what_a_shape_would_keep_"
		"in_its_table_of_keys i" };
	size_t type = any(20 * rare) == 0 ? 0 : 1 + any(1 + any(6));
	const char *k = keys[type];

	p += sprintf(p, any(rare) ? "{\"type\":\"%s\"" : "{\"type\": \"%s\"",
	    types[type]);
	while (*k != '\0') {
		size_t n = strcspn(k, " ");
		size_t form = any(rare) != 0 ? 0 : 1 + any(3);

		if (form == 0)
			p += sprintf(p, ",\"%.*s\":", (int)n, k);
		else if (form == 1)
			p += sprintf(p, ", \"%.*s\" : ", (int)n, k);
		else if (form == 2)
			p += sprintf(p, ",\"\\u00%x%.*s\":", (unsigned)*k,
			    (int)n - 1, k + 1);
		else
			p += sprintf(p, ",\"%c\":", "abcd"[any(4)]);
		p = any(rare) ? put_usual(p, *k) : put_odd(p);
		/* A key that comes again, later, or never. */
		if (any(rare) != 0 || any(3) == 0)
			k += n + (k[n] == ' ');
		else if (any(2) == 0)
			k = keys[type] + strlen(keys[type]);
	}
	return p + sprintf(p, any(rare) ? "}\n" : any(2) ? "} \r\n" : "\n");
}

static size_t
make_block(char *block)
{
	static const char bytes[] = "\"\\{}[]:,.-+019eEtfnu/bDd \t\n\x1f\x7f"
				    "\x80\xc3\xe2";
	size_t rare = (size_t)1 << (1 + any(12)), lines = 1 + any(LINES - 1);
	char *p = block;

	for (size_t i = 0; i < lines; i++) {
		p = put_record(p, rare);
		if (any(rare * 4) == 0)
			p[-1 - (ptrdiff_t)any(9)] =
			    bytes[any(sizeof(bytes) - 1)];
	}
	for (size_t n = any(3); n-- > 0;) {
		size_t at = any((size_t)(p - block));

		if (block[at] != '\n')
			block[at] = bytes[any(sizeof(bytes) - 1)];
	}
	/* The end may be missing. */
	return (size_t)(p - block) - (any(4) == 0 ? any(16) : 0);
}

int
main(void)
{
	struct slab *slab = slab_new();
	static char block[16 * BLOCK];

	for (int i = 0; i < BLOCKS; i++) {
		struct str text = { NULL, make_block(block) };
		char *exact = malloc(text.n);

		memcpy(exact, block, text.n);
		text.p = exact;
		expect(text);
		slab_quick(slab, any(3) > 0);
		slab_read(slab, text);
		check(slab);
		slab_quick(slab, true);
		slab_read(slab, text);
		check(slab);
		free(exact);
	}
	for (size_t k = 0; k < KINDS; k++)
		assert(cells[k] > 1000);
	assert(lines_bad > 1000 && lines_good > 50000);
	for (size_t i = 0; i < kept_n; i++)
		json_decref(kept[i]);
	slab_free(slab);
	return 0;
}
