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

static int
open_text(struct job *j)
{
	const char *name = j->path != NULL ? j->path : "standard output";
	/* The standard output itself stays open for whoever looks after it. */
	int fd = j->path != NULL
	    ? owner_create(&j->owner, j->at, j->path, O_WRONLY | O_TRUNC)
	    : fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);

	if (fd < 0)
		return fail(j, "cannot be written", name);
	output_on(&j->out, fd, name);
	j->plan.sink.out = &j->out;
	return 0;
}

static int
open_tree(struct job *j)
{
	struct below_owner owner = { (uid_t)-1, (gid_t)-1 };
	char *where = NULL;

	if (j->owner.give)
		owner = (struct below_owner){ j->owner.uid, j->owner.gid };
	if (copytree_open(&j->tree, j->path, owner, &where) != 0) {
		fail(j, "cannot be made", where != NULL ? where : j->path);
		free(where);
		return -1;
	}
	j->plan.sink.tree = &j->tree;
	return 0;
}

/* Returns the part of a path that names the folder, to be freed. */
static char *
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return mem_dup(".", 1);
	return mem_dup(path, slash == path ? 1 : (size_t)(slash - path));
}

static const char *
name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* A trace.dat is whole at the end only: until then it has another name. */
static int
open_dat(struct job *j)
{
	char *folder = folder_of(j->path);
	size_t room = strlen(name_of(j->path)) + 32;

	j->folder = openat(j->at, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(folder);
	snprintf(j->near, sizeof(j->near), "/proc/self/fd/%d", j->folder);
	j->plan.sink.folder = j->near;
	j->waiting = mem_alloc(room);
	snprintf(j->waiting, room, ".%s.%d", name_of(j->path), (int)getpid());
	j->plan.sink.file = j->folder < 0
	    ? -1
	    : owner_create(&j->owner, j->folder, j->waiting, O_RDWR | O_EXCL);
	return j->plan.sink.file < 0 ? fail(j, "cannot be written", j->path)
				     : 0;
}

/* Opens what the command is to print to, where that is a file. */
static int
open_said(struct job *j)
{
	if (j->command_output == NULL)
		return 0;
	j->said = owner_create(&j->owner, AT_FDCWD, j->command_output,
	    O_WRONLY | O_TRUNC | O_APPEND);
	if (j->said < 0)
		return fail(j, "cannot be written", j->command_output);
	j->plan.streams.output = j->said;
	return 0;
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

static int
open_output(struct job *j)
{
	switch (j->plan.sink.form) {
	case SINK_RAW:
		return open_tree(j);
	case SINK_DAT:
		return open_dat(j);
	default:
		return open_text(j);
	}
}

/* Gives a trace.dat its name, or takes it away. */
static int
close_dat(struct job *j, bool whole)
{
	int r = whole
	    ? renameat(j->folder, j->waiting, j->folder, name_of(j->path))
	    : -1;

	if (whole && r != 0)
		fail(j, "cannot be written", j->path);
	if (r != 0)
		unlinkat(j->folder, j->waiting, 0);
	return r;
}

/*
 * Takes a text away of which nothing came: begun is whether more than its
 * front may be in it.
 */
static void
remove_empty(struct job *j, bool begun)
{
	struct stat st;

	if (j->path == NULL || j->plan.sink.out == NULL ||
	    fstat(j->out.fd, &st) != 0 || !S_ISREG(st.st_mode))
		return;
	if (!begun || (st.st_size == 0 && j->out.n == 0))
		unlinkat(j->at, j->path, 0);
}

/* Closes what was opened; whole and begun are those of the recording. */
static void
close_output(struct job *j, bool whole, bool begun)
{
	if (j->said >= 0)
		close(j->said);

	switch (j->plan.sink.form) {
	case SINK_RAW:
		if (j->plan.sink.tree != NULL)
			copytree_close(&j->tree);
		break;
	case SINK_DAT:
		if (j->plan.sink.file >= 0) {
			close_dat(j, whole);
			close(j->plan.sink.file);
		}
		if (j->folder >= 0)
			close(j->folder);
		free(j->waiting);
		break;
	default:
		if (!whole)
			remove_empty(j, begun);
		if (j->plan.sink.out != NULL && output_close(&j->out) != 0)
			fail(j, "cannot be written", j->out.name);
	}
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
	size_t n = strlen(path);
	char *text = mem_alloc(n + sizeof(".json"));

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
	j->folder = j->said = -1;
	j->plan.sink.file = -1;
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
	if (open_said(j) == 0 && open_output(j) == 0 &&
	    session_start(&j->session, &j->plan) == 0)
		return 0;
	close_output(j, false, false);
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
	d->start_us = r->began / 1000;
	d->end_us = d->collected_us = r->ended / 1000;
	d->duration_us = d->end_us - d->start_us;
	d->lost = (int64_t)j->lost;
	d->buffer_kb = (int64_t)setup->kilobytes;
	d->clock = setup->clock;
	d->overwrite = setup->overwrite;
	d->event = setup->choice->event;
	d->event_n = setup->choice->n;
	d->machine = j->machine;
	d->events = (int64_t)j->events;
	if (j->plan.sink.form <= SINK_RECORDS) {
		d->switches = (int64_t)r->written.counts.switches;
	}
	if (r->status < 0)
		return;
	d->command = j->plan.command;
	d->exit_status = r->status;
	d->signal = r->status > 128 ? r->status - 128 : -1;
	d->timed_out = r->timed_out;
}

static int
write_document(struct job *j)
{
	struct document d;
	struct output out;
	int fd = owner_create(&j->owner, j->at, j->document,
	    O_WRONLY | O_TRUNC);

	if (fd < 0)
		return fail(j, "cannot be written", j->document);
	output_on(&out, fd, j->document);
	describe(j, &d);
	d.stats = stats_of(&j->result);
	d.stats_n = j->result.n;
	document_put(&out, &d);
	free((void *)d.stats);
	return output_close(&out) == 0
	    ? 0
	    : fail(j, "cannot be written", j->document);
}

int
job_finish(struct job *j)
{
	session_finish(&j->session, &j->result);
	sum_up(j);
	if (!j->result.stuck)
		close_output(j, j->result.whole, true);
	if (j->document != NULL)
		write_document(j);
	return j->session.trouble.what != NULL ? -1 : 0;
}

void
job_free(struct job *j)
{
	free(j->result.counts);
	j->result.counts = NULL;
	j->result.n = 0;
}
