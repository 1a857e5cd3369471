/* SPDX-License-Identifier: MIT */
/* report: the table of a data set, and what is said of it */
#include "dataset/report.h"

#include <assert.h>

static struct output out;
static struct collected trace[8];
static struct collection traces = { .trace = trace };
static uint64_t count[SPLIT_SETS];
static struct meta meta;

/* Begins with traces, whose categories are letters, of one row each. */
static void
begin(const char *categories)
{
	struct split *split = split_new();
	struct mt mt;

	traces.n = strlen(categories);
	for (size_t i = 0; i < traces.n; i++) {
		trace[i] = (struct collected){ .rows = 1 };
		split_add(split, (struct str){ categories + i, 1 });
	}
	assert(mt_seed_text(&mt, str_of("42")));
	split_draw(split, &mt, 0.5, true);
	for (size_t i = 0; i < split_sets(split); i++) {
		size_t n;

		split_groups(split, i, &n);
		count[i] = n;
	}
	meta = (struct meta){ .split = split,
		.count = count,
		.traces = &traces,
		.hold_out = true };
}

static void
end(void)
{
	split_free((struct split *)meta.split);
	out.n = 0;
}

static void
begin_anew(void)
{
	out.n = 0;
}

static bool
wrote(const char *want)
{
	bool same = out.n == strlen(want) && memcmp(out.buf, want, out.n) == 0;

	begin_anew();
	return same;
}

static bool
warns(uint64_t told, const char *want)
{
	report_warnings(&out, &meta, told);
	return wrote(want);
}

/*
 * Of the categories a, b and c seed 42 holds out c (CPython); half of each
 * other one's two traces train.
 */
static void
the_table_adds_up(void)
{
	static const char rows[] =
	    "                          rows     traces  categories       "
	    "lost\n"
	    "train.csv                    2          2           2          6\n"
	    "test_seen.csv                2          2           2          6\n"
	    "test_unseen.csv              1          1           1          4\n"
	    "all.csv                      5          5           3         "
	    "16\n";
	static const char requests[] =
	    "                          rows     groups  categories\n"
	    "train.jsonl                  2          2           2\n"
	    "test_seen.jsonl              2          2           2\n"
	    "test_unseen.jsonl            1          1           1\n"
	    "all.jsonl                    5          5           3\n";

	begin("aabbc");
	for (size_t i = 0; i < 5; i++)
		trace[i].lost = i < 2 ? 2 : 4;
	report_table(&out, &meta);
	assert(wrote(rows));
	assert(warns(0, ""));
	meta.traces = NULL;
	meta.json = true;
	report_table(&out, &meta);
	assert(wrote(requests));
	end();
}

/*
 * Two traces of one category and one of another give rows; one keeps none, and
 * one that has none is in no file.
 */
static void
a_divided_trace_is_in_both_files(void)
{
	static const char rows[] =
	    "                          rows     traces  categories       "
	    "lost\n"
	    "train.csv                    5          2           2          5\n"
	    "test_seen.csv                4          3           2          7\n"
	    "test_unseen.csv              0          0           0          0\n"
	    "all.csv                      9          4           2         "
	    "15\n";
	static char a[] = "a", b[] = "b";
	struct split *split = split_new();
	struct mt mt;

	begin("");
	split_free((struct split *)meta.split);
	assert(mt_seed_text(&mt, str_of("42")));
	for (size_t i = 0; i < 4; i++)
		split_add(split, str_of(i < 3 ? a : b));
	split_draw(split, &mt, 1, true);
	trace[0] = (struct collected){ .rows = 4, .seen = 2, .category = a };
	trace[1] = (struct collected){ .rows = 1, .seen = 1, .category = a };
	trace[2] = (struct collected){ .category = a, .lost = 8 };
	trace[3] = (struct collected){ .rows = 4, .seen = 1, .category = b };
	trace[0].lost = 1;
	trace[1].lost = 2;
	trace[3].lost = 4;
	traces.n = 4;
	count[SPLIT_TRAIN] = 5;
	count[SPLIT_SEEN] = 4;
	meta.split = split;
	meta.divided = true;
	report_table(&out, &meta);
	assert(wrote(rows));
	end();
}

