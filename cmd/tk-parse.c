/* SPDX-License-Identifier: MIT */
/*
 * tk-parse -- turn a trace of any form into typed records
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/trace.h"
#include "record/frame.h"
#include "source/crew.h"
#include "source/filter.h"
#include "source/print.h"
#include "source/sheet.h"
#include "source/tally.h"
#include "source/title.h"

/* Options without a letter. */
enum {
	CATEGORY = 0x100,
	CLIP,
	FORMATS,
	SINCE,
	STATS,
	SYMBOLS,
	TRACE_ID,
	UNTIL,
	WORKLOAD,
};

enum { PROGRESS_EVERY = 1 << 14 };

static const struct cli_option options[] = {
	{ 'c', "cpu", "LIST", "keep events of these CPUs, such as 0,2-5" },
	{ 'e', "event", "EVENT,...", "keep these events, by their names" },
	{ 'o', "output", "FORMAT", "jsonl or, of one event, csv" },
	{ 'p', "pid", "PID,...", "keep events of these threads or processes" },
	{ CATEGORY, "category", "NAME", "of the trace" },
	{ CLIP, "clip", NULL, "keep the time in which every CPU has data" },
	{ FORMATS, "formats", "DIR", "event formats, for raw pages" },
	{ SINCE, "since", "TIME", "keep events from SECONDS or +SECONDS on" },
	{ STATS, "stats", NULL, "count events instead of giving them" },
	{ SYMBOLS, "symbols", NULL, "values by their names, where they have" },
	{ TRACE_ID, "trace-id", "NAME", "of the trace" },
	{ UNTIL, "until", "TIME", "keep events up to then" },
	{ WORKLOAD, "workload-type", "NAME", "of the trace" },
	{ 0, NULL, NULL, NULL },
};

enum style { JSONL, CSV, TABLE };

static enum style format;
static struct title title;
static struct trace trace;
static struct filter filter;

static struct event_reader *reader;
static struct crew *crew;
static struct sheet sheet;
static struct tally *tally;

/* What was given of the present trace. */
static struct {
	uint64_t records, lost, marks;
} given;

static bool failed;

static void
want(char *list)
{
	for (char *name; (name = strsep(&list, ",")) != NULL;) {
		char *colon = strrchr(name, ':'); /* sched:sched_switch */
		const char *event = colon != NULL ? colon + 1 : name;

		if (*event == '\0')
			cli_usage("-e: an event without a name");
		event_want(reader, event);
		if (colon != NULL) /* cpu-clock:ppp, as perf has it */
			event_want(reader, name);
	}
}

static void
read_format(const char *name)
{
	if (strcmp(name, "jsonl") == 0)
		format = JSONL;
	else if (strcmp(name, "csv") == 0)
		format = CSV;
	else
		cli_usage("-o %s: not jsonl or csv", name);
}

static void
read_filter(int option, const char *text)
{
	struct str s = str_of(text);

	if (option == 'c' && !filter_add_cpus(&filter, s))
		cli_usage("-c %s: no list of CPUs", text);
	if (option == 'p' && !filter_add_pids(&filter, s))
		cli_usage("-p %s: no list of PIDs", text);
	if (option == SINCE && !filter_read_time(s, &filter.since))
		cli_usage("--since %s: no time in seconds", text);
	if (option == UNTIL && !filter_read_time(s, &filter.until))
		cli_usage("--until %s: no time in seconds", text);
}

static void
read_options(void)
{
	bool stats = false;
	int c;

	while ((c = cli_getopt()) != -1)
		switch (c) {
		case 'e':
			want(optarg);
			break;
		case 'o':
			read_format(optarg);
			break;
		case CLIP:
			trace.clip = true;
			break;
		case FORMATS:
			trace.reading.formats = optarg;
			break;
		case STATS:
			stats = true;
			break;
		case SYMBOLS:
			trace.reading.symbols = true;
			break;
		case TRACE_ID:
			title.trace_id = optarg;
			break;
		case WORKLOAD:
			title.workload_type = optarg;
			break;
		case CATEGORY:
			title.category = optarg;
			break;
		default:
			read_filter(c, optarg);
		}
	if (stats && format == CSV)
		cli_usage("-o csv and --stats: either or");
	if (stats)
		format = TABLE;
}

