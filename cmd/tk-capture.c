/* SPDX-License-Identifier: MIT */
/*
 * tk-capture -- record the kernel's events around a command
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/notes.h"
#include "capture/place.h"
#include "capture/request.h"
#include "capture/runs.h"
#include "cli/cli.h"
#include "cli/interrupt.h"
#include "tracefs/mount.h"

enum { WAIT_MS = 200, SIGNAL_STATUS = 128 };

static const struct cli_option options[] = {
	{ REQUEST_BUFFER, "buffer-size", "KB", "of each CPU's buffer (16384)" },
	{ REQUEST_CPUS, "cpu", "LIST", "record on these CPUs, such as 0,2-5" },
	{ REQUEST_CLOCK, "clock", "CLOCK", "of the times (mono)" },
	{ REQUEST_DURATION, "duration", "SECONDS", "record for so long" },
	{ REQUEST_EVENT, "event", "EVENT,...", "record these events" },
	{ REQUEST_FILTER, "filter", "FILTER",
	    "of the -e before it: only those" },
	{ REQUEST_FORM, "format", "FORM", "text, records, raw or dat" },
	{ REQUEST_OUTPUT, "output", "FILE", "write to this, not to stdout" },
	{ REQUEST_PID, "pid", "PID,...", "record these and what they start" },
	{ REQUEST_RUNS, "runs", "N", "of each workload (3)" },
	{ REQUEST_WORKLOADS, "workload", "NAME,...", "record them, or all" },
	{ REQUEST_CATALOGUE, "catalogue", "FILE", "of workloads" },
	{ REQUEST_CLEAN, "clean", NULL, "remove what dead runs left, and end" },
	{ REQUEST_COMMAND_OUTPUT, "command-output", "FILE", "for its stdout" },
	{ REQUEST_LAST, "last", "SECONDS", "keep only the last of them" },
	{ REQUEST_LIST, "list-workloads", NULL, "show them, and end" },
	{ REQUEST_METADATA, "metadata", "FILE", "to tell of the recording in" },
	{ REQUEST_OUTPUT_DIR, "output-dir", "DIR", "of workloads (traces)" },
	{ REQUEST_OVERWRITE, "overwrite", NULL, "what is oldest gets lost" },
	{ REQUEST_PIDS, "pids", "FILE", "record the threads of this table" },
	{ REQUEST_PRESET, "preset", "NAME", "sched, krflow or krflow-rich" },
	{ REQUEST_TIMEOUT, "timeout", "SECONDS", "end the command after that" },
	{ REQUEST_UNTIL, "until", "EVENT[:FILTER]", "record until it comes" },
	{ REQUEST_ZSTD, "zstd", NULL, "pack a trace.dat" },
	{ 0, NULL, NULL, NULL },
};

static struct request request;
static struct machine machine;
static struct owner owner;

/* Reads the options; tracefs is NULL where there is none, and errno tells. */
static void
read_options(const char *tracefs)
{
	int error = errno, c;
	const char *why;

	while ((c = cli_getopt()) != -1) {
		bool needs = c == 'e' || c == 'f' || c == REQUEST_PRESET ||
		    c == REQUEST_UNTIL;

		if (needs && tracefs == NULL)
			continue;
		why = request_take(&request, c, optarg);
		if (why != NULL)
			cli_refuse(c, why);
	}
	if (request.list)
		return;
	if (tracefs == NULL) {
		why = mount_advice(error);
		cli_errx("there is no tracefs to record with: %s",
		    why != NULL ? why : strerror(error));
		exit(cli_finish());
	}
	if (*cli_operands() != NULL)
		request.plan.command = cli_operands();
	if ((why = request_end(&request)) != NULL)
		cli_usage("%s", why);
	for (size_t i = 0; i < request.choice.absent_n; i++)
		cli_note("this kernel has no event %s",
		    request.choice.absent[i]);
}

/* Prints a line for each that was written to text. */
static void
say(struct output *text, void (*print)(const char *, ...))
{
	struct str rest = { text->buf, text->n }, line;

	while (str_line(&rest, &line))
		print("%.*s", (int)line.n, line.p);
	output_close(text);
}

/* Shows how it goes, where nothing else is written to the terminal. */
static void
show(const char *name, const struct job *j, struct notes_pace *pace)
{
	struct output text;

	output_in_memory(&text);
	if (notes_progress(j, name, pace, &text))
		cli_status("%.*s", (int)text.n, text.buf);
	output_close(&text);
}

/* Records, and says what failed, or else what is not as it was to be. */
static void
record(struct job *j, const char *name)
{
	struct notes_pace pace = { .at = 0 };
	struct output text;
	bool begun = job_start(j) == 0;

