/* SPDX-License-Identifier: MIT */
/* compiled: layouts taken apart, and fields put in order */
#include "source/compiled.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "source/printed.h"

static void
part_is(const struct part *p, const char *text, const char *key, char kind)
{
	assert(str_is(p->text, text));
	assert(key == NULL ? p->key.n == 0 : str_is(p->key, key));
	assert(p->kind == kind);
}

static void
layouts_are_taken_apart(void)
{
	struct layout *l = compiled_new("a={a:d} [{ts:c}] {:x}!\nts a");

	assert(l->n == 4);
	part_is(&l->part[0], "a=", "a", 'd');
	part_is(&l->part[1], " [", "ts", 'c');
	part_is(&l->part[2], "] ", NULL, 'n');
	part_is(&l->part[3], "!", NULL, '\0');
	assert(l->part[4].text.n == 0 && l->part[4].kind == '\0');
	assert(str_is(l->part[0].label, ",\"a\":"));
	assert(str_is(l->part[1].label, ",\"arg_ts\":"));
	assert(l->meant && !l->part[0].meant && l->part[2].meant);
	assert(l->part[2].meaning.sense == SENSE_HEX);
	assert(strcmp(l->order, "ts a") == 0);
	compiled_free(l);

	l = compiled_new("{a:s}");
	assert(l->n == 1 && !l->meant && l->order == NULL);
	part_is(&l->part[0], "", "a", 's');
	compiled_free(l);

	l = compiled_new("\nb a");
	assert(l->n == 0 && !l->meant && strcmp(l->order, "b a") == 0);
	compiled_free(l);

	l = compiled_new("");
	assert(l->n == 0 && l->order == NULL);
	compiled_free(l);
	compiled_free(NULL);
}

/* Comms, numbers and states are, where they have a name and an end. */
static void
some_layouts_are_straight(void)
{
	static const struct {
		const char *text;
		bool straight;
	} layouts[] = {
		{ "{a:c}:{b:d} {c:z} {d:Z}", true },
		{ "{a:d} text", true },
		{ "{a:c}]", true },
		{ "{a:c}", false },
		{ "{a:d} {b:c}", false },
		{ "{:d}", false },
		{ "{a:w}", false },
		{ "{a:i}", false },
		{ "{a:s} {b:d}", false },
		{ "{a:x} {b:d}", false },
		{ "{a:gfp}", false },
	};

	for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++) {
		struct layout *l = compiled_new(layouts[i].text);

		if (l->straight != layouts[i].straight)
			fprintf(stderr, "%s\n", layouts[i].text);
		assert(l->straight == layouts[i].straight);
		compiled_free(l);
	}
}

/* Eight bytes as a number whose lowest byte is the first. */
static uint64_t
number_of(const char *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v |= (uint64_t)(unsigned char)p[i] << (8 * i);
	return v;
}

/*
 * Of a text of up to sixteen bytes all are in the words, and the words need
 * no more bytes than there are, or eight; longer ones are compared otherwise.
 */
static void
texts_are_in_two_words(void)
{
	static const char text[] = "abcdefghijklmnopqrst";

	for (size_t n = 0; n < sizeof(text); n++) {
		char s[sizeof(text) + sizeof("{a:d}")];
		struct layout *l;
		const struct part *p;
		size_t first = n < 8 ? n : 8;

		snprintf(s, sizeof(s), "%.*s{a:d}", (int)n, text);
		l = compiled_new(s);
		p = &l->part[0];
		assert(p->text.n == n);
		assert(p->front == number_of(text, first));
		assert(p->back == number_of(text + n - first, first));
		assert(p->back_at == n - first);
		assert(
		    p->mask == (n == 0 ? 0 : UINT64_MAX >> (64 - 8 * first)));
		assert(p->need == (n > 16 ? SIZE_MAX : n > 8 ? n : 8));
		compiled_free(l);
	}
}

/* As many parts as there is room for; the last of them is text. */
static void
there_is_room_for_all_parts(void)
{
	char s[PARTS_MAX * sizeof(" {a:d}") + 2];
	size_t n = 0;
	struct layout *l;

	for (size_t i = 0; i < PARTS_MAX; i++)
		n += (size_t)snprintf(s + n, sizeof(s) - n, " {a:d}");
	l = compiled_new(s);
	assert(l->n == PARTS_MAX && l->straight);
	part_is(&l->part[PARTS_MAX - 1], " ", "a", 'd');
	part_is(&l->part[PARTS_MAX], "", NULL, '\0');
	compiled_free(l);
}

