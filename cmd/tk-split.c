/* SPDX-License-Identifier: MIT */
/*
 * tk-split -- make train and test sets out of traces, split by trace
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/interrupt.h"
#include "cli/trace.h"
#include "dataset/build.h"
#include "dataset/report.h"
#include "dataset/verify.h"

enum {
	BASELINE = 0x100,
	COMPAT,
	FOLDS,
	FORMATS,
	NO_UNSEEN,
	RAW_DIR,
	STRIDE,
	VERIFY,
	WINDOW,
}; /* without a letter */
enum { PROGRESS_EVERY = 4096 };

static const struct cli_option options[] = {
	{ 'c', "category", "FIELD", "which field tells the category" },
	{ 'f', "output-format", "FORMAT", "of the files: csv (usual), jsonl" },
	{ 'o', "output-dir", "DIR", "where the files go (traces)" },
	{ 'r', "train-ratio", "RATIO", "share of the groups to train (0.8)" },
	{ 's', "seed", "NUMBER", "of the random draw (42)" },
	{ 't', "type", "TYPE", "of the records to take, if there are several" },
	{ BASELINE, "baseline", "[=KIND]", "columns of the older pipeline" },
	{ COMPAT, "compat", NULL, "files like those of collect_traces.py" },
	{ FOLDS, "folds", "K", "make K files for cross-validation" },
	{ FORMATS, "formats", "DIR", "event formats, for raw pages" },
	{ NO_UNSEEN, "no-unseen-split", NULL, "hold out no category" },
	{ RAW_DIR, "raw-dir", "DIR", "where traces are, as an operand" },
	{ STRIDE, "stride", "M", "rows from window to window (1)" },
	{ VERIFY, "verify", "DIR", "check a data set, make none" },
	{ WINDOW, "window", "N", "count the windows of N rows" },
	{ 0, NULL, NULL, NULL },
};

static const char *dir = "traces";
static const char *made; /* the data set to check */
static char *raw[2];     /* the one directory to read, or none */
static char seed[MT_TEXT] = "42";

static struct event_reader *reader;
static struct trace trace;
static struct build build = {
	.meta = { .ratio = 0.8, .hold_out = true },
};

/* Returns what is to be read. */
static char **
operands(void)
{
	if (build.meta.compat && raw[0] == NULL && *cli_operands() == NULL)
		raw[0] = collection_usual(dir);
	return raw[0] != NULL ? raw : cli_operands();
}

/* Takes what other threads have read. */
static void
pass_blocks(void)
{
	while (build_good(&build) && build_pass(&build, reader, trace.in))
		trace_progress(&trace);
}

/* Reads the files that come next. */
static void
read_files(char **files)
{
	struct event ev;
	unsigned n = 0;

	trace_take(&trace, reader, files);
	while (
	    !cli_failed() && build_good(&build) && trace_next(&trace, reader))
		while (pass_blocks(), event_next(reader, &ev)) {
			const char *why = build_take(&build, reader, trace.in,
			    &trace.metadata, &ev);

			if (why != NULL)
				trace_bad(&trace, &ev, why);
			if (ev.kind == EVENT_END && build.traces.n > 0)
				trace_doubts(&trace, event_counts(reader));
			if (n++ % PROGRESS_EVERY != 0)
				continue;
			trace_progress(&trace);
			if (!build_good(&build))
				break;
		}
}

/* Finds what is to be read.  False, with the message printed, if it cannot. */
static bool
plan(void)
{
	struct output text;
	char *where;
	const char *why = build_plan(&build, operands(), event_is_raw, reader,
	    &where);

	if (why != NULL) {
		cli_errx("%s: %s", where, why);
		free(where);
		return false;
	}
	output_in_memory(&text);
	report_inferred(&text, &build.traces);
	cli_note_lines(&text, "no document tells the category of ");
	build_want(&build, reader);
	return true;
}

/*
 * Makes the data set.  False, with the message printed, if an input could not
 * be read, too: a part of the groups would be drawn in another way.
 */
