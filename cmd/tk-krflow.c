/* SPDX-License-Identifier: MIT */
/*
 * tk-krflow -- follow each request through the threads of an application
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "cli/trace.h"
#include "flow/flow.h"
#include "flow/show.h"
#include "record/frame.h"
#include "source/title.h"

enum { FORMATS = 0x100, LINGER, PROGRESS_EVERY = 4096 };

static const struct cli_option options[] = {
	{ 'C', "colour", NULL, "use colours" },
	{ FORMATS, "formats", "DIR", "event formats, for raw pages" },
	{ 'g', "gateway", "ADDRESS",
	    "requests from here are users' (or ADDRESS/BITS)" },
	{ 'i', "init", "FILE", "threads of the services: tid name address" },
	{ LINGER, "linger", "SECONDS",
	    "wait so long for more of a request that was answered (1)" },
	{ 'o', "output", "FORMAT", "records, tree or raw" },
	{ 'R', "raw", NULL, "the same as -o raw" },
	{ 'V', "verbose", NULL, "tell each message and fork on stderr" },
	{ 0, NULL, NULL, NULL },
};

enum style { RECORDS, TREE, RAW };

static enum style format;
static bool colour, verbose;
static const int64_t billion = 1000000000, day = 86400; /* ns, s */

static int64_t linger = 1000000000;
static struct services *services;
static struct output log_output; /* stderr, for -V */
static struct trace trace;

/* What was given of one trace. */
static uint64_t spans;

static enum style
format_of(const char *name)
{
	if (strcmp(name, "records") == 0)
		return RECORDS;
	if (strcmp(name, "tree") == 0)
		return TREE;
	if (strcmp(name, "raw") == 0)
		return RAW;
	cli_usage("-o %s: not records, tree or raw", name);
}

static void
read_threads(const char *path)
{
	struct input in;

	if (input_open(&in, path) < 0) {
		cli_err("%s", path);
		exit(cli_finish());
	}
	while (input_line(&in)) {
		struct str line = in.line;
		const char *why;

		if (in.no == 1 && str_starts(line, "\xef\xbb\xbf"))
			line = str_skip(line, 3); /* a byte order mark */
		why = services_add_line(services, line);

		if (why != NULL)
			cli_bad(&in, why);
	}
	if (in.why != NULL) {
		errno = in.err;
		if (in.err != 0)
			cli_err("%s", path);
		else
			cli_errx("%s: %s", path, in.why);
		exit(cli_finish());
	}
	input_close(&in);
}

static void
add_gateway(const char *text)
{
	struct address_block block;

	if (!address_block_parse(str_of(text), &block))
		cli_usage("-g %s: no address", text);
	services_add_gateway(services, block);
}

/* Reads seconds, with or without a fraction, into nanoseconds. */
static int64_t
seconds(const char *text)
{
	struct str s = str_of(text);
	bool fraction = strchr(text, '.') != NULL;
	int64_t v;

	if (!num_time(s, &v) || v > (fraction ? day * billion : day))
		cli_usage("--linger %s: no time of at most a day", text);
	return fraction ? v : v * billion;
}

static void
read_options(void)
{
	const char *threads = NULL;
	int c;

	format = cli_stdout_is_terminal() ? TREE : RECORDS;
	while ((c = cli_getopt()) != -1)
		switch (c) {
		case 'C':
			colour = true;
			break;
		case 'g':
			add_gateway(optarg);
			break;
		case 'i':
			threads = optarg;
			break;
		case FORMATS:
			trace.reading.formats = optarg;
			break;
		case LINGER:
			linger = seconds(optarg);
			break;
		case 'o':
			format = format_of(optarg);
			break;
		case 'R':
			format = RAW;
			break;
		case 'V':
			verbose = true;
			break;
		}
	if (threads != NULL)
		read_threads(threads);
}

static void
give_trees(struct flow *flow)
{
	struct output *out = cli_output();
	const struct tree *t;

	while ((t = flow_next(flow)) != NULL) {
		spans += t->spans;
		if (format == RECORDS)
			show_records(out, services, t);
		else if (format == TREE)
			show_tree(out, services, t, colour);
		else
			show_raw(out, services, t);
	}
}

