/* SPDX-License-Identifier: MIT */
#include "dataset/meta.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <jansson.h>

#include "base/mem.h"
#include "base/num.h"
#include "dataset/naming.h"
#include "dataset/python.h"

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
list(const struct str *text, size_t n)
{
	json_t *all = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(all, string(text[i]));
	return all;
}

static json_t *
categories(const struct split *split)
{
	const struct str *name;
	size_t n;

	name = split_categories(split, &n);
	return list(name, n);
}

static json_t *
number(struct str digits)
{
	int64_t v;

	return num_s64(digits, &v) ? json_integer(v) : string(digits);
}

/*
 * Tells when it was.  The original tells it without a zone, and with
 * microseconds where they are not 0, as datetime.isoformat() does.
 */
static json_t *
when(int64_t micro, bool compat)
{
	time_t t = (time_t)(micro / 1000000);
	char text[64], all[96];
	long rest = (long)(micro % 1000000);
	struct tm tm;

	if (gmtime_r(&t, &tm) == NULL ||
	    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm) == 0)
		return json_null();
	if (!compat)
		snprintf(all, sizeof(all), "%sZ", text);
	else if (rest > 0)
		snprintf(all, sizeof(all), "%s.%06ld", text, rest);
	else
		snprintf(all, sizeof(all), "%s", text);
	return json_string(all);
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
set_known(json_t *doc, const struct meta *m)
{
	struct str unseen = split_unseen(m->split);
	size_t sets = split_sets(m->split);
	uint64_t total = 0;

	for (size_t i = 0; i < sets; i++)
		total += m->count[i];
	count(doc, "total_events", total);
	for (size_t i = 0; i < sets; i++) {
		char name[SPLIT_NAME], key[SPLIT_NAME + 8];

		split_name(m->split, i, name);
		snprintf(key, sizeof(key), "%s_events", name);
		count(doc, key, m->count[i]);
	}
	set(doc, "train_ratio", json_real(m->ratio));
	set(doc, "seed", m->compat ? string(m->seed) : number(m->seed));
	set(doc, "unseen_category",
	    unseen.p != NULL ? string(unseen) : json_null());
	set(doc, "categories", categories(m->split));
	count(doc, "num_traces", m->groups);
	set(doc, "csv_columns", list(m->column, m->columns));
	set(doc, "created_at", when(m->created_at, m->compat));
}

static json_t *
moment(int64_t ts)
{
	return ts >= 0 ? json_integer(ts) : json_null();
}

/* Sets where a trace is: the bytes of all its files are one digest. */
static void
set_place(json_t *doc, const struct collected *t)
{
	const char *const *files = (const char *const *)t->files;
	json_t *paths;

	set(doc, "path", string(str_of(t->path)));
	if (files[1] != NULL) {
		paths = json_array();
		for (size_t i = 0; files[i] != NULL; i++)
			json_array_append_new(paths, string(str_of(files[i])));
		set(doc, "paths", paths);
	}
	set(doc, "sha256",
	    t->sha256[0] != '\0' ? json_string(t->sha256) : json_null());
}

/* Returns a string, or null where there is none. */
static json_t *
text(const char *z)
{
	return z != NULL ? string(str_of(z)) : json_null();
}

static json_t *
trace(const struct meta *m, size_t group)
{
	const struct collected *t = &m->traces->trace[group];
	json_t *doc = json_object();
	char name[SPLIT_NAME];

	set(doc, "trace_id", text(t->trace_id));
	if (t->path != NULL)
		set_place(doc, t);
	set(doc, "workload_type", text(t->workload));
	set(doc, "category", string(str_of(t->category)));
	split_name(m->split, split_set(m->split, group), name);
	set(doc, "set", json_string(name));
	count(doc, "rows", t->rows);
	if (m->divided && split_set(m->split, group) == SPLIT_TRAIN)
		count(doc, "test_seen_rows", t->seen);
	set(doc, "first", moment(t->first));
	set(doc, "last", moment(t->last));
	count(doc, "lost", t->lost);
	count(doc, "lost_marks", t->lost_marks);
	count(doc, "bad", t->bad);
	set(doc, "cut_short", json_boolean(t->cut_short));
	return doc;
}

bool
meta_holds(const struct meta *m, size_t group, size_t set)
{
	const struct collected *t = &m->traces->trace[group];
	size_t drawn = split_set(m->split, group);

	if (!m->divided || set > SPLIT_SEEN)
		return drawn == set;
	/* There are no other rows in test_seen. */
	return drawn == SPLIT_TRAIN &&
	    (set == SPLIT_SEEN ? t->seen > 0 : t->seen < t->rows);
}

