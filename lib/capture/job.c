/* SPDX-License-Identifier: MIT */
#include "capture/job.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "capture/place.h"

/* Tells of a failure that is not the session's, the first of all. */
static int
fail(struct job *j, const char *what, const char *where)
{
	return trouble_note(&j->session.trouble, what, where);
}

/* Opens what the command is to print to, where that is a file. */
static int
open_said(struct job *j)
{
	if (j->command_output == NULL)
		return 0;
	j->said = owner_create(&j->owner, AT_FDCWD, j->command_output,
	    O_WRONLY | O_APPEND | (j->append ? 0 : O_TRUNC));
	if (j->said < 0)
		return fail(j, "cannot be written", j->command_output);
	j->plan.streams.output = j->said;
	return 0;
}

/* Opens the document, so that a place that cannot be is known beforehand. */
static int
open_told(struct job *j)
{
	if (j->document == NULL)
		return 0;
	j->told = owner_create(&j->owner, j->at, j->document,
	    O_WRONLY | O_TRUNC);
	return j->told < 0 ? fail(j, "cannot be written", j->document) : 0;
}

static bool
is_same(int a, int b)
{
	struct stat x, y;

	return a >= 0 && b >= 0 && fstat(a, &x) == 0 && fstat(b, &y) == 0 &&
	    S_ISREG(x.st_mode) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Opens all that is written to; no file may be two of them. */
static int
open_all(struct job *j)
{
	int out = -1;

	/* The recording last: what was there goes only when all is well. */
	if (open_said(j) != 0 || open_told(j) != 0 ||
	    outlet_open(&j->outlet, &j->plan.sink, &j->session.trouble) != 0)
		return -1;
	if (j->plan.sink.form <= SINK_RECORDS)
		out = j->outlet.out.fd;
	errno = 0;
	if (is_same(out, j->said) || is_same(out, j->told) ||
	    is_same(j->said, j->told))
		return fail(j, "is named for two things",
		    j->told >= 0 ? j->document : j->command_output);
	return 0;
}

/* Closes what is open, and removes what nothing came of. */
static void
close_all(struct job *j, bool whole, bool begun)
{
	if (j->said >= 0)
		close(j->said);
	if (j->told >= 0) {
		close(j->told);
		unlinkat(j->at, j->document, 0);
	}
	outlet_close(&j->outlet, whole, begun, &j->session.trouble);
}

/* Looks for the program, so that nothing is begun where there is none. */
static int
find_command(struct job *j)
{
	const char *name;
	char *path;

	if (j->plan.command == NULL)
		return 0;
	name = j->plan.command[0];
	path = place_program(name);
	free(path);
	if (path != NULL)
		return 0;
	j->session.cannot_start = true;
	if (strchr(name, '/') == NULL)
		errno = ENOENT;
	else if (access(name, X_OK) == 0)
		errno = EACCES; /* it is a folder */
	return fail(j, "cannot be started", name);
}

static struct str
text_of(const char *z)
{
	return z != NULL ? str_of(z) : (struct str){ NULL, 0 };
}

int
job_status(const struct job *j, int status)
{
	/* timeout(1), env(1) */
	enum { TIMED_OUT = 124, REFUSED = 126, NOT_FOUND = 127 };

	if (j->session.cannot_start)
		return j->session.trouble.error == ENOENT ? NOT_FOUND : REFUSED;
	if (j->session.trouble.what != NULL || status == 1)
		return 1;
	if (j->result.timed_out)
		return TIMED_OUT;
	return j->result.status > 0 ? j->result.status : status;
}

char *
job_document_of(const char *path)
{
	struct stat st;
	size_t n;
	char *text;

	if (path == NULL)
		return NULL;
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode) &&
	    !S_ISDIR(st.st_mode))
		return NULL;
	n = strlen(path);
	text = mem_alloc(n + sizeof(".json"));
	while (n > 1 && path[n - 1] == '/')
		n--;
	snprintf(text, n + sizeof(".json"), "%.*s.json", (int)n, path);
	return text;
}

