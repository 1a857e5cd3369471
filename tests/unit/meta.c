/* SPDX-License-Identifier: MIT */
/* meta: the document, key by key, for a data set of two rows */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "dataset/meta.h"
#include "record/json.h"

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
    "  \"version\": \"0.1\",\n"
    "  \"command\": \"tk-split \xef\xbf\xbd/\xc3\xa9\xef\xbf\xbd\"\n"
    "}\n";

static void
take(struct rows *rows, const char *line, bool stream)
{
	struct json rec = { 0 };

	assert(json_parse(&rec, str_of(line)) == NULL);
	if (stream)
		rows_stream(rows, &rec);
	else
		assert(rows_take(rows, &rec) == NULL);
	json_free(&rec);
}

/* Returns a file without a name, open. */
static struct output
scratch(void)
{
	char path[] = "/tmp/tk-meta-XXXXXX";
	int fd = mkstemp(path);
	struct output out;

	assert(fd >= 0 && unlink(path) == 0);
	output_on(&out, fd, "scratch");
	return out;
}

int
main(void)
{
	const struct meta meta = {
		.ratio = 0.1,
		.seed = str_of("18446744073709551615"),
		.created_at = 1000000000,
		.lost = 3,
		.lost_marks = 2,
		.bad = 5,
		.cut_short = true,
		.version = str_of("0.1"),
		.command = str_of("tk-split \xff/\xc3\xa9\xc3"),
	};
	struct output file[SPLIT_SETS + 1], *out[SPLIT_SETS];
	struct split *split = split_new();
	char got[sizeof(want) + 1] = "";
	struct rows rows;
	struct mt mt = { .next = 0 };

	assert(mt_seed_text(&mt, meta.seed));
	assert(rows_open(&rows, "/tmp", "e") == 0);
	take(&rows, "{\"type\":\"trace\",\"category\":\"a\\\"\xc3\xa9\"}",
	    true);
	take(&rows, "{\"type\":\"e\",\"ts\":1}", false);
	take(&rows, "{\"type\":\"f\",\"x\":1}", false);
	take(&rows, "{\"type\":\"trace\"}", true);
	take(&rows, "{\"type\":\"\\u0065\"}", false);
	rows_split(&rows, split);
	split_draw(split, &mt, meta.ratio, true);
	for (int i = 0; i <= SPLIT_SETS; i++)
		file[i] = scratch();
	for (int i = 0; i < SPLIT_SETS; i++)
		out[i] = &file[i];
	assert(rows_write(&rows, split, out) == 0);
	meta_put(&file[SPLIT_SETS], &meta, &rows, split);
	assert(output_flush(&file[SPLIT_SETS]) == 0);
	assert(pread(file[SPLIT_SETS].fd, got, sizeof(got) - 1, 0) > 0);
	assert(strcmp(got, want) == 0);
	for (int i = 0; i <= SPLIT_SETS; i++)
		output_close(&file[i]);
	split_free(split);
	rows_close(&rows);
	return 0;
}