	if (begun) {
		do
			if (name != NULL)
				show(name, j, &pace);
		while (session_wait(&j->session, WAIT_MS));
		job_finish(j);
	}
	output_in_memory(&text);
	if (j->session.trouble.error != EPIPE)
		notes_failure(j, &text);
	say(&text, cli_errx);
	output_in_memory(&text);
	if (begun && j->session.trouble.error != EPIPE)
		notes_put(j, &text);
	say(&text, cli_note);
	if (j->lost > 0)
		cli_incomplete();
}

/* Records once; returns the status to exit with. */
static int
record_once(void)
{
	struct job job = { .plan = request.plan,
		.at = AT_FDCWD,
		.path = request.output,
		.document = request.metadata,
		.command_output = request.command_output,
		.owner = owner,
		.machine = &machine,
		.command_line = cli_command() };
	bool shown = job.plan.command == NULL && job.path != NULL;
	char *beside = NULL;
	int status;

	if (job.document == NULL)
		job.document = beside = job_document_of(job.path);
	if (job.path == NULL)
		job.plan.streams.output = STDERR_FILENO;
	record(&job, shown ? "recording" : NULL);
	if (job.result.stuck)
		interrupt_die(job.result.signal);
	if (job.session.trouble.what != NULL &&
	    job.session.trouble.error == EPIPE)
		interrupt_die(SIGPIPE);
	status = job_status(&job, cli_finish());
	job_free(&job);
	free(beside);
	return status;
}

/* Records a run of a workload; returns the signal that ended it, or 0. */
static int
record_run(const struct batch *b, int raw)
{
	static uint64_t recorded;
	const char *output = request.command_output;
	struct run_names names;
	struct job job = { .plan = request.plan,
		.at = raw,
		.command_output = output != NULL ? output : "/dev/null",
		.owner = owner,
		.machine = &machine,
		.command_line = cli_command() };
	int status;

	job.append = recorded++ > 0;
	job.plan.streams.input = open("/dev/null", O_RDONLY | O_CLOEXEC);
	runs_prepare(b, &job, &names);
	record(&job, names.shown);
	status = job_status(&job, 0);
	if (job.result.signal != 0)
		cli_errx("%s: interrupted", b->trace_id);
	else if (status != 0 && job.session.trouble.what == NULL)
		cli_errx("%s: its status is %d", b->trace_id, status);
	close(job.plan.streams.input);
	job_free(&job);
	runs_free(&names);
	return job.result.signal;
}

static int
record_batch(struct batch *b)
{
	const char *dir = request.output != NULL ? request.output : "traces";
	int raw = runs_folder(&owner, dir), number = 0;

	if (raw < 0)
		cli_err("%s", dir);
	while (raw >= 0 && number == 0 && batch_next(b)) {
		size_t at = 0;
		const char *missing = place_missing(b->workload->needs, &at);

		if (missing == NULL) {
			number = record_run(b, raw);
			continue;
		}
		cli_note("%s: passed over: there is no program %s",
		    b->workload->name, missing);
		batch_skip(b);
	}
	return number;
}

/* Shows workloads, or records them; returns the status to exit with. */
static int
run_workloads(void)
{
	struct batch b;
	char *where;
	const char *names = request.workloads;
	const char *why = batch_open(&b, request.catalogue,
	    names != NULL ? names : "all", request.runs, &where);
	int status, number = 0;

	if (why != NULL)
		cli_errx("%s: %s", where, why);
	else if (request.list)
		notes_list(&b, cli_output());
	else
		number = record_batch(&b);
	batch_close(&b);
	free(where);
	status = cli_finish();
	return number != 0 ? SIGNAL_STATUS + number : status;
}

/* Removes what dead runs left; says so if that is what was asked for. */
static void
clean(const char *tracefs)
{
	struct instance_found found;

	if (instance_clean(tracefs, &found) != 0 && request.clean)
		cli_err("%s/instances", tracefs);
	if (found.removed > 0 || request.clean)
		cli_note("instances of dead runs that were removed: %zu",
		    found.removed);
}

int
main(int argc, char *argv[])
{
	const char *tracefs = mount_find();

	cli_start(argc, argv, "[COMMAND [ARG ...]]", options);
	cli_stop_at_operand();
	request_open(&request, tracefs);
	read_options(tracefs);
	if (request.list)
		return run_workloads();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	clean(tracefs);
	if (request.clean)
		return cli_finish();
	owner_find(&owner);
	machine_read(&machine, "");
	return request.workloads != NULL ? run_workloads() : record_once();
}