int
job_start(struct job *j)
{
	const struct machine *m = j->machine;

	j->session = (struct session){ .plan = NULL };
	j->result = (struct session_result){ .status = -1 };
	j->said = j->told = -1;
	j->outlet = (struct outlet){ .at = j->at,
		.path = j->path,
		.owner = &j->owner };
	j->plan.sink.about = (struct frame_trace){
		.trace_id = text_of(j->trace_id),
		.workload_type = text_of(j->workload),
		.category = text_of(j->category),
		.clock = text_of(j->plan.setup.clock),
		.host = text_of(m->host),
		.kernel = text_of(m->kernel),
		.cpus = m->cpus,
	};
	j->plan.sink.command = j->command_line;
	if (find_command(j) != 0)
		return -1;
	/* What was there is emptied when the kernel will record, not before. */
	if (session_prepare(&j->session, &j->plan) != 0)
		return -1;
	if (open_all(j) != 0)
		session_abandon(&j->session);
	else if (session_start(&j->session) == 0)
		return 0;
	close_all(j, false, false);
	return -1;
}

static void
sum_up(struct job *j)
{
	const struct session_result *r = &j->result;
	bool live = j->plan.sink.form <= SINK_RECORDS;

	j->lost = j->events = 0;
	for (size_t i = 0; i < r->n; i++) {
		j->events += r->counts[i].read;
		j->lost += counts_lost(&r->counts[i]);
		/* What a flight recorder writes over is not lost. */
		if (j->plan.last > 0)
			j->lost -= r->counts[i].overrun;
	}
	if (live)
		j->events = r->written.counts.events;
	else if (j->plan.last > 0)
		j->events = r->written.kept;
}

/* Returns the stats as the document has them, to be freed. */
static struct document_stats *
stats_of(const struct session_result *r)
{
	struct document_stats *s = mem_alloc((r->n + 1) * sizeof(*s));

	for (size_t i = 0; i < r->n; i++) {
		const struct counts *c = &r->counts[i];

		s[i] = (struct document_stats){ c->cpu, (int64_t)c->entries,
			(int64_t)c->overrun, (int64_t)c->commit_overrun,
			(int64_t)c->dropped, (int64_t)c->read };
	}
	return s;
}

static void
describe(const struct job *j, struct document *d)
{
	const struct session_result *r = &j->result;
	const struct setup *setup = &j->plan.setup;

	document_init(d);
	d->trace_id = j->trace_id;
	d->workload = j->workload;
	d->category = j->category;
	d->description = j->description;
	d->end_us = d->collected_us = r->ended / 1000;
	d->start_us = j->plan.last > 0 ? d->end_us - r->kept / 1000
				       : r->began / 1000;
	d->duration_us = d->end_us - d->start_us;
	d->lost = (int64_t)j->lost;
	d->buffer_kb = (int64_t)setup->kilobytes;
	d->clock = setup->clock;
	d->overwrite = setup->overwrite;
	d->last_us = j->plan.last > 0 ? j->plan.last / 1000 : -1;
	d->cpus = setup->cpus;
	d->threads = setup->threads != NULL && setup->threads->n > 0
	    ? (int64_t)setup->threads->n
	    : -1;
	d->by = j->command_line;
	d->event = setup->choice->event;
	d->event_n = setup->choice->n;
	d->machine = j->machine;
	d->events = (int64_t)j->events;
	d->switches = r->written.switches;
	if (r->status < 0)
		return;
	d->command = j->plan.command;
	d->exit_status = r->status;
	d->signal = r->status > 128 ? r->status - 128 : -1;
	d->timed_out = r->timed_out;
}

/* Writes the document; where it is not whole there is none. */
static void
write_document(struct job *j)
{
	struct document d;
	struct output out;

	if (j->told < 0)
		return;
	output_on(&out, j->told, j->document);
	j->told = -1;
	describe(j, &d);
	d.stats = stats_of(&j->result);
	d.stats_n = j->result.n;
	document_put(&out, &d);
	free((void *)d.stats);
	if (output_close(&out) == 0)
		return;
	fail(j, "cannot be written", j->document);
	unlinkat(j->at, j->document, 0);
}

int
job_finish(struct job *j)
{
	session_finish(&j->session, &j->result);
	sum_up(j);
	write_document(j);
	if (!j->result.stuck)
		close_all(j, j->result.whole, true);
	return j->session.trouble.what != NULL ? -1 : 0;
}

void
job_free(struct job *j)
{
	free(j->result.counts);
	j->result.counts = NULL;
	j->result.n = 0;
}
