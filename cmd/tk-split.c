/* SPDX-License-Identifier: MIT */
/*
 * tk-split -- make train and test sets out of traces, split by trace
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "cli/trace.h"
#include "dataset/build.h"
#include "dataset/report.h"
#include "dataset/verify.h"
#include "source/tree.h"

enum {
	COMPAT = 0x100,
	FORMATS,
	NO_UNSEEN,
	RAW_DIR,
	VERIFY
}; /* without a letter */
enum { PROGRESS_EVERY = 4096 };

static const struct cli_option options[] = {
	{ 'o', "output-dir", "DIR", "where the files go (traces)" },
	{ 'r', "train-ratio", "RATIO", "share of the groups to train (0.8)" },
	{ 's', "seed", "NUMBER", "of the random draw (42)" },
	{ 't', "type", "TYPE", "of the records to take, if there are several" },
	{ COMPAT, "compat", NULL, "files like those of collect_traces.py" },
	{ FORMATS, "formats", "DIR", "event formats, for raw pages" },
	{ NO_UNSEEN, "no-unseen-split", NULL, "hold out no category" },
	{ RAW_DIR, "raw-dir", "DIR", "where traces are, as an operand" },
	{ VERIFY, "verify", "DIR", "check a data set, make none" },
	{ 0, NULL, NULL, NULL },
};

static const char *dir = "traces";
static const char *made; /* the data set to check */
static char *raw_dir;
static const char *type; /* of the records to take; NULL: the usual one */

static struct event_reader *reader;
static struct trace trace;
static struct build build = {
	.meta = { .ratio = 0.8, .hold_out = true, .seed = { "42", 2 } },
};

/*
 * Returns what is to be read.  Without operands the original reads DIR/raw,
 * and never the standard input.
 */
static char **
operands(void)
{
	static char *list[2];
	struct stat st;

	if (raw_dir != NULL) {
		list[0] = raw_dir;
		return list;
	}
	if (!build.meta.compat || *cli_operands() != NULL)
		return cli_operands();
	list[0] = tree_path(dir, "raw");
	return stat(list[0], &st) == 0 ? list : cli_operands();
}

/* Says what is odd about a trace of its own that ended. */
static void
end_trace(void)
{
	const struct event_counts *n = event_counts(reader);

	if (build.traces.n == 0)
		return;
	trace_doubts(&trace, n);
	if (n->lost_marks > 0)
		cli_note("%s: %" PRIu64 " events were lost in %" PRIu64
			 " places",
		    trace.in->name, n->lost, n->lost_marks);
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
	while (build_good(&build) && trace_next(&trace, reader))
		while (pass_blocks(), event_next(reader, &ev)) {
			const char *why = build_take(&build, reader, trace.in,
			    &trace.metadata, &ev);

			if (why != NULL)
				trace_bad(&trace, &ev, why);
			if (ev.kind == EVENT_END)
				end_trace();
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

	if (why != NULL)
		cli_errx("%s: %s", where, why);
	free(where);
	output_in_memory(&text);
	report_inferred(&text, &build.traces);
	cli_note_lines(&text, "no document tells the category of ");
	if (build_wants(&build) != NULL)
		event_want(reader, build_wants(&build));
	return why == NULL;
}

static _Noreturn void
refuse_types(void)
{
	build_abandon(&build);
	cli_usage("there are records of type '%s' and of type '%s': "
		  "choose with -t",
	    build.rows.type, build.rows.rival);
}

/*
 * Makes the data set.  False, with the message printed, if an input could not
 * be read, too: a part of the groups would be drawn in another way.
 */
static bool
make(void)
{
	char **files;

	if (build_open(&build, dir, cli_tmp(), type) < 0) {
		cli_err("%s", build.where);
		return false;
	}
	if (!plan())
		return false;
	while (!cli_failed() && build_good(&build) &&
	    (files = build_next(&build)) != NULL)
		read_files(files);
	if (build.rows.rival != NULL)
		refuse_types();
	if (cli_failed())
		return false;
	if (build.dealing)
		type = "sched_switch";
	if (build_good(&build) && !build_any(&build)) {
		cli_errx("no records%s%s", type != NULL ? " of type " : "",
		    type != NULL ? type : "");
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

	for (int i = 0; i < SPLIT_SETS; i++)
		if (build.gone[i])
			cli_note("%s/%s of an earlier data set is gone: "
				 "it would have no rows",
			    dir, sets_name(i));
	output_in_memory(&text);
	report_warnings(&text, m, cli_bad_count());
	cli_note_lines(&text, "");
	if (m->lost_marks > 0 || m->bad > cli_bad_count() || m->cut_short)
		cli_incomplete();
	if (build.traces.n == 0 && !cli_stderr_is_terminal())
		return;
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

	if (raw_dir != NULL || *cli_operands() != NULL)
		cli_usage("--verify and operands: either or");
	output_in_memory(&text);
	if (!verify_set(made, &text))
		cli_errx("%s: it is not as it was made", made);
	cli_note_lines(&text, "");
	return cli_finish();
}

static void
read_option(int c)
{
	switch (c) {
	case 'o':
		dir = optarg;
		break;
	case 'r':
		if (!split_ratio(optarg, &build.meta.ratio))
			cli_usage("-r %s: not from 0 to 1", optarg);
		break;
	case 's':
		build.meta.seed = str_of(optarg);
		break;
	case 't':
		type = optarg;
		break;
	case COMPAT:
		build.meta.compat = true;
		break;
	case FORMATS:
		trace.reading.formats = optarg;
		break;
	case NO_UNSEEN:
		build.meta.hold_out = false;
		break;
	case RAW_DIR:
		raw_dir = optarg;
		break;
	case VERIFY:
		made = optarg;
		break;
	}
}

int
main(int argc, char *argv[])
{
	int c, status;

	reader = event_reader_new();
	cli_start(argc, argv, "[FILE | DIR ...]", options);
	while ((c = cli_getopt()) != -1)
		read_option(c);
	if (made != NULL)
		return verify();
	if (!mt_seed_text(&build.mt, build.meta.seed))
		cli_usage("-s %s: not an integer", build.meta.seed.p);
	if (raw_dir != NULL && *cli_operands() != NULL)
		cli_usage("--raw-dir and operands: either or");
	if (!meta_clock(&build.meta))
		cli_usage("SOURCE_DATE_EPOCH is not a number of seconds");
	signal(SIGXFSZ, SIG_IGN); /* a file too large is an error like others */
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