static void
what_is_empty_is_told(void)
{
	begin("ab");
	meta.divided = true;
	assert(warns(0,
	    "test_unseen.csv is empty: to hold one out takes 3 categories, "
	    "there are 2\n"
	    "no trace is left to test with: test_seen.csv has the last rows "
	    "of each that trains\n"));
	meta.hold_out = false;
	meta.compat = true;
	assert(warns(0,
	    "no trace is left to test with: test_seen.csv has the last rows "
	    "of what would train\n"));
	meta.divided = false;
	count[SPLIT_TRAIN] = 0;
	meta.json = true;
	assert(warns(0,
	    "test_seen.jsonl is empty: no trace with rows is left beside "
	    "those that train\n"
	    "train.jsonl is empty\n"));
	meta.traces = NULL;
	assert(warns(0,
	    "test_seen.jsonl is empty: no category has groups left beside "
	    "those that train\n"));
	end();
	begin("aabbc");
	count[SPLIT_UNSEEN] = 0;
	assert(warns(0,
	    "test_unseen.csv is empty: the traces of the category c have no "
	    "rows\n"));
	end();
}

/* Whatever they hold, and a name of a file may hold any byte. */
static void
names_stay_in_their_line(void)
{
	char id[] = "p\nq", category[] = "\nk\n";

	begin("aab\n\nc");
	trace[1].path = "/tmp/a\ntk-split: b";
	trace[1].lost = 7;
	trace[1].lost_marks = 2;
	assert(warns(0,
	    "/tmp/a\\x0atk-split: b: 7 events were lost in 2 places\n"));
	end();
	/* Seed 42 holds out the last of three. */
	begin("\n\n\t\t\b");
	count[SPLIT_UNSEEN] = 0;
	assert(warns(0,
	    "test_unseen.csv is empty: the traces of the category \\x0a have "
	    "no rows\n"));
	end();
	trace[0] = (struct collected){ .trace_id = id,
		.category = category,
		.inferred = true };
	traces.n = 1;
	report_inferred(&out, &traces);
	assert(wrote("p\\x0aq (\\x0ak\\x0a)"));
}

/* Of traces in files losses were told one by one; what was told is not. */
static void
what_was_wrong_is_told_once(void)
{
	begin("aabbc");
	meta.lost = 7;
	meta.lost_marks = 2;
	meta.bad = 5;
	meta.cut_short = true;
	assert(warns(5, ""));
	assert(warns(3, "2 lines were bad before they came here\n"));
	meta.streamed = true;
	assert(warns(5,
	    "7 events were lost in 2 places\n"
	    "the input was cut short: a trace has no end record\n"));
	end();
	begin("aabbc");
	trace[1].unread = 2;
	trace[4].unread = 1;
	assert(warns(0,
	    "3 switches are no rows: the original does not read them\n"));
	end();
}

static void
a_field_that_nobody_has_is_told(void)
{
	struct split *split;
	struct mt mt;

	begin("aabbc");
	split = split_new();
	split_add(split, str_of("unknown"));
	split_add(split, str_of("unknown"));
	assert(mt_seed_text(&mt, str_of("42")));
	split_draw(split, &mt, 0.5, true);
	meta.field = "zone";
	meta.hold_out = false;
	assert(warns(0, ""));
	split_free((struct split *)meta.split);
	meta.split = split;
	traces.n = 2;
	assert(
	    warns(0, "nothing tells zone: all are of the category unknown\n"));
	meta.field = "a\nb";
	assert(warns(0,
	    "nothing tells a\\x0ab: all are of the category unknown\n"));
	meta.field = NULL;
	assert(warns(0, ""));
	end();
}

static void
the_first_five_are_named(void)
{
	char id[8][2] = { "p", "q", "r", "s", "t", "u", "v", "w" };
	char category[] = "k";

	for (size_t i = 0; i < 8; i++)
		trace[i] = (struct collected){ .trace_id = id[i],
			.category = category,
			.inferred = i != 1 };
	traces.n = 3;
	report_inferred(&out, &traces);
	assert(wrote("p (k), r (k)"));
	traces.n = 8;
	report_inferred(&out, &traces);
	assert(wrote("p (k), r (k), s (k), t (k), u (k) and 2 more"));
	traces.n = 0;
	report_inferred(&out, &traces);
	assert(wrote(""));
}

int
main(void)
{
	output_in_memory(&out);
	the_table_adds_up();
	a_divided_trace_is_in_both_files();
	what_is_empty_is_told();
	names_stay_in_their_line();
	what_was_wrong_is_told_once();
	a_field_that_nobody_has_is_told();
	the_first_five_are_named();
	output_close(&out);
	return 0;
}