static void
lists_have_names(void)
{
	assert(compiled_has("a bc d", str_of("a")));
	assert(compiled_has("a bc d", str_of("bc")));
	assert(compiled_has("a bc d", str_of("d")));
	assert(!compiled_has("a bc d", str_of("b")));
	assert(!compiled_has("a bc d", str_of("c")));
	assert(!compiled_has("a bc d", str_of("bcd")));
	assert(!compiled_has("a bc d", str_of("a bc")));
	assert(!compiled_has("a bc d", str_of("")));
	assert(!compiled_has("", str_of("a")));
	assert(!compiled_has("", str_of("")));
}

/* Sorts fields of these names, of a letter each, and compares. */
static void
sorts(void (*sort)(const struct layout *, struct fields *), const char *layout,
    const char *keys, const char *want)
{
	struct fields f = { .field = NULL };
	struct layout *l = compiled_new(layout);
	char got[20] = "";

	for (size_t i = 0; keys[i] != '\0'; i++)
		fields_add_kind(&f, (struct str){ keys + i, 1 },
		    (struct str){ keys + i, 1 }, FIELD_WORD);
	sort(l, &f);
	assert(f.n == strlen(keys) && f.n < sizeof(got));
	for (size_t i = 0; i < f.n; i++) {
		got[i] = f.field[i].key.p[0];
		assert(f.field[i].value.p[0] == got[i]);
		assert(f.field[i].kind == FIELD_WORD);
	}
	if (strcmp(got, want) != 0)
		fprintf(stderr, "got %s, want %s\n", got, want);
	assert(strcmp(got, want) == 0);
	fields_free(&f);
	compiled_free(l);
}

static void
fields_are_sorted(void)
{
	const char *order = "\na b c d";

	sorts(compiled_sort, order, "abcd", "abcd");
	sorts(compiled_sort, order, "dcba", "abcd");
	sorts(compiled_sort, order, "cadb", "abcd");
	sorts(compiled_sort, order, "", "");
	/* Some are missing; others stay as they are, behind. */
	sorts(compiled_sort, order, "db", "bd");
	sorts(compiled_sort, order, "zdyb", "bdzy");
	sorts(compiled_sort, order, "zy", "zy");
	sorts(compiled_sort, order, "baa", "aba");
	sorts(compiled_sort, "{a:d} {b:d}\n", "ba", "ba");
}

static void
pairs_are_sorted_if_all_are_known(void)
{
	const char *order = "\na b c d";

	sorts(compiled_sort_pairs, order, "dcba", "abcd");
	sorts(compiled_sort_pairs, order, "db", "bd");
	sorts(compiled_sort_pairs, order, "dbz", "dbz");
	sorts(compiled_sort_pairs, order, "zdb", "zdb");
	sorts(compiled_sort_pairs, order, "", "");
	sorts(compiled_sort_pairs, "{b:d} {a:d}", "ba", "ba");
	sorts(compiled_sort_pairs, "{a:d}\n", "ba", "ba");
}

static void
fields_have_meanings(void)
{
	struct layout *l = compiled_new("{a:d} {b:gfp} {c:x} {:p}");
	const struct meaning *m;

	assert(compiled_meaning(l, str_of("a")) == NULL);
	m = compiled_meaning(l, str_of("b"));
	assert(m != NULL && m->sense == SENSE_SET);
	assert(m->set == sets_find(str_of("gfp")));
	m = compiled_meaning(l, l->part[2].key);
	assert(m != NULL && m->sense == SENSE_HEX);
	assert(compiled_meaning(l, str_of("z")) == NULL);
	assert(compiled_meaning(l, str_of("bb")) == NULL);
	compiled_free(l);
}

int
main(void)
{
	layouts_are_taken_apart();
	some_layouts_are_straight();
	texts_are_in_two_words();
	there_is_room_for_all_parts();
	lists_have_names();
	fields_are_sorted();
	pairs_are_sorted_if_all_are_known();
	fields_have_meanings();
	return 0;
}