static bool
make(void)
{
	char **files;

	if (build_open(&build, dir, cli_tmp()) < 0) {
		cli_err("%s", build.where);
		return false;
	}
	if (!plan())
		return false;
	while (!cli_failed() && build_good(&build) &&
	    (files = build_next(&build)) != NULL)
		read_files(files);
	if (build.rows.rival != NULL) {
		build_abandon(&build);
		cli_usage("there are records of type '%s' and of type '%s': "
			  "choose with -t",
		    build.rows.type, build.rows.rival);
	}
	if (cli_failed())
		return false;
	if (build_good(&build) && !build_any(&build)) {
		cli_errx("no records%s%s",
		    build.type != NULL ? " of type " : "",
		    build.type != NULL ? build.type : "");
		return false;
	}
	if (build_end(&build) == 0)
		return true;
	cli_err("%s", build.where);
	return false;
}

/* Says what the user of the data set should know of it, and what it is. */
static void
tell(void)
{
	const struct meta *m = &build.meta;
	struct output text;

	for (size_t i = 0; i < build.sets.files.gone_n; i++)
		cli_note("%s/%s of an earlier data set is gone", dir,
		    build.sets.files.gone[i]);
	output_in_memory(&text);
	report_warnings(&text, m, cli_bad_count());
	cli_note_lines(&text, "");
	if (m->lost_marks > 0 || m->bad > cli_bad_count() || m->cut_short)
		cli_incomplete();
	output_in_memory(&text);
	report_table(&text, m);
	fwrite(text.buf, 1, text.n, stderr);
	output_close(&text);
}

/* Checks a data set that was made before. */
static int
verify(void)
{
	struct output text;

	if (raw[0] != NULL || *cli_operands() != NULL)
		cli_usage("--verify and operands: either or");
	output_in_memory(&text);
	if (!verify_set(made, &text))
		cli_errx("%s: it is not as it was made", made);
	cli_note_lines(&text, "");
	return cli_finish();
}

/* Reads an option without a letter. */
static void
read_word(int c)
{
	struct windows *windows = &build.meta.windows;

	switch (c) {
	case BASELINE:
		if (!baseline_kind(optarg, &build.baseline))
			cli_usage("--baseline=%s: neither time nor diff",
			    optarg);
		break;
	case COMPAT:
		build.meta.compat = true;
		break;
	case FOLDS:
		build.folds = cli_number("--folds", 2, SPLIT_FOLDS);
		break;
	case FORMATS:
		trace.reading.formats = optarg;
		break;
	case NO_UNSEEN:
		build.meta.hold_out = false;
		break;
	case RAW_DIR:
		raw[0] = optarg;
		break;
	case STRIDE:
		windows->stride = cli_number("--stride", 1, INT64_MAX);
		break;
	case VERIFY:
		made = optarg;
		break;
	case WINDOW:
		windows->size = cli_number("--window", 1, INT64_MAX);
		break;
	}
}

static void
read_option(int c)
{
	switch (c) {
	case 'c':
		build.meta.field = optarg;
		break;
	case 'f':
		if (!meta_format(&build.meta, optarg))
			cli_usage("-f %s: neither csv nor jsonl", optarg);
		break;
	case 'o':
		dir = optarg;
		break;
	case 'r':
		if (!split_ratio(optarg, &build.meta.ratio))
			cli_usage("-r %s: not from 0 to 1", optarg);
		break;
	case 's':
		if (!mt_integer(str_of(optarg), seed))
			cli_usage("-s %s: not an integer of up to %d digits",
			    optarg, MT_DIGITS);
		break;
	case 't':
		build.type = optarg;
		break;
	default:
		read_word(c);
	}
}

int
main(int argc, char *argv[])
{
	const char *why;
	int c, status;

	reader = event_reader_new();
	cli_start(argc, argv, "[FILE | DIR ...]", options);
	while ((c = cli_getopt()) != -1)
		read_option(c);
	if (made != NULL)
		return verify();
	build.meta.seed = str_of(seed);
	mt_seed_text(&build.mt, build.meta.seed);
	if (raw[0] != NULL && *cli_operands() != NULL)
		cli_usage("--raw-dir and operands: either or");
	if ((why = build_settle(&build)) != NULL)
		cli_usage("%s", why);
	signal(SIGXFSZ, SIG_IGN); /* a file too large is an error like others */
	interrupt_clean(build_interrupt, &build, "no data set was written");
	build.meta.version = str_of(TK_VERSION);
	build.meta.command = cli_command();
	if (make()) {
		tell();
	} else {
		build_abandon(&build);
		cli_errx("%s: no data set was written", dir);
	}
	event_reader_free(reader);
	status = cli_finish();
	build_free(&build);
	return status;
}