static void
begin_trace(const struct event *ev)
{
	static const struct title title;

	spans = 0;
	if (format == RECORDS)
		title_put(cli_output(), &title, ev, &trace.metadata,
		    cli_command());
}

static void
put_summary(const struct event_counts *n, const struct flow_counts *f)
{
	cli_note("%" PRIu64 " lines, %" PRIu64 " events, %" PRIu64
		 " bad lines, %" PRIu64 " events lost (%" PRIu64 " marks)",
	    n->lines, n->events, n->bad, n->lost, n->lost_marks);
	cli_note("%" PRIu64 " traces, %" PRIu64 " spans, %" PRIu64 " orphans",
	    f->traces, f->spans, f->orphans);
}

/* Says what is odd about a trace, or about what was found in it. */
static void
put_doubts(const struct event_counts *n, const struct flow_counts *f)
{
	trace_doubts(&trace, n);
	if (f->gaps > 0 && n->lost_marks == 0)
		cli_note("events are missing although nothing says so: "
			 "%" PRIu64 " system calls have no return",
		    f->gaps);
	if (n->events > 0 && f->spans == 0)
		cli_note("no requests were found: are these the threads, the "
			 "addresses and the events of the application?");
	else if (f->spans > 0 && f->traces == 0)
		cli_note("no request comes from a gateway: is -g right?");
}

static void
end_trace(struct event_reader *reader, const struct flow *flow)
{
	const struct event_counts *n = event_counts(reader);
	struct flow_counts f = flow_counts(flow);
	struct output *out = cli_output();

	if (n->lost_marks > 0 || n->cut_short || f.gaps > 0 || n->backwards > 0)
		cli_incomplete();
	put_doubts(n, &f);
	if (cli_stderr_is_terminal())
		put_summary(n, &f);
	if (format != RECORDS)
		return;
	frame_open_end(out, spans, n->lost, n->lost_marks, n->bad);
	json_put_u64(out, "lines", n->lines);
	json_put_u64(out, "events", n->events);
	json_put_u64(out, "traces", f.traces);
	json_put_u64(out, "spans", f.spans);
	json_put_u64(out, "orphans", f.orphans);
	json_put_u64(out, "gaps", f.gaps);
	json_put_u64(out, "backwards", n->backwards);
	if (n->cut_short)
		json_put_bool(out, "cut_short", true);
	json_close(out);
}

static void
take_event(struct flow *flow, struct event_reader *reader,
    const struct event *ev)
{
	const char *why;

	if (ev->kind == EVENT_TRACE)
		begin_trace(ev);
	if (ev->kind == EVENT_BAD)
		trace_bad(&trace, ev, ev->why);
	if ((why = flow_feed(flow, ev)) != NULL) {
		event_reject(reader);
		trace_bad(&trace, ev, why);
	}
	if (verbose && flow_step(flow) != NULL)
		show_step(&log_output, services, flow_step(flow), colour);
	give_trees(flow);
	if (ev->kind == EVENT_LOST && format == RECORDS)
		frame_put_lost(cli_output(), ev->at.ts, ev->at.cpu, ev->count);
	if (ev->kind == EVENT_END)
		end_trace(reader, flow);
}

int
main(int argc, char *argv[])
{
	struct event_reader *reader;
	struct flow *flow;
	struct event ev;
	unsigned n = 0;

	services = services_new();
	cli_start(argc, argv, "[FILE | DIR ...]", options);
	read_options();
	output_on(&log_output, STDERR_FILENO, "standard error");
	reader = event_reader_new();
	flow = flow_new(services, linger);
	flow_ask(flow, reader);
	while (trace_next(&trace, reader)) {
		while (event_next(reader, &ev)) {
			take_event(flow, reader, &ev);
			if (n++ % PROGRESS_EVERY == 0)
				trace_progress(&trace);
		}
		output_flush(&log_output);
	}
	if (output_flush(&log_output) < 0)
		cli_err("%s", log_output.name);
	flow_free(flow);
	event_reader_free(reader);
	services_free(services);
	return cli_finish();
}
