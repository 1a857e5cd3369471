/* SPDX-License-Identifier: MIT */
/*
 * tk-split -- make train and test sets out of records, split by trace
 *
 * Where a row belongs is known only when all groups have been seen.  So the
 * rows are made as the records come, wait on disk, and are dealt out after
 * the last one; what is held in memory is the table of groups.
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/num.h"
#include "cli/trace.h"
#include "dataset/sets.h"
#include "source/recast.h"

enum { FORMATS = 0x100, NO_UNSEEN }; /* options without a letter */

static const struct cli_option options[] = {
	{ 'o', "output-dir", "DIR", "where the files go (traces)" },
	{ 'r', "train-ratio", "RATIO", "share of the groups to train (0.8)" },
	{ 's', "seed", "NUMBER", "of the random draw (42)" },
	{ 't', "type", "TYPE", "of the records to take, if there are several" },
	{ FORMATS, "formats", "DIR", "event formats, for raw pages" },
	{ NO_UNSEEN, "no-unseen-split", NULL, "hold out no category" },
	{ 0, NULL, NULL, NULL },
};

static const char *dir = "traces";
static const char *seed = "42";
static const char *type; /* of the records to take; NULL: the only one */
static double ratio = 0.8;
static bool hold_out = true;
static struct mt mt;

static struct event_reader *reader;
static struct trace trace;
static struct recast recast;
static struct event_counts sum; /* over all traces */
static struct rows rows;
static struct split *split;
static struct sets sets;

/* Reads the clock, or what stands in for it so that builds can be repeated. */
static bool
read_clock(int64_t *now)
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");

	*now = (int64_t)time(NULL);
	return fixed == NULL || num_s64(str_of(fixed), now);
}

/* Tells whether it is any use to read on. */
static bool
going(void)
{
	return rows_good(&rows) && rows.rival == NULL;
}

/* Adds up what a trace that ended says of itself. */
static void
end_trace(void)
{
	const struct event_counts *n = event_counts(reader);

	sum.lost += n->lost;
	sum.lost_marks += n->lost_marks;
	sum.bad += n->bad;
	sum.cut_short |= n->cut_short;
}

static void
take_event(struct event *ev)
{
	const char *why = ev->kind == EVENT_BAD ? ev->why : NULL;

	switch (ev->kind) {
	case EVENT_TRACE:
		rows_stream(&rows, recast_trace(&recast, ev, &trace.metadata));
		break;
	case EVENT_POINT:
		why = rows_take(&rows, recast_point(&recast, reader, ev));
		if (why != NULL)
			event_reject(reader);
		break;
	case EVENT_END:
		end_trace();
		break;
	default: /* losses are counted */
		break;
	}
	if (why != NULL)
		trace_bad(&trace, ev, why);
}

/*
 * Reads all inputs.  False if one could not be read: there is no data set
 * then, since a part of the groups would be drawn in another way.
 */
static bool
read_all(void)
{
	struct event ev;
	unsigned n = 0;

	while (going() && trace_next(&trace, reader))
		while (going() && event_next(reader, &ev)) {
			take_event(&ev);
			if (n++ % 4096 == 0)
				trace_progress(&trace);
		}
	return going() && !cli_failed();
}

/* Says what the reader of the data set should know about its source. */
static void
warn(void)
{
	bool lost = sum.lost > 0 || sum.lost_marks > 0;
	uint64_t before = sum.bad - cli_bad_count();

	if (lost)
		cli_note("%" PRIu64 " events were lost in %" PRIu64 " places",
		    sum.lost, sum.lost_marks);
	if (before > 0)
		cli_note("%" PRIu64 " lines were bad before they came here",
		    before);
	if (sum.cut_short)
		cli_note("the input was cut short: a trace has no end record");
	if (lost || before > 0 || sum.cut_short)
		cli_incomplete();
}

