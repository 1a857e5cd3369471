/* SPDX-License-Identifier: MIT */
#include "capture/runs.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/mem.h"
#include "capture/place.h"

int
runs_folder(const struct owner *owner, const char *dir)
{
	int top = owner_make_directory(owner, AT_FDCWD, dir), raw;

	if (top < 0)
		return -1;
	/* From within, so that no link of another's leads elsewhere. */
	raw = owner_make_directory(owner, top, "raw");
	close(top);
	return raw;
}

static char *
join(const char *a, const char *b)
{
	size_t room = strlen(a) + strlen(b) + 1;
	char *text = mem_alloc(room);

	snprintf(text, room, "%s%s", a, b);
	return text;
}

static const char *
suffix(enum sink_form form)
{
	return form == SINK_DAT    ? ".dat"
	    : form == SINK_RECORDS ? ".jsonl"
				   : ".txt";
}

/* Returns the command, its program by the path where it was found. */
static char **
command_of(const struct workload *w)
{
	size_t n = 0;
	char **argv, *path = place_program(w->argv[0]);

	while (w->argv[n] != NULL)
		n++;
	argv = mem_alloc((n + 1) * sizeof(*argv));
	for (size_t i = 0; i < n; i++)
		argv[i] = w->argv[i];
	argv[0] = path != NULL ? path : mem_dup(argv[0], strlen(argv[0]));
	return argv;
}

void
runs_prepare(const struct batch *b, struct job *j, struct run_names *names)
{
	const struct workload *w = b->workload;
	size_t room = strlen(w->name) + 64;

	names->trace = join(b->trace_id, suffix(j->plan.sink.form));
	names->document = join(b->trace_id, ".json");
	names->command = command_of(w);
	names->shown = mem_alloc(room);
	snprintf(names->shown, room, "%s, %" PRIu64 " of %" PRIu64, w->name,
	    b->run + 1, b->runs);
	j->trace_id = b->trace_id;
	j->workload = w->name;
	j->category = w->category;
	j->description = w->description;
	j->path = names->trace;
	j->document = names->document;
	j->plan.command = names->command;
	j->expected = (int64_t)w->duration * NS_PER_S;
	if (j->plan.timeout == 0)
		j->plan.timeout = (int64_t)w->timeout * NS_PER_S;
}

void
runs_free(struct run_names *names)
{
	free(names->command[0]);
	free(names->command);
	free(names->trace);
	free(names->document);
	free(names->shown);
}
