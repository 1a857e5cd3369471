/* SPDX-License-Identifier: MIT */
/* meta: the document, key by key, for a data set of two rows */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "dataset/meta.h"
#include "dataset/rows.h"
#include "record/json.h"
#include "scratch.h"

static const char want[] =
    "{\n"
    "  \"total_events\": 2,\n"
    "  \"train_events\": 2,\n"
    "  \"test_seen_events\": 0,\n"
    "  \"test_unseen_events\": 0,\n"
    "  \"train_ratio\": 0.1,\n"
    "  \"seed\": \"18446744073709551615\",\n"
    "  \"unseen_category\": null,\n"
    "  \"categories\": [\n"
    "    \"a\\\"\xc3\xa9\",\n"
    "    \"unknown\"\n"
    "  ],\n"
    "  \"num_traces\": 2,\n"
    "  \"csv_columns\": [\n"
    "    \"ts\",\n"
    "    \"category\"\n"
    "  ],\n"
    "  \"created_at\": \"2001-09-09T01:46:40Z\",\n"
    "  \"type\": \"e\",\n"
    "  \"other_records\": 1,\n"
    "  \"lost\": 3,\n"
    "  \"lost_marks\": 2,\n"
    "  \"bad\": 5,\n"
    "  \"cut_short\": true,\n"
    "  \"divided\": false,\n"
    "  \"version\": \"0.1\",\n"
    "  \"command\": \"tk-split \xef\xbf\xbd/\xc3\xa9\xef\xbf\xbd\",\n"
    "  \"files\": [\n"
    "    {\n"
    "      \"name\": \"train.csv\",\n"
    "      \"rows\": 2,\n"
    "      \"bytes\": 40,\n"
    "      \"sha256\": \"aa\"\n"
    "    },\n"
    "    {\n"
    "      \"name\": \"test_seen.csv\",\n"
    "      \"rows\": 0,\n"
    "      \"bytes\": 12,\n"
    "      \"sha256\": \"bb\"\n"
    "    },\n"
    "    {\n"
    "      \"name\": \"test_unseen.csv\",\n"
    "      \"rows\": 0,\n"
    "      \"bytes\": 12,\n"
    "      \"sha256\": \"cc\"\n"
    "    },\n"
    "    {\n"
    "      \"name\": \"all.csv\",\n"
    "      \"rows\": 2,\n"
    "      \"bytes\": 40,\n"
    "      \"sha256\": \"dd\"\n"
    "    }\n"
    "  ]\n"
    "}\n";

static void
take(struct rows *rows, const char *line, bool stream)
{
	struct json rec = { 0 };

	assert(json_parse(&rec, str_of(line)) == NULL);
	if (stream)
		rows_stream(rows, &rec, NULL);
	else
		assert(rows_take(rows, &rec, str_of(line), NULL) == NULL);
	json_free(&rec);
}

/* Returns what meta_put writes, in a buffer. */
static const char *
written(const struct meta *meta)
{
	static char got[4096];
	struct output out;

	output_in_memory(&out);
	meta_put(&out, meta);
	assert(out.n < sizeof(got));
	memcpy(got, out.buf, out.n);
	got[out.n] = '\0';
	output_close(&out);
	return got;
}

static void
tells_of_records(void)
{
	struct meta meta = {
		.file = { { 40, "aa" }, { 12, "bb" }, { 12, "cc" },
		    { 40, "dd" } },
		.ratio = 0.1,
		.seed = str_of("18446744073709551615"),
		.created_at = 1000000000000000,
		.lost = 3,
		.lost_marks = 2,
		.bad = 5,
		.cut_short = true,
		.version = str_of("0.1"),
		.command = str_of("tk-split \xff/\xc3\xa9\xc3"),
	};
	const struct str column[] = { { "ts", 2 }, { "category", 8 } };
	struct output file[SPLIT_SETS], *out[SPLIT_SETS];
	struct split *split = split_new();
	struct rows rows;
	struct mt mt = { .next = 0 };

	assert(mt_seed_text(&mt, meta.seed));
	assert(rows_open(&rows, "/tmp", "e", (struct switches_form){ 0 }) == 0);
	take(&rows, "{\"type\":\"trace\",\"category\":\"a\\\"\xc3\xa9\"}",
	    true);
	take(&rows, "{\"type\":\"e\",\"ts\":1}", false);
	take(&rows, "{\"type\":\"f\",\"x\":1}", false);
	take(&rows, "{\"type\":\"trace\"}", true);
	take(&rows, "{\"type\":\"\\u0065\"}", false);
	rows_split(&rows, split);
	split_draw(split, &mt, meta.ratio, true);
	for (size_t i = 0; i < split_sets(split); i++) {
		file[i] = scratch();
		out[i] = &file[i];
	}
	assert(rows_write(&rows, split, 1, out, &meta.windows) == 0);
	meta.split = split;
	meta.count = rows.count;
	meta.groups = origin_groups(&rows.origin);
	meta.column = column;
	meta.columns = 2;
	meta.type = str_of(rows.type);
	meta.other = rows.other;
	assert(strcmp(written(&meta), want) == 0);
	for (size_t i = 0; i <= SPLIT_UNSEEN; i++)
		output_close(&file[i]);
	split_free(split);
	rows_close(&rows);
}

/* What json.dump(..., indent=2) of CPython 3.11 writes. */
static const char want_compat[] =
    "{\n"
    "  \"total_events\": 3,\n"
    "  \"train_events\": 2,\n"
    "  \"test_seen_events\": 0,\n"
    "  \"test_unseen_events\": 1,\n"
    "  \"train_ratio\": 0.30000000000000004,\n"
    "  \"seed\": -36893488147419103232,\n"
    "  \"unseen_category\": null,\n"
    "  \"categories\": [\n"
    "    \"\\u00e9\\ud83d\\ude00\"\n"
    "  ],\n"
    "  \"num_traces\": 1,\n"
    "  \"csv_columns\": [\n"
    "    \"pid\"\n"
    "  ],\n"
    "  \"created_at\": \"2001-09-09T01:46:40%s\"\n"
    "}";

static void
writes_as_the_original(void)
{
	const struct str column = { "pid", 3 };
	const uint64_t count[SPLIT_SETS] = { 2, 0, 1 };
	struct split *split = split_new();
	struct mt mt = { .next = 0 };
	struct meta meta = {
		.split = split,
		.count = count,
		.groups = 1,
		.column = &column,
		.columns = 1,
		.ratio = 0.1 + 0.2,
		.seed = str_of("-036893488147419103232"),
		.created_at = 1000000000000000,
		.compat = true,
	};
	char text[1024];

	assert(mt_seed_text(&mt, meta.seed));
	split_add(split, str_of("\xc3\xa9\xf0\x9f\x98\x80"));
	split_draw(split, &mt, 0.8, true);
	snprintf(text, sizeof(text), want_compat, "");
	assert(strcmp(written(&meta), text) == 0);
	meta.created_at += 42;
	snprintf(text, sizeof(text), want_compat, ".000042");
	assert(strcmp(written(&meta), text) == 0);
	split_free(split);
}

int
main(void)
{
	tells_of_records();
	writes_as_the_original();
	return 0;
}