/* Sets what the traces in a set tell, or in any. */
static void
set_sums(json_t *doc, const struct meta *m, size_t set_or_all)
{
	struct collected sum = { .first = -1, .last = -1 };

	for (size_t i = 0; i < m->traces->n; i++) {
		const struct collected *t = &m->traces->trace[i];

		if (set_or_all != split_sets(m->split) &&
		    !meta_holds(m, i, set_or_all))
			continue;
		if (t->first >= 0 && (sum.first < 0 || t->first < sum.first))
			sum.first = t->first;
		if (t->last > sum.last)
			sum.last = t->last;
		sum.lost += t->lost;
		sum.lost_marks += t->lost_marks;
		sum.bad += t->bad;
	}
	set(doc, "first", moment(sum.first));
	set(doc, "last", moment(sum.last));
	count(doc, "lost", sum.lost);
	count(doc, "lost_marks", sum.lost_marks);
	count(doc, "bad", sum.bad);
}

/* Sets the times of the rows in a set, or in any. */
static void
set_times(json_t *doc, const struct meta *m, size_t set_or_all)
{
	size_t sets = split_sets(m->split);
	int64_t first = -1, last = -1;

	for (size_t i = 0; i < sets; i++) {
		if (set_or_all != sets && set_or_all != i)
			continue;
		if (m->first[i] >= 0 && (first < 0 || m->first[i] < first))
			first = m->first[i];
		if (m->last[i] > last)
			last = m->last[i];
	}
	set(doc, "first", moment(first));
	set(doc, "last", moment(last));
}

/* Returns what there is to know of a file: of a set, or behind them of all. */
static json_t *
file(const struct meta *m, size_t set_or_all)
{
	size_t sets = split_sets(m->split);
	bool whole = set_or_all == sets;
	json_t *doc = json_object();
	uint64_t rows = 0;
	char name[NAMING_MAX];

	for (size_t i = 0; i < sets; i++)
		if (whole || i == set_or_all)
			rows += m->count[i];
	naming_file(m->split, set_or_all, m->json, name);
	set(doc, "name", json_string(name));
	count(doc, "rows", rows);
	if (m->traces != NULL)
		set_sums(doc, m, set_or_all);
	else if (m->first != NULL)
		set_times(doc, m, set_or_all);
	count(doc, "bytes", m->file[set_or_all].bytes);
	set(doc, "sha256", json_string(m->file[set_or_all].sha256));
	return doc;
}

static json_t *
files(const struct meta *m)
{
	json_t *all = json_array();

	for (size_t i = 0; i <= split_sets(m->split); i++)
		json_array_append_new(all, file(m, i));
	return all;
}

static json_t *
digest(const char *sha256)
{
	return sha256[0] != '\0' ? json_string(sha256) : json_null();
}

static json_t *
inputs(const struct meta *m)
{
	json_t *all = json_array();

	for (size_t i = 0; i < m->inputs; i++) {
		json_t *doc = json_object();

		set(doc, "path", string(str_of(m->input[i].path[0])));
		set(doc, "sha256", digest(m->input[i].sha256));
		json_array_append_new(all, doc);
	}
	return all;
}

/* Sets what there is to know besides. */
static void
set_more(json_t *doc, const struct meta *m)
{
	json_t *all = json_array();

	set(doc, "type", string(m->type));
	count(doc, "other_records", m->other);
	count(doc, "lost", m->lost);
	count(doc, "lost_marks", m->lost_marks);
	count(doc, "bad", m->bad);
	set(doc, "cut_short", json_boolean(m->cut_short));
	set(doc, "divided", json_boolean(m->divided));
	set(doc, "version", string(m->version));
	set(doc, "command", string(m->command));
	set(doc, "files", files(m));
	if (m->streamed)
		set(doc, "inputs", inputs(m));
	for (size_t i = 0; m->traces != NULL && i < m->traces->n; i++)
		json_array_append_new(all, trace(m, i));
	if (m->traces != NULL)
		set(doc, "traces", all);
	else
		json_decref(all);
}

static int
take(const char *text, size_t n, void *out)
{
	output_put(out, text, n);
	return 0;
}

bool
meta_clock(struct meta *m)
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	struct timespec now;
	int64_t seconds;

	clock_gettime(CLOCK_REALTIME, &now);
	m->created_at = now.tv_sec * 1000000 + now.tv_nsec / 1000;
	if (fixed == NULL)
		return true;
	return num_s64(str_of(fixed), &seconds) &&
	    !__builtin_mul_overflow(seconds, 1000000, &m->created_at);
}

bool
meta_format(struct meta *m, const char *name)
{
	m->json = strcmp(name, "jsonl") == 0;
	return m->json || strcmp(name, "csv") == 0;
}

void
meta_put(struct output *out, const struct meta *m)
{
	size_t style = JSON_INDENT(2) |
	    JSON_REAL_PRECISION(num_precision(m->ratio));
	json_t *doc;

	json_set_alloc_funcs(mem_alloc, free);
	doc = json_object();
	set_known(doc, m);
	if (m->compat) {
		python_dump(out, doc, style, m->seed);
	} else {
		set_more(doc, m);
		json_dump_callback(doc, take, out, style);
		output_byte(out, '\n');
	}
	json_decref(doc);
}