static void
begin_trace(const struct event *ev)
{
	memset(&given, 0, sizeof(given));
	tally_clear(tally);
	if (format == JSONL)
		title_put(cli_output(), &title, ev, &trace.metadata,
		    cli_command());
}

/* Says what is odd about a trace. */
static void
put_doubts(const struct event_counts *n)
{
	trace_doubts(&trace, n);
	if (n->lost_marks > 0 && format != TABLE)
		cli_note("%s: %" PRIu64 " events lost (%" PRIu64 " marks)",
		    trace.in->name, n->lost, n->lost_marks);
	if (n->events > 0 && given.records == 0)
		cli_note("%s: no event was kept: are -e, -c, -p, --since and "
			 "--until right?",
		    trace.in->name);
}

static void
end_trace(void)
{
	const struct event_counts *n = event_counts(reader);
	struct output *out = cli_output();

	if (n->lost_marks > 0 || n->cut_short)
		cli_incomplete();
	put_doubts(n);
	if (format == TABLE)
		tally_print(tally, out);
	if (format != JSONL)
		return;
	frame_open_end(out, given.records, given.lost, given.marks, n->bad);
	if (n->cut_short)
		json_put_bool(out, "cut_short", true);
	json_close(out);
}

static void
give_point(struct event *ev)
{
	given.records++;
	if (format == TABLE) {
		tally_take(tally, ev);
		return;
	}
	event_canon(reader, ev);
	if (format == JSONL) {
		print_point(cli_output(), ev);
		return;
	}
	if (sheet_put(&sheet, cli_output(), ev) || failed)
		return;
	cli_errx("-o csv is for one event, here is also %.*s: choose with -e",
	    (int)ev->at.name.n, ev->at.name.p);
	failed = true;
}

static void
give_lost(const struct event *ev)
{
	given.marks++;
	if (ev->count > 0 &&
	    __builtin_add_overflow(given.lost, (uint64_t)ev->count,
		&given.lost))
		given.lost = UINT64_MAX;
	if (format == TABLE)
		tally_take(tally, ev);
	if (format == JSONL)
		frame_put_lost(cli_output(), ev->at.ts, ev->at.cpu, ev->count);
}

static void
take_event(struct event *ev)
{
	const struct event_counts *n = event_counts(reader);

	switch (ev->kind) {
	case EVENT_TRACE:
		begin_trace(ev);
		break;
	case EVENT_POINT:
		if (filter_keeps(&filter, ev, n->first))
			give_point(ev);
		break;
	case EVENT_LOST:
		if (filter_keeps(&filter, ev, n->first))
			give_lost(ev);
	case EVENT_LINE: /* nobody asked for one */
		break;
	case EVENT_BAD:
		trace_bad(&trace, ev, ev->why);
		break;
	case EVENT_END:
		end_trace();
		break;
	}
}

/* Takes what was made of the lines that come by several at once. */
static void
pass_blocks(void)
{
	while (format == JSONL &&
	    crew_pass(crew, reader, trace.in, cli_output(), &given.records))
		trace_progress(&trace);
}

int
main(int argc, char *argv[])
{
	struct event ev;
	unsigned n = 0;

	reader = event_reader_new();
	tally = tally_new();
	crew = crew_new(&filter, NULL);
	cli_start(argc, argv, "[FILE | DIR ...]", options);
	read_options();
	while (!failed && trace_next(&trace, reader)) {
		filter.clip = trace.clip;
		filter.clip_since = trace.since;
		filter.clip_until = trace.until;
		while (!failed && (pass_blocks(), event_next(reader, &ev))) {
			take_event(&ev);
			if (n++ % PROGRESS_EVERY == 0)
				trace_progress(&trace);
		}
		crew_rest(crew);
	}
	crew_free(crew);
	if (sheet.strays > 0)
		cli_errx("-o csv: %" PRIu64 " fields that the first event does "
			 "not have were left out",
		    sheet.strays);
	sheet_free(&sheet);
	tally_free(tally);
	filter_free(&filter);
	event_reader_free(reader);
	return cli_finish();
}
