/* SPDX-License-Identifier: MIT */
#include "dataset/meta.h"

#include <assert.h>
#include <stdlib.h>
#include <time.h>

#include <jansson.h>

#include "base/mem.h"
#include "base/num.h"

/* Returns how many bytes at s are one valid character of UTF-8, 0 if none. */
static size_t
character(struct str s)
{
	for (size_t n = 1; n <= 4 && n <= s.n; n++) {
		json_t *one = json_stringn(s.p, n);

		json_decref(one);
		if (one != NULL)
			return n;
	}
	return 0;
}

static json_t *
string(struct str s)
{
	static const char instead[] = "\xef\xbf\xbd";
	json_t *value = json_stringn(s.n > 0 ? s.p : "", s.n);
	char *text;
	size_t n = 0;

	if (value != NULL)
		return value;
	text = mem_alloc(s.n * (sizeof(instead) - 1));
	while (s.n > 0) {
		size_t good = character(s);

		memcpy(text + n, good > 0 ? s.p : instead,
		    good > 0 ? good : sizeof(instead) - 1);
		n += good > 0 ? good : sizeof(instead) - 1;
		s = str_skip(s, good > 0 ? good : 1);
	}
	value = json_stringn(text, n);
	free(text);
	return value;
}

static json_t *
categories(const struct split *split)
{
	json_t *list = json_array();
	const struct str *name;
	size_t n;

	name = split_categories(split, &n);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, string(name[i]));
	return list;
}

static json_t *
columns(const struct table *table)
{
	json_t *list = json_array();
	size_t n = table_columns(table);

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, string(table_column(table, i)));
	return list;
}

static json_t *
number(struct str digits)
{
	int64_t v;

	return num_s64(digits, &v) ? json_integer(v) : string(digits);
}

static json_t *
when(int64_t seconds)
{
	time_t t = (time_t)seconds;
	char text[64];
	struct tm tm;

	if (gmtime_r(&t, &tm) == NULL ||
	    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		return json_null();
	return json_string(text);
}

static void
set(json_t *doc, const char *key, json_t *value)
{
	int failed = json_object_set_new(doc, key, value);

	assert(failed == 0);
	(void)failed;
}

static void
count(json_t *doc, const char *key, uint64_t v)
{
	set(doc, key, json_integer((json_int_t)v));
}

/* Sets what other programs know data sets of this kind by. */
static void
set_known(json_t *doc, const struct meta *m, const struct rows *rows,
    const struct split *split)
{
	static const char *const key[SPLIT_SETS] = { "train_events",
		"test_seen_events", "test_unseen_events" };
	struct str unseen = split_unseen(split);
	uint64_t total = 0;

	for (int i = 0; i < SPLIT_SETS; i++)
		total += rows->count[i];
	count(doc, "total_events", total);
	for (int i = 0; i < SPLIT_SETS; i++)
		count(doc, key[i], rows->count[i]);
	set(doc, "train_ratio", json_real(m->ratio));
	set(doc, "seed", number(m->seed));
	set(doc, "unseen_category",
	    unseen.p != NULL ? string(unseen) : json_null());
	set(doc, "categories", categories(split));
	count(doc, "num_traces", groups_count(rows->groups));
	set(doc, "csv_columns", columns(rows->table));
	set(doc, "created_at", when(m->created_at));
}

static int
take(const char *text, size_t n, void *out)
{
	output_put(out, text, n);
	return 0;
}

void
meta_put(struct output *out, const struct meta *m, const struct rows *rows,
    const struct split *split)
{
	/* 15 digits give a decimal back as it was typed. */
	const size_t style = JSON_INDENT(2) | JSON_REAL_PRECISION(15);
	json_t *doc;

	json_set_alloc_funcs(mem_alloc, free);
	doc = json_object();
	set_known(doc, m, rows, split);
	set(doc, "type", string(str_of(rows->type)));
	count(doc, "other_records", rows->other);
	count(doc, "lost", m->lost);
	count(doc, "lost_marks", m->lost_marks);
	count(doc, "bad", m->bad);
	set(doc, "cut_short", json_boolean(m->cut_short));
	set(doc, "version", string(m->version));
	set(doc, "command", string(m->command));
	json_dump_callback(doc, take, out, style);
	output_byte(out, '\n');
	json_decref(doc);
}