static void
draw(void)
{
	size_t categories, groups;

	split = split_new();
	rows_split(&rows, split);
	split_draw(split, &mt, ratio, hold_out);
	split_categories(split, &categories);
	if (hold_out && categories < SPLIT_ENOUGH)
		cli_note("test_unseen.csv is empty: to hold one out takes %d "
			 "categories, there %s %zu",
		    SPLIT_ENOUGH, categories == 1 ? "is" : "are", categories);
	split_groups(split, SPLIT_SEEN, &groups);
	if (groups == 0)
		cli_note("test_seen.csv is empty: no category has groups "
			 "left beside those that train");
}

/* Reports that the rows could not be kept until the end. */
static void
blame_spool(void)
{
	errno = rows.spool.err != 0 ? rows.spool.err : rows.spool.out.err;
	cli_err("%s: cannot keep the rows", rows.spool.out.name);
}

/* Writes and names the files.  False, with the message printed, if not. */
static bool
write_sets(int64_t now)
{
	const struct meta meta = {
		.ratio = ratio,
		.seed = str_of(seed),
		.created_at = now,
		.lost = sum.lost,
		.lost_marks = sum.lost_marks,
		.bad = sum.bad,
		.cut_short = sum.cut_short,
		.version = str_of(TK_VERSION),
		.command = cli_command(),
	};

	if (sets_write(&sets, &rows, split, &meta) == 0)
		return true;
	if (rows_good(&rows))
		cli_err("%s", sets.files.where);
	else
		blame_spool();
	return false;
}

static void
print_summary(void)
{
	fprintf(stderr, "%-16s %12s %10s %11s\n", "", "rows", "groups",
	    "categories");
	for (int i = 0; i < SPLIT_SETS; i++) {
		size_t n;

		split_groups(split, i, &n);
		fprintf(stderr, "%-16s %12" PRIu64 " %10zu %11zu\n",
		    sets_name(i), rows.count[i], n, split_spread(split, i));
	}
}

/* Opens what is written to before anything is read: failing is cheap now. */
static bool
open_all(void)
{
	if (sets_open(&sets, dir) < 0) {
		cli_err("%s", sets.files.where);
		return false;
	}
	if (rows_open(&rows, cli_tmp(), type) < 0) {
		cli_err("%s", cli_tmp());
		return false;
	}
	return true;
}

static _Noreturn void
refuse_types(void)
{
	sets_abandon(&sets);
	cli_usage("there are records of type '%s' and of type '%s': "
		  "choose with -t",
	    rows.type, rows.rival);
}

/* Makes the data set.  False, with the message printed, if there is none. */
static bool
make(int64_t now)
{
	if (!open_all())
		return false;
	if (!read_all()) {
		if (!rows_good(&rows))
			blame_spool();
		if (rows.rival != NULL)
			refuse_types();
		return false;
	}
	warn();
	if (groups_count(rows.groups) == 0) {
		cli_errx("no records%s%s", type != NULL ? " of type " : "",
		    type != NULL ? type : "");
		return false;
	}
	draw();
	return write_sets(now);
}

int
main(int argc, char *argv[])
{
	int64_t now;
	int c;

	reader = event_reader_new();
	cli_start(argc, argv, "[FILE | DIR ...]", options);
	while ((c = cli_getopt()) != -1)
		switch (c) {
		case 'o':
			dir = optarg;
			break;
		case 'r':
			if (!split_ratio(optarg, &ratio))
				cli_usage("-r %s: not from 0 to 1", optarg);
			break;
		case 's':
			seed = optarg;
			break;
		case 't':
			type = optarg;
			break;
		case FORMATS:
			trace.reading.formats = optarg;
			break;
		case NO_UNSEEN:
			hold_out = false;
			break;
		}
	if (!mt_seed_text(&mt, str_of(seed)))
		cli_usage("-s %s: not an integer", seed);
	if (!read_clock(&now))
		cli_usage("SOURCE_DATE_EPOCH is not a number of seconds");
	signal(SIGXFSZ, SIG_IGN); /* a file too large is an error like others */
	if (make(now)) {
		if (cli_stderr_is_terminal())
			print_summary();
	} else {
		sets_abandon(&sets);
		cli_errx("%s: no data set was written", dir);
	}
	split_free(split);
	rows_close(&rows);
	recast_free(&recast);
	event_reader_free(reader);
	return cli_finish();
}
